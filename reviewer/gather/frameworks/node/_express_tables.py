"""Tables of routes: ``routes.forEach((route) => app[route.method](route.path, route.handler))``, and lists for them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.frameworks.node._express_values import flat
from reviewer.gather.frameworks.node._route_objects import (
    UNTOLD,
    declare_objects,
    is_route,
    methods_of,
    paths_of_object,
)
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Other, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

ANSWERING = ("controller", "action", "handler", "handlers", "callback")
"""Keys of what answers, in tables that are no other framework's."""
BASES = ("baseUrl", "baseURL", "basePath", "baseRoute", "basePrefix", "routePrefix", "prefix", "BASE_URL", "BASE_PATH")
"""How a file calls the prefix of its table, which it exports beside it."""
TABLE_KEYS = ("route", "path", "url")


def read_table(reading: Reading, call: Call) -> None:
    """A call of a method that is only known from the element of a table: the whole table is declared."""
    if not (isinstance(call.callee, Other) and call.callee.kind == "subscript_expression" and len(call.args) > 1):
        return
    receiver, method = call.callee.operands[0], call.callee.operands[-1]
    symbol = reading.routers.lookup(dotted(receiver), call.function, call.owner)
    prefix, path = _path(call.args[0])
    if symbol is None or plain(method) is not None or path is None:
        return
    table = reading.loops.iterated_by(replace(call, args=(path,)))
    if table is None or declare_objects(reading, table, symbol, call, prefix) or not isinstance(table, Name):
        return
    if reading.names.is_own(table.dotted) and table.dotted.partition(".")[0] in reading.names.imports:
        reading.routers.use(symbol, call.line)
        reading.mounts.append(
            Mount(
                parent=symbol,
                child=table.dotted,
                framework=reading.routers.dialect.name,
                line=call.line,
                prefix=prefix,
                guards=tuple(dict.fromkeys(reading.guards_before(symbol, prefix))),
            )
        )


def _path(arg: Expr) -> tuple[Value, Name | None]:
    """What stands before the path of a table's element, and the name of that path."""
    if isinstance(arg, Name):
        return (), arg
    if isinstance(arg, Text) and arg.parts and isinstance(arg.parts[-1], Name):
        return value_of(Text(arg.parts[:-1], arg.line, arg.end_line)), arg.parts[-1]
    return (), None


def tables(module: Module) -> Iterator[tuple[Router, list[Route]]]:
    """Tables of a file of their own, whose elements name a controller: routers under the table's name."""
    for item in module.assignments:
        symbol = exported_name(item.target) or item.target
        if item.function != -1 or "." in symbol or not isinstance(item.value, Items):
            continue
        rows = [part for part in item.value.values if isinstance(part, Mapping) and _is_row(part)]
        if rows:
            router = Router(symbol=symbol, framework=UNTOLD, line=item.line, prefix=_base(module))
            yield router, [route for row in rows for route in _routes(symbol, row)]


def _base(module: Module) -> Value:
    """``export const baseUrl = "/users"`` beside a table: whoever loads the file puts it before the paths."""
    exported = {item.local for item in module.exports if not item.module}
    for item in module.assignments:
        name = exported_name(item.target) or item.target
        if name in BASES and (name != item.target or name in exported) and item.function == -1:
            text = plain(item.value) if item.value is not None else None
            if text is not None and text.startswith("/"):
                return (text,)
    return ()


def _is_row(item: Mapping) -> bool:
    answers = any(item.get(key) is not None for key in ANSWERING)
    told = item.get("route") is not None or item.get("handler") is None
    return is_route(item) and answers and told and bool(methods_of(item.get("method")))


def _routes(symbol: str, item: Mapping) -> Iterator[Route]:
    controller, action = dotted(item.get("controller")), plain(item.get("action")) or ""
    given = item.get("handlers") or item.get("handler")
    *before, last = [dotted(part) for part in (flat((given,)) if given is not None else ())] or [""]
    answering = f"{controller}.{action}" if controller and action else last or controller
    for path in paths_of_object(item):
        yield Route(
            router=symbol,
            framework=UNTOLD,
            methods=methods_of(item.get("method")),
            path=path,
            line=item.line,
            end_line=item.line,
            handler=answering,
            guards=tuple(name for name in dict.fromkeys(before) if name),
        )
