"""Is the API exercised over HTTP or the framework's test client?"""

from __future__ import annotations

from checks.api._endpoints import BESIDE, judged
from checks.tests._server import NO_TESTS, OPERATING, SEE, WRITES, own_cases, requests_elsewhere, without
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Project, Tests
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="The API is tested over HTTP",
    title_not_shown="No test sends a request to the API",
    looks_for="Requests through the framework's test client, supertest, a live server or the like in test cases.",
    why="Routing, validation, authentication and serialisation only fail together: unit tests alone do not see it.",
    advice="Write one test per endpoint that sends a request through the test client and checks status and body.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least one test case sends a request to the application.",
    does_not_count="Requests to other hosts, and calls of handler functions without routing.",
    computed="Test files and fixtures are parsed for requests: the test client of a framework, supertest, MockMvc,"
    " httptest, a client against localhost. One request to the application is enough.",
    limits="Clients of a project's own are known by their names alone. Nothing is said where a Postman collection with"
    " checks, scenario files, tests in a browser or tests that are named for the whole application may send requests.",
    links=("https://martinfowler.com/articles/practical-test-pyramid.html",),
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.ROUTES),
    before="def test_lists():\n    assert list_notes() == []",
    pattern='def test_lists(client):\n    answer = client.get("/notes")\n'
    "    assert answer.status_code == 200\n    assert answer.json() == []",
)


def run(tests: Tests, api: Api, code: Code, project: Project) -> Verdict:
    """Looks for requests in test files."""
    served = [item for item in api.endpoints if item.kind is EndpointKind.API]
    if tests.http:
        return shown(f"Tests send {count(len(tests.http), 'request')} to the application.", evidence(tests.http[:3]))
    if tests.alone:
        return shown(
            f"Tests send {count(len(tests.alone), 'request')} to handlers through routing, each set up by itself.",
            evidence(tests.alone[:3]),
            LIKELY,
        )
    if not judged(served, code):
        return not_applicable(BESIDE if served else "No API endpoint is declared.")
    if elsewhere := requests_elsewhere(tests, api, project):
        return could_not_tell(elsewhere)
    first = min(served, key=_order)
    place = f"{first.method} {first.path} ({first.file}:{first.line})"
    own, endpoints = own_cases(tests), count(len(served), "endpoint")
    waiting = f"{endpoints} {'waits' if len(served) == 1 else 'wait'} for a first request of a test{SEE}."
    cases = f"None of {count(len(own), 'test case')}" if own else "No test"
    return not_shown(
        waiting if without(tests, project) == NO_TESTS else f"{cases} sends a request to any of {endpoints}.",
        evidence([first], "an endpoint to begin with"),
        LIKELY,
        advice=f"Send a request to {place} from a test; check status and body.",
        at=first.file,
    )


def _order(item: Endpoint) -> tuple[bool, int, str]:
    """What to test first: what writes, then what reads; the root and what an operator asks for last."""
    aside = item.path in ("", "/") or bool(OPERATING.fullmatch(item.path[:60]))
    return aside, 0 if item.method in WRITES else 1 if item.method == "GET" else 2, item.path
