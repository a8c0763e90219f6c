"""Commits that mend a fault, by their messages and by what they touch."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from checks.commits._own import MADE, own_commits, place
from checks.commits._words import FAULT
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Evidence

FIX = re.compile(
    r"(?:^|[\s:;,()\[\]/_-])(?:fix(?:e[sd]|ing|up)?|bug ?fix\w{0,3}|hotfix|resolve[sd]?|solve[sd]?|correct(?:s|ed)?|"
    r"repair(?:s|ed)?|prevent(?:s|ed)?|mend(?:s|ed)?|patched|bugs? (?:in|with|where|when|on|of|from)|"
    r"avoid(?:s|ed)? (?:\w{1,20} ){0,3}(?:crash\w{0,3}|errors?|exceptions?|nulls?|duplicates?|race)|"
    r"corrig\w{1,9}|corre[cç][aãoõ]\w{0,3}|correc(?:ci[oó]n|tion|tif)\w{0,3}|arregl\w{1,9}|solu[cç][aioã]\w{0,9}|"
    r"arrum\w{1,6}|consert\w{1,6}|ajust\w{1,6}|resolv\w{1,6}|resuel\w{1,4}|reparad\w{1,3}|r[eé]par\w{2,6}|behebt|"
    r"behoben|"
    r"behebung|korrigier\w{1,3}|korrektur\w{0,2}|ispravk\w{1,3}|napraw\w{1,6}|popraw\w{1,6}|d[uü]zelt\w{1,6}|"
    r"perbaik\w{1,4}|memperbaiki|s[uử]a l[oỗ]i|исправ\w{1,9}|почин\w{1,6}|поправ\w{1,6}|виправ\w{1,9})\b|"
    r"修复|修正|修改bug|解决|修復|直し|直す|不具合|수정|해결|고침|버그",
    re.I,
)
TRIVIAL = re.compile(
    r"\b(?:typos?|lint\w{0,5}|eslint|whitespaces?|readme|spelling|indent\w{0,7}|pep ?8|pycodestyle|flake8|prettier|"
    r"grammar|formatt\w{2,3}|deepsource|codacy|codeclimate|rubocop|phpstan|psalm|stylelint|pylint|ruff|mypy|"
    r"code ?style|code ?smells?|docs|documentation|docstrings?|changelog|badges?|merge|"
    r"conflicts?|in (?:the )?comments?|(?:method|function|class|code|doc|block|inline) comments?|capitali[sz]\w{3,5}|"
    r"code scanning|code ?ql|deprecat\w{2,6}|rspec|"
    r"moderni[sz]\w{1,4}|"
    r"(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?) (?:the |some |code )?"
    r"(?:comments?|format|style|styles))\b",
    re.I,
)
LATER = re.compile(
    r"\b(?:will|to be|needs?|needed|must|todo|pending|yet|have to|has to)\b.{0,10}\bfix|\bfix\w{0,3}\b.{0,20}\blater\b|"
    r"\bunresolved\b|\bnot (?:yet )?(?:fixed|resolved|solved)\b",
    re.I,
)
"""Faults that are yet to be mended."""
UNTOLD = re.compile(
    r"\W*(?:(?:try|trying|tried|to|some|minor|small|quick|more|a few|few|little|tiny|various|other|last|final|"
    r"another|bug|hot|the|all|"
    r"several)[\s-]*)*"
    r"(?:fix(?:e[sd]|ing|up)?|bug ?fix\w{0,3}|hotfix|resolve[sd]?|solve[sd]?)(?:\s+(?:bugs?|issues?|errors?|"
    r"problems?|it|this|"
    r"things?|stuff|code|again|all|some|the|a|\d+))*\W*$",
    re.I,
)
"""Fixes of which nothing is told: whether a test could have shown the fault is not known."""
OF_A_TEST = re.compile(
    r"\b(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?|repair(?:s|ed)?) (?:[\w-]{1,30} ){0,6}(?:tests?|specs?|test cases?|"
    r"test suite)\W*$",
    re.I,
)
"""Fixes whose object is a test."""
NO_PROGRAM = re.compile(
    r"\b(?:tests?|specs?|coverage|travis|circle ?ci|ci|cd|pipelines?|workflows?|actions?|builds?|docker\w{0,8}|compose|"
    r"deploy\w{0,6}|heroku|shebangs?|links?|imports?|dependenc(?:y|ies)|deps|packages?|versions?|sonar\w{0,7}|helm|"
    r"gradle|maven|webpack|config\w{0,9}|memory|allocations?|leaks?|performance|warnings?|scripts?|seed\w{0,4}|"
    r"logos?|css|styl(?:e|es|ing)|layout|icons?|images?)\b",
    re.I,
)
"""What no test of the program would have caught."""
TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_\w+\.py$|(?:^|/)tests\.py$|[._-](?:test|spec)\.\w+$|"
    r"(?:Tests?|Spec|IT)\.\w+$|(?:^|/)(?:src/)?(?:\w+Test|\w+-test|integrationTest)/|\.Tests?/|[._-]tests?/|_spec\.rb$",
)
DOCUMENTS = (".md", ".rst", ".txt", ".adoc")
PROGRAM = re.compile(r"\.(?:py|[cm]?[jt]s|java|kt|kts|cs|php|rb|go|rs|scala|groovy|ex|exs|fs|vb|swift|dart)$", re.I)
NO_SOURCE = re.compile(
    r"(?:^|/)(?:client|client-?app|frontend|front-end|front|web-?ui|ui|templates|migrations?|(?:data)?fixtures?|"
    r"seed(?:er)?s?|scripts?|bin|config|configs|build|\.\w[^/]*)/|"
    r"\.gradle\.kts$|(?:^|/)setup\.py$|[.]config\.\w+$",
    re.I,
)
WRITTEN_BY_TOOL = re.compile(
    r"(?:^|/)docs/(?:swagger_)?docs\.go$|\.pb(?:\.gw)?\.go$|_pb2(?:_grpc)?\.py$|(?:^|/)wire_gen\.go$|"
    r"[._-](?:gen|generated)\.\w{1,4}$|(?:^|/)(?:generated|__generated__)/"
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
        parts = [part for part in PARTS.split(text) if not TRIVIAL.search(part) and not LATER.search(part)]
        parts = [part for part in parts if not OF_A_TEST.search(part)]
        if any(FIX.search(part) for part in parts):
            return ", ".join(parts)
    return None


def mended(text: str) -> str:
    """The parts of a message that speak of mending or of a fault; what else the commit did names neither."""
    parts = [part for part in PARTS.split(text) if FIX.search(part) or FAULT.intersection(part.lower().split())]
    return ", ".join(parts)


def fixes(history: History) -> list[Commit]:
    """Own commits that mend a fault in the program, newest first; typos, formatting, mere tests left out."""
    return [item for item in own_commits(history) if fix_of(item) and _touches(item, _is_no_document)]


def testable(history: History) -> list[Commit]:
    """Those of the fixes that change the program, so that a test could have shown the fault."""
    found = []
    for item in fixes(history):
        parts = [part for part in PARTS.split(item.subject[:LONGEST]) if FIX.search(part)]
        told_parts = [part for part in parts if not any(rule.search(part) for rule in (TRIVIAL, LATER, NO_PROGRAM))]
        named = [part for part in told_parts if not UNTOLD.match(part)]
        if item.changes and _touches(item, _is_program) and named:
            found.append(item)
    return found


def at_program(commit: Commit) -> Evidence:
    """A commit as evidence, with a file of the program that it changes."""
    path = next((change.path for change in commit.changes if _is_program(change.path)), None)
    found = place(commit)
    return found if path is None else replace(found, path=path)


def touches_tests(commit: Commit) -> bool:
    """Whether a commit adds to a test; where its lines are not known, whether it changes one."""
    return any(TEST_PATH.search(change.path) and change.added != 0 for change in commit.changes)


def touches_program(commit: Commit) -> bool:
    """Whether a commit changes the program itself: no tests, documents, settings or build."""
    return _touches(commit, _is_program)


def _is_no_document(path: str) -> bool:
    return not TEST_PATH.search(path) and not path.lower().endswith(DOCUMENTS)


def _is_program(path: str) -> bool:
    return (
        PROGRAM.search(path) is not None
        and not TEST_PATH.search(path)
        and not NO_SOURCE.search(path)
        and not _is_made(path)
    )


def _is_made(path: str) -> bool:
    """Whether a tool wrote the file, such as swag's page of an API's documentation."""
    return MADE.search(path) is not None or WRITTEN_BY_TOOL.search(path) is not None


def _touches(commit: Commit, counts: Callable[[str], bool]) -> bool:
    """True also where it is not known what the commit touches."""
    return not commit.changes or any(counts(change.path) for change in commit.changes)
