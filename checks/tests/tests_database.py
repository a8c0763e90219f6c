"""Do tests run against a database?"""

from __future__ import annotations

import re

from checks.tests._server import NO_TESTS, SEE, STORES, WHOLE, in_browser, own_cases, without
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Code, Data, Operations, Project, Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, shown

WORK = (SignKind.NOSQL_QUERY, SignKind.NOSQL_SCHEMA, SignKind.CACHE)
"""What shows that code works on a store without SQL."""
STARTED = re.compile(r"\bdocker[ -]compose\b.{0,200}\bup\b")
"""Containers that a step of CI starts before the tests."""

CHECK = Check(
    title_shown="Tests run against a database",
    title_not_shown="No test touches a database",
    looks_for="A database in the tests: the framework's test database, a container, or one in memory.",
    why="Mocks hide wrong queries, missing constraints and broken migrations.",
    advice="Create the schema in a fixture (in memory or in a container) and let one test read back what it wrote.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A test file sets up or uses a real or in-memory database.",
    does_not_count="Mocks and fakes of the data layer, and the empty context test that a project generator writes. A"
    " database in settings alone, without a table, model or query, is not asked for tests.",
    computed="Test files and their helpers are parsed for a test database: fixtures, containers, connections,"
    " drivers in"
    " memory, repositories that the context injects, a context of the whole application. One such file is enough.",
    limits="A database that is started by hand is not seen, and of one that CI starts before the tests nothing is said;"
    " which queries run is"
    " not traced. Nothing is said where tests send requests, or are named for the store or the whole application.",
    links=("https://martinfowler.com/bliki/IntegrationTest.html",),
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.DATA),
    before='def test_saves(monkeypatch):\n    monkeypatch.setattr(notes, "save", lambda note: 1)\n'
    '    assert notes.save("milk") == 1',
    pattern="@pytest.fixture\ndef session():\n"
    '    engine = create_engine("sqlite://")\n    Base.metadata.create_all(engine)\n'
    "    with Session(engine) as session:\n        yield session",
)


def run(tests: Tests, data: Data, project: Project, operations: Operations, code: Code) -> Verdict:
    """Looks for a database in test files."""
    if tests.database:
        return shown("Tests use a database.", evidence(tests.database[:3], "sets up or uses a database"), LIKELY)
    used = [item for item in data.databases if item.role is Role.USED]
    if not used:
        return not_applicable("The code uses no database.")
    names = ", ".join(item.name for item in used)
    if not (data.statements or data.tables or code.of(*WORK)):
        return not_applicable(f"{names} in the settings alone; no table, model or query that a test could reach.")
    own = own_cases(tests)
    if own and tests.http:
        return could_not_tell(f"{names} in use; whether the tests that send requests reach it was not seen.")
    meant = next((case.path for case in own if STORES.search(case.path) or WHOLE.search(case.path)), "")
    if meant:
        return could_not_tell(f"{names} in use; whether {meant} reaches it was not seen.")
    if path := in_browser(tests, project):
        return could_not_tell(f"{names} in use; whether the pages that {path} drives reach it was not seen.")
    if not own:
        instead = without(tests, project)
        said = f"a first test is still to come{SEE}" if instead == NO_TESTS else instead
        return not_shown(f"The code uses {names}; {said}.", confidence=LIKELY)
    if place := _started_by_ci(operations):
        return could_not_tell(f"{names} in use; {place} starts a database for the tests, what reaches it was not seen.")
    return not_shown(f"{names} in use; none of {count(len(own), 'test case')} touches it.", confidence=LIKELY)


def _started_by_ci(operations: Operations) -> str:
    """The CI file that runs the tests beside a database: one of its services, or containers that a step starts."""
    testing = [item for item in operations.ci if item.fact.lines("test")]
    return next(
        (
            item.path
            for item in testing
            if item.fact.stores or any(STARTED.search(step.text[:500]) for step in item.fact.steps)
        ),
        "",
    )
