"""The applications and groups that a PHP file declares routes on, and which of them a call means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.gather.frameworks.php._handlers import Chains, guard_names
from reviewer.gather.frameworks.php._own_routers import head_of, is_own_name
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Module, Text, plain, value_of
from reviewer.model.facts.routing import Router
from reviewer.model.facts.values import Value

VERBS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
    "options": "OPTIONS",
    "head": "HEAD",
    "any": "ANY",
    "all": "ANY",
}
BASING = frozenset({"setBasePath", "setPrefix", "setBase", "basePath", "setBaseUrl", "setBaseUri"})
"""Methods that tell a router of a project's own what stands before all its paths."""
GIVEN_BASE = re.compile(r"/(?!views?\b|templates?\b|pages?\b|app\b|src\b|public\b)[a-z][\w-]{0,20}(?:/v\d{1,2})?/?")
DEFAULT = "default"
"""The router of a file that declares routes on an application made elsewhere."""
VARIABLES_MOST = 200
AROUND_MOST = 60
"""Functions around a call that are looked at."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of declaring routes.

    ``makers`` are the last parts of the calls that make an application, ``types`` what parameters that are given one
    are declared as, ``receivers`` what such variables are usually called. ``mapping`` are methods that take the HTTP
    methods beside the path, in either order; ``grouping`` those that open a group. ``rooted`` demands that a path
    begins with a slash or is empty. ``paths`` are those that one declared path stands for.
    """

    name: str
    paths: Callable[[Value], list[Value]]
    makers: frozenset[str]
    types: frozenset[str]
    receivers: frozenset[str]
    mapping: frozenset[str] = frozenset()
    grouping: frozenset[str] = frozenset({"group"})
    guarding: frozenset[str] = frozenset({"add", "addMiddleware", "middleware", "before"})
    verbs: frozenset[str] = frozenset(VERBS)
    rooted: bool = True
    static: str = ""
    """The class whose static methods declare routes (``Flight``)."""
    own: Mapping[str, Callable[[Reading, Call, str], None]] = field(default_factory=dict)
    """What else declares routes on a router, by method (``resources`` of CakePHP)."""
    prefix_of: Callable[[Call, Value], Value] | None = None
    """What a group's call puts before its routes, where that is not what is written."""
    home_made: bool = False
    """Whether a project wrote the router itself: methods in capitals, chains of routes, paths without a slash."""
    finding: Callable[[Reading], None] | None = None
    """What else looks for routers in a file before its routes are read."""
    mounted: Callable[[Reading, Call], str] | None = None
    """The router that a group without a closure names, where that may be more than a class."""

    def said(self, call: Call) -> str:
        """What a call asks of a router, as this dialect spells it."""
        return call.last.lower() if self.home_made and call.last.isupper() else call.last


@dataclass(slots=True)
class Reading:
    """One file in one dialect, while it is read."""

    module: Module
    kept: Kept
    dialect: Dialect
    chains: Chains
    pages: Pages
    applications: dict[str, str] = field(default_factory=dict)
    """Variables that hold an application made in this file, to its router."""
    groups: dict[int, str] = field(default_factory=dict)
    """Routers by the closure that declares their routes."""
    declared: set[str] = field(default_factory=set)
    collections: dict[tuple[int, str], str] = field(default_factory=dict)
    """Variables that hold a collection of routes, by the function that they stand in, to its router (Silex)."""
    taken: set[int] = field(default_factory=set)
    """Identities of the calls that require a file for a group, which mounts it."""


def find_applications(reading: Reading) -> None:
    """Keeps the applications that a file makes, with their base path and what guards all of them."""
    made: dict[str, tuple[int, Call]] = {}
    for item in reading.module.assignments:
        value = _first(item.value)
        if value is not None and value.name.rpartition(".")[2] in reading.dialect.makers and _is_maker(reading, value):
            made.setdefault(item.target, (item.line, value))
    for name, (line, value) in list(made.items())[:VARIABLES_MOST]:
        reading.applications[name] = name
        reading.declared.add(name)
        prefix = _base_path(reading, name) or (_given_base(value) if reading.dialect.home_made else ())
        guards = tuple(
            guard for call in _calls_on(reading, name, reading.dialect.guarding) for guard in guards_of(call)
        )
        reading.kept.routers.append(
            Router(symbol=name, framework=reading.dialect.name, line=line, root=True, prefix=prefix, guards=guards)
        )
    if reading.dialect.finding is not None:
        reading.dialect.finding(reading)


