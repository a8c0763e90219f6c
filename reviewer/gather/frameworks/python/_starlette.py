"""Starlette's route tables: ``Route("/path", endpoint)`` and ``Mount("/prefix", routes=[...])``."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, methods_of
from reviewer.gather.syntax import Call, Expr, Items, Name, Other, dotted, value_of
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

DEPTH_LIMIT = 10


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
    return [
        Route(
            router=router,
            framework=framework,
            methods=methods or ("GET",),
            path=path,
            line=item.line,
            end_line=item.end_line,
            handler=handler,
            page=function is not None and lookup.renders(function),
        )
    ]
