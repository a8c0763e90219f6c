"""Routes without a method: the handler, wherever it is, may say what it answers to."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion
from reviewer.gather.scopes.scope import shared_folders
from reviewer.model.facts.routing import Route

DESCRIBED = "described:"
"""What the name of a route begins with that stands for a whole API description."""


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that the handler of a route compares that of the request with; none for a router that is mounted."""
    if route.name.startswith(DESCRIBED):
        yield from _described(index, path, route)
        return
    if route.handler and _gives_router(index, path, f"{route.handler}()"):
        yield Expansion(method="")
        return
    found = index.function(path, route.handler) if route.handler else None
    if found is None:
        return
    where, function = found
    routing = index.files[where].routing
    for view in routing.views if routing else ():
        if view.symbol == function.qualname and view.methods:
            yield from (Expansion(method=method) for method in view.methods)
            return


def _gives_router(index: Index, path: str, name: str) -> bool:
    where, symbol = index.resolve(path, name)
    routing = index.files[where].routing if where in index.files else None
    return routing is not None and any(item.symbol == symbol for item in routing.routers)


def _described(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The operations of the nearest API description, where the function that registers them is not written by hand."""
    callee = route.name.removeprefix(DESCRIBED)
    found = [
        (other, facts.document.api)
        for other, facts in sorted(index.files.items())
        if facts.document and facts.document.api and facts.document.api.operations
    ]
    if index.function(path, callee) is not None or not found:
        yield Expansion(method="")
        return
    _, api = max(found, key=lambda item: (shared_folders(path, item[0]), item[0]))
    for operation in api.operations:
        method, _, served = operation.name.partition(" ")
        inner = served.removeprefix(api.prefix.rstrip("/")) if api.prefix else served
        name = operation.symbol[:1].upper() + operation.symbol[1:]
        yield Expansion(method=method, suffix=inner or "/", symbol=name)
