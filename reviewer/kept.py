"""Reviews of single repositories, kept between runs: the same commit, question and program give the same review."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from reviewer import engine
from reviewer.model.facts.pulls import Pulls
from reviewer.model.repository import Repository
from reviewer.model.review import RepositoryReview
from reviewer.sources.local import Opened
from reviewer.store import Store

NO_PULLS = Pulls()


@dataclass(frozen=True, slots=True)
class Question:
    """One repository at one commit, and who is asked about. ``upstream`` are ids of somebody else's history.

    ``pulls`` are the candidate's pull requests, where the host was asked for them.
    """

    repository: Repository
    opened: Opened
    who: tuple[str, ...]
    upstream: tuple[str, ...]
    pulls: Pulls = NO_PULLS

    @property
    def key(self) -> str:
        """Under what the answer is kept: it depends on all of this, and on the program."""
        opened = self.opened
        state = (opened.branch, opened.shallow, opened.blobless, opened.tags, opened.problems, opened.branches)
        asked = repr((self.repository, self.who, self.upstream, self.pulls, state, program()))
        return f"review/{opened.commit}/{hashlib.sha256(asked.encode('utf-8', 'surrogateescape')).hexdigest()}"


@dataclass(frozen=True, slots=True)
class KeptReviews:
    """Finished reviews in the cache."""

    store: Store

    def get(self, question: Question) -> RepositoryReview | None:
        """The review that was kept, or None."""
        data = self.store.get(question.key)
        try:
            return msgspec.msgpack.decode(data, type=RepositoryReview) if data else None
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None

    def put(self, question: Question, review: RepositoryReview) -> None:
        """Keeps a review, unless a limit on time or memory had a part in it: another time it may say more."""
        clocked = review.facts is None or any(problem.clock for problem in review.facts.problems)
        if not clocked:
            self.store.put_many([(question.key, msgspec.msgpack.encode(review))])


@cache
def program() -> str:
    """What tells this state of the program, with all checks of other packages, from another.

    Paths, sizes and times of its files, as Python itself tells whether a compiled module is still good; so nobody who
    changes a check has to think of the cache.
    """
    packages = {item.run.__module__.partition(".")[0] for item in engine.catalogue()} | {__name__.partition(".")[0]}
    files = sorted(file for name in packages for file in _files(name))
    return hashlib.sha256(repr((sys.version_info, files)).encode("utf-8", "surrogateescape")).hexdigest()


def _files(package: str) -> Iterator[tuple[str, int, int]]:
    module = sys.modules[package]
    for folder in getattr(module, "__path__", ()):
        yield from _below(folder)
    if module.__file__:
        yield _state(module.__file__, Path(module.__file__).stat())


def _below(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield _state(entry.path, entry.stat())
            elif entry.name != "__pycache__":
                yield from _below(entry.path)


def _state(path: str, state: os.stat_result) -> tuple[str, int, int]:
    return path, state.st_mtime_ns, state.st_size
