"""Commits that mend a fault, by their messages and by what they touch."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec.structs import replace

from checks.commits._own import MADE, own_commits, place
from checks.commits._words import FAULT, WORD, names_fault
from checks.problem_solving._mending import (
    FAULTY,
    FOREIGN,
    KNOWN_TEXTS,
    OTHER_KIND,
    UNTOLD,
    is_clear,
    mended,
    mending,
    tells_a_fault,
)
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Evidence

TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_\w+\.py$|(?:^|/)tests\.py$|[._-](?:test|spec)\.\w+$|"
    r"(?:Tests?|Spec|IT)\.\w+$|(?:^|/)(?:src/)?(?:\w+Test|\w+-test|integrationTest)/|\.Tests?/|[._-]tests?/|_spec\.rb$",
)
DOCUMENTS = (".md", ".rst", ".txt", ".adoc")
PROGRAM = re.compile(r"\.(?:py|[cm]?[jt]s|java|kt|kts|cs|php|rb|go|rs|scala|groovy|ex|exs|fs|vb|swift|dart)$", re.I)
CODE = re.compile(
    PROGRAM.pattern[:-2] + r"|[jt]sx|vue|svelte|c|h|cc|cpp|hpp|sql|html?|erb|twig|ftl|jsp|cshtml|razor)$", re.I
)
NO_SOURCE = re.compile(
    r"(?:^|/)(?:client|client-?app|frontend|front-end|front|web-?ui|ui|templates|migrations?|(?:data)?fixtures?|"
    r"seed(?:er)?s?|scripts?|bin|config|configs|build|\.\w[^/]*)/|"
    r"\.gradle\.kts$|(?:^|/)setup\.py$|[.]config\.\w+$",
    re.I,
)
BUILT = re.compile(
    r"(?:(?!src/|lib/)[^/]{1,200}/){0,9}(?:build|dist)/(?:.{1,300}/)?[^/]{1,200}\.(?:[cm]?js|css|html?|map|json)$", re.I
)
"""Scripts and pages that a bundler wrote; a folder of that name below ``src`` is the program's own."""
WRITTEN_BY_TOOL = re.compile(
    r"(?:^|/)docs/(?:swagger_)?docs\.go$|\.pb(?:\.gw)?\.go$|_pb2(?:_grpc)?\.py$|(?:^|/)wire_gen\.go$|"
    r"[._-](?:gen|generated)\.\w{1,4}$|(?:^|/)(?:generated|__generated__)/"
)
TICKET = re.compile(r"#\d+|\[\d{3,}\]|\b[A-Z]{2,10}-\d+")
BULLET = re.compile(r"^[ \t]*[-*+•][ \t]+(.{3,200})$", re.M)
BULLETS = 30
LONGEST = 400


def told(commit: Commit) -> list[str]:
    """What a message says was done: its subject, and the points of its body, as squashed pull requests have them."""
    return _told(commit.subject, commit.body)


def _told(subject: str, body: str) -> list[str]:
    if not body:
        return [subject[:LONGEST]]
    points = [match.group(1) for match in BULLET.finditer(body)][:BULLETS]
    return [subject[:LONGEST], *(point for point in points if not point.lower().startswith("merge "))]


def fix_of(commit: Commit) -> str:
    """The text of a message that speaks of a fault that was mended; ``""`` where there is no such word."""
    return _fix_of(commit.subject, commit.body)


@lru_cache(KNOWN_TEXTS)
def _fix_of(subject: str, body: str) -> str:
    return next((text for text in _told(subject, body) if mending(text)), "")


def names(commit: Commit) -> bool:
    """Whether the message of a fix says what was wrong."""
    text = fix_of(commit)
    return names_fault(mended(text) if text else commit.subject, commit.body)


def names_plainly(commit: Commit) -> bool:
    """Whether the message of a fix holds a word for a fault, so that nobody could dispute that it is named."""
    text = mended(fix_of(commit)) or commit.subject
    return FAULTY.search(text) is not None or (names_fault(text) and not FAULT.isdisjoint(WORD.findall(text.lower())))


def fixes(history: History) -> list[Commit]:
    """Own commits that mend a fault in the program, newest first; typos, formatting, mere tests left out."""
    return [item for item in own_commits(history) if fix_of(item) and _touches(item, _is_no_document)]


def is_plain(commit: Commit) -> bool:
    """Whether a fix is beyond doubt one of the program, and told by its message alone.

    Not labelled otherwise, nor of builds and settings alone, nor with the number of a ticket that may tell of it.
    """
    subject = commit.subject[:LONGEST]
    if OTHER_KIND.match(subject) or not _touches(commit, _is_code):
        return False
    text = fix_of(commit)
    return not TICKET.search(text) and any(is_clear(part) for part in mending(text))


def unnamed_fixes(history: History) -> list[Commit]:
    """Own commits that name a fault and when it shows, without a word of mending."""
    return [
        item
        for item in own_commits(history)
        if tells_a_fault(item.subject[:LONGEST]) and not fix_of(item) and _touches(item, _is_program)
    ]


def testable(history: History) -> list[Commit]:
    """Those of the fixes that change the program, so that a test could have shown the fault."""
    found = []
    for item in fixes(history):
        named = [part for part in mending(fix_of(item)) if is_clear(part) and _is_named(part)]
        if named and not OTHER_KIND.match(item.subject[:LONGEST]) and _adds_to_program(item):
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


def tested(history: History, found: list[Commit]) -> list[Commit]:
    """Those of the fixes that add to a test, or beside which an own commit adds to tests alone."""
    own = own_commits(history)
    places = {commit.oid: place for place, commit in enumerate(own)}

    def beside(commit: Commit) -> bool:
        place = places[commit.oid]
        near = (own[other] for other in (place - 1, place + 1) if 0 <= other < len(own))
        return any(other.person == commit.person and _is_of_tests(other) for other in near)

    return [commit for commit in found if touches_tests(commit) or beside(commit)]


def _is_of_tests(commit: Commit) -> bool:
    if not commit.changes or not TEST_PATH.search(commit.changes[0].path):
        return False
    return touches_tests(commit) and all(TEST_PATH.search(change.path) for change in commit.changes)


def touches_program(commit: Commit) -> bool:
    """Whether a commit changes the program itself: no tests, documents, settings or build."""
    return _touches(commit, _is_program)


def _is_named(part: str) -> bool:
    """Whether a fix says of what, so that it can be told what a test would show."""
    return not UNTOLD.match(part) and (names_fault(part) or FOREIGN.search(part) is not None)


def _adds_to_program(commit: Commit) -> bool:
    """Whether lines of the program are new or changed: what only takes lines away is seldom a fault that was mended."""
    return any(_is_program(change.path) and change.added != 0 for change in commit.changes)


def _is_no_document(path: str) -> bool:
    return not (TEST_PATH.search(path) or path.lower().endswith(DOCUMENTS) or BUILT.match(path))


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


def _is_code(path: str) -> bool:
    return CODE.search(path) is not None and _is_no_document(path) and not _is_made(path)


def _touches(commit: Commit, counts: Callable[[str], bool]) -> bool:
    """True also where it is not known what the commit touches."""
    return not commit.changes or any(counts(change.path) for change in commit.changes)
