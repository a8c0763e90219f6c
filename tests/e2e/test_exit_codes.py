"""How a review ends: the exit code, and one line on stderr for whatever it is not 0 for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e import samples
from tests.e2e.running import Place, Ran
from tests.project import make_repository
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import serve

USAGE = {
    "no target": ([], "Missing argument 'TARGET...'"),
    "no such folder": (["./absent"], "no such folder"),
    "a path without ./": (["some/where/deep"], "not owner/name"),
    "http": (["http://github.com/ada/shop"], "only https URLs"),
    "credentials in the address": (["https://ada:secret@github.com/ada/shop"], "credentials"),
    "a file address": (["file:///etc"], "only https URLs"),
    "an option of git": (["--upload-pack=touch x"], "No such option"),
    "an unknown option": ([".", "--frobnicate"], "No such option '--frobnicate'"),
    "no number": ([".", "--max", "many"], "'many' is not a valid integer"),
    "no repositories at all": ([".", "--max", "0"], "0 is not in the range"),
    "an unknown format": ([".", "--format", "pdf"], "'pdf' is not one of"),
    "an unknown profile": ([".", "--profile", "backand"], "backand"),
    "a profile file that is not there": ([".", "--profile", "./absent.toml"], "absent.toml"),
    "a gate that is no gate": ([".", "--require", "Testing"], "write SKILL=LEVEL"),
    "a gate on an unknown skill": ([".", "--require", "Juggling=3"], "write SKILL=LEVEL"),
    "a percentage past 100": ([".", "--fail-under", "101"], "101 is not in the range"),
    "a settings file that is not there": ([".", "--config", "absent.toml"], "--config absent.toml: no such file"),
}


@pytest.mark.parametrize(("words", "said"), USAGE.values(), ids=USAGE.keys())
def test_wrong_usage_is_one_line_and_2(words: list[str], said: str, place: Place) -> None:
    ran = place.review(*words)
    assert said in ran.refused(2)
    assert "secret" not in ran.err
    assert not ran.folder.exists()


SETTINGS = {
    "no TOML": ("reviewer.toml", "max = = 3", "reviewer.toml: not TOML"),
    "an unknown key": ("reviewer.toml", "maximum = 3", "reviewer.toml: unknown key 'maximum'"),
    "a wrong type": ("reviewer.toml", 'max = "many"', "reviewer.toml: Expected `int`"),
    "a wrong format": ("reviewer.toml", 'format = ["pdf"]', "reviewer.toml: no format 'pdf'"),
    "in pyproject.toml": ("pyproject.toml", "[tool.reviewer]\nmaximum = 3", "pyproject.toml: unknown key 'maximum'"),
}


@pytest.mark.parametrize(("name", "text", "said"), SETTINGS.values(), ids=SETTINGS.keys())
def test_bad_settings_are_one_line_with_the_file_and_2(
    name: str, text: str, said: str, place: Place, shop: Path
) -> None:
    (place.here / name).write_text(text, encoding="utf-8")
    assert said in place.review(shop).refused(2)


def test_settings_of_the_working_folder_are_used_unless_it_is_inside_a_target(place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop", bare=False)
    (place.here / "reviewer.toml").write_text('format = ["markdown"]\n', encoding="utf-8")
    assert "report.md" in place.review(folder).written()
    (folder / "reviewer.toml").write_text("maximum = 3\n", encoding="utf-8")
    inside = Place(place.root / "inside")
    inside.here.rmdir()
    inside.here.symlink_to(folder)
    assert inside.review(folder).code == 0


def test_options_win_over_environment_and_that_over_the_file(place: Place, shop: Path, tmp_path: Path) -> None:
    (place.here / "reviewer.toml").write_text('cache-dir = "from-file"\n', encoding="utf-8")
    places = {name: tmp_path / name for name in ("variable", "option")}
    place.review(shop)
    assert (place.here / "from-file" / "facts.sqlite").is_file()
    place.review(shop, REVIEWER_CACHE_DIR=str(places["variable"]))
    place.review(shop, "--cache-dir", places["option"], REVIEWER_CACHE_DIR=str(tmp_path / "unused"))
    assert all((folder / "facts.sqlite").is_file() for folder in places.values())
    assert not (tmp_path / "unused").exists()
    assert not place.cache.exists()


def test_without_a_cache_nothing_is_kept(place: Place, shop: Path) -> None:
    assert place.review(shop, "--no-cache").code == 0
    assert list((place.root / "home").iterdir()) == []


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda cache: (cache.mkdir(), (cache / "facts.sqlite").write_bytes(b"\0garbage" * 900)),
    "a file where the folder should be": lambda cache: cache.write_text("", encoding="utf-8"),
}


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_cache_that_cannot_be_used_is_said_and_changes_nothing(
    spoil: Callable[[Path], object], place: Place, shop: Path, reviewed: Ran
) -> None:
    spoil(place.root / "cache")
    ran = place.review(shop, "--cache-dir", place.root / "cache", "--format", "markdown")
    assert "cache" in ran.refused(0)
    assert ran.written() == reviewed.written()


GATES = {
    "readiness reached": (["--fail-under", "1"], 0, ""),
    "readiness not reached": (["--fail-under", "100"], 1, "below --fail-under 100"),
    "level not reached": (["--require", "GraphQL=2"], 1, "GraphQL reaches level 0, --require asks for 2"),
    "level not reached, in any letter case": (["--require", "soap=1"], 1, "SOAP reaches level 0"),
    "strict, and all were read": (["--strict"], 0, ""),
}


@pytest.mark.parametrize(("words", "code", "said"), GATES.values(), ids=GATES.keys())
def test_a_gate_that_does_not_hold_is_1_with_the_report_written(
    words: list[str], code: int, said: str, place: Place, shop: Path
) -> None:
    ran = place.review(shop, *words)
    assert (ran.code, ran.err.count("\n")) == (code, code)
    assert said in ran.err
    assert ran.statuses() == {"shop": "reviewed"}


def test_a_gate_on_a_level_holds_where_the_level_is_reached(place: Place, shop: Path, reviewed: Ran) -> None:
    skill = next(item for item in reviewed.report["skills"] if item["level"])
    words = (f"{skill['name']}={level}" for level in (skill["level"], skill["level"] + 1))
    assert [place.review(shop, "--require", word).code for word in words] == [0, 1 if skill["level"] < 4 else 2]


def test_a_folder_that_is_no_repository_fails_beside_a_good_one(place: Place, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    ran = place.review(tmp_path / "notes", shop)
    assert (ran.code, ran.err) == (0, "")
    assert ran.statuses() == {"notes": "failed", "shop": "reviewed"}
    assert ran.repository("notes")["reason"] == "not a git repository"
    assert "notes" in ran.out
    strict = place.review(tmp_path / "notes", shop, "--strict")
    assert strict.refused(1) == "gate: 1 repository could not be read (--strict)"


def _empty(folder: Path) -> Path:
    return make_repository(folder, [])


def _no_default_branch(folder: Path) -> Path:
    samples.shop(folder)
    samples.git(folder, "symbolic-ref", "HEAD", "refs/heads/trunk")
    return folder


def _readme_only(folder: Path) -> Path:
    samples.shop(folder, bare=False)
    samples.git(folder, "branch", "develop")
    samples.git(folder, "rm", "-q", "-r", "--cached", "app.py", "test_app.py", "schema.sql", "requirements.txt")
    samples.git(folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "Move code")
    return folder


def _plain_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _unread_language(folder: Path) -> Path:
    return samples.of_files(folder, {"main.hs": "main = putStrLn []\n", "notes.txt": "x\n"})


def _objects_gone(folder: Path) -> Path:
    samples.shop(folder)
    shutil.rmtree(folder / "objects")
    (folder / "objects").mkdir()
    return folder


def _damaged(folder: Path) -> Path:
    samples.shop(folder)
    for file in (folder / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            file.write_bytes(b"garbage")
    return folder


NOTHING: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "no commits": (_empty, "skipped", "no commits yet"),
    "HEAD names no branch": (_no_default_branch, "failed", "HEAD names the branch trunk, which does not exist"),
    "a README alone": (_readme_only, "skipped", "its default branch holds only a README; other branches: develop"),
    "no repository": (_plain_folder, "failed", "not a git repository"),
    "a language that is not read": (_unread_language, "skipped", "no own file in a language that is read"),
    "without objects": (_objects_gone, "failed", "could not be read: it is missing or damaged"),
    "damaged": (_damaged, "failed", "could not be read: it is missing or damaged"),
}


@pytest.mark.parametrize(("make", "status", "reason"), NOTHING.values(), ids=NOTHING.keys())
def test_nothing_to_review_is_one_line_and_3_with_a_report_that_says_why(
    make: Callable[[Path], Path], status: str, reason: str, place: Place, tmp_path: Path
) -> None:
    ran = place.review(make(tmp_path / "shop"))
    assert "nothing could be reviewed: shop: " in ran.refused(3)
    assert ran.statuses() == {"shop": status}
    assert reason in ran.repository("shop")["reason"]
    assert ran.report["readiness"]["percent"] is None
    assert reason.partition(";")[0][1:] in (ran.folder / "report.html").read_text("utf-8")


def test_without_git_one_line_says_so_and_3(place: Place, shop: Path, tmp_path: Path) -> None:
    said = place.review(shop, PATH=str(tmp_path)).refused(3)
    assert said == "nothing could be reviewed: shop: could not be opened: git is not installed or not on PATH"


def test_a_folder_that_cannot_be_written_is_one_line_and_2(place: Place, shop: Path) -> None:
    (place.root / "out-1").write_text("a file", encoding="utf-8")
    assert "the report cannot be written there" in place.review(shop).refused(2)


def interrupted(running: subprocess.Popen[str], first_line: str, group: bool) -> tuple[int, list[str], float]:
    """Waits for a line of progress, presses Ctrl-C, and gives the exit code, what else was said, and the seconds."""
    assert running.stderr is not None
    assert running.stderr.readline() == f"{first_line}\n"
    time.sleep(0.3)
    started = time.monotonic()
    (os.killpg if group else os.kill)(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    return running.returncode, said.splitlines(), time.monotonic() - started


@pytest.mark.parametrize("group", [True, False], ids=["from a terminal", "from another program"])
def test_ctrl_c_while_files_are_read_is_one_line_and_130(group: bool, place: Place, tmp_path: Path) -> None:
    """A terminal sends the signal to every process of the group, the readers included."""
    text = "".join(
        f"def f{number}(x: int) -> int:\n    return x if x > {number} else -x\n\n\n" for number in range(900)
    )
    folder = samples.of_files(tmp_path / "big", {f"m{number}.py": f"# {number}\n{text}" for number in range(150)})
    code, said, seconds = interrupted(place.start(folder, "--jobs", "2"), "big: reading", group)
    assert (code, said) == (130, ["reviewer: interrupted; what was finished is kept in the cache"])
    assert seconds < 10
    assert list((place.root / "tmp").iterdir()) == []


def test_ctrl_c_while_a_host_is_slow_waits_for_no_clone(place: Place, shop: Path, tmp_path: Path) -> None:
    slow = samples.shop(tmp_path / "slow.git", name="slow")
    with serve([Login("ada", repositories=[Listed("slow", slow)])]) as host:
        host.faults.append(Fault("/ada/slow.git", delay=20))
        running = place.start(shop, "ada/slow", "--github-url", host.url)
        assert running.stderr is not None
        assert running.stderr.readline() == "shop: reading\n"
        code, said, seconds = interrupted(running, "shop: reviewed", group=True)
    assert (code, said) == (130, ["reviewer: interrupted; what was finished is kept in the cache"])
    assert seconds < 10
    assert list((place.root / "tmp").iterdir()) == []


DROPPED = """
import os, signal, time
from reviewer.cli.review import interruptible

class Let:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

try:
    with interruptible():
        Let()
        time.sleep(20)
    print("went on")
except KeyboardInterrupt:
    print("interrupted")
"""
"""What is raised while an object is let go is printed and forgotten, which may be at any time."""

THROUGH_EXEC = """
import os, signal
from reviewer.cli.review import interruptible

try:
    with interruptible():
        exec("os.kill(os.getpid(), signal.SIGINT)\\nfor _ in range(9): pass")
except KeyboardInterrupt:
    raise SystemExit(print("interrupted")) from None
"""
"""Dataclasses and named tuples are made with exec; where it is interrupted, Python notes that a signal ended it."""


@pytest.mark.parametrize("program", [DROPPED, THROUGH_EXEC], ids=["while an object is let go", "inside exec"])
def test_ctrl_c_where_python_would_treat_it_otherwise_ends_the_run_alike(program: str, place: Place) -> None:
    (place.here / "program.py").write_text(program, encoding="utf-8")
    words = [sys.executable, "-m", "program"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False, cwd=place.here, env=place.environment({}))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "interrupted\n", "")
