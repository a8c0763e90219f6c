"""Whether a value comes from outside: constants, numbers and column lists may stand in a query's text, others may not.

Follows names through the assignments, parameters and calls of one file, a few steps deep and without guessing: what
cannot be followed is `UNKNOWN`, which only counts where its place in the text shows that it is a value.
"""

from __future__ import annotations

from enum import IntEnum

from reviewer.gather.data.outside_words import (
    CALLBACK_CALLS,
    CHECKING_CALLS,
    COMBINING,
    COMPREHENSIONS,
    CONDITION,
    CONSTANT,
    FRAGMENT_WORD,
    GROWING_CALLS,
    INPUT_CALLS,
    MAPPED,
    NUMBERS,
    NUMERIC_TYPES,
    PLACEHOLDER_WORD,
    QUERY_CALLS,
    QUOTING,
    REQUEST_NAMES,
    REQUEST_WORDS,
    SAFE_CALLS,
    SCHEMA_WORD,
    TESTS,
)
from reviewer.gather.look import Look, inside, last
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Number,
    Other,
    Return,
    Text,
    dotted,
    plain,
)

DEPTH_LIMIT = 8
STEP_LIMIT = 1_000
"""Expressions that are looked at for one question; past it the answer is `UNKNOWN`."""


class Origin(IntEnum):
    """Where a value comes from, the safest first."""

    INSIDE = 0
    UNKNOWN = 1
    OUTSIDE = 2


