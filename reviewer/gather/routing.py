"""Links routers, mounts and routes of all files to endpoints with their full paths."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.gather.access import AccessRules
from reviewer.gather.given import is_given, is_optional, likely_nodes
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework
from reviewer.model.facts.code import Function, SignKind
from reviewer.model.facts.routing import Endpoint, EndpointKind, Mount, Route, Router
from reviewer.model.facts.values import FILE, Place, Ref, Value

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
PARAMETER = re.compile(
    r"<(?:[^<>/]*:)?([^<>:/]+)>|\{\*{0,2}([^{}:/?=*]+)(?:[:?=*][^{}]*)?\}|:(\w+)(?:\([^()/]*\))?[?*+]?"
)
OWN_PREFIX = "autoPrefix"
"""The constant by which a file that is loaded with its whole folder says its prefix (Fastify)."""
HOOKS_FILE = re.compile(r"(?:^|[/.])auto-?hooks\.[cm]?[jt]s$", re.IGNORECASE)
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


def joined_folder(path: str, folder: str) -> str:
    """A folder written in the file at ``path``, from the root, with a slash at its end; ``""`` is the root itself."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), folder))
    return "" if joined in (".", "") else f"{joined}/"


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
    rules: AccessRules = field(init=False)
    _by_last: dict[str, list[Node]] = field(default_factory=dict)
    """Routers by the last part of their symbol: those in an extension method go by its name."""

    def __post_init__(self) -> None:
        self.rules = AccessRules(self.index)
        for path, facts in sorted(self.index.files.items()):
            for router in facts.routing.routers if facts.routing else ():
                self.routers.setdefault((path, router.symbol), router)
                self._by_last.setdefault(router.symbol.rpartition(".")[2], []).append((path, router.symbol))
                if router.root:
                    self.roots.setdefault(router.framework, []).append((path, router))
        for path, facts in sorted(self.index.files.items()):
            for mount in facts.routing.mounts if facts.routing else ():
                self._add(path, mount)

    def _add(self, path: str, mount: Mount) -> None:
        parent = self.node(path, mount.parent)
        if mount.folder:
            self._add_folder(path, mount, parent)
            return
        for child in self._children(path, mount):
            if child != parent:
                edge = _Edge(parent, mount.prefix, path, self._guarding(path, mount.guards))
                self.parents.setdefault(child, []).append(edge)

    def _children(self, path: str, mount: Mount) -> list[Node]:
        """The routers that a mount names: one, or those that go by a method's name wherever they are."""
        if not mount.child.startswith(("*.", "**.")):
            node = self.node(path, mount.child)
            likely = (
                likely_nodes(mount.child, self._by_last) if is_given(mount.child) and node not in self.routers else []
            )
            return likely or [node]
        stars, _, name = mount.child.partition(".")
        found = [node for node in self._by_last.get(name, []) if self.routers[node].framework == mount.framework]
        if stars == "*":
            closest = max((_shared(path, place) for place, _ in found), default=0)
            found = [node for node in found if _shared(path, node[0]) == closest]
        return found

    def _add_folder(self, path: str, mount: Mount, parent: Node) -> None:
        """What the files of a folder export, each below its own path there; a file may say its own prefix."""
        folder = joined_folder(path, mount.folder)
        hooks = self._hooks(folder) if mount.by_path else {}
        for other in sorted(self.index.files):
            inside = other[len(folder) :]
            if other == path or not other.startswith(folder) or not (mount.by_path or _is_child(inside)):
                continue
            exported = self.node(other, "default")
            child = exported if exported in self.routers else self._only_router(other)
            if child is None or child == parent:
                continue
            own = self.index.text(other, (Ref(name=OWN_PREFIX),))
            inner = own or (inside.rpartition("/")[0] if mount.by_path else "")
            above = tuple(guard for at, guards in hooks.items() if other.startswith(at) for guard in guards)
            named = tuple(_file_name(inside) if part == Ref(name=FILE) else part for part in mount.prefix)
            edge = _Edge(parent, (*named, "/", inner), path, self._guarding(path, mount.guards) + above)
            self.parents.setdefault(child, []).append(edge)

    def _hooks(self, folder: str) -> dict[str, tuple[str, ...]]:
        """By folder, what stands before all routes in and below it, where a file there says so (Fastify)."""
        return {
            f"{posixpath.dirname(path)}/": router.guards
            for (path, _), router in self.routers.items()
            if path.startswith(folder) and HOOKS_FILE.search(path)
        }

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
        return self._only_router(module) or self._spelled_out(path, symbol) or (where, name)

    def _spelled_out(self, path: str, symbol: str) -> Node | None:
        """A router that is named with its module and without an import: ``"shop.api.router"``."""
        module, _, name = symbol.rpartition(".")
        found = self.index.module(path, module) if module else None
        return (found, name) if found is not None and (found, name) in self.routers else None

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
        hook = self.frameworks[router.framework].settle if router and router.framework in self.frameworks else None
        if router and hook:
            own, inherited = hook(self.index, node[0], router, own)
            guards += inherited
        if not edges and is_optional(node[1]):
            return
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
        if framework and framework.one_root and framework.roots:
            roots = framework.roots(self.index, path, roots)
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
                if not expansion.method:
                    continue
                handler = self._handler(path, route, expansion)
                inner = self._guarding(path, route.guards) + expansion.guards
                guards = inner if any(OPENED.search(guard) for guard in inner) else base.guards + inner
                full = self._filled(route, full_path(base.prefix, own, expansion.suffix))
                yield Endpoint(
                    method=expansion.method,
                    path=full,
                    file=path,
                    line=route.line,
                    framework=route.framework,
                    kind=_kind(route, expansion, self._renders(route, handler)),
                    handler=handler,
                    authenticated=self._by_rule(path, route, expansion, full) or self._authenticated(guards, handler),
                )

    def _by_rule(self, path: str, route: Route, expansion: Expansion, full: str) -> bool:
        """Whether a rule of the route's framework guards a path, as served or without the application's prefix."""
        root = self._root_of(path, route.framework)
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
        for name in (f"{route.handler}.{expansion.symbol}" if expansion.symbol else "", route.handler):
            found = self.index.function(path, name) if name else None
            if found:
                own = self._overload(path, route, found[1].qualname) if found[0] == path else None
                return Place(path=found[0], line=(own or found[1]).line, end_line=(own or found[1]).end_line)
        known_class = self.index.classes(path, route.handler) if route.handler else None
        if known_class:
            return Place(path=known_class[0], line=known_class[1].line, end_line=known_class[1].end_line)
        return None if route.handler else Place(path=path, line=route.line, end_line=route.end_line)

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


def _is_child(inside: str) -> bool:
    """Whether a path within a folder is one of its files, or stands for one of its folders."""
    return "/" not in inside or (inside.count("/") == 1 and posixpath.basename(inside).startswith("index."))


def _file_name(inside: str) -> str:
    """What a loop over a folder calls a file: ``users`` of ``users.routes.js`` and of ``users/index.js``."""
    return inside.partition("/")[0].partition(".")[0]


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
