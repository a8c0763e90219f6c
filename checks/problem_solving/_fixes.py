"""Commits that mend a fault, by their messages and by what they touch."""

from __future__ import annotations

import re
from collections.abc import Callable

from checks.commits._own import own_commits
from reviewer.model.facts.history import Commit, History

FIX = re.compile(
    r"(?:^|[\s:;,()\[\]/_-])(?:fix(?:e[sd]|ing|up)?|bug ?fix\w{0,3}|hotfix|resolve[sd]?|solve[sd]?|correct(?:s|ed)?|"
    r"repair(?:s|ed)?|prevent(?:s|ed)?|mend(?:s|ed)?|patched|bugs? (?:in|with|where|when|on|of|from)|"
    r"avoid(?:s|ed)? (?:\w{1,20} ){0,3}(?:crash\w{0,3}|errors?|exceptions?|nulls?|duplicates?|race)|"
    r"corrige|corrigi[rd]\w{0,9}|arregl\w{1,9}|solucion\w{1,9}|behebt|behoben|исправ\w{1,9}|修复|修正)"
    r"(?:\b|(?<=修复)|(?<=修正))",
    re.I,
)
TRIVIAL = re.compile(
    r"\b(?:typos?|lint\w{0,5}|eslint|whitespaces?|readme|spelling|indent\w{0,7}|pep ?8|pycodestyle|flake8|prettier|"
    r"grammar|formatt\w{2,3}|code ?style|code ?smells?|docs|documentation|docstrings?|changelog|badges?|merge|"
    r"conflicts?|in (?:the )?comments?|(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?) (?:the |some |code )?"
    r"(?:comments?|format|style|styles))\b",
    re.I,
)
NO_PROGRAM = re.compile(
    r"\b(?:tests?|specs?|coverage|travis|circle ?ci|ci|cd|pipelines?|workflows?|actions?|builds?|docker\w{0,8}|compose|"
    r"deploy\w{0,6}|heroku|shebangs?|links?|imports?|dependenc(?:y|ies)|deps|packages?|versions?|sonar\w{0,7}|helm|"
    r"gradle|maven|webpack|config\w{0,9}|scripts?|seed\w{0,4}|logos?|css|styl(?:e|es|ing)|layout|icons?|images?)\b",
    re.I,
)
"""What no test of the program would have caught."""
TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_\w+\.py$|(?:^|/)tests\.py$|[._-](?:test|spec)\.\w+$|"
    r"(?:Tests?|Spec|IT)\.\w+$|(?:^|/)(?:src/)?(?:\w+Test|\w+-test|integrationTest)/|\.Tests?/|[._-]tests?/|_spec\.rb$",
)
DOCUMENTS = (".md", ".rst", ".txt", ".adoc")
PROGRAM = re.compile(
    r"\.(?:py|[cm]?[jt]s|[jt]sx|java|kt|kts|cs|php|rb|go|rs|scala|groovy|ex|exs|vue|svelte|fs|vb|swift|dart)$", re.I
)
NO_SOURCE = re.compile(
    r"(?:^|/)(?:migrations?|(?:data)?fixtures?|seed(?:er)?s?|scripts?|bin|config|configs|build|\.\w[^/]*)/|\.gradle\.kts$|(?:^|/)setup\.py$|[.]config\.\w+$",
    re.I,
)
PARTS = re.compile(r"[,;.]\s+|\s+(?:and|&|\+|\|)\s+|\s*/\s+", re.I)
"""Where a message goes on to another thing."""
BULLET = re.compile(r"^[ \t]*[-*+•][ \t]+(.{3,200})$", re.M)
BULLETS = 30
LONGEST = 400


def told(commit: Commit) -> list[str]:
    """What a message says was done: its subject, and the points of its body, as squashed pull requests have them."""
    points = [match.group(1) for match in BULLET.finditer(commit.body)][:BULLETS]
    return [commit.subject[:LONGEST], *(point for point in points if not point.lower().startswith("merge "))]


def fix_of(commit: Commit) -> str | None:
    """What a message says of a fault that was mended, other parts left out; None where there is no such word."""
    for text in told(commit):
        parts = [part for part in PARTS.split(text) if not TRIVIAL.search(part)]
        if any(FIX.search(part) for part in parts):
            return ", ".join(parts)
    return None


def fixes(history: History) -> list[Commit]:
    """Own commits that mend a fault in the program, newest first; typos, formatting, mere tests left out."""
    return [item for item in own_commits(history) if fix_of(item) and _touches(item, _is_no_document)]


def testable(history: History) -> list[Commit]:
    """Those of the fixes that change the program, so that a test could have shown the fault."""
    found = []
    for item in fixes(history):
        said = fix_of(item) or ""
        if item.changes and _touches(item, _is_program) and not NO_PROGRAM.search(said):
            found.append(item)
    return found


def touches_tests(commit: Commit) -> bool:
    """Whether a commit changes a test."""
    return any(TEST_PATH.search(change.path) for change in commit.changes)


def touches_program(commit: Commit) -> bool:
    """Whether a commit changes the program itself: no tests, documents, settings or build."""
    return _touches(commit, _is_program)


def _is_no_document(path: str) -> bool:
    return not TEST_PATH.search(path) and not path.lower().endswith(DOCUMENTS)


def _is_program(path: str) -> bool:
    return PROGRAM.search(path) is not None and not TEST_PATH.search(path) and not NO_SOURCE.search(path)


def _touches(commit: Commit, counts: Callable[[str], bool]) -> bool:
    """True also where it is not known what the commit touches."""
    return not commit.changes or any(counts(change.path) for change in commit.changes)
