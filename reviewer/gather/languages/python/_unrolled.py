"""Calls in loops over tables and with prefixes in variables written out, for readers of what frameworks declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from msgspec.structs import replace

from reviewer.gather.languages.python._bindings import Bindings, bound, filled
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Mapping,
    Module,
    Name,
    Number,
    Other,
    Text,
    walk,
)

DECLARING = re.compile(
    r"(?:add|register|include|mount|connect|rout|merge|graft|blueprint|namespace|Route|Mount|Rule|URLSpec|Blueprint|Api)"
    r"\w*|(?:re_)?path|url|get|post|put|patch|delete|view|init_app|Namespace"
)
"""Last names of the calls that declare routers, routes and mounts."""
COLLECTING = frozenset({"append", "insert"})
"""Methods of lists, which declare what they are given."""
LOOPS = frozenset({"iterated", "unpacked"})
COMPREHENSION = "list_comprehension"
ROUNDS_MOST = 60
"""Rounds of one loop that are written out."""
NESTED_MOST = 3
"""Loops around one call that are."""
CONSTANTS_MOST = 200
"""Constants of a function; one with more is a table of texts."""
CALLS_MOST = 300
"""Calls that one is written out as."""
MADE_MOST = 5000
"""Calls that those of one file are written out as, before the rest is left as it is."""
NAMES_MOST = 20
"""Names that the loops of one line bind."""
LISTING = frozenset({"list", "tuple", "sorted", "reversed", "set"})


def unrolled(module: Module) -> Module:
    """The module with every call in a loop over a literal table once per round, and local constants put in."""
    tables = _Tables(module)
    if not tables.loops and not tables.constants:
        return module
    calls = tuple(made for call in module.calls for made in tables.written_out(call))
    functions = tuple(_decorated(tables, item) for item in module.functions)
    assignments = tuple(_assigned(tables, item) for item in module.assignments)
    return replace(module, calls=calls, functions=functions, assignments=assignments)


def _decorated(tables: _Tables, function: Function) -> Function:
    if not any(isinstance(item, Call) and tables.touches(item) for item in function.decorators):
        return function
    made = (tables.written_out(item) if isinstance(item, Call) else [item] for item in function.decorators)
    return replace(function, decorators=tuple(decorator for group in made for decorator in group))


def _assigned(tables: _Tables, item: Assignment) -> Assignment:
    value = item.value
    if isinstance(value, Items | Mapping):
        return replace(item, value=tables.with_constants(value, item.function))
    if isinstance(value, Call) and tables.touches(value):
        return replace(item, value=next(iter(tables.written_out(value)), value))
    if isinstance(value, Other) and value.kind == COMPREHENSION and value.operands:
        made = value.operands[0]
        if isinstance(made, Call) and tables.touches(made):
            return replace(item, value=Items(values=tuple(tables.written_out(made)), line=value.line))
    return item


class _Tables:
    """What the variables of a module's loops and the local constants of its functions stand for."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._left = MADE_MOST
        self._known: dict[int, Bindings] = {-1: {}}

    @cached_property
    def loops(self) -> dict[tuple[str, int], list[Assignment]]:
        """The variables of loops by name and function, each with what it is taken from."""
        found: dict[tuple[str, int], list[Assignment]] = {}
        for item in self._bound:
            found.setdefault((item.target, item.function), []).append(item)
        return found

    @cached_property
    def _bound(self) -> list[Assignment]:
        values = ((item, item.value) for item in self._module.assignments)
        return [
            item
            for item, value in values
            if isinstance(value, Other) and value.kind in LOOPS and _iterable(value) is not None
        ]

    @cached_property
    def _by_line(self) -> dict[tuple[int, int], list[Assignment]]:
        found: dict[tuple[int, int], list[Assignment]] = {}
        for item in self._bound:
            found.setdefault((item.function, item.line), []).append(item)
        return found

    @cached_property
    def _others(self) -> dict[tuple[str, int], list[Assignment]]:
        found: dict[tuple[str, int], list[Assignment]] = {}
        for item in self._module.assignments:
            if item.value is not None and (item.owner == -1 or item.function != -1):
                found.setdefault((item.target, item.function), []).append(item)
        return found

    @cached_property
    def constants(self) -> dict[int, Bindings]:
        """The strings that functions keep in variables which are set once."""
        found: dict[int, Bindings] = {}
        for (name, function), items in self._others.items():
            value = items[0].value
            if function != -1 and len(items) == 1 and isinstance(value, Text) and not items[0].augmented:
                found.setdefault(function, {})[name] = value
        return found

    def touches(self, call: Call) -> bool:
        """Whether a call may declare something and be written out differently."""
        if not (call.loops or call.function != -1) or not (DECLARING.fullmatch(call.last) or _collects(call)):
            return False
        return bool(call.loops and self.loops) or bool(self._local(call.function))

    def written_out(self, call: Call) -> list[Call]:
        """The call once per round of the loops around it whose table is known, else the call alone."""
        if not self.touches(call):
            return [call]
        local = self._local(call.function)
        made = [_call(call, local)]
        for _ in range(NESTED_MOST if call.loops and self._left > 0 else 0):
            further = [again for item in made for again in self._rounds(item)]
            self._left -= len(further)
            if len(further) == len(made):
                return further
            made = further[:CALLS_MOST]
        return made

    def with_constants(self, value: Expr, function: int) -> Expr:
        """An expression with the local constants of its function put in."""
        local = self._local(function)
        return filled(value, local) if local else value

    def _local(self, function: int) -> Bindings:
        """The constants that a function sees: its own, and those of the functions around it."""
        if function not in self._known:
            found: Bindings = {}
            outer = function
            for _ in range(NESTED_MOST):
                found = {**self.constants.get(outer, {}), **found}
                outer = self._module.functions[outer].parent
                if outer == -1:
                    break
            if len(found) > CONSTANTS_MOST:
                found = {}
            elif len(found) > 1:
                found = {name: filled(value, found) for name, value in found.items()}
            self._known[function] = found
        return self._known[function]

    def _rounds(self, call: Call) -> list[Call]:
        used = (part.dotted.partition(".")[0] for part in walk(call) if isinstance(part, Name))
        variable = next((item for name in used if (item := self._variable(name, call)) is not None), None)
        if variable is None:
            return [call]
        names = self._together(variable)
        made = [_call(call, given) for element in self._elements(variable) if (given := bound(names, element))]
        return made or [call]

    def _variable(self, name: str, call: Call) -> Assignment | None:
        found = self.loops.get((name, call.function), [])
        before = [item for item in found if item.line <= call.line]
        return before[-1] if before else next(iter(found), None)

    def _together(self, variable: Assignment) -> list[tuple[str, int]]:
        """The names that one round binds, in order, each with how deep in the element it lies."""
        mine = _iterable(variable.value)
        return [
            (item.target, _depth(item.value))
            for item in self._by_line[variable.function, variable.line][:NAMES_MOST]
            if (table := _iterable(item.value)) is mine or table == mine
        ]

    def _elements(self, variable: Assignment) -> list[Expr]:
        table = _iterable(variable.value)
        return list(islice(self._listed(table, variable.function, 0), ROUNDS_MOST)) if table is not None else []

    def _listed(self, table: Expr, function: int, depth: int) -> Iterator[Expr]:
        """The elements of a table: a literal, a name for one, several added up, the pairs of a dictionary."""
        if depth > NESTED_MOST:
            return
        match table:
            case Items(values=values):
                yield from values
            case Mapping(pairs=pairs):
                yield from (key for key, _ in pairs if key is not None)
            case Name(dotted=name):
                known = self._value(name, function)
                if known is not None:
                    yield from self._listed(known, function, depth + 1)
            case Other(operator="+", operands=operands):
                for part in operands:
                    yield from self._listed(part, function, depth + 1)
            case Call():
                yield from self._called(table, function, depth)

    def _called(self, table: Call, function: int, depth: int) -> Iterator[Expr]:
        """What ``table.items()``, ``enumerate(table)`` and ``sorted(table)`` give."""
        if table.last in ("items", "values"):
            written = table.callee.value if isinstance(table.callee, Attribute) else None
            yield from _pairs(written or self._value(table.name.rpartition(".")[0], function), table)
        elif table.last == "enumerate" and table.args:
            for number, element in enumerate(self._listed(table.args[0], function, depth + 1)):
                yield Items(values=(Number(text=str(number), line=table.line), element), line=table.line)
        elif table.last in LISTING and table.args:
            yield from self._listed(table.args[0], function, depth + 1)

    def _value(self, name: str, function: int) -> Expr | None:
        items = self._others.get((name, function)) or self._others.get((name, -1)) or []
        return items[-1].value if items else None


def _collects(call: Call) -> bool:
    """``urlpatterns.append(path(...))``."""
    return call.last in COLLECTING and any(isinstance(arg, Call) and DECLARING.fullmatch(arg.last) for arg in call.args)


def _call(call: Call, given: Bindings) -> Call:
    made = filled(call, given)
    return made if isinstance(made, Call) else call


def _iterable(value: Expr | None) -> Expr | None:
    """What a loop variable is taken from, through the tuples that it is unpacked of."""
    for _ in range(NESTED_MOST):
        if not isinstance(value, Other) or value.kind not in LOOPS or not value.operands:
            return None
        if value.kind == "iterated":
            return value.operands[0]
        value = value.operands[0]
    return None


def _depth(value: Expr | None) -> int:
    depth = 0
    while isinstance(value, Other) and value.kind == "unpacked" and value.operands and depth < NESTED_MOST:
        depth += 1
        value = value.operands[0]
    return depth


def _pairs(table: Expr | None, call: Call) -> Iterator[Expr]:
    """What ``items`` and ``values`` of a dictionary give."""
    for key, value in table.pairs if isinstance(table, Mapping) else ():
        if call.last == "values":
            yield value
        elif key is not None:
            yield Items(values=(key, value), line=call.line)
