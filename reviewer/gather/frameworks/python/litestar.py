"""Litestar: handlers by decorators, controllers, and the routers and application that list them."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.gather.frameworks.python._declaring import TYPE_LAST, Declaring, Span
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS, argument, methods_of, written
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Module, Name, Other, dotted, value_of
from reviewer.model.facts.values import Value

NAME = "Litestar"
MODULES = ("litestar", "starlite")
APPLICATIONS = frozenset({"Litestar", "Starlite"})
ROUTER, CONTROLLER = "Router", "Controller"
DEPTH = 5


def read(module: Module, kept: Kept) -> None:
    """Handlers, controllers, routers and what lists them. A handler alone is a router of its own."""
    if not module.imported(*MODULES):
        return
    file = Declaring(NAME, Lookup(module), kept)
    for function in module.functions:
        if function.owner == -1:
            _handler(file, function)
    for owner in module.classes:
        if any(dotted(base).endswith(CONTROLLER) for base in owner.bases):
            _controller(file, owner)
    for item in module.assignments:
        call = item.value
        if isinstance(call, Call) and file.lookup.origin(call.name).startswith(MODULES):
            _listing(file, item.target, call)
    listed = {id(item.value) for item in module.assignments}
    for call in module.calls:
        if call.last in APPLICATIONS and id(call) not in listed and file.lookup.origin(call.name).startswith(MODULES):
            _listing(file, f"{call.last}@{call.line}", call)


def _declared(file: Declaring, function: Function) -> tuple[Call, tuple[str, ...]] | None:
    """The decorator that makes a function a handler, with the methods that it answers."""
    for decorator in function.decorators:
        called = decorator if isinstance(decorator, Call) else None
        name = file.lookup.origin(called.name if called else dotted(decorator))
        last = name.rpartition(".")[2]
        if not name.startswith(MODULES) or last not in (*VERBS, "route"):
            continue
        bare = called or Call(decorator, (), {}, decorator.line, decorator.line)
        listed = methods_of(file.lookup, bare.keywords.get("http_method"), function.parent)
        return bare, (VERBS[last],) if last in VERBS else listed or ("ANY",)
    return None


def _handler(file: Declaring, function: Function) -> None:
    found = _declared(file, function)
    if found is not None:
        call, methods = found
        file.router(function.qualname, function.line)
        for path in _paths(argument(call, 0, "path")):
            at = Span(call.line, function.end_line)
            file.route(function.qualname, methods, path, at, function.qualname, guards=_guards(call.keywords))


def _controller(file: Declaring, owner: Class) -> None:
    fields = file.lookup.fields_of(owner)
    file.router(owner.name, owner.line, prefix=_path(fields.get("path")))
    above = _guards(fields)
    for method in file.lookup.methods_of(owner):
        found = _declared(file, method)
        if found is not None:
            call, methods = found
            for path in _paths(argument(call, 0, "path")):
                guards = (*above, *_guards(call.keywords))
                at = Span(call.line, method.end_line)
                file.route(owner.name, methods, path, at, method.qualname, guards=guards)


def _paths(expr: Expr | None) -> list[Value]:
    return [_path(item) for item in expr.values] if isinstance(expr, Items) else [_path(expr)]


def _path(expr: Expr | None) -> Value:
    """``{id:int}`` as ``{id}``."""
    return tuple(TYPE_LAST.sub(r"{\1}", part) if isinstance(part, str) else part for part in value_of(expr))


def _guards(keywords: Mapping[str, Expr | None]) -> tuple[str, ...]:
    given = keywords.get("guards")
    return tuple(f"guard {written(item)}" for item in given.values) if isinstance(given, Items) else ()


def _listing(file: Declaring, symbol: str, call: Call) -> None:
    """``Router(path="/users", route_handlers=[...])`` and the application."""
    if call.last != ROUTER and call.last not in APPLICATIONS:
        return
    root = call.last in APPLICATIONS
    file.router(symbol, call.line, root=root, prefix=_path(call.keywords.get("path")))
    guards = _guards(call.keywords)
    for name in _names(file, argument(call, 0 if root else 1, "route_handlers"), call.function):
        file.mount(symbol, name, call.line, (), guards)


def _names(file: Declaring, expr: Expr | None, function: int, depth: int = 0) -> list[str]:
    """The handlers, controllers and routers of a list, lists by name and several added up included."""
    if depth > DEPTH or expr is None:
        return []
    if isinstance(expr, Name):
        value = file.lookup.value(expr.dotted, function)
        return _names(file, value, function, depth + 1) if isinstance(value, Items) else [expr.dotted]
    parts = expr.values if isinstance(expr, Items) else expr.operands if isinstance(expr, Other) else ()
    return [name for part in parts for name in _names(file, part, function, depth + 1)]


LITESTAR = Framework(name=NAME, languages=("Python",), read=read, packages=("litestar", "starlite"))
