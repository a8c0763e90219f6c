"""What several API checks ask of endpoints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from reviewer.model.facts.code import Catch, Sign, SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.facts.values import At

WRITES = ("POST", "PUT", "PATCH", "DELETE")
WITH_BODY = ("POST", "PUT", "PATCH")
NO_COLLECTIONS = frozenset(
    "stats statistics analytics settings news details docs metrics preferences status address options progress css"
    " js exists insights totals counts credits credentials series sms gps dns rss pos os cms aws terms faqs hours"
    " roles permissions types enums currencies units statuses genders schemas locales timezones constants"
    " themes limits rules access".split()
)
"""Last words of a path that end in s without naming a collection of rows, or that name a small fixed set."""
OTHER_STYLE = re.compile(r"/(?:graphi?ql|graphql[-/]\w+|playground|altair|voyager|soap|wsdl|ws)$|\.(?:asmx|svc)$", re.I)
"""Where a schema or a contract answers, not a route of its own."""
ASIDE = re.compile(
    r"^(?:/[^/{}]{1,80}){0,2}/(?:health\w*|health-?check|live|liveness|livez|alive|ready|readiness|readyz|ping|pong|status|info|version"
    r"|metrics|actuator|docs|api-?docs|redoc|swagger\w*|openapi\w*|favicon|robots|socket(?:\.io)?|websocket"
    r"|\.well-known|static|public|assets|uploads)(?:[./-].{0,200})?$"
    r"|\.(?:json|html?|xml|txt|ico|png|js|css|ya?ml|svg)$|^/(?:\{[^{}]*\}|\*)?$",
    re.IGNORECASE,
)
"""Paths beside the API: whether the server is up, its documentation, its files, its root."""
FEW_AMONG = 20
"""So many times as many routes of pages make the rest of an application no API of its own."""
EXAMPLES = re.compile(
    r"(?:^|/)(?:examples?|e2e|mocks?|__mocks__|fixtures|benchmarks?)/|(?:^|[/_.-])(?:e2e|mock|fake|stub)[-_.]?\w{0,20}[-_.]?"
    r"(?:server|api)\b[^/]*$",
    re.IGNORECASE,
)
"""Files of examples and of servers that tests talk to."""
SESSION_ROUTES = re.compile(r"(?:^|/)routes/web\.php$")
"""Where Laravel keeps the routes of its own pages, behind session and form token."""


def served(api: Api) -> list[Endpoint]:
    """The endpoints that the candidate's code declares for programs, not pages and not a library's."""
    return [item for item in api.endpoints if item.kind is EndpointKind.API]


def resources(api: Api) -> list[Endpoint]:
    """Those of them that answer by themselves: one that hands all to a GraphQL schema or a SOAP contract does not."""
    return [item for item in served(api) if not OTHER_STYLE.search(item.path) and not EXAMPLES.search(item.file)]


def for_programs(api: Api) -> list[Endpoint]:
    """Those of them that other programs call: what stands among the pages of a web application serves its pages."""
    pages = Counter(item.file for item in api.endpoints if item.kind is EndpointKind.PAGE)
    found = resources(api)
    own = Counter(item.file for item in found)
    kept = [item for item in found if own[item.file] > pages[item.file] and not SESSION_ROUTES.search(item.file)]
    return kept if len(kept) * FEW_AMONG >= len(found) else []


def is_aside(endpoint: Endpoint) -> bool:
    """Whether a path is no part of the API: health, documentation, files, the root."""
    return bool(ASIDE.search(endpoint.path[:300]))


def why_none(api: Api) -> str:
    """Why there is no endpoint to judge."""
    if not served(api):
        return "No API endpoint is declared."
    if not resources(api):
        return "What is served is a GraphQL schema, a SOAP contract, an example or for tests, not routes of an API."
    return "The routes answer the application's own pages."


def answering(api: Api) -> list[Endpoint]:
    """The same with pages: whatever of the candidate's own answers requests."""
    return [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]


def is_collection(endpoint: Endpoint) -> bool:
    """Whether a GET answers with many: its path ends in a plural noun."""
    last = endpoint.path.rpartition("/")[2].lower()
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and "{" not in last
    return endpoint.method == "GET" and plural and re.split(r"[-_.]", last)[-1] not in NO_COLLECTIONS


def server_signs(code: Code, *kinds: SignKind) -> list[At[Sign]]:
    """The signs of these kinds in server code and its settings; those of the front end are left out."""
    clients = frozenset(code.clients)
    return [item for item in code.of(*kinds) if item.path not in clients]


T = TypeVar("T", Sign, Statement, Catch)


def within(endpoint: Endpoint, signs: Iterable[At[T]]) -> list[At[T]]:
    """The signs or statements inside an endpoint's handler."""
    place = endpoint.handler
    if place is None:
        return []
    return [item for item in signs if item.path == place.path and place.line <= item.fact.line <= place.end_line]


def handled_by_class(endpoint: Endpoint, code: Code) -> bool:
    """Whether all that is known of the handler is its class, which answers other methods too."""
    place = endpoint.handler
    return place is not None and any(
        item.path == place.path and place.line <= item.fact.line and item.fact.end_line <= place.end_line
        for item in code.classes
    )