def _first(expr: Expr | None) -> Call | None:
    """The call that an expression begins with: ``AppFactory::create()`` of ``AppFactory::create()->x()``."""
    while isinstance(expr, Call) and isinstance(expr.callee, Attribute):
        expr = expr.callee.value
    return expr if isinstance(expr, Call) else None


def _is_maker(reading: Reading, call: Call) -> bool:
    full = reading.module.origin(call.name)
    return call.new or reading.dialect.name in full or "Factory" in full or "Bridge" in full


def _base_path(reading: Reading, name: str) -> Value:
    for call in _calls_on(reading, name, BASING if reading.dialect.home_made else frozenset({"setBasePath"})):
        return value_of(call.args[0]) if call.args and isinstance(call.args[0], Text) else ()
    return ()


def _given_base(made: Call) -> Value:
    """What a router of a project's own is made with: ``new Router('/api')``."""
    text = plain(made.args[0]) if made.args else None
    return (text,) if text and GIVEN_BASE.fullmatch(text[:80]) else ()


def _calls_on(reading: Reading, name: str, methods: frozenset[str]) -> Iterator[Call]:
    return (call for call in reading.module.calls if call.last in methods and call.name == f"{name}.{call.last}")


def guards_of(call: Call) -> tuple[str, ...]:
    """The guards among the arguments of a call."""
    return tuple(name for arg in call.args for name in guard_names(arg))


def router_of(reading: Reading, call: Call) -> str | None:
    """The router that a call declares on: that of the group around it, else of the application; None for neither."""
    receiver = receiver_of(reading, call)
    static = bool(reading.dialect.static) and receiver == reading.dialect.static
    around = list(functions_around(reading.module, call.function))
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    if group is not None and (receiver == "this" or static or is_receiver(reading, receiver, around)):
        return group
    if static:
        return DEFAULT
    if (call.function, receiver) in reading.collections:
        return reading.collections[call.function, receiver]
    if receiver in reading.applications:
        return reading.applications[receiver]
    if not is_receiver(reading, receiver, around):
        return None
    if group is not None:
        return group
    return _outside(reading, receiver, around)


def _outside(reading: Reading, receiver: str, around: list[Function]) -> str:
    """The router of a file or class that is handed its application from elsewhere."""
    taker = next((item for item in around if any(p.name == receiver for p in item.parameters)), None)
    if taker is None or taker.name == "<lambda>":
        method = around[-1] if around and around[-1].owner != -1 else None
        if method is not None:
            return reading.module.classes[method.owner].name
        only = list(dict.fromkeys(reading.applications.values()))
        return only[0] if len(only) == 1 else DEFAULT
    return reading.module.classes[taker.owner].name if taker.owner != -1 else taker.name


def declare(reading: Reading, symbol: str, line: int) -> None:
    """Keeps a router, once."""
    if symbol not in reading.declared:
        reading.declared.add(symbol)
        reading.kept.routers.append(Router(symbol=symbol, framework=reading.dialect.name, line=line))


def receiver_of(reading: Reading, call: Call) -> str:
    """What a call is made on, by name; ``""`` for what is none."""
    if reading.dialect.home_made:
        return head_of(reading.module, call, reading.dialect.makers, reading.dialect.types)
    if isinstance(call.callee, Attribute):
        inner = call.callee.value
        return f"{inner.name}()" if isinstance(inner, Call) and not inner.args else ""
    return call.name.rpartition(".")[0]


def is_receiver(reading: Reading, name: str, around: list[Function]) -> bool:
    """Whether a variable holds an application or router: by its name, by its type, or as what a group is given."""
    if not name:
        return False
    for item in around:
        for place, parameter in enumerate(item.parameters):
            if parameter.name == name:
                given = item.index in reading.groups and place == 0
                known = parameter.type.rpartition(".")[2].lstrip("?") in reading.dialect.types
                return given or known or (not parameter.type and name in reading.dialect.receivers)
    if reading.dialect.home_made and is_own_name(name):
        return True
    return name.removeprefix("this.") in reading.dialect.receivers or name in reading.applications


def functions_around(module: Module, function: int) -> Iterator[Function]:
    """The function with this index and those around it, innermost first."""
    for _ in range(AROUND_MOST):
        if not 0 <= function < len(module.functions):
            return
        yield module.functions[function]
        function = module.functions[function].parent
