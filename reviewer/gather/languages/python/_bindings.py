"""Names in an expression replaced by what they stand for."""

from __future__ import annotations

from msgspec.structs import replace

from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Name, Number, Other, Text, plain

Bindings = dict[str, Expr]
"""What each name stands for."""

DEPTH_LIMIT = 12


def bound(names: list[tuple[str, int]], element: Expr) -> Bindings:
    """What one round of a loop gives its names; empty where the element has another shape.

    Args:
        names: in order, each with how deep it lies: 0 for the element itself, 1 for a part of it, 2 for a part of one.
        element: of the table.
    """
    if names and names[0][1] == 0:
        return {names[0][0]: element}
    if not isinstance(element, Items):
        return {}
    found: Bindings = {}
    position, inner = 0, 0
    for number, (name, depth) in enumerate(names):
        nested = depth > 1
        if number and not (nested and names[number - 1][1] > 1):
            position, inner = position + 1, 0
        value = element.values[position] if position < len(element.values) else None
        if nested:
            value = value.values[inner] if isinstance(value, Items) and inner < len(value.values) else None
            inner += 1
        if value is None:
            return {}
        found[name] = value
    return found


def filled(expr: Expr, given: Bindings, depth: int = 0) -> Expr:
    """An expression with names replaced; of a call those in its callee, arguments and keywords."""
    if depth > DEPTH_LIMIT or not given:
        return expr
    match expr:
        case Name(dotted=name):
            return _name(expr, name, given)
        case Text(parts=parts) if len(parts) > 1 or not isinstance(parts[0] if parts else "", str):
            return replace(expr, parts=tuple(_parts(expr, given, depth)))
        case Other(kind="subscript", operands=(base, key)):
            return _part(expr, filled(base, given, depth + 1), filled(key, given, depth + 1))
        case Other(operands=operands):
            return _joined(replace(expr, operands=tuple(filled(item, given, depth + 1) for item in operands)))
        case Items(values=values):
            return replace(expr, values=tuple(filled(item, given, depth + 1) for item in values))
        case Mapping(pairs=pairs):
            return replace(expr, pairs=tuple((key, filled(value, given, depth + 1)) for key, value in pairs))
        case Attribute(value=value):
            return replace(expr, value=filled(value, given, depth + 1))
        case Call():
            return _call(expr, given, depth)
        case _:
            return expr


def _name(expr: Name, name: str, given: Bindings) -> Expr:
    head, dot, rest = name.partition(".")
    value = given.get(head)
    if value is None:
        return expr
    if not dot:
        return value
    if isinstance(value, Call) and "." not in rest:
        return Attribute(value=value, name=rest, line=expr.line)
    return Name(dotted=f"{value.dotted}.{rest}", line=expr.line) if isinstance(value, Name) else expr


def _parts(text: Text, given: Bindings, depth: int) -> list[str | Expr]:
    """The parts of a string, constant strings put into it made parts of it."""
    found: list[str | Expr] = []
    for part in text.parts:
        value = part if isinstance(part, str) else filled(part, given, depth + 1)
        found.extend(value.parts if isinstance(value, Text) else (value,))
    return found


def _part(expr: Other, base: Expr, key: Expr) -> Expr:
    """``entry["path"]`` and ``entry[0]`` of a literal."""
    found: Expr | None = None
    if isinstance(base, Mapping):
        found = base.get(plain(key) or "")
    elif isinstance(base, Items) and isinstance(key, Number) and key.text.isdecimal() and len(key.text) < 4:
        found = base.values[int(key.text)] if int(key.text) < len(base.values) else None
    return found if found is not None else replace(expr, operands=(base, key))


def _joined(expr: Other) -> Expr:
    """Two strings added up are one."""
    match expr:
        case Other(operator="+", operands=(Text() as left, Text() as right)):
            return Text(parts=(*left.parts, *right.parts), line=expr.line, end_line=right.end_line, how="concatenated")
        case _:
            return expr


def _call(call: Call, given: Bindings, depth: int) -> Expr:
    callee = call.callee
    if isinstance(callee, Name) and call.last == "get" and call.args:
        table = given.get(callee.dotted.removesuffix(".get"))
        if isinstance(table, Mapping):
            default = call.args[1] if len(call.args) > 1 else Number(text="None", line=call.line)
            return table.get(plain(call.args[0]) or "") or default
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for arg in call.args:
        value = filled(arg, given, depth + 1)
        spread = value.operands[0] if isinstance(value, Other) and value.operands else None
        if isinstance(spread, Items) and isinstance(value, Other) and value.kind == "list_splat":
            args.extend(spread.values)
        elif isinstance(spread, Mapping) and isinstance(value, Other) and value.kind == "dictionary_splat":
            keywords.update({name: item for key, item in spread.pairs if (name := plain(key))})
        else:
            args.append(value)
    keywords.update({name: filled(value, given, depth + 1) for name, value in call.keywords.items()})
    return replace(call, callee=filled(callee, given, depth + 1), args=tuple(args), keywords=keywords)
