"""Lists the files of a commit folder by folder, within limits of our own.

Git's own listing overruns its stack on deep trees, never ends on tree bombs, and stops at the first damaged folder.
Here every folder is asked for by object id and parsed; a damaged or missing one is named, and the others are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.sources.git import GitError, Stream, stream

SECONDS = 60
TREE = "40000"
LARGEST_FOLDER = 32 << 20
"""Bytes of one folder's listing above which it is left out: about 800,000 names."""


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One file of a tree. ``mode`` is git's (``100644``, ``120000`` link, ``160000`` submodule)."""

    mode: str
    oid: str
    path: bytes


@dataclass(frozen=True, slots=True)
class TreeLimits:
    """How much of a tree is read: files, folders, levels, and bytes of a path."""

    files: int = 40_000
    folders: int = 40_000
    levels: int = 200
    path: int = 1000


@dataclass(slots=True)
class Tree:
    """The files that were listed, and in words what was left out."""

    entries: list[TreeEntry] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    clock: bool = False


@dataclass(slots=True)
class _Counts:
    deep: int = 0
    long: int = 0
    damaged: int = 0


def list_tree(git_dir: str, commit: str, limits: TreeLimits | None = None) -> Tree:
    """The files of a commit, folder by folder in git's order. Never raises for what a tree holds.

    Args:
        git_dir: a repository of ours.
        commit: a full object id.
        limits: how much is read.
    """
    within = limits or TreeLimits()
    tree, counts = Tree(), _Counts()
    with stream(["cat-file", "--batch"], git_dir, SECONDS) as running:
        try:
            _walk(running, commit, within, tree, counts)
        except (GitError, OSError, ValueError):
            tree.clock = running.timed_out
            why = "listing it took too long" if running.timed_out else "git could not go on"
            tree.left_out.append(f"the tree could not be read whole: {why}; {len(tree.entries):,} files were")
    _say(tree, counts, within)
    return tree


def _walk(running: Stream, commit: str, limits: TreeLimits, tree: Tree, counts: _Counts) -> None:
    waiting: list[tuple[str, bytes, int]] = [(f"{commit}^{{tree}}", b"", 0)]
    folders = 0
    while waiting:
        asked, prefix, level = waiting.pop()
        folders += 1
        if folders > limits.folders:
            tree.left_out.append(f"the tree is read up to a limit of {limits.folders:,} folders; the rest is left out")
            return
        data = _folder(running, asked)
        if data is None:
            counts.damaged += 1
            continue
        below: list[tuple[str, bytes, int]] = []
        for mode, name, oid in _records(data, len(commit) // 2, counts):
            path = prefix + name
            if len(path) > limits.path:
                counts.long += 1
            elif mode == TREE:
                if level >= limits.levels:
                    counts.deep += 1
                else:
                    below.append((oid, path + b"/", level + 1))
            else:
                tree.entries.append(TreeEntry(mode, oid, path))
                if len(tree.entries) >= limits.files:
                    tree.left_out.append(
                        f"the tree is read up to a limit of {limits.files:,} files; the rest is left out"
                    )
                    return
        waiting.extend(reversed(below))


def _folder(running: Stream, asked: str) -> bytes | None:
    """The bytes of one folder; None where it is missing, damaged or no folder."""
    running.stdin.write(f"{asked}\n".encode())
    running.stdin.flush()
    words = running.stdout.readline().split()
    if len(words) != 3:
        if not words:
            raise GitError("cat-file", 0, "no answer")
        return None
    size, kind = int(words[2]), words[1]
    if size > LARGEST_FOLDER:
        raise GitError("cat-file", 0, "a folder is too large")
    data = running.stdout.read(size)
    running.stdout.read(1)
    return data if kind == b"tree" and len(data) == size else None


def _records(data: bytes, id_bytes: int, counts: _Counts) -> Iterator[tuple[str, bytes, str]]:
    """Mode, name and object id of each entry; what cannot be one ends the folder."""
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 8)
        end = data.find(b"\0", space + 1) if space > 0 else -1
        if end < 0 or end + 1 + id_bytes > len(data):
            counts.damaged += 1
            return
        name = data[space + 1 : end]
        if name:
            yield data[at:space].decode("ascii", "replace"), name, data[end + 1 : end + 1 + id_bytes].hex()
        else:
            counts.damaged += 1
        at = end + 1 + id_bytes


def _say(tree: Tree, counts: _Counts, limits: TreeLimits) -> None:
    if counts.deep:
        tree.left_out.append(f"folders too deep, below the limit of {limits.levels} levels, are left out")
    if counts.long:
        tree.left_out.append(f"paths longer than the limit of {limits.path:,} bytes are left out: {counts.long:,}")
    if counts.damaged:
        folders = "1 folder of the tree is" if counts.damaged == 1 else f"{counts.damaged:,} folders of the tree are"
        tree.left_out.append(f"{folders} missing or damaged and could not be read")
