"""Routes as objects: ``{ method: "GET", path: "/users", handler }``, alone or in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.frameworks.node._express_values import (
    flat,
    function_of,
    guard_name,
    handler_name,
    is_page,
    paths_of,
)
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Mapping, Name, Other, dotted, plain
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Value

PATH_KEYS = ("url", "path", "route")
OBJECTS_MOST = 400
UNTOLD = ""
"""The framework of a list that other files hand on: whose it is tells the router that it is handed to."""
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
ANY_METHODS = frozenset({"*", "ALL", "ANY", "_SPECIAL"})

ROUTES_NAME = re.compile(r"routes?$", re.IGNORECASE)
HOOKS = ("onRequest", "preParsing", "preValidation", "preHandler", "beforeHandler", "middleware", "middlewares")
"""Options that hold what stands before the handler (Fastify's and others')."""


def methods_of(expr: Expr | None, names: Names | None = None) -> tuple[str, ...]:
    """The methods that a text or a list of texts names; ``ANY`` for all of them, nothing for what is none."""
    if isinstance(expr, Name) and names is not None:
        expr = names.values.get(expr.dotted, expr)
    if isinstance(expr, Name):
        last = expr.dotted.rpartition(".")[2].upper()
        return (last,) if last in METHODS else ()
    values = expr.values if isinstance(expr, Items) else (expr,) if expr is not None else ()
    found = [text.upper() for value in values if (text := plain(value))]
    if any(item in ANY_METHODS for item in found):
        return ("ANY",)
    return tuple(item for item in found if item in METHODS)


def objects_in(expr: Expr | None, values: dict[str, Expr], most: int = OBJECTS_MOST) -> Iterator[Mapping]:
    """The route objects that an expression is or lists, names of this file followed once."""
    for item in flat((expr,)) if expr is not None else ():
        known = values.get(item.dotted, item) if isinstance(item, Name) else item
        for part in flat((known,)) if isinstance(known, Items) and known is not item else (known,):
            inside = values.get(part.dotted, part) if isinstance(part, Name) else part
            if most and isinstance(inside, Mapping) and is_route(inside):
                most -= 1
                yield inside


def is_route(item: Mapping) -> bool:
    """Whether an object declares a route: it has a method and a path."""
    return item.get("method") is not None and any(item.get(key) is not None for key in PATH_KEYS)


def declare_objects(reading: Reading, expr: Expr | None, symbol: str, call: Call, prefix: Value = ()) -> int:
    """Declares the route objects in an expression on a router, below a prefix; how many there were."""
    count = 0
    for item in objects_in(expr, reading.names.values):
        for path in paths_of_object(item):
            count += 1
            declare_object(reading, item, symbol, (*prefix, *path), call)
    return count


def paths_of_object(item: Mapping) -> list[Value]:
    """The paths that an object serves."""
    path = next((found for key in PATH_KEYS if (found := item.get(key)) is not None), None)
    return (paths_of(path) if path is not None else None) or []


def handler_of(item: Mapping) -> Expr | None:
    """What answers, directly or among its options (hapi's ``config.handler``)."""
    for holder in (item, item.get("options"), item.get("config")):
        if isinstance(holder, Mapping) and (found := holder.get("handler")) is not None:
            values = list(flat((found,)))
            return values[-1] if values else None
    return None


def declare_object(
    reading: Reading, item: Mapping, symbol: str, path: Value, call: Call | None, guards: tuple[str, ...] = ()
) -> None:
    """Declares one route object."""
    handler = handler_of(item)
    found = function_of(handler) if handler is not None else None
    page = isinstance(found, Lambda) and is_page(reading.answered.get(found.function, set()))
    name = "" if found is None or isinstance(found, Lambda) else handler_name(found, reading.names)
    name = reading.local_function(name, call) if name and call is not None else name
    if name in reading.functions:
        page = is_page(reading.answered.get(reading.functions[name], set()))
    reading.routers.use(symbol, item.line)
    known = (*reading.guards_before(symbol, path), *guards, *object_guards(reading, item))
    reading.routes.append(
        Route(
            router=symbol,
            framework=reading.routers.dialect.name,
            methods=methods_of(item.get("method"), reading.names) or ("ANY",),
            path=path,
            line=item.line,
            end_line=max(item.line, found.end_line if isinstance(found, Lambda) else item.line),
            handler=name,
            page=page,
            guards=tuple(dict.fromkeys(known)),
        )
    )


def object_guards(reading: Reading, *holders: Expr | None) -> Iterator[str]:
    """What stands before a handler by the options of its route."""
    for holder in holders:
        known = reading.names.values.get(holder.dotted, holder) if isinstance(holder, Name) else holder
        for key in HOOKS if isinstance(known, Mapping) else ():
            given = known.get(key) if isinstance(known, Mapping) else None
            for item in reading.flattened((given,)) if given is not None else ():
                if isinstance(item, Call) and item.last in ("auth", "and", "or") and item.args:
                    yield from filter(None, map(guard_name, reading.flattened(item.args)))
                elif guard := guard_name(item):
                    yield guard


def lists_given(reading: Reading, item: Expr) -> list[str]:
    """Names of other files that a function of this repository makes a router of: ``makeRouter(routes)``."""
    if isinstance(item, Call) and isinstance(item.callee, Name) and item.callee.dotted.rpartition(".")[0]:
        item = Name(item.callee.dotted.rpartition(".")[0], item.line)
    elif isinstance(item, Call) and isinstance(item.callee, Attribute):
        item = item.callee.value
    made = reading.results.get(item.dotted) if isinstance(item, Name) else item
    if not isinstance(made, Call) or made.new or not reading.names.is_own(made.callee):
        return []
    given = (arg.dotted for arg in made.args if isinstance(arg, Name))
    return [name for name in given if name in reading.names.imports and reading.names.is_own(name)]


def read_lists(reading: Reading, key: str, known: bool) -> None:
    """Lists of route objects that other files give to an application: each a router under the list's name.

    Args:
        reading: of the file.
        key: under which this framework's objects have their path.
        known: whether the file tells of the framework in other ways, so that a list of other lists is its own.
    """
    for item in reading.module.assignments:
        symbol = exported_name(item.target) or item.target
        if item.function != -1 or "." in symbol or not isinstance(item.value, Items | Mapping):
            continue
        parts = item.value.values if isinstance(item.value, Items) else (item.value,)
        routes = [part for part in parts if isinstance(part, Mapping) and is_route(part)]
        joins = any(part.get(key) is not None for part in routes) if routes else known or _are_routes(parts)
        for part in parts:
            if isinstance(part, Mapping) and part.get(key) is not None and is_route(part) and handler_of(part):
                for path in paths_of_object(part):
                    declare_object(reading, part, symbol, path, None)
            elif joins and isinstance(part, Other) and part.kind == "spread_element":
                _spread(reading, symbol, part)


def _are_routes(parts: Sequence[Expr]) -> bool:
    """Whether all parts are other lists that are called routes: ``[...userRoutes, ...postRoutes]``."""
    spread = [part for part in parts if isinstance(part, Other) and part.kind == "spread_element" and part.operands]
    return bool(spread) and all(ROUTES_NAME.search(dotted(part.operands[0])) for part in spread)


def _spread(reading: Reading, symbol: str, part: Other) -> None:
    name = dotted(part.operands[0]) if part.operands else ""
    if name and name in reading.names.imports and reading.names.is_own(name):
        reading.routers.use(symbol, part.line)
        framework = reading.routers.dialect.name
        reading.mounts.append(Mount(parent=symbol, child=name, framework=framework, line=part.line))
