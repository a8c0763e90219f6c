"""Routers that PHP programs declare routes on call by call: Slim, Lumen, Flight, FastRoute, Silex and home-made ones.

They differ in how an application is made, how paths mark parameters and how groups are opened; what is the same is
read here. A group's closure is a router of its own, mounted below its prefix; files that are required, and classes
that are handed the application, are mounted where that happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reviewer.gather.frameworks.php._handlers import (
    Chains,
    class_of,
    closure_of,
    guard_names,
    handler_name,
    is_handler,
)
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._paths import is_catch_all
from reviewer.gather.languages.php._modules import required_path
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Mount, Route, Router
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
METHODS = words("GET POST PUT PATCH DELETE OPTIONS HEAD ANY")
REQUIRING = frozenset({"require", "require_once", "include", "include_once"})
DEFAULT = "default"
"""The router of a file that declares routes on an application made elsewhere."""
PATH_LIMIT = 1_000
"""Characters of a path; anything longer is none."""
VARIABLES_MOST = 200


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


@dataclass(slots=True)
class _Reading:
    module: Module
    kept: Kept
    dialect: Dialect
    chains: Chains
    pages: Pages
    applications: dict[str, str] = field(default_factory=dict)
    """Variables that hold an application made in this file, to its router."""
    groups: dict[int, str] = field(default_factory=dict)
    """Routers by the closure that declares their routes."""
    named: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)


def read_micro(module: Module, kept: Kept, dialect: Dialect) -> None:
    """Keeps the routers, routes and mounts that a file declares in a dialect."""
    reading = _Reading(module, kept, dialect, Chains(module), Pages(module))
    _applications(reading)
    for call in module.calls:
        _call(reading, call)


def _applications(reading: _Reading) -> None:
    made: dict[str, int] = {}
    for item in reading.module.assignments:
        value = _first(item.value)
        if value is not None and value.name.rpartition(".")[2] in reading.dialect.makers and _is_maker(reading, value):
            made.setdefault(item.target, item.line)
    for name, line in list(made.items())[:VARIABLES_MOST]:
        reading.applications[name] = name
        reading.declared.add(name)
        prefix = _base_path(reading, name)
        guards = tuple(guard for call in _calls_on(reading, name, reading.dialect.guarding) for guard in _guard(call))
        reading.kept.routers.append(
            Router(symbol=name, framework=reading.dialect.name, line=line, root=True, prefix=prefix, guards=guards)
        )


def _first(expr: Expr | None) -> Call | None:
    """The call that an expression begins with: ``AppFactory::create()`` of ``AppFactory::create()->x()``."""
    while isinstance(expr, Call) and isinstance(expr.callee, Attribute):
        expr = expr.callee.value
    return expr if isinstance(expr, Call) else None


def _is_maker(reading: _Reading, call: Call) -> bool:
    full = reading.module.origin(call.name)
    return call.new or reading.dialect.name in full or "Factory" in full or "Bridge" in full


def _base_path(reading: _Reading, name: str) -> Value:
    for call in _calls_on(reading, name, frozenset({"setBasePath"})):
        return value_of(call.args[0]) if call.args and isinstance(call.args[0], Text) else ()
    return ()


def _calls_on(reading: _Reading, name: str, methods: frozenset[str]) -> Iterator[Call]:
    return (call for call in reading.module.calls if call.last in methods and call.name == f"{name}.{call.last}")


def _guard(call: Call) -> tuple[str, ...]:
    return tuple(name for arg in call.args for name in guard_names(arg))


def _call(reading: _Reading, call: Call) -> None:
    if call.name in REQUIRING:
        _required(reading, call)
        return
    dialect = reading.dialect
    router = _router_of(reading, call) if call.last in _watched(dialect) else None
    if router is None:
        _handed(reading, call)
    elif call.last in dialect.grouping:
        _group(reading, call, router)
    elif call.last in dialect.mapping:
        _mapped(reading, call, router)
    elif call.last in dialect.verbs and len(call.args) > 1:
        _route(reading, call, router, (VERBS[call.last],), call.args[0], call.args[1:])


def _watched(dialect: Dialect) -> frozenset[str]:
    return dialect.verbs | dialect.mapping | dialect.grouping


def _router_of(reading: _Reading, call: Call) -> str | None:
    """The router that a call declares on: that of the group around it, else of the application; None for neither."""
    receiver = _receiver(call)
    static = bool(reading.dialect.static) and receiver == reading.dialect.static
    around = list(_around(reading.module, call.function))
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    if group is not None and (receiver == "this" or static or _is_receiver(reading, receiver, around)):
        return group
    if static:
        return DEFAULT
    if receiver in reading.applications:
        return reading.applications[receiver]
    if not _is_receiver(reading, receiver, around):
        return None
    if group is not None:
        return group
    return _outside(reading, receiver, around)


def _outside(reading: _Reading, receiver: str, around: list[Function]) -> str:
    """The router of a file or class that is handed its application from elsewhere."""
    taker = next((item for item in around if any(p.name == receiver for p in item.parameters)), None)
    if taker is None or taker.name == "<lambda>":
        method = around[-1] if around and around[-1].owner != -1 else None
        if method is not None:
            return reading.module.classes[method.owner].name
        only = list(reading.applications.values())
        return only[0] if len(only) == 1 else DEFAULT
    return reading.module.classes[taker.owner].name if taker.owner != -1 else taker.name


def _declare(reading: _Reading, symbol: str, line: int) -> None:
    if symbol not in reading.declared:
        reading.declared.add(symbol)
        reading.kept.routers.append(Router(symbol=symbol, framework=reading.dialect.name, line=line))


def _receiver(call: Call) -> str:
    if isinstance(call.callee, Attribute):
        inner = call.callee.value
        return f"{inner.name}()" if isinstance(inner, Call) and not inner.args else ""
    return call.name.rpartition(".")[0]


def _is_receiver(reading: _Reading, name: str, around: list[Function]) -> bool:
    """Whether a variable holds an application or router: by its name, by its type, or as what a group is given."""
    if not name:
        return False
    for item in around:
        for place, parameter in enumerate(item.parameters):
            if parameter.name == name:
                given = item.index in reading.groups and place == 0
                known = parameter.type.rpartition(".")[2].lstrip("?") in reading.dialect.types
                return given or known or (not parameter.type and name in reading.dialect.receivers)
    return name.removeprefix("this.") in reading.dialect.receivers or name in reading.applications


def _around(module: Module, function: int) -> Iterator[Function]:
    for _ in range(60):
        if not 0 <= function < len(module.functions):
            return
        yield module.functions[function]
        function = module.functions[function].parent


def _group(reading: _Reading, call: Call, parent: str) -> None:
    """``group('/users', function ($group) {...})``: a closure, or a class that is handed the group."""
    options = next((arg for arg in call.args if isinstance(arg, Mapping)), None)
    prefix_arg = options.get("prefix") if options is not None else call.args[0] if call.args else None
    prefix = value_of(prefix_arg) if isinstance(prefix_arg, (Text, Name)) else ()
    guards = _group_guards(reading, call, options)
    closure = next((found for arg in reversed(call.args) if (found := closure_of(arg)) is not None), None)
    if closure is not None:
        _declare(reading, parent, call.line)
        symbol = f"group@{closure.function}"
        reading.groups[closure.function] = symbol
        _declare(reading, symbol, call.line)
        _mount(reading, parent, symbol, call, prefix, guards)
    elif len(call.args) > 1 and (name := class_of(call.args[-1])):
        _mount(reading, parent, name, call, prefix, guards)


def _group_guards(reading: _Reading, call: Call, options: Mapping | None) -> tuple[str, ...]:
    guards = [name for later in reading.chains.after(call) for name in _guard(later) if _guards(reading, later)]
    if options is not None:
        guards += guard_names(options.get("middleware")) + guard_names(options.get("before"))
    guards += [name for arg in call.args[1:] if isinstance(arg, (Items, Text)) for name in guard_names(arg)]
    return tuple(dict.fromkeys(guards))


def _guards(reading: _Reading, call: Call) -> bool:
    return call.last in reading.dialect.guarding


def _mount(reading: _Reading, parent: str, child: str, call: Call, prefix: Value, guards: tuple[str, ...] = ()) -> None:
    _declare(reading, parent, call.line)
    reading.kept.mounts.append(
        Mount(parent=parent, child=child, framework=reading.dialect.name, line=call.line, prefix=prefix, guards=guards)
    )


def _mapped(reading: _Reading, call: Call, router: str) -> None:
    """``map(['GET', 'POST'], '/x', handler)``, ``route('GET|POST /x', handler)``, ``add('/x', handler, 'get')``."""
    args = list(call.args)
    methods = _methods(args[0]) if args else ()
    if methods and len(args) > 1:
        _route(reading, call, router, methods, args[1], tuple(args[2:]))
        return
    first = args[0] if args else None
    text = plain(first)
    if isinstance(first, Text) and text is not None and " " in text.strip():
        verb, _, path = text.strip().partition(" ")
        methods = _split(verb)
        if methods:
            place = Text((path.strip(),), first.line, first.end_line)
            _route(reading, call, router, methods, place, tuple(args[1:]))
        return
    later = [found for after in reading.chains.after(call) if after.last in ("via", "method") for found in after.args]
    given = [found for arg in (*later, *args[2:]) for found in _methods(arg)]
    _route(reading, call, router, tuple(given) or ("ANY",), first, tuple(args[1:]))


def _methods(expr: Expr | None) -> tuple[str, ...]:
    """HTTP methods as one text, with bars between them, or as a list."""
    if isinstance(expr, Items):
        found = tuple(method for value in expr.values for method in _methods(value))
        return found if len(found) >= len(expr.values) else ()
    return _split(plain(expr) or "")


def _split(text: str) -> tuple[str, ...]:
    if text in ("*", "ANY"):
        return ("ANY",)
    found = tuple(part.strip().upper() for part in text[:100].split("|"))
    return found if all(part in METHODS for part in found) else ()


def _route(
    reading: _Reading,
    call: Call,
    router: str,
    methods: tuple[str, ...],
    path: Expr | None,
    handlers: tuple[Expr, ...],
) -> None:
    value = _path(reading, path)
    given = [arg for arg in handlers if is_handler(arg)]
    if value is None or not given:
        return
    handler = next((arg for arg in reversed(given) if isinstance(arg, Lambda)), given[0])
    if len(given) > 1 and not isinstance(handler, Lambda) and reading.dialect.name == "Slim":
        handler = given[-1]
    guards = _route_guards(reading, call, handlers, handler)
    _declare(reading, router, call.line)
    for one in dict.fromkeys(reading.dialect.paths(value)):
        reading.kept.routes.append(
            Route(
                router=router,
                framework=reading.dialect.name,
                methods=methods,
                path=one,
                line=call.line,
                end_line=call.end_line,
                handler=handler_name(handler),
                page=reading.pages.is_page(closure_of(handler)),
                guards=guards,
                implicit=is_catch_all(value),
            )
        )


def _route_guards(reading: _Reading, call: Call, handlers: tuple[Expr, ...], handler: Expr) -> tuple[str, ...]:
    guards = [name for later in reading.chains.after(call) for name in _guard(later) if _guards(reading, later)]
    place = handlers.index(handler)
    others = [*handlers[:place], *(arg for arg in handlers[place + 1 :] if isinstance(arg, (Items, Name)))]
    guards += [name for arg in others for name in guard_names(arg)]
    if isinstance(handler, Mapping):
        guards += guard_names(handler.get("middleware"))
    return tuple(dict.fromkeys(guards))


def _path(reading: _Reading, expr: Expr | None) -> Value | None:
    """A path as declared, None for what cannot be one."""
    if isinstance(expr, Name):
        return value_of(expr) if expr.dotted.isupper() or "." in expr.dotted else None
    if not isinstance(expr, Text):
        return None
    first = expr.parts[0] if expr.parts else ""
    if isinstance(first, str) and (len(first) > PATH_LIMIT or " " in first.strip() or "://" in first):
        return None
    if reading.dialect.rooted and isinstance(first, str) and first[:1] not in ("", "/", "[", "{", "(", "^", "*"):
        return None
    return value_of(expr)


def _required(reading: _Reading, call: Call) -> None:
    """A file of routes that is required inside a group, or where the application is made."""
    path = required_path(call.args[0]) if call.args else ""
    around = list(_around(reading.module, call.function))
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    parent = group or (next(iter(reading.applications), None) if len(reading.applications) == 1 else None)
    if path and parent is not None and not path.endswith("autoload.php"):
        _mount(reading, parent, path, call, ())


def _handed(reading: _Reading, call: Call) -> None:
    """``Users::register($group)``, ``(new Users())($group)``, ``$routes($app)``: what is handed a router declares
    on it."""
    if not (call.args and isinstance(call.args[0], Name)) or call.last in reading.dialect.verbs:
        return
    around = list(_around(reading.module, call.function))
    name = call.args[0].dotted
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    if group is None or not (name == "this" or _is_receiver(reading, name, around)):
        return
    if child := _child(reading, call):
        _mount(reading, group, child, call, ())


def _child(reading: _Reading, call: Call) -> str:
    callee: Expr = call.callee.value if isinstance(call.callee, Attribute) else call.callee
    if isinstance(callee, Call):
        return required_path(callee.args[0]) if callee.name in REQUIRING and callee.args else class_of(callee)
    name = dotted(callee)
    made = next((item.value for item in reading.module.assignments if item.target == name.partition(".")[0]), None)
    if isinstance(made, Call):
        return required_path(made.args[0]) if made.name in REQUIRING and made.args else class_of(made)
    return name.rpartition(".")[0] or name
