"""Commits that mend something."""

from __future__ import annotations

import re

from checks.commits._own import own_commits
from reviewer.model.facts.history import Commit, History

FIX = re.compile(
    r"(?:^|[\s:(\[])(?:fix(?:e[sd]|ing)?|bug ?fix|hotfix|resolve[sd]?|correct(?:s|ed)?|repair(?:s|ed)?|"
    r"prevent(?:s|ed)?|corrige|corrigi[rd]\w*|arregl\w+|solucion\w+|behebt|behoben)\b",
    re.I,
)
TRIVIAL = re.compile(r"\b(?:typo|lint|format|whitespace|readme|spelling|indent\w*|pep8|flake8|style)\b", re.I)
TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_\w+\.py$|[._-](?:test|spec)\.\w+$|Tests?\.\w+$", re.I
)


def fixes(history: History) -> list[Commit]:
    """Own commits that mend a fault, newest first; typos and formatting left out."""
    return [item for item in own_commits(history) if FIX.search(item.subject) and not TRIVIAL.search(item.subject)]


def touches_tests(commit: Commit) -> bool:
    """Whether a commit changes a test."""
    return any(TEST_PATH.search(change.path) for change in commit.changes)
