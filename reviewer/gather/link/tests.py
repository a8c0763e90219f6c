"""Test cases, their libraries, and whether they cross HTTP or a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from reviewer.gather.link.asked_modules import tests_of_queries
from reviewer.gather.link.scenes import scenes
from reviewer.gather.link.view import View
from reviewer.gather.matching import ACTION
from reviewer.gather.testing._draft import ASSERTING
from reviewer.model.facts.data import DataKind, How
from reviewer.model.facts.repository import FileRole, NamedUse, SourceFile, Tests
from reviewer.model.facts.tests import Request, TestCase
from reviewer.model.facts.values import At, Place, Ref

PLACES_MOST = 60
ELSEWHERE = re.compile(
    r"https?://(?!(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|test|testserver|testhost)(?:[:/]|$))[^/]"
)
"""An address on somebody else's host; frameworks call their own ``test`` or ``testserver``."""

KOTLIN_TEST = "kotlin.test"


def link_tests(view: View) -> Tests:
    """The tests group, of all own test files."""
    files = _once(file for file in view.own if file.facts and file.facts.tests and file.role is not FileRole.FRONTEND)
    with_cases = [file for file in files if _cases(file)]
    helpers = files if with_cases else []
    left = any(case.calls for file in with_cases for case in _cases(file))
    asserting = frozenset(name for file in view.own for name in _asserting(file)) if left else frozenset()
    return Tests(
        cases=tuple(At(path=file.path, fact=_helped(case, asserting)) for file in with_cases for case in _cases(file)),
        frameworks=_frameworks(view, with_cases, helpers),
        files=tuple(file.path for file in with_cases),
        http=tuple(_asked(helpers))[:PLACES_MOST],
        alone=tuple(_asked(helpers, alone=True))[:PLACES_MOST],
        stock=tuple(_asked(helpers, stock=True))[:PLACES_MOST],
        database=(
            _flagged(helpers, "database")
            or _by_class(view, with_cases)
            or tests_of_queries(view, with_cases)
            or _by_context(view, with_cases)
        ),
        fixtures=_flagged(helpers, "fixtures") or scenes(view, with_cases),
    )


def _once(files: Iterable[SourceFile]) -> list[SourceFile]:
    """The files without the copies of one that came before: the same cases in two folders are one set of tests."""
    found: dict[str, SourceFile] = {}
    for file in files:
        found.setdefault((_cases(file) and file.oid) or file.path, file)
    return list(found.values())


def _asked(helpers: list[SourceFile], *, alone: bool = False, stock: bool = False) -> Iterator[Place]:
    """The requests to the application itself, or those to a handler that stands alone, or those of stock tests."""
    for file in helpers:
        if not (_cases(file) or _flagged([file], "fixtures")):
            continue
        made = [case for case in _cases(file) if case.stock]
        for request in file.facts.tests.requests if file.facts and file.facts.tests else ():
            if any(case.line <= request.line <= case.end_line for case in made) is not stock:
                continue
            if (request.alone or _is_sliced(file)) == alone and not _elsewhere(request) and not _calls_handler(request):
                yield Place(path=file.path, line=request.line)


def _is_sliced(file: SourceFile) -> bool:
    """Whether a Go file replaces what its handlers call: the router is run, what stands behind it is not."""
    return file.language == "Go" and bool(file.facts and file.facts.tests and file.facts.tests.mocks)


def _calls_handler(request: Request) -> bool:
    """Whether what stands for a request is a handler that is called by itself, without routing."""
    return request.alone and any(isinstance(part, Ref) and part.name.startswith(ACTION) for part in request.path)


def _by_context(view: View, files: list[SourceFile]) -> tuple[Place, ...]:
    """Test files that start the whole application of a server which asks a database, with nothing replaced."""
    asks = any(
        use.how in (How.CONFIGURED, How.CONNECTED, How.QUERIED) and not use.tests
        for file in view.server
        if file.facts
        for use in file.facts.data
    )
    return _flagged(files, "whole") if asks else ()


def _asserting(file: SourceFile) -> Iterator[str]:
    """The functions of a file that assert something, for whoever calls them."""
    for constant in file.facts.constants if file.facts else ():
        if constant.name == ASSERTING:
            yield from (name for part in constant.value if isinstance(part, str) for name in part.split())


def _helped(case: TestCase, asserting: frozenset[str]) -> TestCase:
    """A case with the assertions that functions of other files make for it."""
    called = [name for name in case.calls if name.rstrip("!") in asserting]
    if not called:
        return case
    negative = case.negative or any(name.endswith("!") for name in called)
    return replace(case, assertions=len(called), negative=negative)


def _by_class(view: View, files: list[SourceFile]) -> tuple[Place, ...]:
    """Test files that make objects of a class which opens a connection by itself, where nothing is replaced."""
    opening = {
        owner.name.rpartition(".")[2]
        for file in view.server
        if file.facts and any(use.how is How.CONNECTED and use.kind is DataKind.SQL for use in file.facts.data)
        for owner in file.facts.classes
    }
    return tuple(
        Place(path=file.path, line=1)
        for file in files
        if file.facts
        and file.facts.tests
        and not file.facts.tests.mocks
        and opening.intersection(file.facts.tests.makes)
    )


def _elsewhere(request: Request) -> bool:
    """Whether a request is written out to another host."""
    first = request.path[0] if request.path else ""
    return isinstance(first, str) and bool(ELSEWHERE.match(first))


def _cases(file: SourceFile) -> tuple[TestCase, ...]:
    return file.facts.tests.cases if file.facts and file.facts.tests else ()


def _frameworks(view: View, with_cases: list[SourceFile], helpers: list[SourceFile]) -> tuple[NamedUse, ...]:
    """Libraries of files with cases, and of helpers beside them; a runner counts only where it has cases."""
    found: dict[str, list[Place]] = {}
    for file in with_cases:
        for case in _cases(file)[:1]:
            found.setdefault(case.framework, []).append(Place(path=file.path, line=case.line))
    for file in helpers:
        for name in file.facts.tests.libraries if file.facts and file.facts.tests else ():
            found.setdefault(name, []).append(Place(path=file.path, line=1))
    if KOTLIN_TEST in found and not any(name.startswith("JUnit") for name in found):
        for name, place in _run_by(view):
            found.setdefault(name, []).append(place)
    return tuple(NamedUse(name=name, evidence=tuple(places[:3])) for name, places in sorted(found.items()))


def _run_by(view: View) -> Iterator[tuple[str, Place]]:
    """What runs the cases of kotlin.test, which has no runner of its own: the JUnit that a manifest names."""
    for file in view.own:
        manifest = file.facts.document.manifest if file.facts and file.facts.document else None
        for item in manifest.dependencies if manifest else ():
            artifact = item.name.lower().rpartition(":")[2]
            if item.dev and "junit" in artifact:
                name = "JUnit 5" if "junit5" in artifact or "jupiter" in artifact else "JUnit 4"
                yield name, Place(path=file.path, line=item.line)


def _flagged(files: list[SourceFile], flag: str) -> tuple[Place, ...]:
    return tuple(
        Place(path=file.path, line=1) for file in files if file.facts and getattr(file.facts.tests, flag, False)
    )
