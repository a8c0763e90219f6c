"""What a fork has of its own: its parent's commits are brought in beside it, without their contents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.model.repository import Repository
from reviewer.sources.clone import Cloner
from reviewer.sources.failures import CloneError
from reviewer.sources.git import output
from reviewer.sources.kept import read_record
from reviewer.sources.limits import CloneLimits
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve
from tests.sources.repositories import add_commits, git, make_repository

LIMITS = {
    "whole": CloneLimits(seconds=30, refs_seconds=10, pause=0),
    "without old contents": CloneLimits(full_kib=0, seconds=30, refs_seconds=10, pause=0),
}


class Fork:
    """A parent of three commits and its fork, on a host."""

    def __init__(self, host: Host, parent: Path, fork: Path, cache: Path) -> None:
        self.host, self.parent, self.fork, self.cache = host, parent, fork, cache
        self.parent_url = f"{host.url}/acme/shop.git"
        self.repository = Repository(name="shop", clone_url=f"{host.url}/ada/shop.git", size_kib=1, fork=True)

    def cloner(self, limits: CloneLimits = LIMITS["whole"], offline: bool = False) -> Cloner:
        return Cloner(self.cache, github_url=self.host.url, limits=limits, offline=offline)


@pytest.fixture
def fork(tmp_path: Path) -> Iterator[Fork]:
    parent = make_repository(tmp_path / "acme" / "shop.git", ["one", "two", "three"])
    copy = tmp_path / "ada" / "shop.git"
    git(None, "clone", "-q", "--bare", str(parent), str(copy))
    logins = [Login("acme", repositories=[Listed("shop", parent)]), Login("ada", repositories=[Listed("shop", copy)])]
    with serve(logins) as host:
        yield Fork(host, parent, copy, tmp_path / "cache")


def own(git_dir: Path, tip: str) -> list[str]:
    """Subjects of the commits that the fork has over its parent, read without any network."""
    return output(["log", "--format=%s", "HEAD", f"^{tip}", "--"], str(git_dir)).decode().split()


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS.keys())
@pytest.mark.parametrize("behind", [0, 4], ids=["up to date", "behind its parent"])
@pytest.mark.parametrize("mine", [[], ["mine", "more"]], ids=["nothing of its own", "commits of its own"])
def test_own_commits_are_those_over_the_parent(mine: list[str], behind: int, limits: CloneLimits, fork: Fork) -> None:
    add_commits(fork.fork, mine) if mine else None
    add_commits(fork.parent, [f"later{i}" for i in range(behind)]) if behind else None
    cloner = fork.cloner(limits)
    made = cloner.clone(fork.repository)
    tip = cloner.fetch_upstream(made, fork.parent_url, "acme/shop")
    assert tip == git(fork.parent, "rev-parse", "HEAD")
    assert own(made, tip) == list(reversed(mine))
    assert git(made, "rev-parse", "HEAD") == git(fork.fork, "rev-parse", "HEAD")
    assert output(["log", "--name-status", "--no-renames", "--format="], str(made)).count(b"\n") == 3 + len(mine)


def test_only_commits_of_the_parent_are_brought(fork: Fork) -> None:
    add_commits(fork.parent, ["later"], content=b"x" * 100_000)
    cloner = fork.cloner()
    made = cloner.clone(fork.repository)
    cloner.fetch_upstream(made, fork.parent_url, "acme/shop")
    said = output(["cat-file", "--batch-check", "--batch-all-objects"], str(made)).decode()
    assert [line.split()[1] for line in said.splitlines()].count("commit") == 4
    assert [line.split()[1] for line in said.splitlines()].count("blob") == 3


def test_a_second_look_fetches_nothing(fork: Fork) -> None:
    add_commits(fork.parent, ["later"])
    cloner = fork.cloner()
    made = cloner.clone(fork.repository)
    cloner.fetch_upstream(made, fork.parent_url, "acme/shop")
    before = len(fork.host.log)
    cloner.fetch_upstream(made, fork.parent_url, "acme/shop")
    assert len(fork.host.log) - before == 2  # ls-remote


def test_a_fork_that_caught_up_is_whole_again(fork: Fork) -> None:
    newest = add_commits(fork.parent, ["later"])
    cloner = fork.cloner()
    cloner.fetch_upstream(cloner.clone(fork.repository), fork.parent_url, "acme/shop")
    git(fork.fork, "fetch", "-q", str(fork.parent), "+main:main")
    made = cloner.clone(fork.repository)
    assert git(made, "rev-parse", "HEAD") == newest
    assert git(made, "show", "HEAD:later.txt", GIT_ALLOW_PROTOCOL="none") == "later"
    assert own(made, cloner.fetch_upstream(made, fork.parent_url, "acme/shop")) == []


def test_offline_remembers_the_parent(fork: Fork) -> None:
    newest = add_commits(fork.parent, ["later"])
    made = fork.cloner().clone(fork.repository)
    away = fork.cloner(offline=True)
    with pytest.raises(CloneError, match="acme/shop is not in the cache, and --offline"):
        away.fetch_upstream(made, fork.parent_url, "acme/shop")
    fork.cloner().fetch_upstream(made, fork.parent_url, "acme/shop")
    before = len(fork.host.log)
    assert away.fetch_upstream(made, fork.parent_url, "acme/shop") == newest
    assert len(fork.host.log) == before


def test_a_parent_that_is_gone_leaves_the_fork(fork: Fork) -> None:
    cloner = fork.cloner()
    made = cloner.clone(fork.repository)
    fork.host.faults.append(Fault("/acme/", 404))
    with pytest.raises(CloneError, match=r"acme/shop is not there \(404\)"):
        cloner.fetch_upstream(made, fork.parent_url, "acme/shop")
    kept = read_record(made)
    assert kept is not None
    assert kept.upstream is None
