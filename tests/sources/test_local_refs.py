"""Which commit of a local folder is reviewed: HEAD, and ``@REV`` of every kind, read as text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer.sources.local import Opened, open_local
from tests.project import make_repository
from tests.sources.repositories import git

COMMITS = [{"message": f"commit {number}", "files": {"a.txt": f"{number}\n"}} for number in range(4)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Four commits: ``main`` at the last, each other ref at one of its own."""
    path = make_repository(tmp_path / "shop.git", COMMITS)
    git(path, "branch", "feature/x", "main~1")
    git(path, "branch", "beef", "main~1")
    git(path, "tag", "light", "main~2")
    git(path, "tag", "-a", "-m", "one", "heavy", "main~3")
    git(path, "tag", "-a", "-m", "of a tag", "nested", "heavy")
    git(path, "update-ref", "refs/remotes/origin/there", "main~2")
    git(path, "symbolic-ref", "refs/heads/alias", "refs/heads/feature/x")
    return path


def opened(path: Path, revision: str | None = None, workspace: str = "workspace") -> Opened:
    place = path.parent / workspace
    place.mkdir()
    return open_local(str(path), revision, place)


REVISIONS = {
    "a branch": ("feature/x", "main~1", "feature/x"),
    "a branch that might be an id": ("beef", "main~1", "beef"),
    "a tag": ("light", "main~2", None),
    "an annotated tag": ("heavy", "main~3", None),
    "a tag of a tag": ("nested", "main~3", None),
    "a branch of the remote": ("there", "main~2", "there"),
    "a branch of the remote, in full": ("origin/there", "main~2", "origin/there"),
    "a full name": ("refs/heads/feature/x", "main~1", "feature/x"),
    "a symbolic ref": ("alias", "main~1", "alias"),
    "HEAD": ("HEAD", "main", "main"),
}


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
@pytest.mark.parametrize(("revision", "commit", "branch"), REVISIONS.values(), ids=REVISIONS)
def test_a_named_revision(revision: str, commit: str, branch: str | None, packed: bool, repository: Path) -> None:
    if packed:
        git(repository, "pack-refs", "--all")
    found = opened(repository, revision)
    assert (found.commit, found.branch, found.reason) == (git(repository, "rev-parse", commit), branch, None)


@pytest.mark.parametrize("length", [4, 7, 12, 40])
@pytest.mark.parametrize("upper", [False, True], ids=["lower case", "upper case"])
def test_a_commit_by_its_id(length: int, upper: bool, repository: Path) -> None:
    wanted = git(repository, "rev-parse", "main~2")
    named = wanted[:length].upper() if upper else wanted[:length]
    found = opened(repository, named)
    assert (found.commit, found.branch) == (wanted, None)


UNKNOWN = [
    "nowhere", "feature", "main~1", "main^", "HEAD@{1}", "refs/../HEAD", "..", "/etc/passwd", "-h", "--all", "a\0b",
    "x" * 5000, "", "deadbeef", "f" * 40, "refs/heads", ":/commit", "caf\udce9", "*",
]  # fmt: skip


@pytest.mark.parametrize("revision", UNKNOWN, ids=lambda text: ascii(text[:20]))
def test_an_unknown_revision_is_said_in_one_line(revision: str, repository: Path) -> None:
    found = opened(repository, revision)
    assert found.commit is None
    assert not found.empty
    assert found.reason is not None
    assert found.reason.isprintable()
    assert len(found.reason) < 300


def test_an_id_that_is_no_commit_is_refused(repository: Path) -> None:
    blob = git(repository, "rev-parse", "main:a.txt")
    assert opened(repository, blob).commit is None
    assert opened(repository, blob[:8], "second").commit is None


def test_a_detached_head(repository: Path) -> None:
    commit = git(repository, "rev-parse", "main~1")
    git(repository, "update-ref", "--no-deref", "HEAD", commit)
    found = opened(repository)
    assert (found.commit, found.branch) == (commit, None)


