"""The order of the steps: tree, history, link. From an opened repository to its facts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.classify import summarise
from reviewer.gather.history import HistoryOptions, RawHistory, read_history, read_people
from reviewer.gather.history_facts import link_history
from reviewer.gather.link import link
from reviewer.gather.snapshot import Snapshot, take_snapshot
from reviewer.gather.worker import Pool
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Problem, RepositoryFacts, SourceFile, Standing
from reviewer.model.repository import Repository
from reviewer.sources.local import Opened
from reviewer.store import Store

HISTORY_VERSION = "1"


@dataclass(slots=True)
class Timings:
    """Seconds that each step took, for the bench."""

    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def step(self, name: str) -> None:
        """Ends a step that began when the one before it ended."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.started
        self.started = now


@dataclass(frozen=True, slots=True)
class Tools:
    """What gathering works with: the readers' pool, the cache, and where times are noted."""

    pool: Pool
    store: Store
    timings: Timings = field(default_factory=Timings)


def gather(
    repository: Repository,
    opened: Opened,
    who: Sequence[str],
    owner: str | None,
    tools: Tools,
    upstream: tuple[str, ...] = (),
) -> RepositoryFacts:
    """Reads one repository.

    Args:
        repository: what is known of it so far.
        opened: where its objects are; ``opened.commit`` is set.
        who: names, logins and addresses of the candidate; empty where nobody is named.
        owner: the login that the repository belongs to, where known.
        tools: pool, cache and clock.
        upstream: for forks, ids whose history is somebody else's.
    """
    assert opened.commit is not None
    tools.pool.warm()
    raw = _history(opened, who, owner, tools, upstream)
    tools.timings.step("history")
    shot = take_snapshot(opened.git_dir, opened.commit, tools.pool, tools.store)
    tools.timings.step("parse")
    history = link_history(raw, read_people(raw, who, owner), _lines(shot), opened.tags)
    files = [_with_share(file, history) for file in shot.files]
    facts = link(repository, files, history, _problems(opened, shot, raw), summarise(files, shot.marks))
    tools.timings.step("link")
    return msgspec.structs.replace(facts, commit=opened.commit, branch=opened.branch)


def _history(
    opened: Opened, who: Sequence[str], owner: str | None, tools: Tools, upstream: tuple[str, ...]
) -> RawHistory:
    options = HistoryOptions(count_lines=not opened.blobless, who=tuple(who), owner=owner)
    return read_history(opened.git_dir, opened.commit or "", options, upstream)


def _lines(shot: Snapshot) -> dict[str, int]:
    """Lines of the tree's own files, by path."""
    return {file.path: file.facts.lines for file in shot.files if file.standing is Standing.OWN and file.facts}


def _with_share(file: SourceFile, history: History) -> SourceFile:
    return msgspec.structs.replace(file, share=history.shares.get(file.path))


def _problems(opened: Opened, shot: Snapshot, raw: RawHistory) -> list[Problem]:
    said = [Problem(path=None, what=what) for what in opened.problems]
    said += [Problem(path=None, what=reason, clock=raw.clock) for reason in raw.reasons]
    return said + shot.problems