class Origins:
    """Follows values through one module."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.steps = 0
        self._open: set[tuple[str, int]] = set()
        module = look.module
        self._checked = _checked(module)
        self._grown: dict[tuple[str, int], list[Expr]] = {}
        self._callers: dict[str, list[Call]] = {}
        self._lambdas: dict[int, Call] = {}
        self._returns: dict[int, list[Return]] = {}
        for item in module.returns:
            self._returns.setdefault(item.function, []).append(item)
        self._fields: dict[str, list[Assignment]] = {}
        for field in module.assignments:
            if "." in field.target and field.value is not None:
                self._fields.setdefault(field.target, []).append(field)
        for call in module.calls:
            self._callers.setdefault(call.last, []).append(call)
            self._lambdas.update({arg.function: call for arg in call.args if isinstance(arg, Lambda)})
            if call.last in GROWING_CALLS and call.args:
                self._grown.setdefault((call.name.rpartition(".")[0], call.function), []).append(call.args[-1])

    def of(self, expr: Expr | None, function: int, depth: int = 0) -> Origin:
        """Where an expression inside a function comes from."""
        self.steps = 1 if depth == 0 else self.steps + 1
        if expr is None or isinstance(expr, (Number, Lambda)):
            return Origin.INSIDE
        if depth > DEPTH_LIMIT or self.steps > STEP_LIMIT:
            return Origin.UNKNOWN
        match expr:
            case Text(parts=parts):
                return self._most([part for part in parts if not isinstance(part, str)], function, depth)
            case Name():
                return self._name(expr, function, depth)
            case Attribute(value=value, name=name):
                return Origin.INSIDE if name in ("length", "size") else self.of(value, function, depth + 1)
            case Call():
                return self._call(expr, function, depth)
            case Items(values=values):
                return self._most(list(values), function, depth)
            case Mapping(pairs=pairs):
                return self._most([value for _, value in pairs], function, depth)
            case Other():
                return self._other(expr, function, depth)

    def _most(self, exprs: list[Expr], function: int, depth: int) -> Origin:
        found = Origin.INSIDE
        for expr in exprs:
            found = max(found, self.of(expr, function, depth + 1))
            if found == Origin.OUTSIDE:
                break
        return found

    def _other(self, expr: Other, function: int, depth: int) -> Origin:
        operands = list(expr.operands)
        if expr.kind in CONDITION and len(operands) == 3:
            del operands[CONDITION[expr.kind]]
        elif "subscript" in expr.kind or expr.kind in COMPREHENSIONS:
            operands = operands[:1]
        elif expr.operator in NUMBERS or (expr.operator == "*" and any(isinstance(item, Number) for item in operands)):
            return Origin.INSIDE
        return self._most(operands, function, depth)

    def _call(self, call: Call, function: int, depth: int) -> Origin:
        name = call.last
        if name in SAFE_CALLS or name in QUERY_CALLS or QUOTING.match(name):
            return Origin.INSIDE
        if name in INPUT_CALLS:
            return Origin.OUTSIDE
        args = [*call.args, *call.keywords.values()]
        receiver = _receiver(call)
        if receiver is None:
            return self._most(args, function, depth)
        if name in ("get", "pop") or MAPPED.fullmatch(name):
            closure = next((arg for arg in args if isinstance(arg, Lambda)), None)
            if name == "map" and closure is not None:
                return self._returned(closure.function, depth)
            args = args if name in COMBINING else []
        return self._most([receiver, *args], function, depth)

    def _returned(self, function: int, depth: int) -> Origin:
        """What a closure gives."""
        values = [item.value for item in self._returns.get(function, [])[:20]]
        return self._most(values, function, depth)

    def _name(self, expr: Name, function: int, depth: int) -> Origin:
        name = expr.dotted
        head, _, rest = name.partition(".")
        if (CONSTANT.fullmatch(last(name)) and head not in REQUEST_WORDS) or (name, function) in self._checked:
            return Origin.INSIDE
        if ".".join(self.look.origin(name).split(".")[:2]) in REQUEST_NAMES:
            return Origin.OUTSIDE
        if head in ("self", "this", "cls") or last(name) in ("__tablename__", "tableName", "db_table", "length"):
            return self._own(name, function, depth)
        found = self._assignments(name, function) or self._assignments(head, function)
        parameter = self._parameter(head, function)
        if parameter is not None and (not found or not self._is_inner(found[0].function, parameter[0], function)):
            return self._given(*parameter, name, depth)
        if found:
            return self._assigned(found, parameter, function, depth)
        if self.look.is_imported(name):
            return Origin.INSIDE
        return Origin.OUTSIDE if rest and head in REQUEST_WORDS else Origin.UNKNOWN

    def _assignments(self, name: str, function: int) -> list[Assignment]:
        """What a name is given; the fields of a class are no names."""
        found = self.look.assigned(name, function)
        return [item for item in found if item.function != -1 or item.owner == -1]

    def _is_inner(self, level: int, given: Function, function: int) -> bool:
        """Whether an assignment lies in the function of a parameter or further in, so that it counts before it."""
        levels = [item.index for item in self.look.around(function)]
        return level in levels and levels.index(level) <= levels.index(given.index)

    def _own(self, name: str, function: int, depth: int) -> Origin:
        """An attribute of the object itself: the names of its tables are its own, its values may be anything."""
        if SCHEMA_WORD.search(last(name)):
            return Origin.INSIDE
        owner = self.look.owner(function)
        mine = [item for item in self._fields.get(name, []) if self.look.owner(item.function) == owner]
        if mine and all(not isinstance(item.value, Name) for item in mine):
            return max(self.of(item.value, item.function, depth + 1) for item in mine[:20])
        return Origin.UNKNOWN

    def _assigned(
        self, found: list[Assignment], parameter: tuple[Function, int] | None, function: int, depth: int
    ) -> Origin:
        """The most that a name is given anywhere; while it is asked for, the name itself adds nothing to that."""
        name, level = found[0].target, found[0].function
        if (name, level) in self._open:
            return self._given(*parameter, name, depth) if parameter is not None else Origin.INSIDE
        self._open.add((name, level))
        grown = self._grown.get((name, level), [])
        values: list[Expr] = [item.value for item in found[:40] if item.value is not None]
        origin = self._most(values + grown[:40], -1 if level == -1 else function, depth)
        if parameter is not None and not any(_mentions(value, name) for value in values):
            origin = max(origin, self._given(*parameter, name, depth))
        self._open.discard((name, level))
        return origin

    def _parameter(self, name: str, function: int) -> tuple[Function, int] | None:
        for around in self.look.around(function):
            for place, parameter in enumerate(around.parameters):
                if parameter.name.lstrip("*.") == name:
                    return around, place
        return None

    def _given(self, function: Function, place: int, name: str, depth: int) -> Origin:
        """What callers in this file give for a parameter; whatever nobody here gives may be anything."""
        parameter = function.parameters[place]
        taker = self._lambdas.get(function.index)
        hands = taker is not None and (MAPPED.fullmatch(taker.last) or taker.last in CALLBACK_CALLS)
        if taker is not None and hands and parameter.name not in REQUEST_WORDS:
            return self.of(_receiver(taker), taker.function, depth + 1) if place == 0 else Origin.INSIDE
        if "." not in name and NUMERIC_TYPES.match(parameter.type):
            return Origin.INSIDE
        skip = int(function.owner != -1 and function.parameters[0].name in ("self", "cls"))
        callers = self._callers.get(function.name, []) if function.name and not function.decorators else []
        given = [_argument(call, place - skip, parameter.name) for call in callers[:20]]
        if given and all(item is not None and _constant(item) for item in given):
            return Origin.INSIDE
        if PLACEHOLDER_WORD.search(parameter.name):
            return Origin.INSIDE
        if FRAGMENT_WORD.search(parameter.name) and not given and "." not in name:
            return Origin.UNKNOWN
        if depth < DEPTH_LIMIT and given and all(item is not None for item in given):
            return max(self.of(item, call.function, depth + 2) for item, call in zip(given, callers, strict=False))
        return Origin.OUTSIDE


def _mentions(value: Expr, name: str) -> bool:
    return any(isinstance(item, Name) and item.dotted == name for item in inside(value))


def _checked(module: Module) -> set[tuple[str, int]]:
    """Names that a function compares with a list of what is allowed, or asks to be a number."""
    lists = {item.target for item in module.assignments if isinstance(item.value, (Items, Mapping))}
    found = {
        (compare.left.dotted, compare.function)
        for compare in module.compares
        if compare.operator in TESTS and isinstance(compare.left, Name) and _is_list(compare.right, lists)
    }
    for call in module.calls:
        if call.last not in CHECKING_CALLS:
            continue
        for arg in call.args:
            if isinstance(arg, Name) and _is_list(_receiver(call), lists):
                found.add((arg.dotted, call.function))
        if not call.args:
            found.add((call.name.rpartition(".")[0], call.function))
    return found


def _is_list(expr: Expr | None, lists: set[str]) -> bool:
    """Whether this is a list of what is allowed: written out, a constant, or a name given such a list."""
    if isinstance(expr, Name):
        return bool(CONSTANT.fullmatch(last(expr.dotted))) or expr.dotted in lists
    return isinstance(expr, (Items, Mapping))


def _receiver(call: Call) -> Expr | None:
    if isinstance(call.callee, Attribute):
        return call.callee.value
    head = dotted(call.callee).rpartition(".")[0]
    return Name(head, call.line) if head else None


def _argument(call: Call, place: int, name: str) -> Expr | None:
    if name in call.keywords:
        return call.keywords[name]
    return call.args[place] if 0 <= place < len(call.args) else None


def _constant(expr: Expr) -> bool:
    if isinstance(expr, Name):
        return bool(CONSTANT.fullmatch(last(expr.dotted)))
    return isinstance(expr, Number) or plain(expr) is not None
