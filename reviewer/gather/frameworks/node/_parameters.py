"""What functions and classes are handed beside a router (``routes(app, "/v1")``), for the paths that they declare."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.filled import PARAMETER
from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.frameworks.node._express_routers import names_of
from reviewer.gather.frameworks.node._express_values import is_sum, paths_of, within_class
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.values import Ref, Value

CONSTRUCTOR = "constructor"
DEFAULTS = ("||", "??")
AROUND_MOST = 20
"""Functions around a call that are looked through."""


def placed(reading: Reading, path: Value, call: Call) -> Value:
    """A path that a call declares, with fields of its class and parameters of its functions under their full names."""
    if all(isinstance(part, str) for part in path):
        return path
    known = tuple(_parameter(reading, part, call) if isinstance(part, Ref) else part for part in path)
    return within_class(known, reading.class_name(call))


def _parameter(reading: Reading, ref: Ref, call: Call) -> Ref:
    if ref.name.startswith("this."):
        return _field(reading, ref, call.owner)
    function = call.function
    for _ in range(AROUND_MOST):
        if function == -1 or "." in ref.name:
            break
        item = reading.module.functions[function]
        for key, name in _keys(reading, function):
            symbol = reading.routers.function_symbol(function)
            if name == ref.name and symbol:
                return _known(reading, symbol, key, function)
        function = item.parent
    return ref


def _field(reading: Reading, ref: Ref, owner: int) -> Ref:
    """``this.prefix`` of a class whose constructor takes it from a parameter."""
    if owner == -1:
        return ref
    for item in reading.module.assignments:
        if item.owner == owner and item.target == ref.name and item.function != -1 and isinstance(item.value, Name):
            if reading.module.functions[item.function].name != CONSTRUCTOR:
                continue
            for key, name in _keys(reading, item.function):
                if name == item.value.dotted:
                    return _known(reading, reading.module.classes[owner].name, key, item.function)
    return ref


def _keys(reading: Reading, function: int) -> Iterator[tuple[str, str]]:
    """The parameters of a function: the place or, of those in braces, the name, with what they are called inside."""
    for place, parameter in enumerate(reading.module.functions[function].parameters):
        if not parameter.name.startswith("{"):
            yield str(place), parameter.name
        else:
            yield from ((name, name) for name in names_of(parameter))


def _known(reading: Reading, symbol: str, key: str, function: int) -> Ref:
    """The full name of a parameter; its default is kept for calls that leave it out."""
    name = f"{symbol}{PARAMETER}{key}"
    parameters = reading.module.functions[function].parameters
    default = parameters[int(key)].default if key.isdigit() else None
    if default is not None and paths_of(default):
        line = reading.module.functions[function].line
        reading.constants.append(Constant(name=name, value=value_of(default), line=line))
    return Ref(name=name)


def helped(reading: Reading, expr: Expr | None) -> Value | None:
    """What a function of this file makes of its arguments, where it gives back one text: ``path("v1", "users")``."""
    if not isinstance(expr, Call) or expr.new or not isinstance(expr.callee, Name):
        return None
    index = reading.functions.get(expr.callee.dotted)
    returned = [item.value for item in reading.module.returns if item.function == index] if index is not None else []
    if index is None or len(returned) != 1 or not (isinstance(returned[0], Text) or is_sum(returned[0])):
        return None
    names = [parameter.name for parameter in reading.module.functions[index].parameters]
    given = dict(zip(names, map(value_of, expr.args), strict=False))
    parts = (given.get(part.name, (part,)) if isinstance(part, Ref) else (part,) for part in value_of(returned[0]))
    return tuple(piece for part in parts for piece in part)


def arguments_of(reading: Reading, item: Expr | None) -> tuple[tuple[str, Value], ...]:
    """The texts that a call hands on, also one whose result, or a field of it, a variable stands for."""
    call = _call(reading, item)
    name = dotted(call.callee) if call is not None else ""
    if call is None or not name:
        return ()
    name = reading.names.instance(name)
    named: list[tuple[str, Expr]] = []
    for place, arg in enumerate(call.args):
        if isinstance(arg, Mapping):
            named.extend((plain(key) or dotted(key), value) for key, value in arg.pairs)
        else:
            named.append((str(place), arg))
    return tuple(
        (f"{name}{PARAMETER}{key}", placed(reading, value, call))
        for key, arg in named
        if key and (value := _text(reading, arg, call))
    )


def _call(reading: Reading, item: Expr | None) -> Call | None:
    """``build("/x")``, ``new Users("/x").router``, ``users.router`` where ``users = new Users("/x")``."""
    if isinstance(item, Attribute):
        item = item.value
    if isinstance(item, Name):
        item = reading.results.get(item.dotted) or reading.results.get(item.dotted.partition(".")[0])
    return item if isinstance(item, Call) and reading.routers.creation(item) is None else None


def _text(reading: Reading, expr: Expr, call: Call) -> Value:
    """What may be part of a path; nothing for routers, functions, lists and the like."""
    if isinstance(expr, Other) and expr.operator in DEFAULTS and expr.operands:
        expr = expr.operands[-1]
    if isinstance(expr, Lambda | Items):
        return ()
    if isinstance(expr, Name) and reading.routers.lookup(expr.dotted, call.function, call.owner):
        return ()
    return (paths_of(expr) or [()])[0]
