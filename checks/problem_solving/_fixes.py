"""Commits that mend a fault, by their messages and by what they touch."""

from __future__ import annotations

import re

from checks.commits._own import own_commits
from reviewer.model.facts.history import Commit, History

FIX = re.compile(
    r"(?:^|[\s:;,()\[\]/-])(?:fix(?:e[sd]|ing)?|bug ?fix|hotfix|resolve[sd]?|correct(?:s|ed)?|repair(?:s|ed)?|"
    r"prevent(?:s|ed)?|corrige|corrigi[rd]\w{0,9}|arregl\w{1,9}|solucion\w{1,9}|behebt|behoben|修复)(?:\b|(?<=修复))",
    re.I,
)
TRIVIAL = re.compile(
    r"\b(?:typos?|lint\w{0,5}|eslint|format\w{0,5}|whitespace|readme|spelling|indent\w{0,7}|pep ?8|pycodestyle|flake8|"
    r"style|prettier|grammar|docs|documentation|comments?)\b",
    re.I,
)
TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_\w+\.py$|(?:^|/)tests\.py$|[._-](?:test|spec)\.\w+$|Tests?\.\w+$",
    re.I,
)
DOCUMENTS = (".md", ".rst", ".txt", ".adoc")


def fixes(history: History) -> list[Commit]:
    """Own commits that mend a fault in the program, newest first; typos, formatting, mere tests left out."""
    return [
        item
        for item in own_commits(history)
        if FIX.search(item.subject[:400]) and not TRIVIAL.search(item.subject[:400]) and _touches_program(item)
    ]


def touches_tests(commit: Commit) -> bool:
    """Whether a commit changes a test."""
    return any(TEST_PATH.search(change.path) for change in commit.changes)


def _touches_program(commit: Commit) -> bool:
    """True also where it is not known what the commit touches."""
    paths = [change.path for change in commit.changes]
    return not paths or any(not TEST_PATH.search(path) and not path.lower().endswith(DOCUMENTS) for path in paths)
