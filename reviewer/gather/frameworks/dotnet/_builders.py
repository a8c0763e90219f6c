"""Who a route is mapped on: applications, groups, and the methods that are given a route builder.

A router is the application (``app``), a group (``app>12``: by the line of its ``MapGroup``), or the parameter of a
method that maps routes, which goes by the method's qualified name (``OrdersApi.MapOrders``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.frameworks.dotnet._attributes import ASPNET_CORE, template, template_at
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Lambda, Module, Name, Other, Text, dotted, value_of
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Ref, Value

BUILDER = re.compile(
    r"(?:WebApplication|I?(?:Versioned)?EndpointRouteBuilder|RouteGroupBuilder|IApplicationBuilder|IEndpointConventionBuilder"
    r"|Microsoft\.AspNetCore\.(?:Routing\.IEndpointRouteBuilder|Builder\.WebApplication))\??"
)
APPLICATIONS = words(
    "WebApplication.CreateBuilder WebApplication.CreateSlimBuilder WebApplication.CreateEmptyBuilder"
    " WebApplication.Create WebHost.CreateDefaultBuilder"
)
STARTUP = "Configure"
FLUENT_GUARDS = re.compile(r"Require(?:Authorization|Permission|Role|Scope)\w*|AllowAnonymous|AddEndpointFilter\w*")
GROUPED = "#GROUPED"
CLASS_TOKEN = "[class]"
TYPE_PARAMETER = re.compile(r"T[A-Z]?\w*")
GROUP_TYPE = "RouteGroupBuilder"
CHOICES = frozenset({"conditional_expression"})
CLIMB_MOST = 40


@dataclass(slots=True)
class Group:
    """A group of routes below its parent."""

    parent: str
    prefix: Value
    line: int
    guards: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Builders:
    """What is known of the route builders of one file."""

    module: Module
    look: Look
    kept: Kept
    outer: dict[int, Call]
    """The call that hangs on a call, by the identity of the inner one."""
    given_to: dict[int, Call]
    """The call that a lambda is an argument of, by the lambda's index."""
    routers: dict[str, Router] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    """The router that a call stands for, by the identity of the call."""
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    guards: dict[str, list[str]] = field(default_factory=dict)
    """What stands before everything that a method maps, by its router."""


def outer_calls(module: Module) -> dict[int, Call]:
    """The call that hangs on each call."""
    found = {}
    for call in module.calls:
        if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
            found[id(call.callee.value)] = call
    return found


def given_lambdas(module: Module) -> dict[int, Call]:
    """The call that each lambda is given to."""
    return {arg.function: call for call in module.calls for arg in call.args if isinstance(arg, Lambda)}


def mount(parent: str, child: str, line: int, guards: tuple[str, ...] = ()) -> Mount:
    """A mount within ASP.NET Core."""
    return Mount(parent=parent, child=child, framework=ASPNET_CORE, line=line, guards=guards)


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
    found = ""
    if call.name in APPLICATIONS:
        found = root_router(file, "app", call.line)
    elif isinstance(call.callee, Attribute):
        found = router_of(file, call.callee.value, function, hops)
    elif "." in call.name:
        found = router_of(file, Name(call.name.rpartition(".")[0], call.line), function, hops)
    if found and (call.last == "MapGroup" or _grouping(file, call)):
        found = _group(file, call, found)
    file.known[id(call)] = found
    return found


def _helper(file: Builders, call: Call) -> Function | None:
    """The method of this file behind ``api.MapOpenGroup("/auth")``: one that extends what routes are mapped on."""
    named = (item for item in file.module.functions if item.name == call.last and item.parameters)
    return next((item for item in named if BUILDER.fullmatch(item.parameters[0].type)), None)


def _grouping(file: Builders, call: Call) -> list[Call]:
    """What a helper that gives a group calls; nothing for any other call."""
    helper = _helper(file, call) if call.last != "MapGroup" else None
    if helper is None or not helper.returns.startswith(GROUP_TYPE):
        return []
    calls = [item for item in file.module.calls if item.function == helper.index]
    return calls if any(item.last == "MapGroup" for item in calls) else []


def _group(file: Builders, call: Call, parent: str) -> str:
    symbol = f"{parent}>{call.line}"
    while symbol in file.groups:
        symbol += "'"
    path = next((arg for arg in call.args if not isinstance(arg, Lambda)), call.keywords.get("prefix"))
    inner = [guard_name(item) for item in _grouping(file, call) if FLUENT_GUARDS.fullmatch(item.last)]
    file.groups[symbol] = Group(parent, _group_prefix(file, call, path), call.line, guards_after(file, call) + inner)
    return symbol


