"""What the server answers to, which of it the tests reach, and how API descriptions differ from the code."""

from __future__ import annotations

import re
from collections import Counter
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
PREFIX_SEGMENTS = 4
SHARED = 0.8
PLAIN_PREFIX = re.compile(r"(?:/(?:api|rest|[\w.-]{1,60}:\d{1,5}|v\d{1,3}|\w{1,30}-?(?:api|service)))+\Z")
"""A prefix that names no resource: two different ones mean the same."""
Shape = tuple[str, str]
"""A method and path with every parameter alike."""


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
    """All OpenAPI files together against the routes. Nothing where either side is empty.

    A prefix that only one side has is put aside: behind a proxy, or written as the address of the server.
    """
    specs = [item for item in descriptions if item.fact.kind in ("openapi", "swagger") and item.fact.operations]
    served = [item for item in endpoints if item.kind is EndpointKind.API and item.path not in GREETINGS]
    if not specs or not served:
        return None
    named = [item.name for spec in specs for item in spec.fact.operations if " " in item.name]
    declared = {_shape(*name.split(" ", 1)): name for name in named}
    routes = {_shape(item.method, item.path): f"{item.method} {item.path}" for item in served}
    known = {_shape(item.method, item.path) for item in endpoints}
    left, right = _aligned(set(declared), set(routes))
    answered = {_without(key, right) for key in known}
    any_paths = {path for method, path in answered if method == "ANY"}
    told = {*declared, *(_without(key, left) for key in declared)}
    answered |= known
    told_paths = {path for _, path in told}
    lacking = (
        text
        for key, text in routes.items()
        if not {key, _without(key, right)} & told and not (key[0] == "ANY" and _without(key, right)[1] in told_paths)
    )
    extra = (
        text
        for key, text in declared.items()
        if not {key, _without(key, left)} & answered and _without(key, left)[1] not in any_paths
    )
    return Drift(
        path=specs[0].path,
        missing_in_spec=tuple(sorted(lacking))[:DRIFT_MOST],
        missing_in_code=tuple(sorted(extra))[:DRIFT_MOST],
    )


def _aligned(declared: set[Shape], routes: set[Shape]) -> tuple[str, str]:
    """The prefixes to put aside on either side, so that the most of both agrees; the shortest of those."""
    found = [
        (-len({_without(key, left) for key in declared} & {_without(key, right) for key in routes}), left, right)
        for left in _prefixes(declared)
        for right in _prefixes(routes)
        if not (left and right) or (PLAIN_PREFIX.match(left) and PLAIN_PREFIX.match(right))
    ]
    best = min(found, key=lambda item: (item[0], len(item[1]) + len(item[2]), item))
    return best[1], best[2]


def _prefixes(keys: set[Shape]) -> list[str]:
    """The beginnings that nearly all of the paths share, up to four segments, and none at all."""
    counted: Counter[str] = Counter()
    for _, path in keys:
        parts = path.strip("/").split("/")[:PREFIX_SEGMENTS]
        counted.update("/" + "/".join(parts[:length]) for length in range(1, len(parts) + 1))
    return ["", *(prefix for prefix, times in counted.items() if times >= SHARED * len(keys) and prefix != "/")]


def _without(key: Shape, prefix: str) -> Shape:
    method, path = key
    inside = prefix and (path == prefix or path.startswith(f"{prefix}/"))
    return (method, path[len(prefix) :] or "/") if inside else key


def _shape(method: str, path: str) -> Shape:
    """A method and path with every parameter alike, for comparing."""
    segments = ["{}" if "{" in part else part.lower() for part in path.split("/") if part]
    return method.upper(), "/" + "/".join(segments)
