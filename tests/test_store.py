"""The cache between runs: what is kept comes back, and whatever happens to its file never ends a review."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.store import BATCH, FORMAT, Store

ROOT = Path(__file__).parent.parent
ENTRIES = [(f"key {number}", f"value {number}".encode() * 50) for number in range(3 * BATCH)]
ANEW = "the cache was damaged or of another version; it was started anew"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with a cache of many entries."""
    with Store(tmp_path) as store:
        store.put_many(ENTRIES)
    return tmp_path


def test_what_is_kept_comes_back_after_opening_again(kept: Path) -> None:
    with Store(kept) as store:
        assert dict(store.get_many(key for key, _ in ENTRIES)) == dict(ENTRIES)
        assert store.get("key 7") == dict(ENTRIES)["key 7"]
        assert store.entries() == len(ENTRIES)
        assert store.note is None


def test_what_was_never_kept_is_left_out(kept: Path) -> None:
    with Store(kept) as store:
        assert list(store.get_many(["nothing", "key 1", "key 1", ""])) == [ENTRIES[1]]
        assert store.get("nothing") is None
        assert list(store.get_many([])) == []


def test_the_last_value_of_a_key_wins_and_every_value_is_bytes_as_they_were(tmp_path: Path) -> None:
    values = {"empty": b"", "zero": b"\0" * 9, "large": random.Random(2).randbytes(300_000), "ключ'": b"x"}
    with Store(tmp_path) as store:
        store.put_many((key, b"old") for key in values)
        store.put_many(values.items())
        store.put_many([])
        assert dict(store.get_many(values)) == values


def test_clearing_forgets_everything(kept: Path) -> None:
    with Store(kept) as store:
        store.clear()
        assert (store.entries(), store.get("key 1")) == (0, None)
        store.put_many([("again", b"1")])
    with Store(kept) as store:
        assert store.get("again") == b"1"


def usable(folder: Path) -> bool:
    with Store(folder) as store:
        store.put_many([("new", b"1")])
    with Store(folder) as store:
        return store.get("new") == b"1" and store.note is None


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5000))


def shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE kept (something INTEGER)")
    other.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version={FORMAT + 1}")
    other.close()


DAMAGE = [garbage, shortened, of_another_program, newer]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_file_that_cannot_be_used_is_started_anew_with_a_note(damage, kept: Path) -> None:
    damage(kept / "facts.sqlite")
    with Store(kept) as store:
        assert (store.note, store.entries()) == (ANEW, 0)
    assert usable(kept)


