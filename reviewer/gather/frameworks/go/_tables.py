"""Routes that stand in a table, and the loops that declare them: ``for _, r := range routes { mux.Handle(...) }``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.frameworks.go._dialects import Dialect
from reviewer.gather.frameworks.go._handlers import handled
from reviewer.gather.frameworks.go._lists import (
    TABLE,
    is_row_type,
    iterated,
    key_path,
    prefix_beside,
    prefix_told,
    row_given,
    shared,
    symbol_of,
)
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import method_of, path_value, raw_value, spelled
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Other, Text, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

ROWS_MOST = 400
ROUTE_MAKER = re.compile(r"route|endpoint|handle", re.IGNORECASE)
EXPRESSION = re.compile(r"\([^()]*\)\??")
"""A group of a regular expression, which stands for a parameter in a table of them."""
MADE_MOST = 4
MATCHING = frozenset({"FindStringSubmatch", "MatchString", "FindStringSubmatchIndex"})
"""What is asked of each row of a table of expressions, with the path of the request."""
Listed = tuple[str, tuple[Expr, ...], int, int, Value]
"""A table, its rows, the function and the line that they stand in, and the path before all of theirs."""
NO_HANDLERS = frozenset({"Name", "Method", "Routes", "Endpoints", "SubRoutes", "Children"})
TEXTS = frozenset({"Name", "Summary", "Description", "Tag", "Module"})


def is_row_field(look: Look, expr: Expr, function: int) -> bool:
    """Whether an expression is the element of a loop, or a field of it."""
    return _loop_of(look, expr, function) is not None or bool(row_given(look, expr, function))


def _loop_of(look: Look, expr: Expr, function: int) -> Other | None:
    """The loop whose variable an expression is made of; of several the one that its end comes from."""
    if isinstance(expr, Other) and expr.operator == "+":
        return next((found for side in reversed(expr.operands) if (found := _loop_of(look, side, function))), None)
    if isinstance(expr, Text):
        inner = [part for part in reversed(expr.parts) if isinstance(part, Name)]
        return next((found for part in inner if (found := iterated(look, part, function))), None)
    return iterated(look, expr, function)


def table_of(names: GoNames, expr: Expr, function: int) -> str | list[tuple[Expr, Expr]] | None:
    """The table behind a loop's variable: its symbol, or paths and handlers where it is a map of them."""
    loop = _loop_of(names.look, expr, function)
    if loop is None:
        return row_given(names.look, expr, function) or None
    gone_through = loop.operands[0]
    if loop.operator == "key":
        pairs: list[tuple[Expr, Expr]] = [
            (key, value) for key, value in names.entries(gone_through, function) if isinstance(key, Text)
        ]
        return pairs[:ROWS_MOST] or None
    rows = names.rows(gone_through, function)
    if isinstance(expr, Name) and "." not in expr.dotted and rows and all(isinstance(row, Text) for row in rows):
        return [(row, Name("", row.line)) for row in rows[:ROWS_MOST]]
    return symbol_of(names, gone_through, function) or None


def matched_table(names: GoNames, call: Call) -> str:
    """The table whose rows a project's own router compares with the path of the request, ``""`` for other calls."""
    asked = call.args[0] if call.last in MATCHING and len(call.args) == 1 else None
    if not isinstance(asked, Name) or not (asked.dotted.endswith("URL.Path") or asked.dotted == "path"):
        return ""
    head = call.name.partition(".")[0]
    table = table_of(names, Name(f"{head}.path", call.line), call.function)
    return table if isinstance(table, str) else ""


def tables(module: Module, names: GoNames, dialect: Dialect) -> Iterator[tuple[Router, list[Route]]]:
    """Every list of structs that each have a path and a handler, with its routes."""
    for symbol, values, function, line, prefix in _lists(module, names):
        found = [row for item in values[:ROWS_MOST] if (row := row_of(names, item, function, symbol, dialect))]
        if found:
            rows = [msgspec.structs.replace(row, path=(*prefix, *row.path)) for row in found] if prefix else found
            yield Router(symbol=symbol, framework=dialect.name, line=line), rows


def _lists(module: Module, names: GoNames) -> Iterator[Listed]:
    for item in module.assignments:
        if not item.augmented and item.value is not None:
            symbol = symbol_of(names, Name(item.target, item.line), item.function)
            yield from _within(names, item.value, item.function, symbol)
    for returned in module.returns:
        if returned.function != -1:
            method = names.look.qualname(returned.function)
            prefix = prefix_told(names, method)
            for listed in _within(
                names, names.look.value(returned.value, returned.function), returned.function, f"{method}(){TABLE}"
            ):
                yield (*listed[:-1], (*prefix, *listed[-1]))
    for call in module.calls:
        yield from _held(names, call) if call.new else _handed(names, call)


