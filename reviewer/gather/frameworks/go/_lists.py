"""Lists of routes that are made of other lists, handed to functions, or kept in structs: which table each stands for.

A table is known by what holds it: a variable (``routes[]``, ``main.routes[]``), a field (``Server.routes[]``), a
parameter (``Register#1[]``), what a function gives back (``users.Routes()[]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Mapping, Name, Other, Text, dotted, plain
from reviewer.model.facts.values import Value

TABLE = "[]"
"""What the symbol of a table ends with; its routes are served only where a loop declares them."""
PART = "@"
ROUTES = re.compile(r"(?:route|rota|endpoint)(?!r)", re.IGNORECASE)
"""What lists of routes are called that other files may go through."""
PREFIXES = re.compile(
    r"(?:get)?(?:base|root|route|router|group|api|mount|url)?(?:prefix|path|group|pattern|url|uri)", re.IGNORECASE
)
"""What methods are called that give the path before all routes of their struct."""
LISTED = re.compile(r"\[\][*\w.]{0,60}(?:Route|Rota|Endpoint)s?\b")
"""A list of routes by its type."""
ROW_TYPE = re.compile(r"\*?(?:\w+\.)?\w*(?:Route|Rota|Endpoint)")
NAME_MOST = 200
HOPS = 6
"""Lists within lists, and names that stand for one another."""
Part = tuple[str, Value]
"""A table, and what stands before its paths."""


def shared(name: str, line: int) -> str:
    """The symbol of rows that are one part of a table which other files may fill too."""
    return f"{name}{PART}{line}{TABLE}"


def iterated(look: Look, expr: Expr | None, function: int) -> Other | None:
    """The loop whose variable a name begins with, None for other expressions."""
    if not isinstance(expr, Name):
        return None
    found: Other | None = None
    for item in look.assigned(expr.dotted.partition(".")[0], function):
        value = item.value
        is_loop = isinstance(value, Other) and value.kind == "range" and bool(value.operands)
        if isinstance(value, Other) and is_loop and (found is None or found.line < value.line <= expr.line):
            found = value
    return found


def is_row_type(name: str) -> bool:
    """Whether a struct is one route by its name."""
    return ROW_TYPE.fullmatch(name[:NAME_MOST]) is not None


def row_given(look: Look, expr: Expr | None, function: int) -> str:
    """The table whose rows are given to a function one by one: ``func register(r *chi.Mux, route Route)``."""
    if not isinstance(expr, Name):
        return ""
    head = expr.dotted.partition(".")[0]
    for item in look.around(function):
        for place, one in enumerate(item.parameters):
            if one.name == head:
                return f"{item.qualname}#{place}{TABLE}" if is_row_type(one.type) else ""
    return ""


def symbol_of(names: GoNames, expr: Expr | None, function: int, hops: int = HOPS) -> str:
    """The table that an expression stands for, ``""`` for one without a name."""
    if hops <= 0:
        return ""
    if isinstance(expr, Call) and not expr.new:
        return _given_back(names, expr, function)
    if not isinstance(expr, Name):
        return ""
    head, _, rest = expr.dotted.partition(".")
    if rest:
        loop = iterated(names.look, expr, function)
        if loop is not None:
            return symbol_of(names, loop.operands[0], function, hops - 1)
        return f"{expr.dotted if names.look.is_imported(head) else names.known(expr.dotted, function)}{TABLE}"
    for item in names.look.around(function):
        known = names.tables.get((head, item.index))
        if known is not None:
            return known
        local = [one for one in names.look.assigned(head, item.index) if one.function == item.index]
        if local:
            names.tables[head, item.index] = found = _local(names, head, local, hops)
            return found
        place = next((place for place, one in enumerate(item.parameters) if one.name == head), None)
        if place is not None:
            return f"{item.qualname}#{place}{TABLE}"
    return f"{head}{TABLE}"


def _given_back(names: GoNames, call: Call, function: int) -> str:
    name = dotted(call.callee)
    if not name or name == "append":
        return ""
    if "." in name and iterated(names.look, call.callee, function) is not None:
        return f"**.{call.last}(){TABLE}"
    return f"{names.known(name, function)}(){TABLE}"


def _local(names: GoNames, name: str, local: list[Assignment], hops: int) -> str:
    """A variable of a function: what it alone stands for, else itself; one that is only added to is the file's."""
    only = local[0] if len(local) == 1 else None
    if only is not None and isinstance(only.value, Other) and only.value.kind == "range" and only.value.operands:
        return symbol_of(names, only.value.operands[0], only.function, hops - 1)
    if only is not None and isinstance(only.value, (Name, Call)):
        symbol = symbol_of(names, only.value, only.function, hops - 1)
        if symbol:
            return symbol
    if all(is_added(one) for one in local):
        return f"{name}{TABLE}"
    return f"{names.look.qualname(local[0].function)}.{name}{TABLE}"


