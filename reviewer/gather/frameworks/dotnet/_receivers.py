"""The router that an expression stands for: an application, a group, or a parameter that routes are mapped on."""

from __future__ import annotations

import re

from reviewer.gather.expressions import names_in
from reviewer.gather.frameworks.dotnet._attributes import ASPNET_CORE
from reviewer.gather.frameworks.dotnet._builders import (
    APPLICATIONS,
    BUILDER,
    CHOICES,
    CLIMB_MOST,
    FLUENT,
    NOT_MOUNTING,
    PRIMARY,
    STARTUP,
    Builders,
    Group,
    guards_after,
)
from reviewer.gather.frameworks.dotnet._given import SOMEWHERE, handed, is_asked_for, mark
from reviewer.gather.frameworks.dotnet._prefixes import group_prefix, module_prefix, versioned
from reviewer.gather.given import TABLE
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Function, Lambda, Name, Other, value_of
from reviewer.model.facts.routing import Router
from reviewer.model.facts.values import Value

PATHED = re.compile(r"Map(?:Get|Post|Put|Patch|Delete|Methods|Group)?")
GIVEN_AT = 2
"""Arguments of a call among which the router is looked for that it is given."""


def root_router(file: Builders, symbol: str, line: int, prefix: Value = ()) -> str:
    """The application itself, kept once; with a prefix it is kept anew."""
    known = file.routers.get(symbol)
    if known is None or prefix:
        file.routers[symbol] = Router(symbol=symbol, framework=ASPNET_CORE, line=line, root=True, prefix=prefix)
    return symbol


def path_base(file: Builders, call: Call) -> None:
    """``app.UsePathBase("/x")``: a prefix of the whole application."""
    router = receiver(file, call)
    if router and file.routers.get(router, None) is not None and file.routers[router].root:
        root_router(file, router, file.routers[router].line, value_of(call.args[0]))


def receiver(file: Builders, call: Call) -> str:
    """The router that a call is made on, ``""`` for what is none."""
    if isinstance(call.callee, Attribute):
        return router_of(file, call.callee.value, call.function)
    head, _, _ = call.name.rpartition(".")
    return router_of(file, Name(head, call.line), call.function) if head else ""


def given_router(file: Builders, call: Call, hops: int = 0) -> tuple[str, Expr | None]:
    """The router that a call is given, and the argument that it is."""
    for arg in call.args[:GIVEN_AT]:
        if isinstance(arg, (Name, Call)) and (router := router_of(file, arg, call.function, hops)):
            return router, arg
    return "", None


def router_of(file: Builders, expr: Expr | None, function: int, hops: int = 0) -> str:
    """The router that an expression stands for, ``""`` for what is none."""
    if hops > CLIMB_MOST or expr is None:
        return ""
    if isinstance(expr, Call):
        return _router_of_call(file, expr, function, hops + 1)
    if isinstance(expr, Name):
        return _router_of_name(file, expr.dotted, function, hops + 1)
    if isinstance(expr, Other) and (expr.kind in CHOICES or expr.operator == "??"):
        found = (router_of(file, item, function, hops + 1) for item in expr.operands)
        return next((router for router in found if router), "")
    return ""


def _router_of_call(file: Builders, call: Call, function: int, hops: int) -> str:
    if id(call) in file.known:
        return file.known[id(call)]
    found, given = "", None
    if call.name in APPLICATIONS:
        found = root_router(file, "app", call.line)
    elif isinstance(call.callee, Attribute):
        found = router_of(file, call.callee.value, function, hops)
    elif "." in call.name:
        found = router_of(file, Name(call.name.rpartition(".")[0], call.line), function, hops)
    if not found and not call.new and call.name not in APPLICATIONS:
        found, given = given_router(file, call, hops)
    if found and call.last == "MapGroup":
        found = _group(file, call, found, versioned(file, call, group_prefix(file, call)))
    elif found and (given is not None or _may_give(file, call)):
        found = _group(file, call, found, mark("call", full_name(file, call), handed(file, call, given)))
    file.known[id(call)] = found
    return found


def _may_give(file: Builders, call: Call) -> bool:
    """Whether what a call gives back may be a group, not the router that it is made on."""
    if FLUENT.match(call.last) or NOT_MOUNTING.fullmatch(call.last) or call.name in APPLICATIONS:
        return False
    own = file.helpers.get(call.last)
    if own is None:
        return call.last != "Build"
    return any(item.last.endswith("Group") for item in file.calls.get(own.index, ()))


