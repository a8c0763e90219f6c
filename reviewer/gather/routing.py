"""Links routers, mounts and routes of all files to endpoints with their full paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Endpoint, EndpointKind, Mount, Route, Router
from reviewer.model.facts.values import Place, Value

Node = tuple[str, str]
"""A router: the path of its file and its symbol there."""

PREFIXES_MOST = 40
"""Places that one router may be mounted at before the rest is left out."""
ANY = "ANY"
GUARD_WORDS = re.compile(
    r"auth|jwt|token|login|guard|protect|permission|passport|current_?user|is_?admin|secured|require_?(user|role|session)",
    re.IGNORECASE,
)
OPEN_WORDS = re.compile(
    r"allow_?any|optional|public|skip_?auth|no_?auth|anonymous|csrf|logout|form|limit|throttl|initialize", re.IGNORECASE
)
OPENED = re.compile(r"public|allow_?any|skip_?auth|no_?auth|allow_?anonymous", re.IGNORECASE)
"""Marks on a handler that open it to everybody, whatever guards the application has."""
PARAMETER = re.compile(r"<(?:[^<>/]*:)?([^<>:/]+)>|\{\*?([^{}:/]+)(?::[^{}]*)?\}|:(\w+)(?:\([^()/]*\))?[?*+]?")
SLASHES = re.compile(r"/{2,}")


def endpoints(index: Index, frameworks: Mapping[str, Framework]) -> tuple[Endpoint, ...]:
    """Every endpoint that the files of ``index`` declare, each method and path once, in path order.

    Args:
        index: files that count as server code; leave out tests, clients and vendored files.
        frameworks: by name, for their ways of expanding routes.
    """
    graph = _Graph(index, frameworks)
    found: dict[tuple[str, str], Endpoint] = {}
    for path, facts in sorted(index.files.items()):
        for route in facts.routing.routes if facts.routing else ():
            for endpoint in graph.endpoints_of(path, route):
                found.setdefault((endpoint.method, endpoint.path.lower()), endpoint)
    return tuple(sorted(found.values(), key=lambda item: (item.path, item.method)))


def full_path(*pieces: str) -> str:
    """Prefixes and path joined: parameters as ``{name}``, one slash between, none at the end."""
    joined = "/".join(piece.strip() for piece in pieces if piece)
    named = PARAMETER.sub(lambda match: f"{{{next(group for group in match.groups() if group)}}}", joined)
    return "/" + SLASHES.sub("/", named.split("?")[0]).strip("/")


def is_guard(text: str) -> bool:
    """Whether a middleware, decorator or dependency, as written, keeps strangers out."""
    return bool(GUARD_WORDS.search(text)) and not OPEN_WORDS.search(text)


@dataclass(frozen=True, slots=True)
class _Edge:
    parent: Node
    prefix: Value
    path: str
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Base:
    """One place that a router is served at."""

    prefix: str
    guards: tuple[str, ...] = ()


@dataclass(slots=True)
class _Graph:
    index: Index
    frameworks: Mapping[str, Framework]
    routers: dict[Node, Router] = field(default_factory=dict)
    parents: dict[Node, list[_Edge]] = field(default_factory=dict)
    roots: dict[str, list[tuple[str, Router]]] = field(default_factory=dict)
    bases: dict[Node, list[_Base]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, facts in sorted(self.index.files.items()):
            for router in facts.routing.routers if facts.routing else ():
                self.routers.setdefault((path, router.symbol), router)
                if router.root:
                    self.roots.setdefault(router.framework, []).append((path, router))
        for path, facts in sorted(self.index.files.items()):
            for mount in facts.routing.mounts if facts.routing else ():
                self._add(path, mount)

    def _add(self, path: str, mount: Mount) -> None:
        child = self.node(path, mount.child)
        parent = self.node(path, mount.parent)
        if child != parent:
            edge = _Edge(parent, mount.prefix, path, self._guarding(path, mount.guards))
            self.parents.setdefault(child, []).append(edge)

    def _guarding(self, path: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Middlewares without those that turn out to be routers of other files (``app.use(require("./auth"))``)."""
        return tuple(name for name in names if not (is_guard(name) and self.node(path, name) in self.routers))

    def node(self, path: str, symbol: str) -> Node:
        """The router that a name of a file means: itself, an imported one, or the only one of an imported module."""
        if (path, symbol) in self.routers:
            return path, symbol
        where, name = self.index.resolve(path, symbol)
        if (where, name) in self.routers:
            return where, name
        module = where if name in ("", "default") else self.index.module(path, symbol)
        return self._only_router(module) or (where, name)

    def _only_router(self, path: str | None) -> Node | None:
        facts = self.index.files.get(path or "")
        if path is None or facts is None or facts.routing is None:
            return None
        named = [item.symbol for item in facts.routing.routers]
        for preferred in ("urlpatterns", "default"):
            if preferred in named:
                return path, preferred
        return (path, named[0]) if len(named) == 1 else None

    def bases_of(self, node: Node, trail: frozenset[Node] = frozenset()) -> list[_Base]:
        """Every place that a router is served at. Mount cycles are cut where they close."""
        if node in self.bases:
            return self.bases[node]
        if node in trail:
            return []
        found = list(self._bases(node, trail | {node}))[:PREFIXES_MOST]
        if not trail:
            self.bases[node] = found
        return found

    def _bases(self, node: Node, trail: frozenset[Node]) -> Iterator[_Base]:
        router = self.routers.get(node)
        own = self.index.text(node[0], router.prefix) if router else ""
        edges = self.parents.get(node, [])
        guards = self._guards(router)
        if not edges:
            yield _Base(_joined(self._root_prefix(node, router), own), guards)
            return
        framework = self.frameworks.get(router.framework) if router else None
        for edge in edges:
            prefix = self.index.text(edge.path, edge.prefix)
            inner = prefix if framework and framework.mount_overrides and prefix else _joined(prefix, own)
            for base in self.bases_of(edge.parent, trail):
                yield _Base(_joined(base.prefix, inner), base.guards + edge.guards + guards)

    def _guards(self, router: Router | None) -> tuple[str, ...]:
        """The guards of a router; of the whole application where the framework finds its controllers by scanning."""
        if router is None:
            return ()
        framework = self.frameworks.get(router.framework)
        if not (framework and framework.one_root):
            return router.guards
        every = (guard for item in self.routers.values() if item.framework == router.framework for guard in item.guards)
        return tuple(dict.fromkeys(every))

    def _root_of(self, path: str, name: str) -> tuple[str, Router] | None:
        """The application that finds its controllers by scanning, nearest by folders; None for other frameworks."""
        framework = self.frameworks.get(name)
        roots = self.roots.get(name, [])
        if not (framework and framework.one_root and roots):
            return None
        return max(roots, key=lambda item: (_shared(item[0], path), item[0]))

    def _root_prefix(self, node: Node, router: Router | None) -> str:
        """The application's prefix, for controllers that it finds by scanning."""
        root = self._root_of(node[0], router.framework) if router and not router.root else None
        return self.index.text(root[0], root[1].prefix) if root else ""

    def _without_root(self, base: _Base, path: str, route: Route, own: str) -> _Base:
        """A route that the application's prefix does not stand before loses it."""
        root = self._root_of(path, route.framework)
        if root is None or not root[1].exclude:
            return base
        prefix = full_path(self.index.text(root[0], root[1].prefix))
        inner = full_path(base.prefix).removeprefix(prefix)
        excluded = {full_path(item) for item in root[1].exclude}
        return _Base(inner, base.guards) if full_path(inner, own) in excluded else base

    def endpoints_of(self, path: str, route: Route) -> Iterator[Endpoint]:
        """The endpoints of one declared route: one per place, method and expansion."""
        own = self.index.text(path, route.path, unknown="{value}")
        for placed in self.bases_of(self.node(path, route.router)):
            base = self._without_root(placed, path, route, own)
            for expansion in self._expansions(path, route):
                handler = self._handler(path, route, expansion)
                inner = self._guarding(path, route.guards) + expansion.guards
                guards = inner if any(OPENED.search(guard) for guard in inner) else base.guards + inner
                yield Endpoint(
                    method=expansion.method,
                    path=full_path(base.prefix, own, expansion.suffix),
                    file=path,
                    line=route.line,
                    framework=route.framework,
                    kind=_kind(route, expansion, self._renders(route, handler)),
                    handler=handler,
                    authenticated=self._authenticated(guards, handler),
                )

    def _expansions(self, path: str, route: Route) -> Iterable[Expansion]:
        if route.methods:
            return [Expansion(method=method.upper()) for method in route.methods]
        framework = self.frameworks.get(route.framework)
        expanded = list(framework.expand(self.index, path, route)) if framework and framework.expand else []
        return expanded or [Expansion(method=ANY)]

    def _handler(self, path: str, route: Route, expansion: Expansion) -> Place | None:
        for name in (f"{route.handler}.{expansion.symbol}" if expansion.symbol else "", route.handler):
            found = self.index.function(path, name) if name else None
            if found:
                return Place(path=found[0], line=found[1].line, end_line=found[1].end_line)
        known_class = self.index.classes(path, route.handler) if route.handler else None
        if known_class:
            return Place(path=known_class[0], line=known_class[1].line, end_line=known_class[1].end_line)
        return None if route.handler else Place(path=path, line=route.line, end_line=route.end_line)

    def _renders(self, route: Route, handler: Place | None) -> bool:
        """Whether a handler in another file says that it renders a page."""
        routing = self.index.files[handler.path].routing if handler and route.handler else None
        if handler is None or routing is None:
            return False
        return any(view.page and handler.line <= view.line <= handler.end_line for view in routing.views)

    def _authenticated(self, guards: tuple[str, ...], handler: Place | None) -> bool | None:
        if any(is_guard(guard) for guard in guards):
            return True
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


def _joined(left: str, right: str) -> str:
    return "/".join(piece for piece in (left.rstrip("/"), right.lstrip("/")) if piece)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