def _held(names: GoNames, made: Call) -> Iterator[Listed]:
    """The lists in the fields of a struct."""
    for key, value in made.keywords.items():
        for values in _elements(value):
            prefix = prefix_beside(names, made, made.function)
            yield shared(f"{made.name}.{key}", made.line), values, made.function, made.line, prefix


def _handed(names: GoNames, call: Call) -> Iterator[Listed]:
    """Rows and lists of them that are written out among the arguments of a call."""
    for arg in call.args:
        if isinstance(arg, Items) or (isinstance(arg, Call) and arg.new and is_row_type(arg.name)):
            place = next(at for at, one in enumerate(call.args) if type(one) is type(arg))
            symbol = shared(f"{names.known(call.name, call.function)}#{place}", call.line)
            yield from _within(names, arg, call.function, symbol)


def _within(names: GoNames, value: Expr | None, function: int, symbol: str) -> Iterator[Listed]:
    """The lists in a value: itself, what is added to it, and what its elements hold below a path."""
    if isinstance(value, Mapping):
        for key, one in value.pairs:
            for values in _elements(one):
                yield symbol, values, function, one.line, key_path(names, key, function)
    if isinstance(value, Call) and value.name == "append":
        symbol = shared(symbol.removesuffix(TABLE), value.line)
    for values in _elements(value):
        yield symbol, values, function, values[0].line, ()
        for row in values[:ROWS_MOST]:
            if isinstance(row, Call) and row.new:
                for inner in (*row.args, *row.keywords.values()):
                    for below in _elements(inner):
                        yield symbol, below, function, row.line, prefix_beside(names, row, function)


def _elements(value: Expr | None) -> Iterator[tuple[Expr, ...]]:
    """The structs of a list that is written out, or that are added to one; a struct is a list of itself."""
    values: tuple[Expr, ...] = ()
    if isinstance(value, Items):
        values = value.values
    elif isinstance(value, Call) and value.new and not value.keywords:
        values = value.args
    elif isinstance(value, Call) and value.name == "append":
        values = value.args[1:]
    if values and all(isinstance(one, Call) for one in values):
        yield values
    elif isinstance(value, Call) and value.new:
        yield (value,)


def row_of(names: GoNames, row: Expr, function: int, symbol: str, dialect: Dialect) -> Route | None:
    """A struct as a route, by what is in it: a path, a method if there is one, and a handler."""
    if not isinstance(row, Call) or not row.new:
        return _made_row(names, row, function, symbol, dialect) if isinstance(row, Call) else None
    path: Value | None = None
    methods: list[str] = []
    target: Expr | None = None
    for key, value in (*((None, arg) for arg in row.args), *row.keywords.items()):
        named = [
            method_of(names.look, item, function) for item in (value.values if isinstance(value, Items) else (value,))
        ]
        if named and all(named):
            methods.extend(named)
        elif isinstance(value, Text) and key not in TEXTS and _is_path(value) and path is None:
            path = path_value(names.look, value, function)
        elif isinstance(value, (Lambda, Name, Call)) and _is_handler(value) and key not in NO_HANDLERS:
            target = value
    if path is None or target is None:
        return None
    handler = handled(names, target, function)
    return Route(
        router=symbol,
        framework=dialect.name,
        methods=tuple(methods) or ("ANY",),
        path=path,
        line=row.line,
        end_line=row.end_line,
        handler=handler.name,
        guards=handler.guards,
    )


def _made_row(names: GoNames, row: Call, function: int, symbol: str, dialect: Dialect) -> Route | None:
    """A row that a function of the project makes: ``newRoute("GET", "/users/([^/]+)", getUser)``."""
    if not ROUTE_MAKER.search(row.last) or not 2 <= len(row.args) <= MADE_MOST or not _is_handler(row.args[-1]):
        return None
    method = method_of(names.look, row.args[0], function)
    path = row.args[1] if method else row.args[0]
    if path is row.args[-1] or not isinstance(path, (Text, Name, Other)):
        return None
    handler = handled(names, row.args[-1], function)
    return Route(
        router=symbol,
        framework=dialect.name,
        methods=(method,) if method else ("ANY",),
        path=tuple(
            spelled(EXPRESSION.sub("{value}", part).strip("^$")) if isinstance(part, str) else part
            for part in raw_value(names.look, path, function)
        ),
        line=row.line,
        end_line=row.end_line,
        handler=handler.name,
        guards=handler.guards,
    )


def _is_path(value: Text) -> bool:
    text = plain(value)
    if text is None:
        return any(isinstance(part, str) and part.startswith("/") for part in value.parts)
    return text.startswith("/")


def _is_handler(value: Expr) -> bool:
    if isinstance(value, Lambda):
        return True
    if isinstance(value, Call):
        return not value.new
    return isinstance(value, Name) and not value.dotted.startswith("http.") and value.dotted != "nil"
