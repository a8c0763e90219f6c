"""Reads an object store of ours: commits, sizes, and blobs through one ``cat-file --batch``; no checkout."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.sources.git import GitError, Stream, output, stream

RESTARTS = 20
"""Times that git is started again behind an object at which it died."""
BLOB_SECONDS = 300
ID_LENGTHS = (40, 64)
OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def is_object_id(text: str) -> bool:
    """Whether a text is a full object id."""
    return OBJECT_ID.fullmatch(text) is not None


def commit_of(git_dir: str, name: str) -> str | None:
    """The commit behind an object id, peeled through tags; None where it is absent or no commit."""
    if not is_object_id(name):
        return None
    try:
        found = output(["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], git_dir, 20).decode().strip()
    except GitError:
        return None
    return found or None


@dataclass(frozen=True, slots=True)
class Size:
    """Kind and size of an object that is here."""

    kind: str
    size: int


def sizes_of(git_dir: str, oids: Iterable[str]) -> dict[str, Size]:
    """Kind and size of those of ``oids`` that are here; nothing is fetched. Absent and damaged ones are left out.

    Raises:
        GitError: git ended early, again and again.
    """
    wanted = list(dict.fromkeys(oids))
    found: dict[str, Size] = {}
    for left in reversed(range(RESTARTS)):
        answered, error = _check(git_dir, wanted, found)
        if error is None:
            break
        if not left:
            raise error
        wanted = wanted[answered + 1 :]
    return found


def _check(git_dir: str, wanted: list[str], found: dict[str, Size]) -> tuple[int, GitError | None]:
    """Asks for ``wanted`` in one go: how many were answered, and what ended git before the others were."""
    answered = 0
    with stream(["cat-file", "--batch-check", "--buffer"], git_dir, BLOB_SECONDS) as running:
        feed(running, wanted)
        for line in running.stdout:
            words = line.decode("ascii", "replace").split()
            answered += 1
            if len(words) == 3:
                found[words[0]] = Size(words[1], int(words[2]))
        try:
            running.finish()
        except GitError as error:
            return answered, error
    return answered, None


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
            if len(data) < size:
                running.finish()
                raise GitError("cat-file", 0, f"{asked} ends early")
            if words[1] == "blob":
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
