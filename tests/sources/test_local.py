"""Local folders of every make, opened in place: what is reviewed, and what is said where nothing can be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.sources.local import NotARepository, Opened, find_git_dir, open_local
from reviewer.sources.objects import read_blobs
from reviewer.sources.trees import list_tree
from tests.project import make_repository
from tests.sources.repositories import git

COMMITS = [
    {"message": "first", "files": {"a.txt": "one\n"}},
    {"message": "second", "files": {"a.txt": "two\n", "b/c.txt": "three\n"}},
]
COMMITTED = {"a.txt": b"two\n", "b/c.txt": b"three\n"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree with two commits on ``main``."""
    return make_repository(tmp_path / "shop", COMMITS, bare=False)


@pytest.fixture
def opening(tmp_path: Path) -> Callable[..., Opened]:
    """Opens a path in a workspace of its own."""

    def run(path: Path, revision: str | None = None) -> Opened:
        workspace = tmp_path / f"workspace-{len(list(tmp_path.glob('workspace-*')))}"
        workspace.mkdir()
        return open_local(str(path), revision, workspace)

    return run


def contents(opened: Opened) -> dict[str, bytes]:
    """What the chosen commit holds, by path, of the blobs that are here."""
    assert opened.commit is not None, opened.reason
    entries = list_tree(opened.git_dir, opened.commit).entries
    blobs = dict(read_blobs(opened.git_dir, [entry.oid for entry in entries]))
    return {os.fsdecode(entry.path): blobs[entry.oid] for entry in entries if entry.oid in blobs}


def work_tree(tree: Path) -> Path:
    return tree


def git_directory(tree: Path) -> Path:
    return tree / ".git"


def bare(tree: Path) -> Path:
    git(None, "clone", "-q", "--bare", str(tree), str(tree.with_name("bare.git")))
    return tree.with_name("bare.git")


def shallow_clone(tree: Path) -> Path:
    git(None, "clone", "-q", "--depth=1", tree.as_uri(), str(tree.with_name("shallow")))
    return tree.with_name("shallow")


def linked_work_tree(tree: Path) -> Path:
    git(tree / ".git", "worktree", "add", "-q", "--detach", str(tree.with_name("linked")))
    return tree.with_name("linked")


def separate_git_directory(tree: Path) -> Path:
    git(None, "clone", "-q", "--separate-git-dir", str(tree.with_name("elsewhere.git")), str(tree), f"{tree}-2")
    return Path(f"{tree}-2")


def packed(tree: Path) -> Path:
    git(tree / ".git", "gc", "-q")
    assert not list((tree / ".git/refs/heads").iterdir())
    return tree


def linked_git_directory(tree: Path) -> Path:
    (tree / ".git").rename(tree.with_name("moved.git"))
    (tree / ".git").symlink_to(tree.with_name("moved.git"))
    return tree


def linked_head(tree: Path) -> Path:
    """As git itself wrote HEAD long ago."""
    (tree / ".git/HEAD").unlink()
    (tree / ".git/HEAD").symlink_to("refs/heads/main")
    return tree