def is_added(item: Assignment) -> bool:
    """``routes = append(routes, ...)``: whether a list is only made longer."""
    value = item.value
    return (
        isinstance(value, Call)
        and value.name == "append"
        and bool(value.args)
        and isinstance(value.args[0], Name)
        and value.args[0].dotted == item.target
    )


def parts_of(names: GoNames, value: Expr | None, function: int) -> Iterator[Part]:
    """The tables that a list is made of: by name, joined, in a list or map of lists, in fields of structs."""
    if isinstance(value, Call) and value.name == "append":
        for arg in value.args:
            yield from parts_of(names, arg, function)
    elif isinstance(value, Items):
        for item in value.values:
            if isinstance(item, Call) and item.new:
                yield from _fields(names, item, function)
            else:
                yield symbol_of(names, item, function), ()
    elif isinstance(value, Mapping):
        for key, item in value.pairs:
            yield symbol_of(names, item, function), key_path(names, key, function)
    elif isinstance(value, Call) and value.new:
        yield from _fields(names, value, function)
    else:
        yield symbol_of(names, value, function), ()


def _fields(names: GoNames, made: Call, function: int) -> Iterator[Part]:
    """The tables that stand in a struct beside the path of them all: ``{Prefix: "/users", Routes: userRoutes}``."""
    for key, value in made.keywords.items():
        if isinstance(value, (Name, Call)) and not getattr(value, "new", False) and ROUTES.search(key):
            yield symbol_of(names, value, function), prefix_beside(names, made, function)


def key_path(names: GoNames, key: Expr | None, function: int) -> Value:
    """The key of a map, where it is a path and no name."""
    return () if (plain(key) or "/")[0] != "/" else path_value(names.look, key, function)


def prefix_beside(names: GoNames, made: Call, function: int) -> Value:
    """The path among the fields of a struct, which stands before all of its routes."""
    for value in (*made.args, *made.keywords.values()):
        if isinstance(value, Text) and (plain(value) or "").startswith("/"):
            return path_value(names.look, value, function)
    return ()


def prefix_told(names: GoNames, method: str) -> Value:
    """What the method beside says that gives the path before all routes: ``func (c *Pets) Prefix() string``."""
    owner = method.rpartition(".")[0]
    beside = {
        item.index
        for name, item in (names.functions.items() if owner else ())
        if name.rpartition(".")[0] == owner and PREFIXES.fullmatch(item.name[:NAME_MOST]) and not item.parameters
    }
    for returned in names.module.returns if beside else ():
        if returned.function in beside:
            return path_value(names.look, returned.value, returned.function)
    return ()


def row_prefix(names: GoNames, expr: Expr | None, function: int) -> Value:
    """What a loop puts before the path of each row: ``prefix`` of ``prefix + route.Path``."""
    if isinstance(expr, Other) and expr.operator == "+":
        before = expr.operands[0] if expr.operands else None
    elif isinstance(expr, Text):
        before = Text(expr.parts[:1], expr.line, expr.end_line) if expr.parts else None
    else:
        return ()
    if any(iterated(names.look, item, function) for item in (before, *getattr(before, "parts", ()))):
        return ()
    return path_value(names.look, before, function)


