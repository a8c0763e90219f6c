"""Starlette's route tables: ``Route("/path", endpoint)`` and ``Mount("/prefix", routes=[...])``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, methods_of
from reviewer.gather.frameworks.python._served import defined_methods, served_names
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Call, Expr, Items, Name, Other, dotted, value_of
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

DEPTH_LIMIT = 10
MODULE = "starlette.routing."
APPLICATIONS = frozenset({"Starlette", "FastAPI"})


def keep_tables(lookup: Lookup, framework: str, kept: Kept) -> None:
    """The tables of a file that makes no application are routers, for the applications of other files."""
    if any(call.last in APPLICATIONS for call in lookup.module.calls):
        return
    for item in lookup.module.assignments:
        if item.function != -1 or item.owner != -1 or not isinstance(item.value, Items):
            continue
        if any(isinstance(entry, Call) and lookup.origin(entry.name).startswith(MODULE) for entry in item.value.values):
            kept.routers.append(Router(symbol=item.target, framework=framework, line=item.line))
            keep_table(lookup, framework, kept, item.target, item.value)


def keep_table(lookup: Lookup, framework: str, kept: Kept, router: str, table: Expr | None) -> None:
    """The routes of a table, and the tables of other files that it takes in."""
    kept.routes += routes_of(lookup, framework, router, table)
    kept.mounts += _taken(lookup, framework, router, table)


def _taken(lookup: Lookup, framework: str, router: str, table: Expr | None, prefix: Value = ()) -> list[Mount]:
    found = [
        Mount(parent=router, child=name.dotted, framework=framework, line=name.line, prefix=prefix)
        for name in _names_of(table)
        if name.dotted.partition(".")[0] in lookup.imported_names or (prefix and _is_made(lookup, name))
    ]
    for item in _entries(lookup, table, 0):
        if isinstance(item, Call) and item.last == "Mount":
            inner = item.keywords.get("routes") or argument(item, 1, "app")
            found += _taken(lookup, framework, router, inner, prefix + value_of(argument(item, 0, "path")))
    return found


def _is_made(lookup: Lookup, name: Name) -> bool:
    """Whether a name is an application of this file, which is mounted as a whole."""
    return isinstance(lookup.value(name.dotted), Call)


def _names_of(table: Expr | None) -> Iterator[Name]:
    """The names that a table is, is added up from or spreads."""
    if isinstance(table, Name):
        yield table
    elif isinstance(table, (Items, Other)):
        for part in table.values if isinstance(table, Items) else table.operands:
            yield from (item for item in (part, *_spread(part)) if isinstance(item, Name))


def _spread(part: Expr) -> tuple[Expr, ...]:
    return part.operands if isinstance(part, Other) else ()


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a class of another file answers; a function answers GET."""
    known = served_names(index, path, route.handler)
    found = [Expansion(method=method, symbol=name) for method, name in defined_methods(known)]
    return found or [Expansion(method="GET")]


def routes_of(
    lookup: Lookup, framework: str, router: str, table: Expr | None, prefix: Value = (), depth: int = 0
) -> list[Route]:
    """The routes of a table, nested ones with the prefix of their mount.

    A function answers GET where no methods are named; a class answers what it defines.
    """
    found: list[Route] = []
    for item in _entries(lookup, table, depth):
        if not isinstance(item, Call):
            continue
        path = prefix + value_of(argument(item, 0, "path"))
        if item.last == "Mount":
            found += routes_of(lookup, framework, router, item.keywords.get("routes"), path, depth + 1)
        elif item.last == "Route":
            found += _routes(lookup, framework, router, item, path)
    return found


def _entries(lookup: Lookup, table: Expr | None, depth: int) -> list[Expr]:
    """The entries of a table: a list, a name that lists are put into one after another, several added up."""
    if depth > DEPTH_LIMIT:
        return []
    match table:
        case Name(dotted=name):
            parts = [item.value for item in lookup.assignments.get(name, []) if item.value is not None]
        case Items(values=values):
            spread = [item for item in values if isinstance(item, Other)]
            return [*(item for item in values if item not in spread), *_each(lookup, spread, depth)]
        case Other(operands=operands):
            parts = list(operands)
        case _:
            return []
    return _each(lookup, parts, depth)


def _each(lookup: Lookup, parts: Iterable[Expr], depth: int) -> list[Expr]:
    return [entry for part in parts for entry in _entries(lookup, part, depth + 1)]


def _routes(lookup: Lookup, framework: str, router: str, item: Call, path: Value) -> list[Route]:
    handler = dotted(argument(item, 1, "endpoint"))
    declared = methods_of(lookup, item.keywords.get("methods"))
    view = lookup.classes.get(handler)
    defined = [method.name for method in lookup.methods_of(view)] if view else []
    methods = declared or tuple(name.upper() for name in defined if name in ("get", "post", "put", "patch", "delete"))
    function = lookup.functions.get(handler)
    elsewhere = handler.partition(".")[0] in lookup.imported_names
    return [
        Route(
            router=router,
            framework=framework,
            methods=methods or (() if elsewhere else ("GET",)),
            path=path,
            line=item.line,
            end_line=item.end_line,
            handler=handler,
            page=function is not None and lookup.renders(function),
        )
    ]
