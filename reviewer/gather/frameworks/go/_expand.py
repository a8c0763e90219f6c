"""What the handler of a route, wherever it is, says of the methods and of the rest of the path that it answers to."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.go._default_mux import is_idle
from reviewer.gather.frameworks.go._dispatch import MAYBE
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion
from reviewer.gather.scopes.scope import shared_folders
from reviewer.model.facts.routing import Route, View

DESCRIBED = "described:"
"""What the name of a route begins with that stands for a whole API description."""
OF_ONE = frozenset({"PUT", "PATCH", "DELETE"})


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that the handler of a route compares that of the request with; none for a router that is mounted.

    The frameworks but net/http ask for routes without methods alone.
    """
    if is_idle(index, route):
        yield Expansion(method="")
        return
    if route.methods:
        yield from _with_methods(index, path, route)
        return
    if route.name.startswith(DESCRIBED):
        yield from _described(index, path, route)
        return
    if route.handler and _gives_router(index, path, f"{route.handler}()"):
        yield Expansion(method="")
        return
    if not route.handler:
        return
    for name in (route.handler, f"{route.handler}().ServeHTTP"):
        views = _views(index, path, name)
        if views:
            yield from _told(index, path, route, views)
            return


def _with_methods(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """``GET /users/`` says its method, and its handler may still cut the rest out of the path."""
    last = route.path[-1] if len(route.path) > 1 or route.path[:1] not in (("/",), ()) else ""
    below = isinstance(last, str) and last.endswith("/") and bool(route.handler)
    taken = next((view.takes[0] for view in _views(index, path, route.handler) if view.takes), "") if below else ""
    for method in route.methods:
        yield Expansion(method=method.upper(), suffix=f"{{{taken.rstrip(MAYBE)}}}" if taken else "")


def _views(index: Index, path: str, name: str) -> list[View]:
    found = index.function(path, name)
    routing = index.files[found[0]].routing if found else None
    views = routing.views if routing else ()
    return [view for view in views if found and view.symbol == found[1].qualname and not view.page]


def _told(index: Index, path: str, route: Route, views: list[View]) -> Iterable[Expansion]:
    """What a handler tells of the methods, and of the rest of the path, that it answers to."""
    own = index.text(path, route.path, unknown="{value}")
    inner = [(view, text) for view in views if view.path and (text := index.text(path, view.path))]
    base = own.rstrip("/")
    below = [(view, text) for view, text in inner if text == (base or "/") or text.startswith(f"{base}/")]
    for view, text in below:
        yield from (Expansion(method=method, path=text) for method in view.methods or ("ANY",))
    if inner:
        return
    for view in views:
        taken = view.takes[0] if view.takes and route.framework in ("net/http", "") else ""
        if not taken or not base:
            yield from (Expansion(method=method) for method in view.methods)
        elif own.endswith("/"):
            yield from _below(view, taken, alone=not _beside(index, path, route, base))
        else:
            several = _beside(index, path, route, f"{base}/")
            yield from (Expansion(method=method) for method in view.methods if not several or method not in OF_ONE)


def _below(view: View, taken: str, *, alone: bool) -> Iterable[Expansion]:
    """What is served below a path that ends with a slash; new items are added to the path itself."""
    for method in view.methods or ("ANY",):
        if method != "POST":
            yield Expansion(method=method, suffix=f"{{{taken.rstrip(MAYBE)}}}")
        if alone and (method == "POST" or (method == "GET" and taken.endswith(MAYBE))):
            yield Expansion(method=method)


def _beside(index: Index, path: str, route: Route, other: str) -> bool:
    """Whether the same file declares another path with the same handler."""
    routing = index.files[path].routing
    return any(item.path == (other,) and item.handler == route.handler for item in (routing.routes if routing else ()))


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