def _group_prefix(file: Builders, call: Call, path: Expr | None) -> Value:
    if isinstance(path, Name) and path.dotted == "this":
        owner = file.look.owner(call.function)
        return (Ref(name=GROUPED),) if owner != -1 else ()
    value = file.look.value(path, call.function)
    grouped = _named_by_class(file, value, call.function)
    if grouped is not None:
        file.kept.constants.append(Constant(name=GROUPED, value=grouped, line=call.line))
        return ("/",)
    return template_at(file.look, path, call.function)


def _named_by_class(file: Builders, value: Expr | None, function: int) -> Value | None:
    """``$"/api/{group.GetType().Name}"``: a prefix that the class of each group of endpoints fills in."""
    texts = [part for part in (value, *getattr(value, "operands", ())) if isinstance(part, Text)]
    for text in texts:
        parts: list[str | Ref] = []
        named = False
        for part in text.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            full = file.look.value(part, function)
            is_name = any(_is_type_name(item) for item in (full, *getattr(full, "operands", ())))
            named = named or is_name
            parts += [CLASS_TOKEN] if is_name else value_of(part)
        if named:
            return tuple(parts)
    return None


def _is_type_name(expr: Expr | None) -> bool:
    if isinstance(expr, Attribute) and expr.name == "Name":
        return isinstance(expr.value, Call) and expr.value.last == "GetType"
    return isinstance(expr, Name) and expr.dotted.lower().endswith("type.name")


def _router_of_name(file: Builders, name: str, function: int, hops: int) -> str:
    """What a variable or parameter stands for."""
    for item in file.look.around(function):
        assigned = [found for found in file.look.assigned(name, item.index) if found.function == item.index]
        if assigned:
            return _assigned(file, name, assigned[0].value, item.index, hops)
        parameter = next((found for found in item.parameters if found.name == name), None)
        if parameter is not None:
            return _parameter(file, item, parameter.type, hops)
    assigned = file.look.assigned(name, -1)
    if assigned:
        return _assigned(file, name, assigned[0].value, -1, hops)
    return ""


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
    is_startup = function.name == STARTUP and kind in ("IApplicationBuilder", "WebApplication")
    if function.qualname not in file.routers:
        file.routers[function.qualname] = Router(
            symbol=function.qualname,
            framework=ASPNET_CORE,
            line=function.line,
            root=is_startup,
            prefix=_module_prefix(file, function),
        )
    return function.qualname


def _module_prefix(file: Builders, function: Function) -> Value:
    """What stands before the routes of a module: ``base("/orders")`` of Carter's, or what all groups are given."""
    if function.owner == -1:
        return ()
    owner = file.module.classes[function.owner]
    if any((dotted(base) or "").endswith("CarterModule") for base in owner.bases):
        for call in file.module.calls:
            if call.name == "base" and call.owner == owner.index and call.args:
                return template(call.args[0])
    kind = next((item.type for item in function.parameters), "")
    return (Ref(name=GROUPED),) if owner.bases and kind.startswith("RouteGroupBuilder") else ()


def after(file: Builders, call: Call) -> Iterator[Call]:
    """The calls that hang on a call, one after another."""
    found = file.outer.get(id(call))
    for _ in range(CLIMB_MOST):
        if found is None:
            return
        yield found
        found = file.outer.get(id(found))


def guards_after(file: Builders, call: Call) -> list[str]:
    """The guards that hang on a call: those of one route, group or method."""
    found = []
    for item in after(file, call):
        if item.last.startswith("Map"):
            break
        if FLUENT_GUARDS.fullmatch(item.last):
            found.append(guard_name(item))
    return found


def guard_name(call: Call) -> str:
    """A filter goes by its type, everything else by its own name."""
    generics = call.keywords.get("<>")
    if call.last.startswith("AddEndpointFilter"):
        return dotted(next(iter(getattr(generics, "values", ())), None)) or "filter"
    return call.last


def mapped_types(file: Builders, call: Call) -> Iterator[str]:
    """The methods behind ``group.MapEndpoint<Login>()``: those of each type that the helper calls on its parameter."""
    types = [dotted(item) for item in getattr(call.keywords.get("<>"), "values", ())]
    helper = _helper(file, call)
    if not types or helper is None:
        return
    for inner in file.module.calls:
        head, _, method = inner.name.rpartition(".")
        if inner.function == helper.index and TYPE_PARAMETER.fullmatch(head) and inner.args:
            yield from (f"{name}.{method}" for name in types)
