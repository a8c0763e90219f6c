"""Variables in an expression replaced by what they stand for."""

from __future__ import annotations

from msgspec.structs import replace

from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Name, Number, Other, Text, plain

ELEMENT = "subscript_expression"
DEPTH_MOST = 12

Bindings = dict[str, Expr]
"""What each variable stands for."""


def filled(expr: Expr, given: Bindings, memo: dict[int, Expr], depth: int) -> Expr:
    """An expression with variables replaced; the same object where there are none, and once for each call."""
    if depth > DEPTH_MOST:
        return expr
    match expr:
        case Name(dotted=name):
            return _name(expr, name, given)
        case Text(parts=parts):
            return _text(expr, parts, given, memo, depth)
        case Call():
            if id(expr) not in memo:
                memo[id(expr)] = _call(expr, given, memo, depth)
            return memo[id(expr)]
        case Attribute(value=value):
            inner = filled(value, given, memo, depth + 1)
            return expr if inner is value else replace(expr, value=inner)
        case Items(values=values):
            return _changed(expr, "values", values, _all(values, given, memo, depth))
        case Mapping(pairs=pairs):
            made = tuple((key, filled(value, given, memo, depth + 1)) for key, value in pairs)
            same = all(old[1] is new[1] for old, new in zip(pairs, made, strict=True))
            return expr if same else replace(expr, pairs=made)
        case Other(operands=operands):
            return _picked(expr, _all(operands, given, memo, depth))
        case _:
            return expr


def _name(expr: Name, name: str, given: Bindings) -> Expr:
    head, _, entry = name.partition(".")
    if entry and head in given:
        return _entry(given[head], entry) or expr
    return given.get(name, expr)


def _entry(table: Expr, key: str) -> Expr | None:
    """``$entry['path']``, which is spelled ``entry.path``, of a literal."""
    return table.get(key) if isinstance(table, Mapping) else None


def _all(values: tuple[Expr, ...], given: Bindings, memo: dict[int, Expr], depth: int) -> tuple[Expr, ...]:
    return tuple(filled(value, given, memo, depth + 1) for value in values)


def _changed(expr: Expr, field: str, old: tuple[Expr, ...], new: tuple[Expr, ...]) -> Expr:
    same = all(before is after for before, after in zip(old, new, strict=True))
    return expr if same else replace(expr, **{field: new})


def _text(expr: Text, parts: tuple[str | Expr, ...], given: Bindings, memo: dict[int, Expr], depth: int) -> Expr:
    if all(isinstance(part, str) for part in parts):
        return expr
    made: list[str | Expr] = []
    for part in parts:
        value = part if isinstance(part, str) else filled(part, given, memo, depth + 1)
        made.extend(value.parts if isinstance(value, Text) else (value,))
    return replace(expr, parts=tuple(made))


def _picked(expr: Other, operands: tuple[Expr, ...]) -> Expr:
    """``$entry['path']`` and ``$entry[0]`` of a literal; any other expression with what is put into it."""
    if expr.kind == ELEMENT and len(operands) == len(("array", "key")):
        base, key = operands
        found = _entry(base, plain(key) or "")
        if isinstance(key, Number):
            found = element_at(base, key)
        if found is not None:
            return found
    return _changed(expr, "operands", expr.operands, operands)


def _call(call: Call, given: Bindings, memo: dict[int, Expr], depth: int) -> Expr:
    """A call with its callee as it is, unless that is chained to another call."""
    callee = call.callee if isinstance(call.callee, Name) else filled(call.callee, given, memo, depth + 1)
    args = _all(call.args, given, memo, depth)
    same = callee is call.callee and all(old is new for old, new in zip(call.args, args, strict=True))
    return call if same else replace(call, callee=callee, args=args)


def element_at(table: Expr, place: Number) -> Expr | None:
    """The element of a literal list that a number picks."""
    values = table.values if isinstance(table, Items) else ()
    return next((value for at, value in enumerate(values) if str(at) == place.text), None)
