"""Declares routers, routes and mounts of one framework, and reads those that declare them as Flask does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import FRAMEWORKS, children, field_of
from reviewer.gather.frameworks.python._python import (
    VERBS,
    applied,
    argument,
    decorations,
    guards_of,
    handed,
    methods_of,
    owner_of,
    written,
)
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Items, Module, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    pass

NAME_FIRST = re.compile(r"<(?:(\w+))(?::[^<>]*)?>")
"""``<id:int>`` of Sanic and Bottle, which write the type last."""
TYPE_FIRST = re.compile(r"\{(?:\w+:)?(\w+)\}")
"""``{int:id}`` of Django Ninja."""
TYPE_LAST = re.compile(r"\{(\w+):[^{}]*\}")
"""``{id:int}`` of Litestar."""


CHILDREN = ("router", "blueprint", "child", "other", "app")
"""Keywords that a router is handed over by."""
OWN_CALLS = frozenset({"add_route", "include_router", "run", "static"})
NO_ROUTERS = ("unittest.", "mock", "pytest", "functools", "click")


class Lines(Protocol):
    """Anything that stands on lines."""

    @property
    def line(self) -> int: ...

    @property
    def end_line(self) -> int: ...


@dataclass(slots=True)
class Declaring:
    """What one file declares of one framework."""

    framework: str
    lookup: Lookup
    kept: Kept
    guards: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By router, what stands before all of its routes."""
    follows_given: bool = False
    """Whether what a function adds to its parameter belongs to that function."""

    def router(self, symbol: str, line: int, root: bool = False, prefix: Value = (), again: bool = False) -> None:
        """An application, or a router with its own prefix; ``again`` where another function has one of that name."""
        router = Router(symbol=symbol, framework=self.framework, line=line, root=root, prefix=prefix)
        known = (item for item in self.kept.routers if item.symbol == symbol and item.framework == self.framework)
        if not any(item.line == line or not again for item in known):
            self.kept.routers.append(router)

    def mount(self, parent: str, child: str, line: int, prefix: Value = (), guards: tuple[str, ...] = ()) -> None:
        """A router below another."""
        if child and parent != child:
            self.kept.mounts.append(
                Mount(parent=parent, child=child, framework=self.framework, line=line, prefix=prefix, guards=guards)
            )

    def symbol(self, head: str, at: Lines) -> str:
        """What a route or mount belongs to: a variable, or the function that is given it as a parameter."""
        follows = self.follows_given and head.partition(".")[0] not in ("self", "cls")
        given = self.lookup.given_to(head, at.function) if isinstance(at, Call) and follows else None
        if given:
            self.router(given, at.line)
        return given or head

    def route(
        self, router: str, methods: tuple[str, ...], path: Value, at: Lines, handler: str, **facts: object
    ) -> None:
        """A route; ``facts`` are the further fields of `Route`, ``guards`` those beside the router's."""
        guards = (*self.guards.get(router, ()), *facts.pop("guards", ()))  # type: ignore[misc]
        router = self.symbol(router, at)
        function = self.lookup.function_at(handler, at.end_line)
        if isinstance(at, Call) and self.lookup.is_given(path, at.function):
            facts["implicit"] = True
        page = function is not None and self.lookup.renders(function)
        self.kept.routes.append(
            Route(
                router=router,
                framework=self.framework,
                methods=methods,
                path=path,
                line=at.line,
                end_line=at.end_line,
                handler=handler,
                page=bool(facts.pop("page", False)) or page,
                guards=tuple(dict.fromkeys(guards)),
                **facts,  # type: ignore[arg-type]
            )
        )


@dataclass(frozen=True, slots=True)
class Decorating:
    """How a framework that declares routes by decorators calls its parts.

    Args:
        framework: its name.
        modules: whose import tells.
        applications: last names of what makes an application.
        routers: of what makes a router.
        prefixes: keywords of a router that hold its prefix.
        mounts: calls that put a router below another, with the keyword and the position of its prefix there (-1 for
            none), and the position of the router.
        verbs: last names of decorators with the methods that they declare, ``()`` for those that name them.
        default: the method of a route that names none.
        own: decorators of the framework that guard nothing.
        parameter: how parameters are written, their name in the first group, where it is not Flask's way.
    """

    framework: str
    modules: tuple[str, ...]
    applications: frozenset[str]
    routers: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ("url_prefix", "prefix")
    mounts: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    verbs: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"route": (), **{verb: (method,) for verb, method in VERBS.items()}}
    )
    default: str = "GET"
    own: frozenset[str] = frozenset()
    parameter: re.Pattern[str] | None = None

    def path(self, expr: Expr | None) -> Value:
        """A path with its parameters as ``{name}``."""
        value = value_of(expr)
        pattern = self.parameter
        if pattern is None:
            return value
        return tuple(pattern.sub(r"{\1}", part) if isinstance(part, str) else part for part in value)