@pytest.mark.parametrize("use", ["get", "put", "entries", "clear"])
def test_damage_that_shows_in_use_starts_the_cache_anew(use: str, kept: Path) -> None:
    whole = (kept / "facts.sqlite").read_bytes()
    (kept / "facts.sqlite").write_bytes(whole[: len(whole) // 2] + random.Random(3).randbytes(len(whole) // 2))
    with Store(kept) as store:
        uses = {
            "get": lambda: list(store.get_many(key for key, _ in ENTRIES)),
            "put": lambda: store.put_many(ENTRIES),
            "entries": store.entries,
            "clear": store.clear,
        }
        uses[use]()
        store.put_many([("new", b"1")])
        assert (store.get("new"), store.note) == (b"1", ANEW)
    assert usable(kept)


def test_a_damaged_entry_is_left_out_and_the_others_are_read(kept: Path) -> None:
    with sqlite3.connect(kept / "facts.sqlite") as other:
        other.execute("UPDATE kept SET data = x'00' WHERE key = 'key 3'")
        other.execute("UPDATE kept SET data = 'text' WHERE key = 'key 4'")
    other.close()
    with Store(kept) as store:
        assert [key for key, _ in store.get_many(["key 2", "key 3", "key 4", "key 5"])] == ["key 2", "key 5"]


def quiet(folder: Path | None) -> str | None:
    """Uses a cache that is not there in every way; its note."""
    with Store(folder) as store:
        store.put_many([("a", b"1")])
        assert (store.get("a"), list(store.get_many(["a"])), store.entries()) == (None, [], 0)
        store.clear()
        return store.note


def test_no_cache_at_all_is_used_without_a_word() -> None:
    assert quiet(None) is None


@pytest.mark.parametrize("where", ["below a file", "a folder in the place of the file"])
def test_a_place_where_no_file_can_be_is_said(where: str, tmp_path: Path) -> None:
    if where == "below a file":
        (tmp_path / "cache").write_text("x")
    else:
        (tmp_path / "cache" / "facts.sqlite").mkdir(parents=True)
    assert (quiet(tmp_path / "cache") or "").startswith("no cache: ")


def run(program: str, *args: object, **options) -> subprocess.CompletedProcess[str]:
    """Runs a small program that has `Store` at hand."""
    return subprocess.run(command(program, *args), cwd=ROOT, capture_output=True, text=True, timeout=60, **options)


def command(program: str, *args: object) -> list[str]:
    head = "import sys\nfrom pathlib import Path\nfrom reviewer.store import Store\nfolder = Path(sys.argv[1])\n"
    return [sys.executable, "-c", head + program, *map(str, args)]


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("existing", [False, True], ids=["without a cache", "with one"])
def test_a_folder_that_may_only_be_read(existing: bool, open_to_all: Path) -> None:
    if existing:
        with Store(open_to_all) as store:
            store.put_many(ENTRIES)
    open_to_all.chmod(0o555)
    drop = "import os\nif os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    done = run("store = Store(folder)\nstore.put_many([('a', b'1')])\nprint(store.get('a'), store.note)", open_to_all)
    assert done.returncode == 0
    done = run(
        drop + "store = Store(folder)\nstore.put_many([('b', b'1')])\nprint(store.get('b'), store.note)", open_to_all
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("None no cache: ")
    open_to_all.chmod(0o755)
    if existing:
        with Store(open_to_all) as store:
            assert store.get("key 1") == ENTRIES[1][1]


WRITE = """
for number in range(40):
    with Store(folder) as store:
        assert store.note is None, store.note
        store.put_many((f"{sys.argv[2]} {number} {i}", bytes(2000)) for i in range(10))
"""


def test_processes_that_write_at_once_keep_everything(tmp_path: Path) -> None:
    running = [subprocess.Popen(command(WRITE, tmp_path, name), cwd=ROOT) for name in "abc"]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with Store(tmp_path) as store:
        assert (store.entries(), store.note) == (1200, None)


ENDLESS = """
import itertools
store = Store(folder)
print("ready", flush=True)
for number in itertools.count():
    store.put_many((f"{number} {i}", bytes([number % 256]) * 5000) for i in range(20))
"""


def test_a_process_killed_while_writing_leaves_whole_batches(tmp_path: Path) -> None:
    pause = random.Random(5)
    for _ in range(6):
        with subprocess.Popen(command(ENDLESS, tmp_path), cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause.uniform(0.0, 0.15))
            os.kill(process.pid, signal.SIGKILL)
        with Store(tmp_path) as store:
            assert store.note is None
            assert store.entries() % 20 == 0
            wanted = [f"{number} {i}" for number in range(5) for i in range(20)]
            assert all(data == bytes([int(key.split()[0])]) * 5000 for key, data in store.get_many(wanted))


FULL = """
import resource, os
with Store(folder) as store:
    store.put_many([("before", b"1")])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
with Store(folder) as store:
    store.put_many((str(i), os.urandom(10_000)) for i in range(200))
    print(store.get("before"), store.get("7"))
"""


def test_a_disk_that_is_full_loses_what_does_not_fit(tmp_path: Path) -> None:
    done = run(FULL, tmp_path)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "b'1' None\n")
    with Store(tmp_path) as store:
        assert (store.get("before"), store.note) == (b"1", None)


def test_a_writer_that_does_not_end_keeps_others_waiting_for_a_while_only(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer.store.BUSY_SECONDS", 0.2)
    other = sqlite3.connect(kept / "facts.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Store(kept) as store:
        store.put_many([("new", b"1")])
        assert store.get("new") is None
    other.execute("ROLLBACK")
    other.close()
    with Store(kept) as store:
        assert store.entries() == len(ENTRIES)
