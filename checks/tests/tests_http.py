"""Is the API exercised over HTTP or the framework's test client?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Tests
from reviewer.model.facts.routing import EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

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
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.ROUTES),
)


def run(tests: Tests, api: Api) -> Verdict:
    """Looks for requests in test files."""
    served = [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]
    if tests.http:
        return shown(f"Tests send {count(len(tests.http), 'request')} to the application.", evidence(tests.http[:3]))
    if not served:
        return not_applicable("No HTTP endpoint is declared.")
    first = min(served, key=lambda item: (item.kind is not EndpointKind.API, item.method == "GET", item.path))
    place = f"{first.method} {first.path} ({first.file}:{first.line})"
    cases = f"None of {count(len(tests.cases), 'test case')}" if tests.cases else "No test"
    return not_shown(
        f"{cases} sends a request to any of {count(len(served), 'endpoint')}.",
        evidence([first], "an endpoint to begin with"),
        advice=f"Send a request to {place} from a test; check status and body.",
        at=first.file,
    )
