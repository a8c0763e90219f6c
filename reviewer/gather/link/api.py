"""What the server answers to, which of it the tests reach, and how API descriptions differ from the code."""

from __future__ import annotations

import msgspec

from reviewer.gather import matching, registry, routing
from reviewer.gather.index import Index
from reviewer.gather.link.view import View, facts_by_path
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
    operations = _operations(view)
    descriptions = tuple(
        At(path=file.path, fact=file.facts.document.api)
        for file in view.own
        if file.facts and file.facts.document and file.facts.document.api
    )
    return Api(
        styles=_styles(endpoints, operations),
        endpoints=endpoints,
        operations=operations,
        descriptions=descriptions,
        drift=_drift(descriptions, endpoints),
    )


def _operations(view: View) -> tuple[Operation, ...]:
    """Operations that server code declares; those of contracts (SDL, proto, WSDL) only where code does not."""
    found: dict[tuple[str, str], Operation] = {}
    served = {file.path for file in view.server}
    skipped = {file.path for file in (*view.tests, *view.frontend)}
    for file in sorted(view.own, key=lambda item: (item.path not in served, item.path)):
        if file.path in skipped:
            continue
        for item in file.facts.operations if file.facts else ():
            found.setdefault((item.kind, item.name), msgspec.structs.replace(item, file=file.path))
    return tuple(sorted(found.values(), key=lambda item: (item.file, item.line, item.name)))


def _styles(endpoints: tuple[Endpoint, ...], operations: tuple[Operation, ...]) -> tuple[str, ...]:
    styles = {STYLE_OF_OPERATION[item.kind] for item in operations if item.kind in STYLE_OF_OPERATION}
    if any(item.kind is EndpointKind.API and not item.path.endswith("/graphql") for item in endpoints):
        styles.add("REST")
    if any(item.kind is EndpointKind.IMPLICIT and item.path.endswith("/graphql") for item in endpoints):
        styles.add("GraphQL")
    return tuple(sorted(styles))


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