def full_name(file: Builders, call: Call) -> str:
    """A method as its settings are called: ``RouteGroups.Create``, ``~.MapApiGroup``."""
    own = file.helpers.get(call.last)
    if own is not None and own.owner != -1:
        return f"{file.module.classes[own.owner].name}.{call.last}"
    head = call.name.rpartition(".")[0]
    is_class = head[:1].isupper() and "." not in head
    return f"{head if is_class else SOMEWHERE}.{call.last}"


def _group(file: Builders, call: Call, parent: str, prefix: Value) -> str:
    symbol = f"{parent}>{call.line}"
    while symbol in file.groups:
        symbol += "'"
    file.groups[symbol] = Group(parent, prefix, call.line, guards_after(file, call))
    return symbol


def _router_of_name(file: Builders, name: str, function: int, hops: int) -> str:
    """What a variable, a parameter or a field stands for."""
    for item in file.look.around(function):
        assigned = [found for found in file.look.assigned(name, item.index) if found.function == item.index]
        if assigned:
            return _assigned(file, name, assigned[0].value, item.index, hops)
        parameter = next((found for found in item.parameters if found.name == name), None)
        if parameter is not None:
            return _parameter(file, item, parameter.type, hops)
    assigned = file.look.assigned(name, -1)
    if assigned and assigned[0].value is not None:
        return _assigned(file, name, assigned[0].value, -1, hops)
    return _field(file, name.removeprefix("this."), file.look.owner(function), hops)


def _field(file: Builders, name: str, owner: int, hops: int) -> str:
    """What a field is given in a method of its class, or by the class's own parameters."""
    if owner == -1 or "." in name:
        return ""
    given = _fields(file).get((owner, name))
    if given is None:
        return ""
    if given.function != -1:
        return router_of(file, given.value, given.function, hops)
    if not BUILDER.fullmatch(given.type):
        return ""
    symbol = f"{file.module.classes[owner].name}.{PRIMARY}"
    file.routers.setdefault(symbol, Router(symbol=symbol, framework=ASPNET_CORE, line=given.line))
    return symbol


def _fields(file: Builders) -> dict[tuple[int, str], Assignment]:
    """The assignments to fields by class and name: those in methods before the bare declarations."""
    if file.fields is None:
        file.fields = {}
        for item in sorted(file.module.assignments, key=lambda found: found.function == -1):
            if item.owner != -1 and (item.function == -1 or isinstance(item.value, (Call, Name))):
                file.fields.setdefault((item.owner, item.target.removeprefix("this.")), item)
    return file.fields


def _assigned(file: Builders, name: str, value: Expr | None, function: int, hops: int) -> str:
    found = router_of(file, value, function, hops)
    if found or not isinstance(value, Call) or value.last != "Build":
        return found
    is_web = any(call.name in APPLICATIONS for call in file.module.calls)
    return root_router(file, name, value.line) if is_web else ""


def _parameter(file: Builders, function: Function, kind: str, hops: int) -> str:
    if function.name == "<lambda>":
        given = file.given_to.get(function.index)
        if given is None or (kind and not BUILDER.fullmatch(kind)):
            return ""
        return receiver(file, given) if hops < CLIMB_MOST else ""
    if not BUILDER.fullmatch(kind):
        return ""
    symbol = function.qualname
    if symbol not in file.symbols:
        file.symbols[symbol] = symbol + (TABLE if _needs_path(file, function) else "")
        is_startup = function.name == STARTUP and kind in ("IApplicationBuilder", "WebApplication")
        file.routers[file.symbols[symbol]] = Router(
            symbol=file.symbols[symbol],
            framework=ASPNET_CORE,
            line=function.line,
            root=is_startup,
            prefix=module_prefix(file, function),
        )
    return file.symbols[symbol]


def _needs_path(file: Builders, function: Function) -> bool:
    """Whether a method maps at a path that only its callers know, so that it maps nothing without them."""
    if len(function.parameters) == 1:
        return False
    return any(
        PATHED.fullmatch(call.last)
        and is_asked_for(function, set(names_in(*(arg for arg in call.args if not isinstance(arg, Lambda)))))
        for call in file.calls.get(function.index, ())
    )
