"""Routers that PHP programs declare routes on call by call: Slim, Lumen, Flight, FastRoute, Silex and home-made ones.

They differ in how an application is made, how paths mark parameters and how groups are opened; what is the same is
read here. A group's closure is a router of its own, mounted below its prefix; files that are required, and classes
that are handed the application, are mounted where that happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.php._applications import (
    DEFAULT,
    VERBS,
    Dialect,
    Reading,
    declare,
    find_applications,
    guards_of,
    receiver_of,
    router_of,
)
from reviewer.gather.frameworks.php._handed import REQUIRING, mount, mount_handed, mount_required
from reviewer.gather.frameworks.php._handlers import (
    INVOKED,
    Chains,
    class_of,
    closure_of,
    guard_names,
    handler_name,
    is_handler,
)
from reviewer.gather.frameworks.php._own_routers import (
    file_named,
    in_order,
    is_controller,
    names_a_router,
    said_before,
)
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._paths import is_catch_all
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import (
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Text,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

METHODS = words("GET POST PUT PATCH DELETE OPTIONS HEAD ANY")
SAYING = words("via method setMethods")
"""What is called on a route to say its methods."""
GUARD_KEYS = ("middleware", "filter", "before")
ASKED = re.compile(r"(?:^|\.)(?:request|req|_SERVER|_GET|_REQUEST)\.", re.IGNORECASE)
"""What comes with a request: a router that is handed it looks a route up and declares none."""
OWN_CLASS = "__CLASS__."
"""What handlers begin with that are methods of the class they stand in."""
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
        mount_required(reading, call)
        return
    dialect = reading.dialect
    said = dialect.said(call)
    router = router_of(reading, call) if said in _watched(dialect) else None
    if router is None:
        _unknown(reading, call)
    elif said in dialect.own:
        dialect.own[said](reading, call, router)
    elif said in dialect.grouping:
        open_group(reading, call, router)
    elif said in dialect.mapping:
        _mapped(reading, call, router)
    elif said in dialect.verbs and len(call.args) > 1:
        _route(reading, call, router, (VERBS[said],), call.args[0], call.args[1:])


def _unknown(reading: Reading, call: Call) -> None:
    """A call of any other name: a route where it is given all that makes one, else perhaps what is handed a router."""
    if reading.dialect.home_made and call.name in VERBS and len(call.args) > 1 and is_controller(call.args[1]):
        _route(reading, call, DEFAULT, (VERBS[call.name],), call.args[0], call.args[1:])
        return
    given = in_order(call.args) if reading.dialect.home_made and call.last not in VERBS else None
    router = router_of(reading, call) if given is not None else None
    if given is not None and router is not None:
        _route(reading, call, router, (given[0],), given[1], given[2])
    else:
        mount_handed(reading, call)


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
    if reading.dialect.home_made:
        before = said_before(call)
        prefix = (*before.prefix, *prefix)
        guards = (*before.guards, *guards)
    closure = next((found for arg in reversed(call.args) if (found := closure_of(arg)) is not None), None)
    if closure is not None:
        declare(reading, parent, call.line)
        symbol = f"group@{closure.function}"
        reading.groups[closure.function] = symbol
        declare(reading, symbol, call.line)
        mount(reading, parent, symbol, call, prefix, guards)
    elif len(call.args) > 1 and (name := _taking(reading, call)):
        mount(reading, parent, name, call, prefix, guards)


def _taking(reading: Reading, call: Call) -> str:
    """The class of ``[UserRoutes::class, 'register']``, whose method is handed the group; what else is mounted."""
    if reading.dialect.mounted is not None:
        return reading.dialect.mounted(reading, call)
    last = call.args[-1]
    return class_of(
        last.values[0] if isinstance(last, Items) and len(last.values) == len(("class", "method")) else last
    )


def _group_guards(reading: Reading, call: Call, options: Mapping | None) -> tuple[str, ...]:
    guards = [name for later in reading.chains.after(call) for name in guards_of(later) if _guards(reading, later)]
    guards += _option_guards(options)
    guards += [name for arg in call.args[1:] if isinstance(arg, (Items, Text)) for name in guard_names(arg)]
    return tuple(dict.fromkeys(guards))


def _option_guards(options: Mapping | None) -> list[str]:
    return [name for key in GUARD_KEYS for name in guard_names(options.get(key))] if options is not None else []


def _guards(reading: Reading, call: Call) -> bool:
    return call.last in reading.dialect.guarding


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
    given = [arg for arg in handlers if is_handler(arg)]
    value = _path(reading, path, loose=bool(given) and _is_loose(reading, call, given[0]))
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
                line=max(call.line, path.line) if isinstance(path, Text) else call.line,
                end_line=call.end_line,
                handler=_named(reading, call, handler, handlers),
                page=reading.pages.is_page(closure_of(handler)) or file_named(handler).endswith(("html", ".phtml")),
                guards=guards,
                implicit=is_catch_all(value),
            )
        )


def _named(reading: Reading, call: Call, handler: Expr, handlers: tuple[Expr, ...]) -> str:
    """``get('/x', Users::class, 'list')`` names the method behind the class."""
    place = handlers.index(handler) + 1
    method = plain(handlers[place]) if place < len(handlers) else None
    name = handler_name(handler) or file_named(handler)
    if name.startswith(OWN_CLASS) and call.owner != -1:
        return f"{reading.module.classes[call.owner].name}.{name.removeprefix(OWN_CLASS)}"
    if method and method.isidentifier() and name.endswith(f".{INVOKED}"):
        return f"{name.removesuffix(INVOKED)}{method}"
    return name


def _route_guards(reading: Reading, call: Call, handlers: tuple[Expr, ...], handler: Expr) -> tuple[str, ...]:
    guards = [name for later in _of_route(reading, call) for name in guards_of(later) if _guards(reading, later)]
    place = handlers.index(handler)
    others = [*handlers[:place], *(arg for arg in handlers[place + 1 :] if isinstance(arg, (Items, Name)))]
    guards += [name for arg in others for name in guard_names(arg)]
    guards += [name for arg in handlers if isinstance(arg, Mapping) for name in _option_guards(arg)]
    return tuple(dict.fromkeys(guards))


def _is_loose(reading: Reading, call: Call, handler: Expr) -> bool:
    """Whether a path needs no slash before it, since it can be nothing else."""
    named = reading.dialect.home_made and names_a_router(receiver_of(reading, call))
    return named and is_controller(handler)


def _of_route(reading: Reading, call: Call) -> Iterator[Call]:
    """What is chained to a route, up to the next one of the chain."""
    for later in reading.chains.after(call):
        if reading.dialect.home_made and reading.dialect.said(later) in VERBS and len(later.args) > 1:
            return
        yield later


def _path(reading: Reading, expr: Expr | None, loose: bool = False) -> Value | None:
    """A path as declared, None for what cannot be one."""
    if isinstance(expr, Name):
        constant = expr.dotted.isupper() or "." in expr.dotted
        return value_of(expr) if constant and not ASKED.search(expr.dotted) else None
    if not isinstance(expr, Text):
        return None
    first = expr.parts[0] if expr.parts else ""
    if isinstance(first, str) and (len(first) > PATH_LIMIT or " " in first.strip() or "://" in first):
        return None
    if (
        reading.dialect.rooted
        and not loose
        and isinstance(first, str)
        and first[:1] not in ("", "/", "[", "{", "(", "^", "*")
    ):
        return None
    return value_of(expr)
