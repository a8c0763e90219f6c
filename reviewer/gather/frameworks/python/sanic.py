"""Sanic: applications, blueprints with versions, groups of them, class-based views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.frameworks.python._class_guards import hooked
from reviewer.gather.frameworks.python._declaring import NAME_FIRST, Declaring, Decorating, read_decorated
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import FRAMEWORKS, offer
from reviewer.gather.frameworks.python._python import argument, methods_of, owner_of
from reviewer.gather.frameworks.python._served import defined_methods
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Items, Module, Number, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Sanic"
SPEC = Decorating(
    framework=NAME,
    modules=("sanic", "sanic_ext", "sanic_openapi", "sanic_restful", "sanic_jwt"),
    applications=frozenset({"Sanic"}),
    routers=frozenset({"Blueprint"}),
    mounts={"blueprint": ("url_prefix", -1, 0), "register_blueprint": ("url_prefix", -1, 0)},
    own=frozenset({"websocket", "summary", "tag", "response", "body", "description", "exclude", "validate", "doc"}),
    parameter=NAME_FIRST,
)


def read(module: Module, kept: Kept) -> None:
    """Routers, routes and mounts of one file."""
    before = len(kept.routes)
    file = read_decorated(module, kept, SPEC)
    if file is None:
        _read_given(module, kept)
        return
    kept.routes[before:] = [_versioned(file, item) for item in kept.routes[before:]]
    for item in module.assignments:
        if isinstance(item.value, Call):
            _made(file, item.target, item.value)
    for call in module.calls:
        tables = file.lookup.tables_of(call) if call.last == "add_route" else []
        for table in tables:
            file.mount(owner_of(call.name)[0], table, call.line)
        if call.last == "add_route" and not tables and len(call.args) + len(call.keywords) > 1:
            _added(file, call)
        elif call.last == "static" and len(call.args) > 1:
            path = (*SPEC.path(call.args[0]), "/{path}")
            file.route(owner_of(call.name)[0], ("GET",), path, call, "", implicit=True)
    before_all = hooked(file.lookup, ("on_request", "middleware"))
    blueprints = {item.symbol for item in kept.routers if item.framework == NAME and not item.root}
    for number in range(before, len(kept.routes)):
        route = kept.routes[number]
        if route.router in blueprints and route.router in before_all:
            kept.routes[number] = replace(route, guards=(*before_all[route.router], *route.guards))
    offer(file.lookup, NAME, kept)


def _read_given(module: Module, kept: Kept) -> None:
    """``def register(app): app.add_route(handler, "/path")`` in a file that imports no framework."""
    if not any(call.last == "add_route" for call in module.calls) or module.imported(*FRAMEWORKS):
        return
    file = Declaring(NAME, Lookup(module), kept, follows_given=True)
    for call in module.calls:
        path = argument(call, 1, "uri")
        named = isinstance(argument(call, 0, "handler"), Text)
        if call.last == "add_route" and not named and (plain(path) or "").startswith("/"):
            head = owner_of(call.name)[0]
            if file.symbol(head, call) != head:
                _added(file, call)


def _version(expr: Expr | None) -> Value:
    """``/v1`` of ``version=1``."""
    if expr is None or (isinstance(expr, Number) and not expr.text[:1].isdigit()):
        return ()
    if isinstance(expr, Number | Text):
        return ("/v", expr.text if isinstance(expr, Number) else (plain(expr) or "").removeprefix("v"))
    return ("/", *value_of(expr))


def _versioned(file: Declaring, route: Route) -> Route:
    """A route whose own decorator names a version."""
    for function in file.lookup.module.functions:
        for decorator in function.decorators if function.qualname == route.handler else ():
            if isinstance(decorator, Call) and decorator.line == route.line and "version" in decorator.keywords:
                return replace(route, path=(*_version(decorator.keywords["version"]), *route.path))
    return route


def _made(file: Declaring, target: str, call: Call) -> None:
    """``Blueprint("x", version=1)`` and ``Blueprint.group(a, b, url_prefix="/api")``."""
    version = _version(call.keywords.get("version"))
    if call.last == "Blueprint" and version:
        for number, item in enumerate(file.kept.routers):
            if item.symbol == target and item.framework == NAME:
                file.kept.routers[number] = replace(item, prefix=(*version, *item.prefix))
    elif call.last == "group" and file.lookup.origin(owner_of(call.name)[0]).endswith("Blueprint"):
        prefix = (*version, *value_of(call.keywords.get("url_prefix")))
        file.router(target, call.line, prefix=prefix)
        for arg in call.args:
            for child in arg.values if isinstance(arg, Items) else (arg,):
                file.mount(target, dotted(child), call.line)


def _added(file: Declaring, call: Call) -> None:
    """``app.add_route(handler, "/path", methods=[...])``, ``app.add_route(View.as_view(), "/path")``."""
    handler, path = argument(call, 0, "handler"), argument(call, 1, "uri")
    declared = methods_of(file.lookup, argument(call, 2, "methods"), call.function)
    head = owner_of(call.name)[0]
    full = (*_version(call.keywords.get("version")), *SPEC.path(path))
    if isinstance(handler, Call) and handler.last == "as_view":
        file.route(head, declared or (), full, call, owner_of(handler.name)[0])
    elif name := dotted(handler):
        file.route(head, declared or ("GET",), full, call, name)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a class-based view defines."""
    known = {name for _, item in index.mro(path, route.handler) for name in item.methods}
    return [Expansion(method=method, symbol=name) for method, name in defined_methods(known)]


SANIC = Framework(name=NAME, languages=("Python",), read=read, packages=("sanic",), expand=expand, mount_overrides=True)
