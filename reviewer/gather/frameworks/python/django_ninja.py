"""Django Ninja: operations on the API and on routers, and the controllers of Ninja Extra."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.frameworks.python._declaring import TYPE_FIRST, Declaring, Decorating, Span, read_decorated
from reviewer.gather.frameworks.python._python import VERBS, argument, methods_of, owner_of, written
from reviewer.gather.reader import Framework, Kept, Node
from reviewer.gather.syntax import Call, Class, Expr, Items, Module, dotted, value_of

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Django Ninja"
SPEC = Decorating(
    framework=NAME,
    modules=("ninja", "ninja_extra"),
    applications=frozenset({"NinjaAPI", "NinjaExtraAPI"}),
    routers=frozenset({"Router"}),
    mounts={"add_router": ("prefix", 0, 1)},
    verbs={**{verb: (method,) for verb, method in VERBS.items()}, "api_operation": ()},
    parameter=TYPE_FIRST,
    own=frozenset({"paginate", "exception_handler", "decorate_view"}),
)
CONTROLLER = "api_controller"
HTTP = "http_"
OPERATION = "add_api_operation"
DISCOVER, EVERY_CLASS = "auto_discover_controllers", "**."


def read(module: Module, kept: Kept) -> None:
    """APIs, routers, controllers and their operations."""
    before = len(kept.routes)
    file = read_decorated(module, kept, SPEC)
    if file is None:
        return
    _guard_routers(file)
    _guard_operations(file, before)
    for owner in module.classes:
        for decorator in owner.decorators:
            if isinstance(decorator, Call) and decorator.last == CONTROLLER:
                _controller(file, owner, decorator)
    for call in module.calls:
        if call.last == "register_controllers":
            for child in call.args:
                file.mount(owner_of(call.name)[0], dotted(child), call.line)
        elif call.last == DISCOVER:
            file.mount(owner_of(call.name)[0], EVERY_CLASS, call.line)
        elif call.last == OPERATION:
            _operation(file, call)


def _guard(expr: Expr | None) -> tuple[str, ...]:
    """``auth=JWTAuth()``; ``auth=None`` opens what is guarded above."""
    if expr is None:
        return ()
    if written(expr) in ("None", "NOT_SET"):
        return ("allow_any",)
    values = expr.values if isinstance(expr, Items) else (expr,)
    return tuple(f"auth {written(value)}" for value in values)


def _guard_routers(file: Declaring) -> None:
    """Routers and APIs made with ``auth=`` guard every operation on them and below."""
    given = {
        item.target: _guard(item.value.keywords.get("auth"))
        for item in file.lookup.module.assignments
        if isinstance(item.value, Call) and item.value.last in SPEC.applications | SPEC.routers
    }
    for number, router in enumerate(file.kept.routers):
        if router.framework == NAME and given.get(router.symbol):
            file.kept.routers[number] = replace(router, guards=given[router.symbol])


def _guard_operations(file: Declaring, before: int) -> None:
    given = {
        (decorator.line, function.qualname): _guard(decorator.keywords.get("auth"))
        for function in file.lookup.module.functions
        for decorator in function.decorators
        if isinstance(decorator, Call)
    }
    for number in range(before, len(file.kept.routes)):
        item = file.kept.routes[number]
        guards = (*given.get((item.line, item.handler), ()), *item.guards)
        file.kept.routes[number] = replace(item, guards=guards, page=False)


def _operation(file: Declaring, call: Call) -> None:
    """``router.add_api_operation("/users", ["GET"], view)``."""
    path, view = argument(call, 0, "path"), argument(call, 2, "view_func")
    methods = methods_of(file.lookup, argument(call, 1, "methods"), call.function)
    head = owner_of(call.name)[0]
    if path is not None and head:
        guards = _guard(call.keywords.get("auth"))
        file.route(head, methods or ("ANY",), SPEC.path(path), call, dotted(view), guards=guards)


def _controller(file: Declaring, owner: Class, decorator: Call) -> None:
    prefix = value_of(argument(decorator, 0, "prefix_or_class", "prefix"))
    file.router(owner.name, owner.line, prefix=prefix)
    guards = _guard(decorator.keywords.get("auth")) + tuple(
        f"permission {written(item)}" for item in _items(decorator.keywords.get("permissions"))
    )
    for method in file.lookup.methods_of(owner):
        for item in method.decorators:
            name = item.last if isinstance(item, Call) else ""
            verb = name.removeprefix(HTTP)
            if not isinstance(item, Call) or not (name.startswith(HTTP) or name in VERBS or name == "route"):
                continue
            methods = (VERBS[verb],) if verb in VERBS else methods_of(file.lookup, item.keywords.get("methods"))
            inner = _guard(item.keywords.get("auth"))
            path = value_of(argument(item, 0, "path"))
            at = Span(item.line, method.end_line)
            file.route(owner.name, methods or ("ANY",), path, at, method.qualname, guards=guards + inner)


def _items(expr: Expr | None) -> tuple[Expr, ...]:
    return expr.values if isinstance(expr, Items) else ()


def unregistered(_index: Index, routers: Collection[Node], mounted: Container[Node]) -> set[Node]:
    """The controllers that no API is given, in a project that gives it others by name."""
    controllers = [node for node in routers if node[1][:1].isupper()]
    alone = {node for node in controllers if node not in mounted}
    return alone if len(alone) < len(controllers) else set()


DJANGO_NINJA = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("django-ninja", "django-ninja-extra"),
    unnamed=unregistered,
)
