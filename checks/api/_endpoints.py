"""What several API checks ask of endpoints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.facts.values import At

WRITES = ("POST", "PUT", "PATCH", "DELETE")
WITH_BODY = ("POST", "PUT", "PATCH")
NO_COLLECTIONS = frozenset(
    "stats statistics analytics settings news details docs metrics preferences status address options progress css"
    " js".split()
)
"""Last words of a path that end in s without naming a collection of rows."""


def served(api: Api) -> list[Endpoint]:
    """The endpoints that the candidate's code declares for programs, not pages and not a library's."""
    return [item for item in api.endpoints if item.kind is EndpointKind.API]


def answering(api: Api) -> list[Endpoint]:
    """The same with pages: whatever of the candidate's own answers requests."""
    return [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]


def is_collection(endpoint: Endpoint) -> bool:
    """Whether a GET answers with many: its path ends in a plural noun."""
    last = endpoint.path.rpartition("/")[2].lower()
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and last not in NO_COLLECTIONS
    return endpoint.method == "GET" and plural


def server_signs(code: Code, *kinds: SignKind) -> list[At[Sign]]:
    """The signs of these kinds in server code and its settings; those of the front end are left out."""
    clients = frozenset(code.clients)
    return [item for item in code.of(*kinds) if item.path not in clients]


T = TypeVar("T", Sign, Statement)


def within(endpoint: Endpoint, signs: Iterable[At[T]]) -> list[At[T]]:
    """The signs or statements inside an endpoint's handler."""
    place = endpoint.handler
    if place is None:
        return []
    return [item for item in signs if item.path == place.path and place.line <= item.fact.line <= place.end_line]