SHAPES = [
    work_tree, git_directory, bare, shallow_clone, linked_work_tree, separate_git_directory, packed,
    linked_git_directory, linked_head,
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_of_repository_is_read(shape: Callable[[Path], Path], tree: Path, opening: Callable) -> None:
    head = git(tree / ".git", "rev-parse", "HEAD")
    opened = opening(shape(tree))
    assert (opened.commit, opened.reason, opened.problems) == (head, None, [])
    assert contents(opened) == COMMITTED
    assert opened.shallow is (shape is shallow_clone)
    assert opened.branch == (None if shape is linked_work_tree else "main")
    assert opened.uncommitted_note is (shape not in (git_directory, bare))


def test_a_merge_commit_without_a_branch_as_a_pull_request_is_checked_out(tree: Path, opening: Callable) -> None:
    where = tree / ".git"
    side = git(where, "commit-tree", "-p", "HEAD~1", "-m", "side", "HEAD~1^{tree}")
    merge = git(where, "commit-tree", "-p", "HEAD", "-p", side, "-m", "Merge side into main", "HEAD^{tree}")
    git(where, "update-ref", "--no-deref", "HEAD", merge)
    git(where, "update-ref", "-d", "refs/heads/main")
    opened = opening(tree)
    assert (opened.commit, opened.branch, opened.reason) == (merge, None, None)
    assert contents(opened) == COMMITTED


def test_a_linked_work_tree_has_a_head_of_its_own_and_the_branches_of_all(tree: Path, opening: Callable) -> None:
    linked = tree.with_name("linked")
    git(tree / ".git", "worktree", "add", "-q", "-b", "feature/x", str(linked), "HEAD~1")
    assert (opening(linked).branch, contents(opening(linked))) == ("feature/x", {"a.txt": b"one\n"})
    assert opening(tree).branch == "main"
    assert set(opening(linked).branches) == {"main", "feature/x"}
    assert contents(opening(linked, "main")) == COMMITTED


def test_uncommitted_changes_are_not_read(tree: Path, opening: Callable) -> None:
    (tree / "a.txt").write_text("changed\n")
    (tree / "new.txt").write_text("new\n")
    git(tree / ".git", "--work-tree", str(tree), "add", str(tree / "new.txt"))
    assert contents(opening(tree)) == COMMITTED


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("shape", [work_tree, bare], ids=["work tree", "bare"])
def test_a_repository_of_another_owner_is_read(shape: Callable, tree: Path, opening: Callable) -> None:
    path = shape(tree)
    for item in (path, *path.rglob("*")):
        os.chown(item, 12345, 12345)
    assert contents(opening(path)) == COMMITTED


NAMES = {
    "spaces": b"my shop",
    "quotes and backslashes": b'my "own" \\shop\\ \'s',
    "a line break and a tab": b"two\nlines\there",
    "bytes that are not UTF-8": b"caf\xe9 \xff",
    "other scripts": "店铺".encode(),
    "like an option": b"--upload-pack=x",
    "a comment sign and a colon": b"#a:b",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("borrowing", [False, True], ids=["own objects", "with alternates"])
def test_folders_of_any_name(name: bytes, borrowing: bool, tree: Path, tmp_path: Path, opening: Callable) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    tree.rename(path)
    if borrowing:
        (path / ".git/objects/info/alternates").write_text("/nowhere\n")
    assert contents(opening(path)) == COMMITTED


def test_nothing_of_the_repository_is_run_changed_or_obeyed(tree: Path, tmp_path: Path, opening: Callable) -> None:
    trap, mark = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    trap.chmod(0o755)
    with open(tree / ".git/config", "a") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n\tsshCommand = {trap}\n[include]\n\tpath = /nowhere\n")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, tree / ".git/hooks" / hook)
    before = sorted((path, path.lstat().st_mtime_ns) for path in tree.rglob("*"))
    assert contents(opening(tree)) == COMMITTED
    assert not mark.exists()
    assert sorted((path, path.lstat().st_mtime_ns) for path in tree.rglob("*")) == before


def test_sha256_repositories_are_read(tmp_path: Path, opening: Callable) -> None:
    git(None, "init", "-q", "--bare", "--object-format=sha256", "-b", "main", str(tmp_path / "new.git"))
    made = make_repository(tmp_path / "new.git", COMMITS)
    opened = opening(made)
    assert opened.commit is not None
    assert len(opened.commit) == 64
    assert contents(opened) == COMMITTED
    assert contents(opening(made, opened.commit[:9])) == COMMITTED


def no_repository(path: Path) -> None:
    path.mkdir()


def a_file(path: Path) -> None:
    path.write_text("x")


def git_file(text: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.mkdir()
        (path / ".git").write_bytes(text)
        (path / "loop").symlink_to("loop")

    return make


def empty_git_folder(path: Path) -> None:
    (path / ".git").mkdir(parents=True)


def head_is_a_folder(path: Path) -> None:
    (path / ".git/HEAD").mkdir(parents=True)
    (path / ".git/objects").mkdir()


REFUSED = {
    "a folder that is none": (no_repository, "not a git repository"),
    "a file": (a_file, "not a folder"),
    ".git is an empty folder": (empty_git_folder, "not a git repository"),
    "HEAD is a folder": (head_is_a_folder, "not a git repository"),
    ".git names nothing": (git_file(b"hello"), "its .git file names no git directory"),
    ".git names a missing folder": (git_file(b"gitdir: ../nowhere\n"), "that its .git file names is not there"),
    ".git names a loop of links": (git_file(b"gitdir: loop/x\n"), "that its .git file names is not there"),
    ".git holds a zero byte": (git_file(b"gitdir: a\0b\n"), "that its .git file names is not there"),
    ".git names something endless": (git_file(b"gitdir: " + b"x" * 5000), "that its .git file names is not there"),
    ".git names the root": (git_file(b"gitdir: /\n"), "that its .git file names is not there"),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_repository_is_refused_in_one_line(
    make: Callable[[Path], None], why: str, tmp_path: Path, opening: Callable
) -> None:
    path = tmp_path / "thing"
    make(path)
    with pytest.raises(NotARepository, match=why) as refused:
        opening(path)
    assert "\n" not in str(refused.value)
    with pytest.raises(NotARepository):
        find_git_dir(path)


def test_a_repository_below_is_not_taken_for_the_folder(tree: Path) -> None:
    with pytest.raises(NotARepository, match="not a git repository"):
        find_git_dir(tree / "b")
