"""Runs ``git diff-tree`` over many commits, and goes on behind a commit on which git fails.

git fails where contents are missing, where a tree nests too deep, where a stranger built something to make it fail;
what it said of the commits before is good all the same.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from reviewer.gather._log import LogLimit
from reviewer.sources.git import GitError, stream
from reviewer.sources.objects import feed

ATTRIBUTES = Path(__file__).with_name("uncounted.attributes")
LARGEST_COMPARED = "512k"
"""Files above this size are not compared line by line; git's cost for shuffled lines grows with the square."""
RESTART_LIMIT = 40


class Consumer(Protocol):
    """Reads git's answer. The commit that it is ``at`` is held back until the next one begins or `settle` is called."""

    at: str | None

    def read(self, answer: IO[bytes]) -> None:
        """Reads to the end; may raise `LogLimit`."""

    def settle(self) -> None:
        """The commit that is held back is whole."""

    def drop(self) -> None:
        """The commit that is held back was cut short."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What could not be read: how many commits, up to which limit of ours, and whether time ran out."""

    commits: int = 0
    limit: str | None = None
    clock: bool = False

    @property
    def reason(self) -> str | None:
        """In words; None where all was read."""
        if not self.commits:
            return None
        many = f"{self.commits:,} commit{'s' if self.commits > 1 else ''}"
        if self.limit:
            return f"{many} past a limit of {self.limit}"
        why = "time ran out" if self.clock else "contents are missing, or git could not compare them"
        return f"{many}: {why}"


def read_commits(git_dir: str, oids: Sequence[str], what: Sequence[str], seconds: float, consumer: Consumer) -> Passed:
    """Hands what git says of each commit to ``consumer``.

    Args:
        git_dir: a repository of ours.
        oids: commits that are no merges; in the order in which they are read until time runs out.
        what: options that choose what git says.
        seconds: for all of them.
    """
    left, passed_over = list(oids), 0
    end = time.monotonic() + seconds
    for _ in range(RESTART_LIMIT):
        if not left:
            break
        try:
            failed_at, clock = _run(git_dir, left, what, end - time.monotonic(), consumer)
        except LogLimit as limit:
            return Passed(_behind(left, consumer.at) + passed_over, limit=str(limit))
        if failed_at is None:
            return Passed(passed_over)
        if clock:
            return Passed(len(left) - failed_at + passed_over, clock=True)
        passed_over += failed_at == 0
        left = left[max(1, failed_at) :]
    return Passed(len(left) + passed_over)


def _run(
    git_dir: str, oids: Sequence[str], what: Sequence[str], seconds: float, consumer: Consumer
) -> tuple[int | None, bool]:
    """One git: the place of the commit at which it failed (None where it did not), and whether time ran out."""
    if seconds <= 0:
        return 0, True
    settings = [
        f"core.attributesFile={ATTRIBUTES}",
        f"core.bigFileThreshold={LARGEST_COMPARED}",
        "core.quotePath=false",
    ]
    arguments = [word for setting in settings for word in ("-c", setting)]
    arguments += ["diff-tree", "--stdin", "-r", "--root", "--no-renames", *what]
    with stream(arguments, git_dir, seconds) as running:
        feed(running, oids)
        try:
            consumer.read(running.stdout)
            running.finish()
        except GitError:
            failed_at = len(oids) - _behind(oids, consumer.at)
            consumer.drop()
            return failed_at, running.timed_out
    consumer.settle()
    return None, False


def _behind(oids: Sequence[str], at: str | None) -> int:
    """How many commits there are from ``at`` on."""
    return len(oids) - (oids.index(at) if at in oids else 0)