def compositions(names: GoNames, given_to: frozenset[str]) -> Iterator[tuple[str, str, Value, int]]:
    """Every list that is made of others or handed to a function: the table, one within it, its prefix, the line.

    Args:
        names: of the file.
        given_to: functions and methods of the file, by their last name, that go through a table they are given.
    """
    for item in names.module.assignments:
        value = item.value
        if isinstance(value, (Items, Mapping)) or (isinstance(value, Call) and not value.new) or _is_alias(item):
            symbol = symbol_of(names, Name(item.target, item.line), item.function)
            for child, prefix in parts_of(names, value, item.function):
                yield symbol, child, prefix, item.line
    for returned in names.module.returns:
        around = names.look.qualname(returned.function)
        if around and "<lambda>" not in around:
            for child, prefix in parts_of(names, returned.value, returned.function):
                yield f"{around}(){TABLE}", child, prefix, returned.line
    for call in names.module.calls:
        if not call.new and call.name not in ("", "append"):
            yield from _handed(names, call, call.last in given_to)


def _handed(names: GoNames, call: Call, taken: bool) -> Iterator[tuple[str, str, Value, int]]:
    for place, arg in enumerate(call.args):
        named = dotted(arg.callee) if isinstance(arg, Call) else dotted(arg)
        loop = iterated(names.look, arg, call.function)
        is_row = loop is not None or bool(row_given(names.look, arg, call.function))
        if not named or not (taken or told(named)) or (is_row and "." in named):
            continue
        symbol = f"{names.known(call.name, call.function)}#{place}{TABLE}"
        if loop is not None:
            yield symbol, symbol_of(names, loop.operands[0], call.function), (), call.line
            continue
        for child, prefix in parts_of(names, arg, call.function):
            yield symbol, child, prefix, call.line


def _is_alias(item: Assignment) -> bool:
    return isinstance(item.value, Name) and item.owner == -1


def below(names: GoNames, expr: Expr | None, function: int) -> Value:
    """The path of a group. A field beside the list that the function goes through is said with each table instead."""
    if isinstance(expr, Other) and expr.operator == "+":
        kept = tuple(side for side in expr.operands if not _is_beside(names.look, side, function))
        return () if not kept else path_value(names.look, kept[0] if len(kept) == 1 else expr, function)
    if isinstance(expr, Text):
        parts = tuple(one for one in expr.parts if isinstance(one, str) or not _is_beside(names.look, one, function))
        return path_value(names.look, Text(parts, expr.line, expr.end_line, expr.how), function)
    return () if _is_beside(names.look, expr, function) else path_value(names.look, expr, function)


def _is_beside(look: Look, expr: Expr | None, function: int) -> bool:
    """``c.Prefix`` or ``c.Prefix()`` where ``c.Routes`` is gone through, ``prefix`` of ``range map[string][]Route``."""
    name = dotted(expr.callee) if isinstance(expr, Call) and not expr.args else dotted(expr)
    head, _, rest = name.partition(".")
    if not rest:
        loop = iterated(look, expr, function)
        return loop is not None and loop.operator == "key"
    inside = {item.index for item in look.around(function)}
    for item in look.module.assignments:
        value = item.value
        if item.function in inside and isinstance(value, Other) and value.kind == "range" and value.operands:
            through = value.operands[0]
            called = dotted(through.callee) if isinstance(through, Call) else dotted(through)
            if called.startswith(f"{head}.") and told(called):
                return True
    return False


def is_declared(item: Assignment) -> bool:
    """``var routes []Route``: a list of the package that any of its files may fill."""
    return item.function == item.owner == -1 and item.value is None and bool(LISTED.match(item.type))


def defined_here(names: GoNames, symbol: str) -> bool:
    """Whether what holds a table is of this file, so that others find it here."""
    name = symbol.removesuffix(TABLE)
    if name.endswith("()") or "#" in name:
        return name.removesuffix("()").partition("#")[0] in names.functions
    head = name.partition(".")[0]
    return head in names.classes or any(item.owner == -1 for item in names.look.assigned(name, -1))


def told(name: str) -> bool:
    """Whether a table is one by its name alone."""
    return bool(ROUTES.search(name))
