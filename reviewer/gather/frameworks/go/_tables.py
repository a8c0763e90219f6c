"""Routes that stand in a table, and the loops that declare them: ``for _, r := range routes { mux.Handle(...) }``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.go._dialects import Dialect
from reviewer.gather.frameworks.go._handlers import handled
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import method_of, path_value, raw_value, spelled
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Module, Name, Other, Text, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

TABLE = "[]"
"""What the symbol of a table ends with; its routes are served only where a loop declares them."""
ROWS_MOST = 400
ROUTE_MAKER = re.compile(r"route|endpoint|handle", re.IGNORECASE)
EXPRESSION = re.compile(r"\([^()]*\)\??")
"""A group of a regular expression, which stands for a parameter in a table of them."""
MADE_MOST = 4
MATCHING = frozenset({"FindStringSubmatch", "MatchString", "FindStringSubmatchIndex"})
"""What is asked of each row of a table of expressions, with the path of the request."""
TEXTS = frozenset({"Name", "Summary", "Description", "Tag", "Module"})


def is_row_field(look: Look, expr: Expr, function: int) -> bool:
    """Whether an expression is the element of a loop, or a field of it."""
    return _iterated(look, expr, function) is not None


def _iterated(look: Look, expr: Expr, function: int) -> tuple[Expr, str] | None:
    """What the loop goes through whose variable an expression begins with, and whether that is its key."""
    if isinstance(expr, Other) and expr.operator == "+":
        return next((found for side in expr.operands if (found := _iterated(look, side, function))), None)
    if isinstance(expr, Text):
        inner = [part for part in expr.parts if isinstance(part, Name)]
        return next((found for part in inner if (found := _iterated(look, part, function))), None)
    if not isinstance(expr, Name):
        return None
    for item in look.assigned(expr.dotted.partition(".")[0], function):
        if isinstance(item.value, Other) and item.value.kind == "range" and item.value.operands:
            return item.value.operands[0], item.value.operator
    return None


def table_of(names: GoNames, expr: Expr, function: int) -> str | list[tuple[Expr, Expr]] | None:
    """The table behind a loop's variable: its symbol, or paths and handlers where it is a map of them."""
    found = _iterated(names.look, expr, function)
    if found is None:
        return None
    iterated, part = found
    if part == "key":
        pairs: list[tuple[Expr, Expr]] = [
            (key, value) for key, value in names.entries(iterated, function) if isinstance(key, Text)
        ]
        return pairs[:ROWS_MOST] or None
    rows = names.rows(iterated, function)
    if isinstance(expr, Name) and "." not in expr.dotted and rows and all(isinstance(row, Text) for row in rows):
        return [(row, Name("", row.line)) for row in rows[:ROWS_MOST]]
    if isinstance(iterated, Call) and not iterated.new:
        name = dotted(iterated.callee)
        return f"{names.known(name, function)}(){TABLE}" if name else None
    if isinstance(iterated, Name):
        head = iterated.dotted.partition(".")[0]
        local = [item for item in names.look.assigned(iterated.dotted, function) if item.function != -1]
        if local and isinstance(local[0].value, Call) and not local[0].value.new:
            return f"{names.known(dotted(local[0].value.callee), function)}(){TABLE}"
        if local:
            return f"{names.look.qualname(local[0].function)}.{iterated.dotted}{TABLE}"
        known = (
            names.known(iterated.dotted, function)
            if not names.look.is_imported(head) and "." in iterated.dotted
            else iterated.dotted
        )
        return f"{known}{TABLE}"
    return None


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
    for symbol, value, function, line in _lists(module, names):
        rows = [
            row for item in value[:ROWS_MOST] if (row := row_of(names, item, function, symbol, dialect)) is not None
        ]
        if rows:
            yield Router(symbol=symbol, framework=dialect.name, line=line), rows


def _lists(module: Module, names: GoNames) -> Iterator[tuple[str, tuple[Expr, ...], int, int]]:
    for item in module.assignments:
        values = _elements(item.value)
        if values and isinstance(values[0], Call) and not item.augmented:
            around = names.look.qualname(item.function)
            yield (
                f"{around}.{item.target}{TABLE}" if around else f"{item.target}{TABLE}",
                values,
                item.function,
                item.line,
            )
    for returned in module.returns:
        values = _elements(names.look.value(returned.value, returned.function))
        if values and isinstance(values[0], Call) and returned.function != -1:
            yield f"{names.look.qualname(returned.function)}(){TABLE}", values, returned.function, returned.line


def _elements(value: Expr | None) -> tuple[Expr, ...]:
    if isinstance(value, Items):
        return value.values
    if isinstance(value, Call) and value.new and not value.keywords and len(value.args) > 0:
        return value.args if all(isinstance(arg, Call) for arg in value.args) else ()
    return ()


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
        elif isinstance(value, (Lambda, Name, Call)) and _is_handler(value) and key not in ("Name", "Method"):
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
