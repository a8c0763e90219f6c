"""How many of the endpoints does some test reach?"""

from __future__ import annotations

from collections import Counter

from checks.tests._server import NO_TESTS, OPERATING, SEE, WRITES, own_cases, requests_elsewhere, without
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Project, Tests
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, by_share, could_not_tell, count, evidence, not_applicable, not_shown

ENOUGH, SOME = 0.6, 0.25
UNMATCHED, FEW = 5, 3
"""Requests from which on none at all matching says that the paths could not be read, not that nothing is tested; fewer
where they could be a good part of a few endpoints."""
GRAPHQL = "/graphql"
CONTRACT = ".proto"
"""Files of calls that a gateway serves over HTTP too: tests reach them as calls."""
ALONE = "Nothing but the root, what an operator asks for or a schema is declared."
KEPT = 3
"""Requests that are kept of an endpoint."""

CHECK = Check(
    title_shown="Most endpoints are reached by a test",
    title_not_shown="Endpoints without a test",
    title_partly="Some endpoints have no test",
    looks_for="Requests in tests, matched to declared endpoints by method and full path.",
    why="It is the honest measure of an API's tests: what a client can call, and what of it is checked.",
    advice="Test the untested endpoints, those that write first.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least 60 % of the endpoints are hit by some test, one more or less; partly from 25 %.",
    does_not_count="Pages, GraphQL, health checks and metrics without a test, calls of a gRPC contract, endpoints that"
    " a library adds, requests whose path is only known when the test runs.",
    limits="A static match: paths built by helper functions may be missed. Nothing is said where a Postman collection"
    " with checks, scenario files or tests in a browser may send the requests, or where no path of the tests could be"
    " matched.",
    computed="Requests of the tests, parsed, against the declared endpoints by method and path; PUT and PATCH of one"
    " handler count once. 60 % and 25 % are this tool's own thresholds.",
    links=("https://martinfowler.com/articles/practical-test-pyramid.html",),
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.ROUTES),
    before="it('lists notes', () => request(app).get('/notes').expect(200));",
    pattern="it('lists notes', () => request(app).get('/notes').expect(200));\n"
    "it('deletes a note', () => request(app).delete('/notes/1').expect(204));",
)


def run(tests: Tests, api: Api, project: Project) -> Verdict:
    """The share of endpoints that are reached."""
    served = _counted(api)
    if not served:
        asked = any(item.kind is EndpointKind.API for item in api.endpoints)
        return not_applicable(ALONE if asked else "No API endpoint is declared.")
    untested = [item for item in served if not item.tested]
    untested.sort(key=lambda item: (item.method not in WRITES, item.path))
    share = 1 - len(untested) / len(served)
    if untested and share and (len(served) - len(untested) + 1) / len(served) >= ENOUGH:
        share = ENOUGH
    if share < ENOUGH and (unread := _unread(tests, api, project, share)):
        return could_not_tell(unread)
    if untested and not own_cases(tests):
        return not_shown(
            _waiting(len(served), without(tests, project)),
            evidence(untested, "no test"),
            LIKELY,
            advice=_advice(untested, len(served)),
            at=untested[0].file,
        )
    reached = [item for item in served if item.tested]
    hits = [place for item in reached for place in item.tests[:1]]
    proof = evidence(untested, "no test") if share < ENOUGH else evidence(hits[:4], "reaches an endpoint")
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{len(reached)} of {count(len(served), 'endpoint')} reached by a test; 60 % needed.",
        evidence=proof,
        confidence=Confidence.LIKELY,
        advice=_advice(untested, len(served)) if untested else None,
        at=untested[0].file if untested else None,
    )


def _waiting(total: int, instead: str) -> str:
    """What is said where nobody wrote a test: that there is none is told by the check of tests."""
    if instead != NO_TESTS:
        return f"None of {count(total, 'endpoint')} is reached by a test: {instead}."
    return f"{count(total, 'endpoint')} {'waits' if total == 1 else 'wait'} for a first test{SEE}."


def _unread(tests: Tests, api: Api, project: Project, share: float) -> str:
    """Why more endpoints may be reached than were seen: requests elsewhere, or paths that none of the code declares."""
    total = len(_counted(api))
    sent = len(tests.http) + len(tests.alone)
    if not share and sent >= min(UNMATCHED, max(FEW, SOME * total)):
        asked = count(sent, "request")
        return f"None of the {asked} of the tests could be matched to an endpoint by its path."
    lost = _lost(tests, api)
    if lost >= UNMATCHED and share + lost / total >= (ENOUGH if share >= SOME else SOME):
        return f"{count(lost, 'request')} of the tests could not be matched to an endpoint by the path."
    return "" if tests.http and share else requests_elsewhere(tests, api, project)


def _lost(tests: Tests, api: Api) -> int:
    """The requests of the tests that reach no endpoint that is known: their paths are put together.

    Of an endpoint a few requests are kept: what else is in a file that holds as many of one is not known.
    """
    hits = Counter(place.path for item in api.endpoints for place in item.tests)
    many = {place.path for item in api.endpoints if len(item.tests) >= KEPT for place in item.tests}
    asked = Counter(place.path for place in (*tests.http, *tests.alone) if place.path not in many)
    return sum(max(0, number - hits[path]) for path, number in asked.items())


def _counted(api: Api) -> list[Endpoint]:
    """The endpoints that a test could reach one by one: PUT and PATCH of one route are one, GraphQL is none."""
    found: dict[tuple[str, str, int, str], Endpoint] = {}
    for item in api.endpoints:
        if item.kind is not EndpointKind.API or item.path.lower().endswith(GRAPHQL) or item.file.endswith(CONTRACT):
            continue
        method = "PATCH" if item.method == "PUT" else item.method
        key = (item.path, item.file, item.line, method)
        if key not in found or item.tested:
            found[key] = item
    counted = [item for item in found.values() if item.tested or not OPERATING.fullmatch(item.path[:60])]
    return counted if any(item.tested or item.path.strip("/") for item in counted) else []


def _advice(untested: list[Endpoint], total: int) -> str:
    first = untested[0]
    return (
        f"Test the {len(untested)} of {total} endpoints that no test reaches; "
        f"start with {first.method} {first.path} ({first.file}:{first.line})."
    )
