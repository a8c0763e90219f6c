"""What the server answers to, which of it the tests reach, and how API descriptions differ from the code."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewer.gather import matching, registry, routing
from reviewer.gather.index import Index
from reviewer.gather.link.view import View, facts_by_path
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.documents import ApiDescription
from reviewer.model.facts.repository import Api, Drift
from reviewer.model.facts.routing import Endpoint, EndpointKind, Operation
from reviewer.model.facts.values import At

STYLE_OF_OPERATION = {
    "query": "GraphQL",
    "mutation": "GraphQL",
    "subscription": "GraphQL",
    "soap": "SOAP",
    "rpc": "gRPC",
}
SOAP_SERVER = "soap server"
"""What a sign says where code makes one."""
SOAP_CLASS = "soap class"
"""The kind of what names a class, perhaps of another file, whose public methods a SOAP server serves."""
GRAPHQL = "GraphQL"
"""What the names of views have in them that answer a schema, at whatever path."""
HIDDEN = "__"
GREETINGS = frozenset({"/"})
"""Paths that a server of another style answers at with a line of text: no API of their own beside that style."""
DRIFT_MOST = 200


def link_api(view: View) -> Api:
    """The api group."""
    index = Index(facts_by_path((*view.server, *view.settings)))
    endpoints = routing.endpoints(index, registry.frameworks({file.language for file in view.server}))
    everything = Index(facts_by_path(view.own))
    requests = [
        (file.path, request)
        for file in view.tests
        for request in (file.facts.tests.requests if file.facts and file.facts.tests else ())
    ]
    names, paths = matching.route_names(index), matching.route_paths(index)
    endpoints = matching.with_tests(endpoints, everything, requests, names, paths)
    operations = _operations(view, everything)
    descriptions = tuple(
        At(path=file.path, fact=file.facts.document.api)
        for file in view.own
        if file.facts and file.facts.document and file.facts.document.api
    )
    return Api(
        styles=_styles(index, endpoints, operations),
        endpoints=endpoints,
        operations=operations,
        descriptions=descriptions,
        drift=_drift(descriptions, endpoints),
    )


def _operations(view: View, index: Index) -> tuple[Operation, ...]:
    """Operations that server code declares; those of contracts (SDL, proto, WSDL) only where code does not."""
    found: dict[tuple[str, str], Operation] = {}
    served = {file.path for file in view.server}
    skipped = {file.path for file in (*view.tests, *view.frontend)}
    for file in sorted(view.own, key=lambda item: (item.path not in served, item.path)):
        if file.path in skipped:
            continue
        for declared in file.facts.operations if file.facts else ():
            for item in _served(index, file.path, declared):
                found.setdefault((item.kind, item.name), item)
    return tuple(sorted(found.values(), key=lambda item: (item.file, item.line, item.name)))


def _served(index: Index, path: str, declared: Operation) -> Iterator[Operation]:
    """An operation with its file; the methods of a class that is served instead of those of its file."""
    if declared.kind != SOAP_CLASS:
        yield msgspec.structs.replace(declared, file=path)
        return
    bare = declared.name.rpartition(".")[2]
    own = ((where, item) for where, facts in sorted(index.files.items()) for item in facts.classes if item.name == bare)
    where, owner = index.classes(path, declared.name) or next(own, (path, None))
    for name in owner.methods if owner is not None else ():
        known = index.function(where, f"{owner.name}.{name}") if owner is not None else None
        if not name.startswith(HIDDEN) and known is not None and known[1].public:
            yield Operation(kind="soap", name=name, file=known[0], line=known[1].line)


def _styles(index: Index, endpoints: tuple[Endpoint, ...], operations: tuple[Operation, ...]) -> tuple[str, ...]:
    styles = {STYLE_OF_OPERATION[item.kind] for item in operations if item.kind in STYLE_OF_OPERATION}
    served = {item.path for item in endpoints if _is_rest(index, item)}
    if served - GREETINGS or (served and not styles):
        styles.add("REST")
    implicit = [item for item in endpoints if item.kind is EndpointKind.IMPLICIT]
    if any(item.path.endswith("/graphql") for item in implicit):
        styles.add("GraphQL")
    if not styles and any(item.method == "DELETE" and item.path.endswith("}") for item in implicit):
        styles.add("REST")
    if any(_is_soap_server(sign) for facts in index.files.values() for sign in facts.signs):
        styles.add("SOAP")
    return tuple(sorted(styles))


def _is_rest(index: Index, endpoint: Endpoint) -> bool:
    """Whether an endpoint answers by itself: one that hands the request to a schema or to a SOAP server does not."""
    if endpoint.kind is not EndpointKind.API or endpoint.path.endswith("/graphql"):
        return False
    facts = index.files.get(endpoint.file)
    routes = facts.routing.routes if facts and facts.routing else ()
    if endpoint.method == "ANY" and any(GRAPHQL in item.handler for item in routes if item.line == endpoint.line):
        return False
    place = endpoint.handler
    signs = index.files[place.path].signs if place is not None and place.path in index.files else ()
    return place is None or not any(
        _is_soap_server(sign) and place.line <= sign.line <= place.end_line for sign in signs
    )


def _is_soap_server(sign: Sign) -> bool:
    return sign.kind is SignKind.SOAP and sign.detail.lower() == SOAP_SERVER


def _drift(descriptions: tuple[At[ApiDescription], ...], endpoints: tuple[Endpoint, ...]) -> Drift | None:
    """The first OpenAPI file against the routes. Nothing where either side is empty."""
    spec = next((item for item in descriptions if item.fact.kind in ("openapi", "swagger")), None)
    served = [item for item in endpoints if item.kind is EndpointKind.API]
    if spec is None or not served or not spec.fact.operations:
        return None
    declared = {_shape(*item.name.split(" ", 1)): item.name for item in spec.fact.operations if " " in item.name}
    routes = {_shape(item.method, item.path): f"{item.method} {item.path}" for item in served}
    any_paths = {path for method, path in routes if method == "ANY"}
    return Drift(
        path=spec.path,
        missing_in_spec=tuple(sorted(text for key, text in routes.items() if key not in declared))[:DRIFT_MOST],
        missing_in_code=tuple(
            sorted(text for key, text in declared.items() if key not in routes and key[1] not in any_paths)
        )[:DRIFT_MOST],
    )


def _shape(method: str, path: str) -> tuple[str, str]:
    """A method and path with every parameter alike, for comparing."""
    segments = ["{}" if "{" in part else part.lower() for part in path.split("/") if part]
    return method.upper(), "/" + "/".join(segments)
