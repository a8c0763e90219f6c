"""Which commits count: the candidate's own, without merges, reverts, bots and a generator's first commit."""

from __future__ import annotations

import re

from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Evidence

AUTOMATIC = re.compile(
    r"(?:merge |revert |bump |auto-?merge|initial commit$|first commit$|\[?wip\]?$|update readme\.md$)", re.I
)
BIG = 50
"""Files of a commit above which it is looked at as a heap."""


def own_commits(history: History) -> list[Commit]:
    """Own commits, newest first, merges and bots left out."""
    people = history.people
    return [
        commit
        for commit in history.commits
        if not commit.merge and not people[commit.person].bot and (people[commit.person].own or not history.own_known)
    ]


def place(commit: Commit, note: str = "") -> Evidence:
    """A commit as evidence: its first path, and what its subject says."""
    path = commit.changes[0].path if commit.changes else ""
    said = f"{commit.oid[:7]} “{commit.subject[:80]}”"
    return Evidence(path=path, line=0, commit=commit.oid, note=f"{said}: {note}" if note else said)
