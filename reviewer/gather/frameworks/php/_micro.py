"""Routers that PHP programs declare routes on call by call: Slim, Lumen, Flight, FastRoute, Silex and home-made ones.

They differ in how an application is made, how paths mark parameters and how groups are opened; what is the same is
read here. A group's closure is a router of its own, mounted below its prefix; files that are required, and classes
that are handed the application, are mounted where that happens.
"""

from __future__ import annotations

import re

from reviewer.gather.frameworks.php._applications import (
    VERBS,
    Dialect,
    Reading,
    declare,
    find_applications,
    functions_around,
    guards_of,
    is_receiver,
    router_of,
)
from reviewer.gather.frameworks.php._handlers import (
    INVOKED,
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
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Value

METHODS = words("GET POST PUT PATCH DELETE OPTIONS HEAD ANY")
REQUIRING = frozenset({"require", "require_once", "include", "include_once"})
SAYING = words("via method setMethods")
"""What is called on a route to say its methods."""
GUARD_KEYS = ("middleware", "filter", "before")
ASKED = re.compile(r"(?:^|\.)(?:request|req|_SERVER|_GET|_REQUEST)\.", re.IGNORECASE)
"""What comes with a request: a router that is handed it looks a route up and declares none."""
PATH_LIMIT = 1_000
"""Characters of a path; anything longer is none."""


def read_micro(module: Module, kept: Kept, dialect: Dialect) -> None:
    """Keeps the routers, routes and mounts that a file declares in a dialect."""
    reading = Reading(module, kept, dialect, Chains(module), Pages(module))
    find_applications(reading)
    for call in module.calls:
        _call(reading, call)


def _call(reading: Reading, call: Call) -> None:
    if call.name in REQUIRING:
        _required(reading, call)
        return
    dialect = reading.dialect
    router = router_of(reading, call) if call.last in _watched(dialect) else None
    if router is None:
        _handed(reading, call)
    elif call.last in dialect.own:
        dialect.own[call.last](reading, call, router)
    elif call.last in dialect.grouping:
        open_group(reading, call, router)
    elif call.last in dialect.mapping:
        _mapped(reading, call, router)
    elif call.last in dialect.verbs and len(call.args) > 1:
        _route(reading, call, router, (VERBS[call.last],), call.args[0], call.args[1:])


def _watched(dialect: Dialect) -> frozenset[str]:
    return dialect.verbs | dialect.mapping | dialect.grouping | frozenset(dialect.own)


def open_group(reading: Reading, call: Call, parent: str) -> None:
    """``group('/users', function ($group) {...})``: a closure, or a class that is handed the group."""
    options = next((arg for arg in call.args if isinstance(arg, Mapping)), None)
    first = call.args[0] if call.args else None
    prefix_arg = first if isinstance(first, (Text, Name)) else options.get("prefix") if options is not None else None
    prefix = value_of(prefix_arg) if isinstance(prefix_arg, (Text, Name)) else ()
    if reading.dialect.prefix_of is not None:
        prefix = reading.dialect.prefix_of(call, prefix)
    guards = _group_guards(reading, call, options)
    closure = next((found for arg in reversed(call.args) if (found := closure_of(arg)) is not None), None)
    if closure is not None:
        declare(reading, parent, call.line)
        symbol = f"group@{closure.function}"
        reading.groups[closure.function] = symbol
        declare(reading, symbol, call.line)
        _mount(reading, parent, symbol, call, prefix, guards)
    elif len(call.args) > 1 and (name := class_of(_taking(call.args[-1]))):
        _mount(reading, parent, name, call, prefix, guards)


def _taking(expr: Expr) -> Expr:
    """The class of ``[UserRoutes::class, 'register']``, whose method is handed the group."""
    return expr.values[0] if isinstance(expr, Items) and len(expr.values) == len(("class", "method")) else expr


def _group_guards(reading: Reading, call: Call, options: Mapping | None) -> tuple[str, ...]:
    guards = [name for later in reading.chains.after(call) for name in guards_of(later) if _guards(reading, later)]
    guards += _option_guards(options)
    guards += [name for arg in call.args[1:] if isinstance(arg, (Items, Text)) for name in guard_names(arg)]
    return tuple(dict.fromkeys(guards))


def _option_guards(options: Mapping | None) -> list[str]:
    return [name for key in GUARD_KEYS for name in guard_names(options.get(key))] if options is not None else []


def _guards(reading: Reading, call: Call) -> bool:
    return call.last in reading.dialect.guarding


def _mount(reading: Reading, parent: str, child: str, call: Call, prefix: Value, guards: tuple[str, ...] = ()) -> None:
    declare(reading, parent, call.line)
    reading.kept.mounts.append(
        Mount(parent=parent, child=child, framework=reading.dialect.name, line=call.line, prefix=prefix, guards=guards)
    )


def _mapped(reading: Reading, call: Call, router: str) -> None:
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
    later = [found for after in reading.chains.after(call) if after.last in SAYING for found in after.args]
    later += [found for arg in args[1:2] if isinstance(arg, Mapping) and (found := arg.get("_method")) is not None]
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
    reading: Reading,
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
    declare(reading, router, call.line)
    for one in dict.fromkeys(reading.dialect.paths(value)):
        reading.kept.routes.append(
            Route(
                router=router,
                framework=reading.dialect.name,
                methods=methods,
                path=one,
                line=call.line,
                end_line=call.end_line,
                handler=_named(handler, handlers),
                page=reading.pages.is_page(closure_of(handler)),
                guards=guards,
                implicit=is_catch_all(value),
            )
        )


def _named(handler: Expr, handlers: tuple[Expr, ...]) -> str:
    """``get('/x', Users::class, 'list')`` names the method behind the class."""
    place = handlers.index(handler) + 1
    method = plain(handlers[place]) if place < len(handlers) else None
    name = handler_name(handler)
    if method and method.isidentifier() and name.endswith(f".{INVOKED}"):
        return f"{name.removesuffix(INVOKED)}{method}"
    return name


def _route_guards(reading: Reading, call: Call, handlers: tuple[Expr, ...], handler: Expr) -> tuple[str, ...]:
    guards = [name for later in reading.chains.after(call) for name in guards_of(later) if _guards(reading, later)]
    place = handlers.index(handler)
    others = [*handlers[:place], *(arg for arg in handlers[place + 1 :] if isinstance(arg, (Items, Name)))]
    guards += [name for arg in others for name in guard_names(arg)]
    guards += [name for arg in handlers if isinstance(arg, Mapping) for name in _option_guards(arg)]
    return tuple(dict.fromkeys(guards))


def _path(reading: Reading, expr: Expr | None) -> Value | None:
    """A path as declared, None for what cannot be one."""
    if isinstance(expr, Name):
        constant = expr.dotted.isupper() or "." in expr.dotted
        return value_of(expr) if constant and not ASKED.search(expr.dotted) else None
    if not isinstance(expr, Text):
        return None
    first = expr.parts[0] if expr.parts else ""
    if isinstance(first, str) and (len(first) > PATH_LIMIT or " " in first.strip() or "://" in first):
        return None
    if reading.dialect.rooted and isinstance(first, str) and first[:1] not in ("", "/", "[", "{", "(", "^", "*"):
        return None
    return value_of(expr)


def _required(reading: Reading, call: Call) -> None:
    """A file of routes that is required inside a group, or where the application is made."""
    path = required_path(call.args[0]) if call.args else ""
    around = list(functions_around(reading.module, call.function))
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    parent = group or (next(iter(reading.applications), None) if len(reading.applications) == 1 else None)
    if path and parent is not None and not path.endswith("autoload.php"):
        _mount(reading, parent, path, call, ())


def _handed(reading: Reading, call: Call) -> None:
    """``Users::register($group)``, ``(new Users())($group)``, ``$routes($app)``: what is handed a router declares
    on it."""
    if not (call.args and isinstance(call.args[0], Name)) or call.last in reading.dialect.verbs:
        return
    around = list(functions_around(reading.module, call.function))
    name = call.args[0].dotted
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    if group is None or not (name == "this" or is_receiver(reading, name, around)):
        return
    if child := _child(reading, call):
        _mount(reading, group, child, call, ())


def _child(reading: Reading, call: Call) -> str:
    callee: Expr = call.callee.value if isinstance(call.callee, Attribute) else call.callee
    if isinstance(callee, Call):
        return required_path(callee.args[0]) if callee.name in REQUIRING and callee.args else class_of(callee)
    name = dotted(callee)
    if name and "." not in name and call.callee is callee and name not in reading.dialect.receivers:
        if any(item.name == name and item.owner == -1 for item in reading.module.functions):
            declare(reading, name, call.line)
            return name
        if not any(item.target == name for item in reading.module.assignments):
            return f"*.{name}"
    made = next((item.value for item in reading.module.assignments if item.target == name.partition(".")[0]), None)
    if isinstance(made, Call):
        return required_path(made.args[0]) if made.name in REQUIRING and made.args else class_of(made)
    return name.rpartition(".")[0] or name
