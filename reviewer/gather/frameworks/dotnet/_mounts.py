"""Routers that are handed to methods, and what methods give back of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import root
from reviewer.gather.frameworks.dotnet._builders import (
    BUILDER,
    NOT_MOUNTING,
    PRIMARY,
    Builders,
    guards_after,
    mount,
)
from reviewer.gather.frameworks.dotnet._given import GIVES, GUARDED, SOMEWHERE, TYPE_PARAMETER, TYPED, handed, mark
from reviewer.gather.frameworks.dotnet._receivers import full_name, given_router, receiver, router_of
from reviewer.gather.given import TABLE
from reviewer.gather.look import words
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Name, dotted
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Ref, Value

MOUNTING = re.compile(r"(?:Map|Use|Add|Register|Configure|Setup|Build|Endpoints?|Routes?|Group)\w*")
MODULES = {"MapCarter": "AddRoutes"}
"""Calls that find modules by scanning, with the method that each module maps its routes in."""
TYPED_METHODS = words("Map MapEndpoint MapEndpoints MapRoutes Define")
"""How an endpoint's class calls the method that maps it, where the helper that calls it stands in another file."""


def read_mount(file: Builders, call: Call) -> None:
    """A router that is handed to a method: ``app.MapOrders()``, ``Orders.Map(app)``, ``endpoint.Map(app)``."""
    if call.last in MODULES and (router := receiver(file, call)):
        file.mounts.append(mount(router, f"**.{MODULES[call.last]}", call.line))
        return
    router, given = given_router(file, call)
    if router and call.new:
        file.mounts.append(mount(router, f"{call.last}.{PRIMARY}", call.line))
    elif router:
        _keep(file, call, router, _callee(file, call), given)
    elif not call.new and _is_mounting(call) and (router := receiver(file, call)):
        _keep(file, call, router, f"*.{call.last}", None)
        file.mounts.extend(_typed(file, call, router))


def _is_mounting(call: Call) -> bool:
    if call.last == "Map" and not call.args:
        return "<>" in call.keywords
    return bool(MOUNTING.fullmatch(call.last)) and not NOT_MOUNTING.fullmatch(call.last)


def _keep(file: Builders, call: Call, router: str, child: str, given: Expr | None) -> None:
    guards = tuple(guards_after(file, call))
    told = handed(file, call, given)
    prefix = mark("with", call.last, told) if told else ()
    file.mounts.append(mount(router, child, call.line, guards, prefix))
    if prefix:
        file.mounts.append(mount(router, child + TABLE, call.line, guards, prefix))


def _callee(file: Builders, call: Call) -> str:
    """The method that a router is handed to, as the linker finds it."""
    if isinstance(call.callee, Attribute):
        start = root(call.callee)
        if isinstance(start, Call) and start.new:
            return f"{start.name}.{call.last}"
        return f"**.{call.last}"
    head, _, method = call.name.rpartition(".")
    if not head or head in ("this", "base"):
        around = next(file.look.around(call.function), None)
        local = file.named.get(method)
        return local.qualname if local is not None and around is not None else f"*.{method}"
    made = file.look.value(Name(head, call.line), call.function)
    if isinstance(made, Call) and made.new:
        return f"{made.name}.{method}"
    return call.name if head[:1].isupper() else f"**.{method}"


def _typed(file: Builders, call: Call, router: str) -> Iterator[Mount]:
    """What ``group.MapEndpoint<Login>()`` maps: the methods of each type that the helper calls on its parameter."""
    types = [name for item in getattr(call.keywords.get("<>"), "values", ()) if (name := dotted(item))]
    own = file.helpers.get(call.last) if types else None
    if not types or (own is None and call.args):
        return
    methods = TYPED_METHODS if own is None else {item.last for item in _on_types(file, own)}
    prefix = mark("typed", full_name(file, call), handed(file, call))
    for name in types:
        for method in sorted(methods):
            yield mount(router, f"{name}.{method}", call.line, tuple(guards_after(file, call)), prefix)


def _on_types(file: Builders, function: Function) -> Iterator[Call]:
    """What a method calls on its type parameters."""
    for call in file.calls.get(function.index, ()):
        if call.args and TYPE_PARAMETER.fullmatch(call.name.rpartition(".")[0]):
            yield call


def keep_given(file: Builders) -> None:
    """Keeps the prefixes and guards of the groups that the methods of a file give back, or map types on."""
    if not any(call.last.endswith("Group") for call in file.module.calls):
        return
    for function in file.module.functions:
        if function.name == "<lambda>" or not any(BUILDER.fullmatch(item.type) for item in function.parameters[:2]):
            continue
        for call in _on_types(file, function):
            _keep_above(file, function, TYPED, given_router(file, call)[0])
    for item in file.module.returns:
        around = file.look.qualname(item.function).rpartition(".")[2]
        if around not in ("", "<lambda>") and not NOT_MOUNTING.fullmatch(around):
            router = router_of(file, item.value, item.function)
            _keep_above(file, file.module.functions[item.function], GIVES, router)


def _keep_above(file: Builders, function: Function, name: str, router: str) -> None:
    """Keeps what stands between the router that a method is given and a group in it."""
    prefix: Value = ()
    guards: list[str] = []
    line = function.line
    while router in file.groups:
        group = file.groups[router]
        prefix = (*group.prefix, "/", *prefix) if prefix else group.prefix
        guards = [*group.guards, *guards]
        router, line = group.parent, group.line
    if not prefix or router != file.symbols.get(function.qualname):
        return
    owner = file.module.classes[function.owner].name if function.owner != -1 else SOMEWHERE
    file.kept.constants.append(Constant(name=f"{owner}.{name}{function.name}", value=prefix, line=line))
    if name == GIVES:
        value: tuple[str | Ref, ...] = (",".join(guards),)
        file.kept.constants.append(Constant(name=f"{owner}.{GUARDED}{function.name}", value=value, line=line))