def test_other_branches_and_tags_are_counted(repository: Path) -> None:
    git(repository, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/there")
    found = opened(repository)
    assert list(found.branches) == ["alias", "beef", "feature/x", "main", "there"]
    assert found.branches["beef"] == git(repository, "rev-parse", "main~1")
    assert found.tags == 3


def test_pull_requests_that_are_kept_as_refs_are_counted(repository: Path) -> None:
    head = git(repository, "rev-parse", "main")
    for name in ("refs/pull/1/head", "refs/pull/1/merge", "refs/pull/2/head"):
        git(repository, "update-ref", name, head)
    assert opened(repository).pulls == 2
    git(repository, "pack-refs", "--all")
    assert opened(repository, None, "second").pulls == 2


def test_of_very_many_branches_the_first_by_name_are_named(repository: Path) -> None:
    head = git(repository, "rev-parse", "main")
    for number in reversed(range(500)):
        (repository / "refs/heads" / f"b{number:03}").write_text(f"{head}\n")
    assert list(opened(repository).branches) == ["alias", *(f"b{number:03}" for number in range(19))]


@pytest.mark.parametrize("left", ["nothing", "an empty folder of a branch"])
def test_a_repository_without_commits_is_empty(left: str, tmp_path: Path) -> None:
    path = make_repository(tmp_path / "new.git", [])
    if left != "nothing":
        (path / "refs/heads/feature").mkdir()
    found = opened(path)
    assert (found.commit, found.reason, found.empty) == (None, "no commits yet", True)


def test_a_head_that_names_no_branch_while_there_are_others_says_so(repository: Path) -> None:
    git(repository, "symbolic-ref", "HEAD", "refs/heads/gone")
    found = opened(repository)
    assert (found.commit, found.empty) == (None, False)
    assert found.reason == "HEAD names the branch gone, which does not exist"


def test_a_branch_at_a_commit_that_is_not_here(repository: Path) -> None:
    (repository / "refs/heads/main").write_text("1" * 40 + "\n")
    found = opened(repository)
    assert (found.commit, found.reason) == (None, "the commit 111111111111 could not be read: it is missing or damaged")


def chain(repository: Path, length: int) -> None:
    git(repository, "update-ref", "--no-deref", "HEAD", "main")
    for number in range(length):
        after = f"ref: refs/heads/s{number + 1}\n" if number + 1 < length else "ref: refs/heads/main\n"
        (repository / "refs/heads" / f"s{number}").write_text(after)
    (repository / "HEAD").write_text("ref: refs/heads/s0\n")


@pytest.mark.parametrize(("length", "read"), [(1, True), (4, True), (50, False)])
def test_symbolic_refs_are_followed_a_few_times(length: int, read: bool, repository: Path) -> None:
    chain(repository, length)
    assert (opened(repository).commit is not None) is read


HEADS = {
    "empty": b"",
    "garbage": b"hello world",
    "control characters": b"ref: refs/heads/\x1b[31mred\x07\nmore",
    "out of the folder": b"ref: refs/../../../../../../etc/passwd",
    "an absolute path": b"ref: /etc/passwd",
    "a loop": b"ref: refs/heads/loop",
    "a very long name": b"ref: refs/heads/" + b"x" * 60_000,
    "a zero byte": b"ref: refs/heads/a\0b",
    "a folder": b"ref: refs/heads",
    "bytes that are not UTF-8": b"ref: refs/heads/\xff\xfe",
    "an id in part": b"abcdef",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_hostile_head_is_a_reason_and_no_fault(head: bytes, repository: Path) -> None:
    (repository / "refs/heads/loop").write_text("ref: refs/heads/loop\n")
    (repository / "HEAD").write_bytes(head)
    found = opened(repository)
    assert found.commit is None
    assert found.reason is not None
    assert found.reason.isprintable()
    assert len(found.reason) < 300


@pytest.mark.parametrize("place", ["HEAD", "refs/heads/main", "packed-refs", "shallow", "config"])
def test_files_outside_are_not_read_through_links(place: str, repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text('0123456789\n[remote "origin"]\n\turl = https://github.com/told/everything\n')
    git(repository, "pack-refs", "--all")
    (repository / place).unlink(missing_ok=True)
    (repository / place).symlink_to(secret)
    found = opened(repository)
    assert "0123456789" not in str(found)
    assert (found.url, found.shallow) == (None, False)


def test_a_branch_whose_name_is_not_utf8_is_read_and_shown_as_text(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    git(repository, "update-ref", f"refs/heads/{name}", "main~1")
    git(repository, "symbolic-ref", "HEAD", f"refs/heads/{name}")
    found = opened(repository)
    assert found.commit == git(repository, "rev-parse", "main~1")
    assert found.branch is not None
    assert found.branch.startswith("caf")
    "".join([found.branch, *found.branches]).encode()


def test_refs_kept_as_a_table_are_named_and_a_commit_can_still_be_given(repository: Path) -> None:
    commit = git(repository, "rev-parse", "main")
    for path in sorted((repository / "refs").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (repository / "HEAD").write_text("ref: refs/heads/.invalid\n")
    (repository / "reftable").mkdir()
    found = opened(repository)
    assert (found.commit, found.empty) == (None, False)
    assert "reftable" in (found.reason or "")
    assert opened(repository, commit, "second").commit == commit
