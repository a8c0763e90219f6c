"""From an address to a bare clone: whole or without old contents, kept, updated, and refused in one sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.model.repository import Repository
from reviewer.sources.clone import Cloner, clone
from reviewer.sources.failures import CloneError
from reviewer.sources.git import output
from reviewer.sources.kept import Record, place_of, read_record
from reviewer.sources.limits import CloneLimits
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve
from tests.sources.repositories import add_commits, git, make_repository

QUICK = CloneLimits(seconds=30, refs_seconds=10, pause=0)
SPARSE = CloneLimits(full_kib=0, blob="1k", seconds=30, refs_seconds=10, pause=0)
NAMES = ["one", "two", "three"]


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "served" / "shop.git", NAMES)


@pytest.fixture
def host(upstream: Path) -> Iterator[Host]:
    with serve([Login("ada", repositories=[Listed("shop", upstream)])], {"t0ken": "ada"}) as running:
        yield running


def cloner(host: Host, tmp_path: Path, limits: CloneLimits = QUICK, **more: object) -> Cloner:
    return Cloner(tmp_path / "cache", github_url=host.url, limits=limits, **more)


def shop(host: Host, **more: object) -> Repository:
    return Repository(**{"name": "shop", "clone_url": f"{host.url}/ada/shop.git", "size_kib": 1, **more})


def record(git_dir: Path) -> Record:
    found = read_record(git_dir)
    assert found is not None
    return found


def kinds(git_dir: Path) -> dict[str, int]:
    """How many objects of each kind are here, without fetching any."""
    said = output(["cat-file", "--batch-check", "--batch-all-objects"], str(git_dir)).decode()
    found = [line.split()[1] for line in said.splitlines()]
    return {kind: found.count(kind) for kind in ("commit", "tree", "blob")}


def count(git_dir: Path, *revisions: str) -> int:
    return int(output(["rev-list", "--count", *revisions], str(git_dir)))


def test_a_small_one_is_cloned_whole(host: Host, upstream: Path, tmp_path: Path) -> None:
    git(upstream, "tag", "v1", "HEAD~1")
    made = clone(shop(host), tmp_path / "cache", github_url=host.url)
    assert made == tmp_path / "cache" / host.url.removeprefix("http://").replace(":", "_") / "ada" / "shop.git"
    assert kinds(made) == {"commit": 3, "tree": 3, "blob": 3}
    assert git(made, "rev-parse", "HEAD") == git(upstream, "rev-parse", "HEAD")
    assert git(made, "config", "core.bare") == "true"
    found = record(made)
    assert (found.branch, found.blobless, found.shallow, found.tags, found.cut) == ("main", False, False, 1, None)
    assert output(["log", "--numstat", "--format="], str(made)).count(b"1\t0\t") == 3


def test_a_large_one_has_its_whole_history_and_todays_contents(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, ["one"], content=b"changed\n")
    add_commits(upstream, ["big"], content=b"x" * 2000)
    made = cloner(host, tmp_path, SPARSE).clone(shop(host))
    # Five commits; of the contents not the first "one" (old) and not "big" (over the size).
    assert kinds(made) == {"commit": 5, "tree": 5, "blob": 3}
    found = record(made)
    assert (found.blobless, found.shallow, found.cut, found.branch) == (True, False, None, "main")
    assert count(made, "HEAD") == 5
    assert output(["log", "--name-status", "--no-renames", "--format="], str(made)).count(b"\n") == 5


def test_a_long_history_of_a_large_one_is_cut_by_count(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, [f"c{i}" for i in range(20)])
    made = cloner(host, tmp_path, replace(SPARSE, commits=7)).clone(shop(host))
    assert count(made, "HEAD") == 7
    assert (record(made).shallow, record(made).cut) == (True, None)


@pytest.mark.parametrize("size", [None, 1], ids=["size unknown", "size understated"])
def test_one_that_outgrows_a_whole_clone_is_cloned_without_old_contents(
    size: int | None, host: Host, upstream: Path, tmp_path: Path
) -> None:
    add_commits(upstream, ["old"], content=os.urandom(3_000_000))
    add_commits(upstream, ["old"], content=b"small now\n")
    limits = replace(QUICK, full_bytes=1_000_000, blob="1k")
    made = cloner(host, tmp_path, limits).clone(shop(host, size_kib=size))
    assert record(made).blobless
    assert count(made, "HEAD") == 5
    assert sum(file.stat().st_size for file in made.rglob("*") if file.is_file()) < 1_000_000


REVISIONS = {
    "a branch": ("feature/x", "feature/x"),
    "a light tag": ("v1", None),
    "a tag with a message": ("v2", None),
    "a commit": ("<two>", None),
    "the beginning of a commit": ("<two:8>", None),
    "a commit of another branch": ("<feature>", None),
}


@pytest.mark.parametrize("limits", [QUICK, SPARSE], ids=["whole", "without old contents"])
@pytest.mark.parametrize(("revision", "branch"), REVISIONS.values(), ids=REVISIONS.keys())
def test_a_revision(
    revision: str, branch: str | None, limits: CloneLimits, host: Host, upstream: Path, tmp_path: Path
) -> None:
    two = git(upstream, "rev-parse", "HEAD~1")
    git(upstream, "branch", "feature/x", two)
    feature = add_commits(upstream, ["feature"], branch="feature/x")
    git(upstream, "tag", "v1", two)
    git(upstream, "tag", "-a", "-m", "second", "v2", two)
    asked = revision.replace("<two>", two).replace("<two:8>", two[:8]).replace("<feature>", feature)
    wanted = feature if "feature" in revision else two
    made = cloner(host, tmp_path, limits).clone(shop(host, revision=asked))
    assert git(made, "rev-parse", "HEAD") == wanted
    found = record(made)
    assert (found.commit, found.branch, found.shallow) == (wanted, branch, False)
    assert count(made, "HEAD") == (3 if wanted == feature else 2)
    shown = git(made, "show", "HEAD:two.txt", GIT_ALLOW_PROTOCOL="none")
    assert shown == "two"


def test_a_revision_lies_beside_the_default_branch(host: Host, upstream: Path, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    default = usual.clone(shop(host))
    tagged = usual.clone(shop(host, revision=git(upstream, "rev-parse", "HEAD~2")))
    assert default != tagged
    assert (count(default, "HEAD"), count(tagged, "HEAD")) == (3, 1)


NO_REVISION = {"no such branch": "nowhere", "no such id": "a" * 40, "no such beginning": "abcdef12"}


@pytest.mark.parametrize("limits", [QUICK, SPARSE], ids=["whole", "without old contents"])
@pytest.mark.parametrize("revision", NO_REVISION.values(), ids=NO_REVISION.keys())
def test_a_revision_that_is_not_there(revision: str, limits: CloneLimits, host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError) as raised:
        cloner(host, tmp_path, limits).clone(shop(host, revision=revision))
    assert "shop" in str(raised.value)
    assert "has no branch, tag or commit" in str(raised.value) or "does not hold that commit" in str(raised.value)
    assert not raised.value.unreachable
    assert _left_over(tmp_path) == []


def _left_over(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "cache").rglob("*") if ".part-" in path.name]


def test_a_kept_clone_is_used_again_after_one_look_at_the_refs(host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    before = len(host.log)
    assert usual.clone(shop(host)) == made
    assert all("service=" in each.query or each.method == "POST" for each in host.log[before:])
    assert len(host.log) - before == 2  # ls-remote: what is there, and the refs


def test_a_kept_clone_of_a_named_commit_asks_nothing(host: Host, upstream: Path, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    asked = shop(host, revision=git(upstream, "rev-parse", "HEAD~1")[:10])
    made = usual.clone(asked)
    before = len(host.log)
    assert usual.clone(asked) == made
    assert len(host.log) == before


@pytest.mark.parametrize("limits", [QUICK, SPARSE], ids=["whole", "without old contents"])
def test_a_kept_clone_follows_the_host(limits: CloneLimits, host: Host, upstream: Path, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path, limits)
    usual.clone(shop(host))
    newest = add_commits(upstream, ["four"])
    git(upstream, "tag", "v1")
    made = usual.clone(shop(host))
    assert git(made, "rev-parse", "HEAD") == record(made).commit == newest
    assert (count(made, "HEAD"), record(made).tags) == (4, 1)
    assert git(made, "show", "HEAD:four.txt", GIT_ALLOW_PROTOCOL="none") == "four"
    assert _left_over(tmp_path) == []


def test_a_kept_clone_follows_a_rewritten_history_and_another_default_branch(
    host: Host, upstream: Path, tmp_path: Path
) -> None:
    usual = cloner(host, tmp_path)
    usual.clone(shop(host))
    git(upstream, "update-ref", "refs/heads/main", git(upstream, "rev-parse", "HEAD~2"))
    git(upstream, "branch", "trunk", "main")
    git(upstream, "symbolic-ref", "HEAD", "refs/heads/trunk")
    newest = add_commits(upstream, ["other"], branch="trunk")
    made = usual.clone(shop(host))
    assert (record(made).commit, record(made).branch, count(made, "HEAD")) == (newest, "trunk", 2)


def test_offline_uses_what_is_kept_and_asks_nothing(host: Host, upstream: Path, tmp_path: Path) -> None:
    made = cloner(host, tmp_path).clone(shop(host))
    add_commits(upstream, ["four"])
    before = len(host.log)
    away = cloner(host, tmp_path, offline=True)
    assert away.clone(shop(host)) == made
    assert count(made, "HEAD") == 3
    with pytest.raises(CloneError, match="not in the cache, and --offline"):
        away.clone(shop(host, name="other", clone_url=f"{host.url}/ada/other.git"))
    assert len(host.log) == before


DAMAGE = {
    "no record": lambda made: (made / "reviewer.json").unlink(),
    "garbage in the record": lambda made: (made / "reviewer.json").write_bytes(b"\0{"),
    "another version": lambda made: (made / "reviewer.json").write_text('{"layout": 99, "url": "", "commit": ""}'),
    "no objects": lambda made: shutil.rmtree(made / "objects"),
    "an empty folder": lambda made: (shutil.rmtree(made), made.mkdir()),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_kept_clone_is_made_again(damage: object, host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    damage(made)
    assert usual.clone(shop(host)) == made
    assert kinds(made) == {"commit": 3, "tree": 3, "blob": 3}


def test_what_a_killed_run_left_is_thrown_away_and_nothing_finished_is_lost(host: Host, tmp_path: Path) -> None:
    usual = cloner(host, tmp_path)
    made = usual.clone(shop(host))
    for name in ("shop.git.part-1", "shop.git.part-99999"):
        (made.parent / name / "objects").mkdir(parents=True)
    shutil.rmtree(made)
    usual.clone(shop(host))
    assert _left_over(tmp_path) == []
    assert kinds(made)["commit"] == 3


def test_many_threads_may_clone_at_once(host: Host, upstream: Path, tmp_path: Path) -> None:
    host.api.logins["ada"].repositories += [Listed(f"r{i}", upstream) for i in range(6)]
    usual = cloner(host, tmp_path)
    asked = [shop(host, name=f"r{i % 6}", clone_url=f"{host.url}/ada/r{i % 6}.git") for i in range(12)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(usual.clone, asked))
    assert len(set(made)) == 6
    assert all(kinds(each)["commit"] == 3 for each in made)
    assert len([each for each in host.log if each.method == "POST"]) == 12 + 6 * 2  # refs each time, one clone each


def test_an_empty_repository_is_said_to_be_empty(tmp_path: Path) -> None:
    empty = make_repository(tmp_path / "empty.git", [], empty=True)
    served = serve([Login("ada", repositories=[Listed("shop", empty)])])
    with served as host, pytest.raises(CloneError, match="shop has no commits yet"):
        cloner(host, tmp_path).clone(shop(host))


@pytest.mark.parametrize("limits", [QUICK, SPARSE], ids=["whole", "without old contents"])
def test_a_head_that_names_no_branch_falls_back(
    limits: CloneLimits, host: Host, upstream: Path, tmp_path: Path
) -> None:
    git(upstream, "symbolic-ref", "HEAD", "refs/heads/nowhere")
    made = cloner(host, tmp_path, limits).clone(shop(host))
    assert record(made).commit == git(upstream, "rev-parse", "refs/heads/main")
    assert count(made, "HEAD") == 3


PACK = r"/git-upload-pack\?$"
SHOP = "/ada/shop.git"
REFUSED = [
    # id, fault, words, is it the host rather than this repository
    ("401", Fault(SHOP, 401), "asks for a login", False),
    ("403", Fault(SHOP, 403), "may not be read (403)", False),
    ("404", Fault(SHOP, 404), "is not there (404)", False),
    ("410", Fault(SHOP, 410), "was removed (410)", False),
    ("429", Fault(SHOP, 429), "limits requests (429)", True),
    ("451", Fault(SHOP, 451), "legal reasons (451)", False),
    ("500", Fault(SHOP, 500), "a fault of its own (5xx)", True),
    ("503", Fault(SHOP, 503), "a fault of its own (5xx)", True),
    ("a redirect to a foreign host", Fault(SHOP, 301, {"Location": "http://localhost:9/x.git"}), "moved", False),
    ("no git at all", Fault(SHOP, 200, body=b"<html>\nSign in\n"), "is no git repository", False),
    ("a cut pack", Fault(PACK, cut=300, skip=2), "broke off", True),
    ("a damaged pack", Fault(PACK, flip=True, skip=2), "damaged", False),
    ("an endless wait", Fault(SHOP, delay=5), "took longer than the time limit", False),
]


@pytest.mark.parametrize(
    ("fault", "words", "unreachable"), [bad[1:] for bad in REFUSED], ids=[bad[0] for bad in REFUSED]
)
def test_what_goes_wrong_is_one_sentence(
    fault: Fault, words: str, unreachable: bool, host: Host, tmp_path: Path
) -> None:
    host.faults.append(fault)
    limits = replace(QUICK, refs_seconds=1, seconds=3, tries=1)
    with pytest.raises(CloneError) as raised:
        cloner(host, tmp_path, limits).clone(shop(host))
    message = str(raised.value)
    assert message.startswith("shop ")
    assert words in message
    assert "\n" not in message
    assert raised.value.unreachable is unreachable
    assert _left_over(tmp_path) == []


def test_a_server_that_needs_no_token_but_gets_none_for_a_private_one(host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError, match="private or not there"):
        cloner(host, tmp_path).clone(shop(host, clone_url=f"{host.url}/ada/nowhere.git"))


def test_a_fault_that_passes_is_waited_out(host: Host, tmp_path: Path) -> None:
    host.faults.append(Fault(SHOP, 502, times=1))
    assert kinds(cloner(host, tmp_path).clone(shop(host)))["commit"] == 3


def test_a_history_that_cannot_be_had_leaves_the_newest_commit(host: Host, tmp_path: Path) -> None:
    host.faults.append(Fault(PACK, 500, skip=3))  # refs, then refs and pack of the clone, then no more
    usual = cloner(host, tmp_path, replace(SPARSE, tries=1))
    made = usual.clone(shop(host))
    found = record(made)
    assert found.shallow
    assert "the history could not be fetched" in (found.cut or "")
    assert (count(made, "HEAD"), kinds(made)["blob"]) == (1, 3)
    host.faults.clear()
    assert count(usual.clone(shop(host)), "HEAD") == 3
    assert record(made).cut is None


def test_one_larger_than_any_limit_is_refused(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, ["big"], content=os.urandom(2_000_000))
    limits = replace(QUICK, full_bytes=500_000, most_bytes=500_000, blob="100m")
    with pytest.raises(CloneError, match="shop is larger than the size limit"):
        cloner(host, tmp_path, limits).clone(shop(host))


FORBIDDEN = {
    "ssh": "ssh://git@github.com/ada/shop.git",
    "a command": "ext::sh -c touch% /tmp/pwned",
    "an option": "--upload-pack=touch /tmp/pwned",
    "a file": "file:///etc",
    "a path": "/etc",
    "git": "git://github.com/ada/shop.git",
    "credentials": "https://ada:secret@github.com/ada/shop.git",
    "plain http": "http://github.com/ada/shop.git",
    "plain http on another port": "http://127.0.0.1:1/ada/shop.git",
    "a way up": "https://github.com/../../etc",
    "a line end": "https://github.com/ada/shop.git\nhttps://evil.example",
    "a query": "https://github.com/ada/shop.git?x=1",
    "no path": "https://github.com",
    "nothing": "",
}


@pytest.mark.parametrize("url", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_an_address_that_is_not_cloned(url: str, host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError, match="is no address that is cloned"):
        cloner(host, tmp_path).clone(shop(host, clone_url=url))
    assert host.log == []


PLACES = {
    "usual": ("https://github.com/ada/shop.git", None, "github.com/ada/shop.git"),
    "without .git": ("https://github.com/ada/shop", None, "github.com/ada/shop.git"),
    "groups": ("https://gitlab.example/a/b/c.git", None, "gitlab.example/a/b/c.git"),
    "a port": ("http://127.0.0.1:80/ada/shop.git", None, "127.0.0.1_80/ada/shop.git"),
    "dots": ("https://h.example/../.././x", None, "h.example/x.git"),
    "a revision": ("https://github.com/ada/shop.git", "../../x", "github.com/ada/shop@1fc27da05d4e7af7.git"),
}


@pytest.mark.parametrize(("address", "revision", "place"), PLACES.values(), ids=PLACES.keys())
def test_where_a_clone_lies(address: str, revision: str | None, place: str) -> None:
    found = str(place_of(address, revision))
    assert found.split("@")[0] == place.split("@")[0]
    assert ".." not in found
