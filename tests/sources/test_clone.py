"""From an address to a bare clone: whole, without old contents, or at a revision."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.sources.clone import clone
from reviewer.sources.failures import CloneError
from reviewer.sources.git import output
from reviewer.sources.kept import place_of
from reviewer.sources.limits import CloneLimits
from reviewer.sources.objects import sizes_of
from reviewer.sources.trees import list_tree
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve
from tests.sources.cloning import QUICK, SPARSE, cloner, count, kinds, left_over, record, shop
from tests.sources.repositories import add_commits, git, make_repository


def test_a_small_one_is_cloned_whole(host: Host, upstream: Path, tmp_path: Path) -> None:
    git(upstream, "tag", "v1", "HEAD~1")
    git(upstream, "branch", "develop")
    made = clone(shop(host), tmp_path / "cache", github_url=host.url)
    assert made == tmp_path / "cache" / host.url.removeprefix("http://").replace(":", "_") / "ada" / "shop.git"
    assert kinds(made) == {"commit": 3, "tree": 3, "blob": 3}
    assert git(made, "rev-parse", "HEAD") == git(upstream, "rev-parse", "HEAD")
    assert git(made, "config", "core.bare") == "true"
    found = record(made)
    assert found.branches == ("develop",)
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


def test_what_was_too_large_to_fetch_hides_nothing_behind_it(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, ["big"], content=b"x" * 2000)
    made = cloner(host, tmp_path, SPARSE).clone(shop(host))
    entries = list_tree(str(made), record(made).commit).entries
    here = sizes_of(str(made), [entry.oid for entry in entries])
    assert [entry.path.decode() for entry in entries if entry.oid not in here] == ["big.txt"]
    assert [entry.path.decode() for entry in entries if entry.oid in here] == ["one.txt", "three.txt", "two.txt"]


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
    assert left_over(tmp_path) == []


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
