"""Routes of WordPress that are registered in a loop over a list, or by a method that is called for each."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Bindings

from msgspec.structs import replace

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, Other, Text

FOREACH_KEY = "foreach_key"
OWN = ("this.", "self.", "static.", "parent.")
GIVEN = 3
"""The arguments of a registration that are looked at: namespace, path and options."""
CALLS_MOST = 200
DEPTH = 3


def registrations(look: Look, call: Call) -> Iterator[Call]:
    """A registration once for each entry of the list that a loop around it goes through, or for each call of the
    method that it stands in; else as it is."""
    names = {name for arg in call.args[:GIVEN] for name in _names(arg)}
    found = _of_loop(look, call, names) or _of_method(look, call, names)
    if not found:
        yield call
        return
    for values in found[:CALLS_MOST]:
        args = tuple(_bound(arg, values) for arg in call.args)
        line = values.get("") or call
        yield replace(call, args=args, line=line.line)


def _names(expr: Expr, depth: int = DEPTH) -> Iterator[str]:
    """The variables inside an argument."""
    if isinstance(expr, Name):
        yield expr.dotted.partition(".")[0]
    inner: tuple[Expr, ...] = ()
    if isinstance(expr, Text):
        inner = tuple(part for part in expr.parts if not isinstance(part, str))
    elif isinstance(expr, Items):
        inner = expr.values
    elif isinstance(expr, Mapping):
        inner = tuple(value for _, value in expr.pairs)
    for item in inner if depth else ():
        yield from _names(item, depth - 1)


def _of_loop(look: Look, call: Call, names: set[str]) -> list[dict[str, Expr]]:
    keys: dict[str, Expr] = {}
    values: dict[str, Expr] = {}
    for name in names:
        value = look.value(Name(name, call.line), call.function)
        first = next((item for item in look.assigned(name, call.function)), None)
        given = value if isinstance(value, Other) else first.value if first is not None else None
        if not isinstance(given, Other) or not given.operands or not call.loops:
            continue
        listed = look.value(given.operands[0], call.function)
        if listed is not None:
            (keys if given.kind == FOREACH_KEY else values)[name] = listed
    listed = next(iter((*keys.values(), *values.values())), None)
    if isinstance(listed, Mapping):
        pairs = [(key, value) for key, value in listed.pairs if key is not None]
        return [{**dict.fromkeys(keys, key), **dict.fromkeys(values, value)} for key, value in pairs]
    if isinstance(listed, Items) and values:
        return [dict.fromkeys(values, value) for value in listed.values]
    return []


def _of_method(look: Look, call: Call, names: set[str]) -> list[dict[str, Expr]]:
    """What the calls of the function around a registration give for its parameters."""
    around = look.module.functions[call.function] if call.function >= 0 else None
    wanted = {item.name: place for place, item in enumerate(around.parameters) if item.name in names} if around else {}
    if around is None or not wanted:
        return []
    found: list[dict[str, Expr]] = []
    for other in look.module.calls:
        mine = other.name.startswith(OWN) if around.owner != -1 else "." not in other.name
        if other.last == around.name and mine and len(other.args) > min(wanted.values()):
            values: dict[str, Expr] = {
                name: other.args[place] for name, place in wanted.items() if place < len(other.args)
            }
            found.append({**values, "": other})
    return found


def _bound(expr: Expr, values: Bindings[str, Expr], depth: int = DEPTH) -> Expr:
    """An expression with its variables replaced; an entry of one (``$route['path']``) by what it holds there."""
    if depth == 0:
        return expr
    match expr:
        case Name(dotted=dotted):
            head, _, key = dotted.partition(".")
            value = values.get(head) if head else None
            if value is None or not key:
                return value or expr
            return (value.get(key) if isinstance(value, Mapping) else None) or expr
        case Text(parts=parts):
            return replace(expr, parts=tuple(_joined(parts, values)))
        case Items(values=inner):
            return replace(expr, values=tuple(_bound(item, values, depth - 1) for item in inner))
        case Mapping(pairs=pairs):
            return replace(expr, pairs=tuple((key, _bound(item, values, depth - 1)) for key, item in pairs))
        case _:
            return expr


def _joined(parts: tuple[str | Expr, ...], values: Bindings[str, Expr]) -> Iterator[str | Expr]:
    for part in parts:
        bound = part if isinstance(part, str) else _bound(part, values)
        if isinstance(bound, Text):
            yield from bound.parts
        else:
            yield bound
