"""Declares routers, routes and mounts of one framework, and reads those that declare them as Flask does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import (
    VERBS,
    applied,
    argument,
    decorations,
    guards_of,
    methods_of,
    owner_of,
    written,
)
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Items, Module, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router, View
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

SMALL = 2
"""Statements of a method that does little but raise."""
NAME_FIRST = re.compile(r"<(?:(\w+))(?::[^<>]*)?>")
"""``<id:int>`` of Sanic and Bottle, which write the type last."""
TYPE_FIRST = re.compile(r"\{(?:\w+:)?(\w+)\}")
"""``{int:id}`` of Django Ninja."""
TYPE_LAST = re.compile(r"\{(\w+):[^{}]*\}")
"""``{id:int}`` of Litestar."""


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

    def router(self, symbol: str, line: int, root: bool = False, prefix: Value = ()) -> None:
        """An application, or a router with its own prefix."""
        router = Router(symbol=symbol, framework=self.framework, line=line, root=root, prefix=prefix)
        if not any(item.symbol == symbol and item.framework == self.framework for item in self.kept.routers):
            self.kept.routers.append(router)

    def mount(self, parent: str, child: str, line: int, prefix: Value = (), guards: tuple[str, ...] = ()) -> None:
        """A router below another."""
        if child and parent != child:
            self.kept.mounts.append(
                Mount(parent=parent, child=child, framework=self.framework, line=line, prefix=prefix, guards=guards)
            )

    def route(
        self, router: str, methods: tuple[str, ...], path: Value, at: Lines, handler: str, **facts: object
    ) -> None:
        """A route; ``facts`` are the further fields of `Route`, ``guards`` those beside the router's."""
        guards = (*self.guards.get(router, ()), *facts.pop("guards", ()))  # type: ignore[misc]
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
    file = Declaring(spec.framework, Lookup(module), kept)
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
    for call in module.calls:
        head, last = owner_of(call.name)
        if head and last in spec.mounts:
            _mounted(file, spec, call, head)
    return file


def _router(file: Declaring, spec: Decorating, item: Assignment) -> None:
    call = item.value
    if not isinstance(call, Call) or (item.owner != -1 and item.function == -1):
        return
    origin = file.lookup.origin(call.name)
    if not (origin.startswith(spec.modules) or origin == call.last):
        return
    if call.last in spec.applications:
        file.router(item.target, item.line, root=True)
    elif call.last in spec.routers:
        prefix = next((call.keywords[key] for key in spec.prefixes if key in call.keywords), None)
        file.router(item.target, item.line, prefix=() if written(prefix) == "None" else spec.path(prefix))


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
    child = call.args[child_at] if child_at < len(call.args) else None
    prefix = call.keywords.get(key) if key in call.keywords else _at(call, position)
    names = [plain(child) or ""] if isinstance(child, Text) else file.lookup.names(child, call.function)
    for name in names:
        file.mount(head, name, call.line, spec.path(prefix) if prefix is not None else ())


def _at(call: Call, position: int) -> Expr | None:
    return call.args[position] if 0 <= position < len(call.args) else None


def is_path(path: Expr) -> bool:
    """Whether it begins like a path; ``@patch("module.name")`` does not."""
    if not isinstance(path, Text):
        return bool(dotted(path)) or path.line > 0
    first = path.parts[0] if path.parts else ""
    return not isinstance(first, str) or first == "" or first.startswith(("/", "<", "{", "^"))


REFUSED = "refused"
"""What a view stands for that only raises: a base class answers so for what its subclasses do not serve."""
RAISE = re.compile(r"(?:\s*+|\s*+(?:async\s++)?def\b.{0,300}:\s*)raise\b")


def refusing(lookup: Lookup, pattern: re.Pattern[str]) -> Iterator[View]:
    """Methods of classes, by their names, that do nothing but raise."""
    lines = lookup.module.text.split("\n")
    for function in lookup.module.functions:
        if function.owner == -1 or function.parent != -1 or not pattern.match(function.name):
            continue
        last = next((line for line in reversed(lines[function.line - 1 : function.end_line]) if line.strip()), "")
        if function.statements <= SMALL and RAISE.match(last) and not lookup.returns.get(function.index):
            yield View(symbol=function.qualname, line=function.line, stands_for=REFUSED)


def served_names(index: Index, path: str, handler: str) -> set[str]:
    """The methods that a class defines or inherits, without those that only raise where they are defined."""
    names: dict[str, bool] = {}
    for where, item in index.mro(path, handler):
        routing = index.files[where].routing
        refused = {view.symbol for view in (routing.views if routing else ()) if view.stands_for == REFUSED}
        for name in item.methods:
            names.setdefault(name, f"{item.name}.{name}" not in refused)
    return {name for name, serves in names.items() if serves}


def defined_methods(names: set[str], pattern: str = "{}") -> Iterator[tuple[str, str]]:
    """The methods of HTTP that a class answers, with the names by which it defines them (``on_get``)."""
    for verb, method in VERBS.items():
        name = pattern.format(verb)
        if method not in ("HEAD", "OPTIONS") and name in names:
            yield method, name
