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


def served(api: Api) -> list[Endpoint]:
    """The endpoints that the candidate's code declares for programs, not pages and not a library's."""
    return [item for item in api.endpoints if item.kind is EndpointKind.API]


def is_collection(endpoint: Endpoint) -> bool:
    """Whether a GET answers with many: its path ends in a plural noun."""
    last = endpoint.path.rpartition("/")[2]
    return endpoint.method == "GET" and last.endswith("s") and not last.endswith(("ss", "us", "is", "status"))


T = TypeVar("T", Sign, Statement)


def within(endpoint: Endpoint, signs: Iterable[At[T]]) -> list[At[T]]:
    """The signs or statements inside an endpoint's handler."""
    place = endpoint.handler
    if place is None:
        return []
    return [item for item in signs if item.path == place.path and place.line <= item.fact.line <= place.end_line]


def in_files_of(endpoints: Iterable[Endpoint], code: Code, *kinds: SignKind) -> list[At[Sign]]:
    """The signs of these kinds anywhere in the server code, those of handlers' own files first."""
    paths = {item.handler.path for item in endpoints if item.handler}
    found = code.of(*kinds)
    return sorted(found, key=lambda item: (item.path not in paths, item.path, item.fact.line))