def read_decorated(module: Module, kept: Kept, spec: Decorating) -> Declaring | None:
    """Routers, decorated routes and mounts of one file; None where the framework is not imported."""
    if not module.imported(*spec.modules):
        return None
    file = Declaring(spec.framework, Lookup(module), kept, follows_given=True)
    for assignment in module.assignments:
        _router(file, spec, assignment)
    for decorator, target in decorations(module):
        head, last = owner_of(decorator.name)
        if head and last in spec.verbs and _may_declare(file, spec, head):
            _decorated(file, spec, decorator, target)
    for decorator, view, guards in applied(module):
        head, last = owner_of(decorator.name)
        if head and last in spec.verbs and _may_declare(file, spec, head):
            _applied(file, spec, decorator, view, guards)
    _read_calls(file, spec)
    return file


def _read_calls(file: Declaring, spec: Decorating) -> None:
    """Mounts, and functions that are given an application to add to it."""
    symbols = [item.symbol for item in file.kept.routers if item.framework == spec.framework]
    for call in file.lookup.module.calls:
        head, last = owner_of(call.name)
        if head and last in spec.mounts:
            _mounted(file, spec, call, head)
        elif last not in (*spec.verbs, *OWN_CALLS) and file.lookup.origin(call.name).split(".")[0] not in FRAMEWORKS:
            for name in handed(file.lookup, call, symbols):
                file.mount(name, call.name, call.line)


def _router(file: Declaring, spec: Decorating, item: Assignment) -> None:
    call = item.value
    if not isinstance(call, Call):
        return
    origin = file.lookup.origin(call.name)
    if not (origin.startswith(spec.modules) or origin == call.last):
        return
    if call.last in spec.applications:
        file.router(field_of(file.lookup, item), item.line, root=True)
    elif call.last in spec.routers:
        prefix = next((call.keywords[key] for key in spec.prefixes if key in call.keywords), None)
        value = () if written(prefix) == "None" else spec.path(prefix)
        file.router(field_of(file.lookup, item), item.line, prefix=value, again=item.function != -1)


def _may_declare(file: Declaring, spec: Decorating, head: str) -> bool:
    """Whether what a decorator belongs to may be an application: nothing of a library, but for the module itself."""
    origin = file.lookup.origin(head)
    return origin in spec.modules or not origin.startswith((*spec.modules, *NO_ROUTERS))


def _applied(file: Declaring, spec: Decorating, decorator: Call, view: Expr, guards: tuple[str, ...]) -> None:
    """``app.get("/path")(view)``."""
    paths, methods = _declared(file, spec, decorator)
    made = isinstance(view, Call)
    handler = owner_of(view.name)[0] if isinstance(view, Call) else dotted(view)
    head = owner_of(decorator.name)[0]
    for path in paths:
        if path is not None and is_path(path):
            file.route(head, () if made else methods, spec.path(path), decorator, handler, guards=guards)


def paths_of(expr: Expr | None) -> tuple[Expr | None, ...]:
    """The paths of a list of them (``["/", "/index"]``), else the one that is given."""
    if isinstance(expr, Items) and expr.values and all((plain(item) or "").startswith("/") for item in expr.values):
        return expr.values
    return (expr,)


def _declared(file: Declaring, spec: Decorating, decorator: Call) -> tuple[tuple[Expr | None, ...], tuple[str, ...]]:
    """The paths and the methods that a decorator names."""
    first = paths_of(decorator.args[0]) if decorator.args else ()
    listed = len(first) == 1 and isinstance(first[0], Items)
    path = argument(decorator, 1 if listed else 0, "path", "uri", "rule", "url")
    given = argument(decorator, 0 if listed else 1, "methods", "method")
    declared = methods_of(file.lookup, given, decorator.function)
    return paths_of(path), spec.verbs[decorator.last] or declared or (spec.default,)


def _decorated(file: Declaring, spec: Decorating, decorator: Call, target: Function | Class) -> None:
    head = owner_of(decorator.name)[0]
    paths, methods = _declared(file, spec, decorator)
    made_here = any(item.symbol == head for item in file.kept.routers)
    for path in paths:
        if path is None or made_here or is_path(path):
            file.route(
                head,
                () if isinstance(target, Class) else methods,
                spec.path(path),
                Span(decorator.line, target.end_line),
                target.name if isinstance(target, Class) else target.qualname,
                guards=guards_of(target.decorators, spec.own | frozenset(spec.verbs)),
            )


@dataclass(frozen=True, slots=True)
class Span:
    """Some lines."""

    line: int
    end_line: int


def _mounted(file: Declaring, spec: Decorating, call: Call, head: str) -> None:
    key, position, child_at = spec.mounts[call.last]
    named = next((call.keywords[name] for name in CHILDREN if name in call.keywords), None)
    child = call.args[child_at] if child_at < len(call.args) else named
    prefix = call.keywords.get(key) if key in call.keywords else _at(call, position)
    names = [plain(child) or ""] if isinstance(child, Text) else children(file.lookup, child, call.function)
    for name in names:
        file.mount(file.symbol(head, call), name, call.line, spec.path(prefix) if prefix is not None else ())


def _at(call: Call, position: int) -> Expr | None:
    return call.args[position] if 0 <= position < len(call.args) else None


def is_path(path: Expr) -> bool:
    """Whether it begins like a path; ``@patch("module.name")`` does not."""
    if not isinstance(path, Text):
        return bool(dotted(path)) or path.line > 0
    first = path.parts[0] if path.parts else ""
    return not isinstance(first, str) or first == "" or first.startswith(("/", "<", "{", "^"))
