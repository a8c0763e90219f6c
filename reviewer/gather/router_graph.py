"""Routers and what they are mounted on, over all files: where each is served, and behind which guards."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.gather.filled import Given, filled, handed
from reviewer.gather.given import ALIAS, MADE, TOLD, is_given, is_optional, is_told, likely_nodes, offered, told_nodes
from reviewer.gather.held import held_by_objects
from reviewer.gather.index import Index
from reviewer.gather.keyed import unrolled
from reviewer.gather.left_over import left_over
from reviewer.gather.reader import Framework
from reviewer.gather.route_paths import OPEN_WORDS, file_name, full_path, is_child, is_guard, joined, loaded_folder
from reviewer.gather.scopes.scope import shared_folders
from reviewer.gather.unread import is_unread
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import FILE, Ref, Value

Node = tuple[str, str]
"""A router: the path of its file and its symbol there."""

PREFIXES_MOST = 40
"""Places that one router may be mounted at before the rest is left out."""
DEEP = "/**"
"""How a folder ends whose files count at every depth, none below a path of its own."""
OWN_PREFIX = "autoPrefix"
"""The constant by which a file that is loaded with its whole folder says its prefix (Fastify)."""
GUARDING = "guard"
"""What is added to the name of a middleware that is seen to keep strangers out."""
HOOKS_FILE = re.compile(r"(?:^|[/.])auto-?hooks\.[cm]?[jt]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edge:
    """One mount: on which router, below which prefix, written in which file."""

    parent: Node
    prefix: Value
    path: str
    guards: tuple[str, ...]
    given: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """One place that a router is served at."""

    prefix: str
    guards: tuple[str, ...] = ()
    given: Given = field(default_factory=dict)
    unsure: bool = False
    """Whether a part of the prefix could not be read."""


@dataclass(slots=True)
class RouterGraph:
    """Every router of the files of ``index`` and the places that each is served at."""

    index: Index
    frameworks: Mapping[str, Framework]
    routers: dict[Node, Router] = field(default_factory=dict)
    parents: dict[Node, list[Edge]] = field(default_factory=dict)
    roots: dict[str, list[tuple[str, Router]]] = field(default_factory=dict)
    bases: dict[Node, list[Base]] = field(default_factory=dict)
    _by_last: dict[str, list[Node]] = field(default_factory=dict)
    """Routers by the last part of their symbol: those in an extension method go by its name."""
    _left_over: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        for path, facts in sorted(self.index.files.items()):
            for router in facts.routing.routers if facts.routing else ():
                self.routers.setdefault((path, router.symbol), router)
                self._by_last.setdefault(router.symbol.rpartition(".")[2], []).append((path, router.symbol))
                if router.root:
                    self.roots.setdefault(router.framework, []).append((path, router))
        for path, facts in sorted(self.index.files.items()):
            for mount in facts.routing.mounts if facts.routing else ():
                for one, where in unrolled(self.index, path, mount):
                    self._add(path, one, where)
        for path, mount, child in held_by_objects(self.index, self.routers, self.parents, self._by_last):
            edge = Edge(
                self.node(path, mount.parent), mount.prefix, path, self.guarding(path, mount.guards), mount.given
            )
            self.parents.setdefault(child, []).append(edge)
        self._left_over = left_over(self.index, self.frameworks, self.routers, self.parents)

    def _add(self, path: str, mount: Mount, where: str) -> None:
        parent = self.node(path, mount.parent)
        if mount.folder:
            self._add_folder(path, mount, parent)
            return
        if not mount.framework and parent not in self.routers and parent not in self.parents:
            return
        for child in self._children(where, mount):
            if child != parent:
                edge = Edge(parent, mount.prefix, path, self.guarding(path, mount.guards), mount.given)
                self.parents.setdefault(child, []).append(edge)

    def _children(self, path: str, mount: Mount) -> list[Node]:
        """The routers that a mount names: one, those that go by a method's name wherever they are, or every class."""
        if not mount.child.startswith(("*.", "**.")):
            node = self.node(path, mount.child)
            lost = node not in self.routers
            if lost and is_given(mount.child):
                return likely_nodes(mount.child, self._by_last, node[0]) or [node]
            if lost and is_told(mount.child) and self.index.function(path, mount.child.removesuffix(TOLD)) is None:
                return told_nodes(mount.child, self._by_last) or [node]
            return [node]
        stars, _, name = mount.child.partition(".")
        named = self._by_last.get(name, []) if name else [node for node in self.routers if node[1][:1].isupper()]
        found = [node for node in named if is_optional(name) or self.routers[node].framework == mount.framework]
        if stars == "*":
            closest = max((shared_folders(path, place) for place, _ in found), default=0)
            found = [node for node in found if shared_folders(path, node[0]) == closest]
        return found

    def _add_folder(self, path: str, mount: Mount, parent: Node) -> None:
        """What the files of a folder export, each below its own path there; a file may say its own prefix."""
        deep = mount.by_path or mount.folder.endswith(DEEP)
        folder = loaded_folder(path, mount.folder.removesuffix(DEEP), self.index.files)
        hooks = self._hooks(folder) if mount.by_path else {}
        for other in sorted(self.index.files):
            inside = other[len(folder) :]
            if other == path or not other.startswith(folder) or not (deep or is_child(inside)):
                continue
            if mount.folder.endswith(DEEP) and not self._has_default(other):
                continue
            exported = self.node(other, "default")
            child = exported if exported in self.routers else self._only_router(other)
            if child is None or child == parent:
                continue
            own = self.index.text(other, (Ref(name=OWN_PREFIX),))
            inner = own or (inside.rpartition("/")[0] if mount.by_path else "")
            above = tuple(guard for at, guards in hooks.items() if other.startswith(at) for guard in guards)
            named = tuple(file_name(inside) if part == Ref(name=FILE) else part for part in mount.prefix)
            edge = Edge(parent, (*named, "/", inner), path, self.guarding(path, mount.guards) + above)
            self.parents.setdefault(child, []).append(edge)

    def _has_default(self, path: str) -> bool:
        """Whether a file gives something as a whole, so that one that loads it by its path has a use for it."""
        return any(item.name == "default" for item in self.index.files[path].exports)

    def _hooks(self, folder: str) -> dict[str, tuple[str, ...]]:
        """By folder, what stands before all routes in and below it, where a file there says so (Fastify)."""
        return {
            f"{posixpath.dirname(path)}/": router.guards
            for (path, _), router in self.routers.items()
            if path.startswith(folder) and HOOKS_FILE.search(path)
        }

    def guarding(self, path: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Middlewares without those that turn out to be routers of other files (``app.use(require("./auth"))``)."""
        kept = (name for name in names if not (is_guard(name) and self.node(path, name) in self.routers))
        return tuple(f"{name} ({GUARDING})" if self._keeps_out(path, name) else name for name in kept)

    def _keeps_out(self, path: str, name: str) -> bool:
        """Whether a middleware that is not called like a guard is one by what its function does."""
        known = is_guard(name) or OPEN_WORDS.search(name)
        found = None if known else self.index.function(path, name.removesuffix("()"))
        signs = self.index.files[found[0]].signs if found else ()
        return found is not None and any(
            sign.kind in (SignKind.AUTH_GUARD, SignKind.TOKEN_VERIFIED)
            and found[1].line <= sign.line <= found[1].end_line
            for sign in signs
        )

    def node(self, path: str, symbol: str) -> Node:
        """The router that a name of a file means: itself, an imported one, or the only one of an imported module."""
        if (path, symbol) in self.routers:
            return path, symbol
        where, name = self.index.resolve(path, symbol)
        if (where, name) in self.routers:
            return where, name
        if (given := offered(self.index, self.routers, path, symbol)) is not None:
            return given
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

    def framework_of(self, node: Node, trail: frozenset[Node] = frozenset()) -> str:
        """The framework of a router that was made elsewhere than where it is used; ``""`` for what is no router.

        A list of routes has that of the router it is handed to, else that of the application nearest by folders.
        """
        if node in trail:
            return ""
        if node in self.routers and self.routers[node].framework:
            return self.routers[node].framework
        above = (self.framework_of(edge.parent, trail | {node}) for edge in self.parents.get(node, ()))
        found = next((name for name in above if name), "")
        return found or (self._nearest(node[0]) if node in self.routers and not trail else "")

    def _nearest(self, path: str) -> str:
        known = [
            (shared_folders(path, other), name) for name, roots in self.roots.items() for other, _ in roots if name
        ]
        return max(known, default=(0, ""))[1]

    def bases_of(self, node: Node, trail: frozenset[Node] = frozenset()) -> list[Base]:
        """Every place that a router is served at. Mount cycles are cut where they close."""
        if node in self.bases:
            return self.bases[node]
        if node in trail:
            return []
        found = list(self._bases(node, trail | {node}))[:PREFIXES_MOST]
        if not trail:
            self.bases[node] = found
        return found

    def _bases(self, node: Node, trail: frozenset[Node]) -> Iterator[Base]:
        router = self.routers.get(node)
        own = self.index.text(node[0], router.prefix) if router else ""
        lost = router is not None and is_unread(self.index, node[0], router.prefix)
        edges = [edge for edge in self.parents.get(node, []) if not self._is_idle(edge.parent)]
        guards = self._guards(router)
        hook = self.frameworks[router.framework].settle if router and router.framework in self.frameworks else None
        if router and hook:
            own, inherited = hook(self.index, node[0], router, own)
            guards += inherited
        if not edges and (is_optional(node[1]) or node in self._left_over):
            return
        if not edges:
            lost = lost or self._root_lost(node, router)
            yield Base(joined(self._root_prefix(node, router), own), guards, unsure=lost)
            return
        framework = self.frameworks.get(router.framework) if router else None
        for edge in edges:
            for base in self.bases_of(edge.parent, trail):
                written = filled(edge.prefix, edge.path, base.given)
                prefix = self.index.text(edge.path, written)
                inner = prefix if framework and framework.mount_overrides and prefix else joined(prefix, own)
                given = handed(self.index, edge.path, edge.given, base.given, node)
                unread = lost or base.unsure or is_unread(self.index, edge.path, written)
                yield Base(joined(base.prefix, inner), base.guards + edge.guards + guards, given, unread)

    def _is_idle(self, node: Node) -> bool:
        """Whether a table that is no router of any framework is taken by no application."""
        router = self.routers.get(node)
        loose = is_optional(node[1]) and router is not None and not router.framework
        return (loose or node[1].endswith((ALIAS, MADE))) and node not in self.parents

    def _guards(self, router: Router | None) -> tuple[str, ...]:
        """The guards of a router; of the whole application where the framework finds its controllers by scanning."""
        if router is None:
            return ()
        framework = self.frameworks.get(router.framework)
        if not (framework and framework.one_root):
            return router.guards
        every = (guard for item in self.routers.values() if item.framework == router.framework for guard in item.guards)
        return tuple(dict.fromkeys(every))

    def root_of(self, path: str, name: str) -> tuple[str, Router] | None:
        """The application that finds its controllers by scanning, nearest by folders; None for other frameworks."""
        framework = self.frameworks.get(name)
        roots = self.roots.get(name, [])
        if framework and framework.one_root and framework.roots:
            roots = framework.roots(self.index, path, roots)
        if not (framework and framework.one_root and roots):
            return None
        return max(roots, key=lambda item: (shared_folders(item[0], path), item[0]))

    def _root_prefix(self, node: Node, router: Router | None) -> str:
        """The application's prefix, for controllers that it finds by scanning."""
        root = self.root_of(node[0], router.framework) if router and not router.root else None
        return self.index.text(root[0], root[1].prefix) if root else ""

    def _root_lost(self, node: Node, router: Router | None) -> bool:
        root = self.root_of(node[0], router.framework) if router and not router.root else None
        return root is not None and is_unread(self.index, root[0], root[1].prefix)

    def without_root(self, base: Base, path: str, route: Route, own: str) -> Base:
        """A route that the application's prefix does not stand before loses it."""
        root = self.root_of(path, route.framework)
        if root is None or not root[1].exclude:
            return base
        prefix = full_path(self.index.text(root[0], root[1].prefix))
        inner = full_path(base.prefix).removeprefix(prefix)
        excluded = {full_path(item) for item in root[1].exclude}
        return Base(inner, base.guards, base.given, base.unsure) if full_path(inner, own) in excluded else base
