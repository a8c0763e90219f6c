"""Of the facts of a repository what reports are drawn from: the rest is let go once its checks have run.

So a review of many repositories never holds more than one of them whole, and a finished one is small enough to keep.
"""

from __future__ import annotations

import msgspec

from reviewer.model.facts.history import Commit, History
from reviewer.model.facts.repository import Code, Documents, RepositoryFacts
from reviewer.report.activity import changing
from reviewer.report.facts import AUTH_METHODS


def needed(facts: RepositoryFacts, paths: frozenset[str]) -> RepositoryFacts:
    """The same facts for every report, without those of single files.

    Args:
        facts: whole.
        paths: files that evidence points to; of the others no object ids are left.
    """
    replace = msgspec.structs.replace
    return replace(
        facts,
        project=replace(
            facts.project,
            files=tuple(replace(file, facts=None) for file in facts.project.files if file.path in paths),
            manifests=(),
        ),
        code=Code(functions=changing(facts), signs=facts.code.of(*AUTH_METHODS)),
        tests=replace(facts.tests, fixtures=()),
        data=replace(facts.data, steps=()),
        documents=Documents(claims=facts.documents.claims, quality=facts.documents.quality),
        history=_history(facts.history),
    )


def _history(history: History) -> History:
    """Who committed when, without what they said and changed."""
    commits = tuple(
        Commit(oid=item.oid, day=item.day, person=item.person, subject="", body="", merge=item.merge)
        for item in history.commits
    )
    return msgspec.structs.replace(history, commits=commits, shares={})
