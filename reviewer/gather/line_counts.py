"""Counts the lines that commits added and deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from reviewer.gather._diff_tree import read_commits
from reviewer.gather._log import read_tokens
from reviewer.gather._rows import Log, RawCommit
from reviewer.gather.text import path_text
from reviewer.sources.objects import ID_LENGTHS

ANSWER_LIMIT = 64 << 20
WHOLE = 0.8
"""Share of commits that must have been counted for shares to be told by lines."""
UNCOUNTED = (".ipynb",)
"""Files whose lines are mostly output: how often they were touched tells more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether (nearly) all was counted, what was not and why, and whether the clock was the reason."""

    whole: bool
    reason: str | None = None
    clock: bool = False


def count_lines(git_dir: str, log: Log, commits: Sequence[RawCommit], seconds: float) -> Outcome:
    """Fills the line columns of ``log.rows`` for ``commits``, and sets their ``counted``.

    Args:
        git_dir: a repository of ours.
        log: what the commits were read into.
        commits: no merges; in the order in which they are counted until time runs out.
        seconds: for all of them.
    """
    counter = _Counter(log, {commit.oid: commit for commit in commits})
    passed = read_commits(git_dir, list(counter.commits), ["-z", "--numstat"], seconds, counter)
    whole = not passed.clock and len(commits) - passed.commits >= WHOLE * len(commits)
    return Outcome(whole, passed.reason and f"lines could not be counted for {passed.reason}", passed.clock)


@dataclass(slots=True)
class _Counter:
    log: Log
    commits: dict[str, RawCommit]
    at: str | None = None
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, answer: IO[bytes]) -> None:
        """See `reviewer.gather._diff_tree.Consumer`."""
        for token in read_tokens(answer, ANSWER_LIMIT):
            words = token.split(b"\t", 2)
            if len(words) == 3:
                if words[0].isdigit() and words[1].isdigit():
                    self.counts[path_text(words[2])] = int(words[0]), int(words[1])
            elif len(token) in ID_LENGTHS:
                self.settle()
                self.at = token.decode("ascii", "replace")

    def settle(self) -> None:
        """Writes the counts into the rows of the commit that is held back."""
        commit = self.commits.get(self.at or "")
        if commit:
            commit.counted = True
            for row, path in self._paths_of(commit):
                counted = self.counts.get(path)
                if counted and not path.endswith(UNCOUNTED):
                    self.log.rows.added[row], self.log.rows.deleted[row] = counted
        self.drop()

    def drop(self) -> None:
        """Forgets the commit that is held back."""
        self.at = None
        self.counts = {}

    def _paths_of(self, commit: RawCommit) -> Iterator[tuple[int, str]]:
        for row in range(commit.start, commit.end):
            yield row, self.log.paths[self.log.rows.path[row]]
