"""Links routers, mounts and routes of all files to endpoints with their full paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from reviewer.gather.access import AccessRules
from reviewer.gather.filled import filled
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework
from reviewer.gather.route_paths import OPENED, full_path, is_guard, with_and_without
from reviewer.gather.router_graph import Base, RouterGraph
from reviewer.gather.unread import is_unread
from reviewer.model.facts.code import Function, SignKind
from reviewer.model.facts.routing import Endpoint, EndpointKind, Route
from reviewer.model.facts.values import Place

ANY = "ANY"
INVOKED = ".__invoke"
ACTIONS = ("action", "handle", "execute", "process")
"""How classes call what handles, where a base of theirs is what a framework of PHP calls."""
ALLOW_ANY = "allow_any"
"""The guard that says of a handler that it is open, whatever else its class says of its others."""


def endpoints(index: Index, frameworks: Mapping[str, Framework]) -> tuple[Endpoint, ...]:
    """Every endpoint that the files of ``index`` declare, each method and path once, in path order.

    Args:
        index: files that count as server code; leave out tests, clients and vendored files.
        frameworks: by name, for their ways of expanding routes.
    """
    linker = _Linker(index, frameworks, RouterGraph(index, frameworks), AccessRules(index))
    found: dict[tuple[str, str], Endpoint] = {}
    for path, facts in sorted(index.files.items()):
        for route in facts.routing.routes if facts.routing else ():
            for endpoint in linker.endpoints_of(path, route):
                key = (endpoint.method, endpoint.path.lower())
                if key not in found or _weight(endpoint) < _weight(found[key]):
                    found[key] = endpoint
    return tuple(sorted(found.values(), key=lambda item: (item.path, item.method)))


def _weight(endpoint: Endpoint) -> int:
    """What stands for a method and path that are declared twice: an operation before a page, that before the rest."""
    return (EndpointKind.API, EndpointKind.PAGE, EndpointKind.IMPLICIT).index(endpoint.kind)


@dataclass(frozen=True, slots=True)
class _Linker:
    index: Index
    frameworks: Mapping[str, Framework]
    graph: RouterGraph
    rules: AccessRules

    def endpoints_of(self, path: str, route: Route) -> Iterator[Endpoint]:
        """The endpoints of one declared route: one per place, method and expansion."""
        node = self.graph.node(path, route.router)
        if not route.framework:
            route = msgspec.structs.replace(route, framework=self.graph.framework_of(node))
        if not route.framework:
            return
        for placed in self.graph.bases_of(node):
            own = self.index.text(path, filled(route.path, path, placed.given), unknown="{value}")
            base = self.graph.without_root(placed, path, route, own)
            for expansion in self._expansions(path, route):
                if not expansion.method:
                    continue
                handler = self._handler(path, route, expansion)
                inner = self.graph.guarding(path, route.guards) + expansion.guards
                guards = inner if any(OPENED.search(guard) for guard in inner) else base.guards + inner
                declared = own if expansion.path is None else expansion.path
                for variant in with_and_without(declared):
                    full = self._filled(route, full_path(base.prefix, variant, expansion.suffix))
                    ruled = self._by_rule(path, route, expansion, full)
                    yield Endpoint(
                        method=expansion.method,
                        path=full,
                        file=path,
                        line=route.line,
                        framework=route.framework,
                        kind=_kind(route, expansion, self._renders(route, handler)),
                        handler=handler,
                        authenticated=ruled or self._authenticated(guards, handler),
                        unsure=base.unsure or self._unread(path, route, base),
                    )

    def _unread(self, path: str, route: Route, base: Base) -> bool:
        """Whether what a route itself is written behind could not be read."""
        first = filled(route.path[:1], path, base.given)
        return (route.prefixed and not base.prefix.strip("/")) or is_unread(self.index, path, first)

    def _by_rule(self, path: str, route: Route, expansion: Expansion, full: str) -> bool:
        """Whether a rule of the route's framework guards a path, as served or without the application's prefix."""
        root = self.graph.root_of(path, route.framework)
        prefix = full_path(self.index.text(root[0], root[1].prefix)) if root else "/"
        inner = full_path(full.removeprefix(prefix)) if full.startswith(f"{prefix}/") else full
        return bool(self.rules.guarded(route.framework, path, expansion.method, (full, inner)))

    def _filled(self, route: Route, path: str) -> str:
        framework = self.frameworks.get(route.framework)
        return framework.fill(self.index, route, path) if framework and framework.fill else path

    def _expansions(self, path: str, route: Route) -> Iterable[Expansion]:
        framework = self.frameworks.get(route.framework)
        if route.methods and framework and framework.expand and framework.decides:
            return framework.expand(self.index, path, route)
        if route.methods:
            return [Expansion(method=method.upper()) for method in route.methods]
        expanded = list(framework.expand(self.index, path, route)) if framework and framework.expand else []
        return expanded or [Expansion(method=ANY)]

    def _handler(self, path: str, route: Route, expansion: Expansion) -> Place | None:
        if expansion.place is not None:
            return expansion.place
        if route.handler.endswith(INVOKED) and (place := self._of_action(path, route.handler.removesuffix(INVOKED))):
            return place
        for name in (f"{route.handler}.{expansion.symbol}" if expansion.symbol else "", route.handler):
            found = self.index.function(path, name) if name else None
            if found:
                own = self._overload(path, route, found[1].qualname) if found[0] == path else None
                return Place(path=found[0], line=(own or found[1]).line, end_line=(own or found[1]).end_line)
        known_class = self.index.classes(path, route.handler) if route.handler else None
        if known_class:
            return Place(path=known_class[0], line=known_class[1].line, end_line=known_class[1].end_line)
        return None if route.handler else Place(path=path, line=route.line, end_line=route.end_line)

    def _of_action(self, path: str, owner: str) -> Place | None:
        """Where a class handles whose base is what is called: its one method, or all of it."""
        where, found = self.index.classes(path, owner) or ("", None)
        methods = [name for name in found.methods if name != "__construct"] if found else []
        if found is None or not methods or INVOKED[1:] in methods:
            return None
        only = next((name for name in methods if name in ACTIONS), methods[0] if len(methods) == 1 else "")
        method = self.index.function(where, f"{found.name}.{only}") if only else None
        held = method[1] if method and method[0] == where else found
        return Place(path=where, line=held.line, end_line=held.end_line)

    def _overload(self, path: str, route: Route, qualname: str) -> Function | None:
        """Of methods with one name, the one that the route is declared on: it ends where the route does."""
        functions = self.index.files[path].functions
        return next((item for item in functions if item.qualname == qualname and item.end_line == route.end_line), None)

    def _renders(self, route: Route, handler: Place | None) -> bool:
        """Whether a handler in another file says that it renders a page."""
        routing = self.index.files[handler.path].routing if handler and route.handler else None
        if handler is None or routing is None:
            return False
        return any(view.page and handler.line <= view.line <= handler.end_line for view in routing.views)

    def _authenticated(self, guards: tuple[str, ...], handler: Place | None) -> bool | None:
        if any(is_guard(guard) for guard in guards):
            return True
        if ALLOW_ANY in guards:
            return False
        if handler is None:
            return None
        signs = self.index.files[handler.path].signs
        return any(
            sign.kind in (SignKind.AUTH_GUARD, SignKind.TOKEN_VERIFIED)
            and handler.line <= sign.line <= handler.end_line
            for sign in signs
        )


def _kind(route: Route, expansion: Expansion, renders: bool) -> EndpointKind:
    if route.implicit or expansion.implicit:
        return EndpointKind.IMPLICIT
    return EndpointKind.PAGE if route.page or expansion.page or renders else EndpointKind.API
