"""Who a route is mapped on: applications, groups, and the methods that are given a route builder.

A router is the application (``app``), a group (``app>12``: by the line of its ``MapGroup``), or the parameter of a
method that maps routes, which goes by the method's qualified name (``OrdersApi.MapOrders``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.frameworks.dotnet._attributes import ASPNET_CORE
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Attribute, Call, Function, Lambda, Module, dotted
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

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
CHOICES = frozenset({"conditional_expression"})
CLIMB_MOST = 40
PRIMARY = "constructor"
"""How a constructor is called."""
FLUENT = re.compile(r"With|Require|Has|Is|Produces|Accepts|Allow|Disable|Cache|New|Exclude|Report|AddEndpointFilter")
"""What is asked of a route or group, and gives it back."""
NOT_MOUNTING = re.compile(
    r"Use(?:Routing|Authentication|Authorization|Cors|Https\w*|Hsts|Static\w*|Swagger\w*|Middleware|Exception\w*|Session"
    r"|Serilog\w*|Response\w*|Request\w*|RateLimiter|Developer\w*|Cookie\w*|Antiforgery|Default\w*|FileServer|Startup"
    r"|StatusCode\w*|Forwarded\w*|Blazor\w*|WebSockets|Output\w*|Path\w*|Migrations\w*|Spa\w*|Mvc\w*|Identity\w*)|"
    r"Map(?:Controllers?|Razor\w*|Hubs?|Grpc\w*|Fallback\w*|Static\w*|Blazor\w*|Default(?:Controller)\w*|Area\w*|ControllerRoute"
    r"|When|Health\w*|Group|Get|Post|Put|Patch|Delete|Methods|Connection\w*)?|Add(?:EndpointFilter|Policy)\w*"
)
"""What the framework itself offers on an application: middlewares, and routes that are read elsewhere or not at all."""


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
    calls: dict[int, list[Call]]
    """The calls in each function, by its index."""
    helpers: dict[str, Function]
    """The methods of this file that extend what routes are mapped on, by name."""
    named: dict[str, Function]
    """All methods of this file, by their names with and without their class."""
    routers: dict[str, Router] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    """The router that a call stands for, by the identity of the call."""
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    guards: dict[str, list[str]] = field(default_factory=dict)
    """What stands before everything that a method maps, by its router."""
    symbols: dict[str, str] = field(default_factory=dict)
    """The symbol of each method that maps routes, by its qualified name."""
    fields: dict[tuple[int, str], Assignment] | None = None
    """What fields are given, by class and name; None until it is asked for."""


def outer_calls(module: Module) -> dict[int, Call]:
    """The call that hangs on each call."""
    found = {}
    for call in module.calls:
        if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
            found[id(call.callee.value)] = call
    return found


def calls_in(module: Module) -> dict[int, list[Call]]:
    """The calls in each function; those at module level go by -1."""
    found: dict[int, list[Call]] = {}
    for call in module.calls:
        found.setdefault(call.function, []).append(call)
    return found


def helpers_of(module: Module) -> dict[str, Function]:
    """The methods whose first parameter is what routes are mapped on, by name; the first of a name counts."""
    found: dict[str, Function] = {}
    for item in module.functions:
        if item.parameters and BUILDER.fullmatch(item.parameters[0].type):
            found.setdefault(item.name, item)
    return found


def methods_named(module: Module) -> dict[str, Function]:
    """The methods of a file by their names, with and without their class; the first of a name counts."""
    found: dict[str, Function] = {}
    for item in module.functions:
        found.setdefault(item.qualname, item)
        found.setdefault(item.name, item)
    return found


def given_lambdas(module: Module) -> dict[int, Call]:
    """The call that each lambda is given to."""
    return {arg.function: call for call in module.calls for arg in call.args if isinstance(arg, Lambda)}


def mount(parent: str, child: str, line: int, guards: tuple[str, ...] = (), prefix: Value = ()) -> Mount:
    """A mount within ASP.NET Core."""
    return Mount(parent=parent, child=child, framework=ASPNET_CORE, line=line, guards=guards, prefix=prefix)


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
