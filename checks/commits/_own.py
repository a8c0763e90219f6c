"""Which commits count: the candidate's own, without merges, reverts, bots and a generator's first commit."""

from __future__ import annotations

import re

from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.finding import Evidence

AUTOMATIC = re.compile(
    r"(?:merge |revert\b|bump |auto-?merge|(?:initial|first|init) commit(?:\s*\([^()]{0,20}\))?\W{0,3}$|"
    r"update readme\.md$|(?:chore|build)\(deps)",
    re.I,
)
BIG = 50
"""Files of a commit above which it is looked at as a heap."""


def counts(history: History, person: Person) -> bool:
    """Whether somebody's work counts: the candidate's, or everyone's where nobody is named."""
    return not person.bot and (person.own or not history.own_known)


def own_commits(history: History) -> list[Commit]:
    """Own commits, newest first, merges and bots left out."""
    own = [counts(history, person) for person in history.people]
    return [commit for commit in history.commits if own[commit.person] and not commit.merge]


def newest(history: History) -> list[Commit]:
    """The newest own commit that changes something; empty where there is none."""
    own = own_commits(history)
    return [commit for commit in own if commit.changes][:1] or own[:1]


def place(commit: Commit, note: str = "") -> Evidence:
    """A commit as evidence: its first path, and what its subject says."""
    path = commit.changes[0].path if commit.changes else ""
    said = f"{commit.oid[:7]} “{commit.subject[:80]}”"
    return Evidence(path=path, line=0, commit=commit.oid, note=f"{said}: {note}" if note else said)
