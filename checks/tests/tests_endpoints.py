"""How many of the endpoints does some test reach?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Tests
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, evidence, not_applicable, not_shown

ENOUGH, SOME = 0.6, 0.25
UNMATCHED = 5
"""Requests from which on none at all matching says that the paths could not be read, not that nothing is tested."""
WRITES = ("POST", "PUT", "PATCH", "DELETE")

CHECK = Check(
    title_shown="Most endpoints are reached by a test",
    title_not_shown="Endpoints without a test",
    looks_for="Requests in tests, matched to declared endpoints by method and full path.",
    why="It is the honest measure of an API's tests: what a client can call, and what of it is checked.",
    advice="Test the untested endpoints, those that write first.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least 60 % of the endpoints are hit by some test; partly from 25 %.",
    does_not_count="Pages, endpoints that a library adds, requests whose path is only known when the test runs.",
    limits="A static match: paths built by helper functions may be missed.",
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.ROUTES),
)


def run(tests: Tests, api: Api) -> Verdict:
    """The share of endpoints that are reached."""
    served = [item for item in api.endpoints if item.kind is EndpointKind.API]
    if not served:
        return not_applicable("No API endpoint is declared.")
    untested = [item for item in served if not item.tested]
    untested.sort(key=lambda item: (item.method not in WRITES, item.path))
    if not tests.cases:
        return not_shown(
            f"None of {len(served)} endpoints is reached by a test: there are no tests.",
            evidence(untested, "no test"),
            advice=_advice(untested, len(served)),
            at=untested[0].file,
        )
    blind = len(untested) == len(served) and len(tests.http) >= UNMATCHED
    share = 1 - len(untested) / len(served)
    reached = [place for item in served if item.tested for place in item.tests[:1]]
    proof = evidence(untested, "no test") if share < ENOUGH else evidence(reached[:4], "reaches an endpoint")
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{len(served) - len(untested)} of {len(served)} endpoints are reached by a test; 60 % needed.",
        evidence=proof,
        confidence=Confidence.GUESS if blind else Confidence.LIKELY,
        advice=_advice(untested, len(served)) if untested else None,
        at=untested[0].file if untested else None,
    )


def _advice(untested: list[Endpoint], total: int) -> str:
    first = untested[0]
    return (
        f"Test the {len(untested)} of {total} endpoints that no test reaches; "
        f"start with {first.method} {first.path} ({first.file}:{first.line})."
    )
