"""Reads an object store of ours: the tree as a stream, blobs through one ``cat-file --batch``; no checkout."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.sources.git import GitError, Stream, output, stream

TREE_SECONDS = 30
BLOB_SECONDS = 300
CHUNK = 1 << 16
LONGEST_ENTRY = 1 << 17
"""Bytes of one tree entry, path included, that are read before the listing is given up."""
ID_LENGTHS = (40, 64)


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One file of a tree. ``mode`` is git's (``100644``, ``120000`` link, ``160000`` submodule)."""

    mode: str
    oid: str
    path: bytes


class TreeLimit(Exception):
    """The tree has more files, or longer paths, than are read; the message says which limit was reached."""


def is_object_id(text: str) -> bool:
    """Whether a text is a full object id."""
    return len(text) in ID_LENGTHS and all(char in "0123456789abcdef" for char in text)


def commit_of(git_dir: str, name: str) -> str | None:
    """The commit behind an object id, peeled through tags; None where it is absent or no commit."""
    if not is_object_id(name):
        return None
    try:
        found = output(["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], git_dir, 20).decode().strip()
    except GitError:
        return None
    return found or None


def list_tree(git_dir: str, commit: str, most: int, longest_path: int) -> Iterator[TreeEntry]:
    """The files of a commit, in git's order, as they are read.

    Args:
        git_dir: a repository of ours.
        commit: a full object id.
        most: files after which it stops.
        longest_path: bytes of a path above which a file is left out.

    Raises:
        TreeLimit: after everything within the limits was yielded.
        GitError: git could not read a tree; what came before it was yielded.
    """
    left_out = 0
    with stream(["ls-tree", "-r", "-z", "--full-tree", commit], git_dir, TREE_SECONDS) as running:
        count = 0
        for record in _records(running):
            head, _, path = record.partition(b"\t")
            words = head.split(b" ")
            if len(words) != 3 or len(path) > longest_path:
                left_out += 1
                continue
            yield TreeEntry(words[0].decode(), words[2].decode(), path)
            count += 1
            if count >= most:
                raise TreeLimit(f"the tree is read up to a limit of {most:,} files; the rest is left out")
        running.finish()
    if left_out:
        raise TreeLimit(
            f"{left_out:,} files whose path is longer than the limit of {longest_path:,} bytes are left out"
        )


def _records(running: Stream) -> Iterator[bytes]:
    rest = b""
    while chunk := running.stdout.read1(CHUNK):  # type: ignore[attr-defined]
        *records, rest = (rest + chunk).split(b"\0")
        yield from records
        if len(rest) > LONGEST_ENTRY:
            raise TreeLimit(
                f"a path is longer than the limit of {LONGEST_ENTRY:,} bytes; the rest of the tree is left out"
            )


@dataclass(frozen=True, slots=True)
class Size:
    """Kind and size of an object that is here."""

    kind: str
    size: int


def sizes_of(git_dir: str, oids: Iterable[str]) -> dict[str, Size]:
    """Kind and size of those of ``oids`` that are here; nothing is fetched. Absent and damaged ones are left out."""
    wanted = list(dict.fromkeys(oids))
    found: dict[str, Size] = {}
    with stream(["cat-file", "--batch-check", "--buffer"], git_dir, BLOB_SECONDS) as running:
        feed(running, wanted)
        for line in running.stdout:
            words = line.decode("ascii", "replace").split()
            if len(words) == 3:
                found[words[0]] = Size(words[1], int(words[2]))
    return found


def read_blobs(git_dir: str, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs that are here, in the given order. Ask `sizes_of` first: what is absent is left out.

    Raises:
        GitError: git ended early (a damaged object); what came before was yielded.
    """
    wanted = list(oids)
    if not wanted:
        return
    with stream(["cat-file", "--batch", "--buffer"], git_dir, BLOB_SECONDS) as running:
        feed(running, wanted)
        for asked in wanted:
            words = running.stdout.readline().decode("ascii", "replace").split()
            if len(words) == 2:
                continue
            if len(words) != 3:
                running.finish()
                raise GitError("cat-file", 0, f"no answer for {asked}")
            size = int(words[2])
            data = running.stdout.read(size)
            running.stdout.read(1)
            if len(data) == size and words[1] == "blob":
                yield asked, data


def feed(running: Stream, oids: Sequence[str]) -> None:
    """Writes the wanted ids from a thread of its own, so that neither side waits for the other."""

    def write() -> None:
        try:
            running.stdin.write("".join(f"{oid}\n" for oid in oids).encode())
            running.stdin.close()
        except (BrokenPipeError, ValueError, OSError):
            return

    threading.Thread(target=write, daemon=True).start()
