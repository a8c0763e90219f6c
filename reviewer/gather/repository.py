"""The order of the steps: tree, history, link. From an opened repository to its facts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewer.gather.classify import summarise
from reviewer.gather.link import link
from reviewer.gather.past import Past, PastReader
from reviewer.gather.snapshot import Snapshot, take_snapshot
from reviewer.gather.tools import Tools
from reviewer.model.facts.documents import Secret
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Problem, RepositoryFacts, SourceFile, Standing
from reviewer.model.facts.values import At
from reviewer.model.repository import Repository
from reviewer.sources.local import Opened


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
    reader = PastReader(opened, who, owner, upstream, tools.store)
    shot = take_snapshot(opened.git_dir, opened.commit, tools.pool, tools.store)
    tools.timings.step("parse")
    past = reader.past(_lines(shot))
    tools.timings.step("history")
    files = [_with_share(file, past.history) for file in shot.files]
    facts = link(repository, files, past.history, _problems(opened, shot, past), summarise(files, shot.marks))
    tools.timings.step("link")
    return msgspec.structs.replace(
        facts, commit=opened.commit, branch=opened.branch, secrets=_with_history(facts.secrets, past)
    )


def _with_history(at_head: tuple[At[Secret], ...], past: Past) -> tuple[At[Secret], ...]:
    """The secrets of the tree, and of the history those that the tree does not hold any more."""
    here = {(item.path, item.fact.kind) for item in at_head}
    gone = [item for item in past.secrets if (item.path, item.kind) not in here]
    return (*at_head, *(At(path=item.path or "", fact=item) for item in gone))


def _lines(shot: Snapshot) -> dict[str, int]:
    """Lines of the tree's own files, by path."""
    return {file.path: file.facts.lines for file in shot.files if file.standing is Standing.OWN and file.facts}


def _with_share(file: SourceFile, history: History) -> SourceFile:
    return msgspec.structs.replace(file, share=history.shares.get(file.path))


def _problems(opened: Opened, shot: Snapshot, past: Past) -> list[Problem]:
    said = [Problem(path=None, what=what) for what in opened.problems]
    said += [Problem(path=None, what=reason, clock=past.clock) for reason in past.reasons]
    return said + shot.problems
