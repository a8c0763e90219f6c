"""Calls in loops over lists written out, and what variables hold put in, for readers of what frameworks declare."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice, product

from msgspec.structs import replace

from reviewer.gather.languages.php._bindings import ELEMENT, Bindings, element_at, filled
from reviewer.gather.look import words
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Items,
    Mapping,
    Module,
    Name,
    Number,
    Other,
    Text,
    walk,
)

DECLARING = words(
    "get post put patch delete options any map match group prefix controller resource apiResource resources"
    " apiResources view redirect add route connect scope mount addRoute addGroup respond"
)
"""Last names of the calls that declare routes and groups."""
CLASS = ".class"
CLOSURE = "<lambda>"
OWN = frozenset({"", "this", "self", "static"})
KEY = "foreach_key"
ROUNDS_MOST = 60
"""Rounds of the loops around one call that are written out."""
LOOPS_MOST = 2
"""Loops around one call that are."""
MADE_MOST = 5_000
"""Calls that those of one file are written out as, before the rest is left as it is."""
CONSTANTS_MOST = 200
"""Constants of a function; one with more is a table of texts."""
OUTER_MOST = 6
"""Closures around a closure whose variables it may be given."""

Key = tuple[tuple[int, int], ...]
"""Rounds: the number of a loop and that of its element."""


def written_out(module: Module) -> Module:
    """The module with every declaring call in a loop over a literal list once per round, and local constants put in."""
    if not any(call.last in DECLARING and call.args for call in module.calls):
        return module
    variables = _Variables(module)
    if not (variables.constants or variables.loops):
        return module
    made: list[Call] = []
    for call in module.calls:
        made.extend(variables.rounds(call) if len(made) < MADE_MOST else [call])
    return replace(module, calls=tuple(made))


class _Loop:
    """One ``foreach``, or the calls of one function: what each round gives its variables; none where not known."""

    def __init__(self, line: int, names: frozenset[str], rounds: list[Bindings], called: bool = False) -> None:
        self.line = line
        self.called = called
        self.names = names
        self.rounds = rounds

    def reaches(self, call: Call) -> bool:
        """Whether a call stands behind the beginning, in a loop or in a function that is called."""
        return self.line <= call.line and bool(call.loops or self.called)


class _Variables:
    """What the variables of a file's functions and loops stand for."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._seen: dict[int, Bindings] = {}
        self._made: dict[tuple[int, Key], dict[int, Expr]] = {}

    @cached_property
    def _set(self) -> dict[tuple[int, str], list[Assignment]]:
        found: dict[tuple[int, str], list[Assignment]] = {}
        for item in self._module.assignments:
            if item.owner == -1 or item.function != -1:
                found.setdefault((item.function, item.target), []).append(item)
        return found

    @cached_property
    def constants(self) -> dict[int, Bindings]:
        """The texts and classes that functions, and the file itself, keep in variables which are set once."""
        found: dict[int, Bindings] = {}
        for (function, name), items in self._set.items():
            value = items[0].value
            if len(items) == 1 and not items[0].augmented and "." not in name and _is_constant(value):
                found.setdefault(function, {})[name] = value  # type: ignore[assignment]
        return {function: given for function, given in found.items() if len(given) <= CONSTANTS_MOST}

    @cached_property
    def loops(self) -> dict[int, list[_Loop]]:
        """The loops of each function."""
        found: dict[int, list[_Loop]] = {}
        lines: dict[tuple[int, int], list[Assignment]] = {}
        for item in self._module.assignments:
            if _iterated(item.value) is not None:
                lines.setdefault((item.function, item.line), []).append(item)
        for (function, line), items in lines.items():
            rounds = list(islice(self._rounds_of(items), ROUNDS_MOST))
            found.setdefault(function, []).append(_Loop(line, frozenset(item.target for item in items), rounds))
        for function, calls in self._called.items():
            helper = self._module.functions[function]
            names = [parameter.name for parameter in helper.parameters]
            rounds = [_arguments(names, call) for call in calls[:ROUNDS_MOST]]
            if all(rounds):
                found.setdefault(function, []).insert(0, _Loop(helper.line, frozenset(names), rounds, called=True))
        return found

    @cached_property
    def _called(self) -> dict[int, list[Call]]:
        """The functions that declare for their callers, with their calls: all of them in one place of this file."""
        declaring = {call.function for call in self._module.calls if call.last in DECLARING}
        named = {
            item.name: item.index
            for item in self._module.functions
            if item.index in declaring and item.parameters and item.name not in DECLARING and item.name != CLOSURE
        }
        found: dict[int, list[Call]] = {}
        for call in self._module.calls if named else ():
            if call.last in named and call.name.rpartition(".")[0] in OWN and not isinstance(call.callee, Attribute):
                found.setdefault(named[call.last], []).append(call)
        return {function: calls for function, calls in found.items() if len({call.function for call in calls}) == 1}

    def _rounds_of(self, items: list[Assignment]) -> Iterator[Bindings]:
        table = _iterated(items[0].value)
        if isinstance(table, Name):
            table = self._held(table.dotted, items[0].function)
        for key, value in _pairs(table):
            given = {item.target: _given(item.value, key, value) for item in items}
            yield {name: part for name, part in given.items() if part is not None}

    def _held(self, name: str, function: int) -> Expr | None:
        items = self._set.get((function, name)) or self._set.get((-1, name)) or []
        return items[0].value if len(items) == 1 else None

    def rounds(self, call: Call) -> list[Call]:
        """A declaring call with its constants, once for each round of the loops whose variables it names."""
        if not (call.last in DECLARING or isinstance(call.callee, Attribute)):
            return [call]
        given = self._known(call.function)
        around = self._around(call)
        if not given and not around:
            return [call]
        made: list[Call] = []
        for chosen in islice(product(*(range(len(loop.rounds)) for _, loop in around)), ROUNDS_MOST):
            key = tuple((number, place) for (number, _), place in zip(around, chosen, strict=True))
            bindings = dict(given)
            for (_, loop), place in zip(around, chosen, strict=True):
                bindings.update(loop.rounds[place])
            memo = self._made.setdefault((call.function, key), {})
            again = filled(call, bindings, memo, 0)
            made.append(again if isinstance(again, Call) else call)
        return made

    def _around(self, call: Call) -> list[tuple[int, _Loop]]:
        """The loops whose variables a call names: of several with the same names the one before it."""
        found: dict[int, _Loop] = {}
        loops = self.loops.get(call.function, [])
        for name in {part.dotted.partition(".")[0] for part in walk(call) if isinstance(part, Name)} if loops else ():
            before = [number for number, loop in enumerate(loops) if name in loop.names and loop.reaches(call)]
            if before:
                found[before[-1]] = loops[before[-1]]
        return [item for item in sorted(found.items(), key=lambda pair: pair[0]) if item[1].rounds][:LOOPS_MOST]

    def _known(self, function: int) -> Bindings:
        """The constants that a function sees: its own, and for closures those of what is around them."""
        if function not in self._seen:
            found: Bindings = {}
            hidden: set[str] = set()
            inner = function
            for _ in range(OUTER_MOST):
                own = self.constants.get(inner, {})
                found = {**{name: value for name, value in own.items() if name not in hidden}, **found}
                if inner == -1:
                    break
                item = self._module.functions[inner]
                hidden.update(parameter.name for parameter in item.parameters)
                hidden.update(name for place, name in self._set if place == inner)
                if item.name != CLOSURE:
                    break
                inner = item.parent
            self._seen[function] = {name: filled(value, found, {}, 0) for name, value in found.items()}
        return self._seen[function]


def _arguments(names: list[str], call: Call) -> Bindings:
    """What a call gives the parameters that texts and classes are given."""
    return {name: arg for name, arg in zip(names, call.args, strict=False) if _is_constant(arg)}


def _is_constant(value: Expr | None) -> bool:
    return isinstance(value, Text) or (isinstance(value, Name) and value.dotted.endswith(CLASS))


def _given(taken: Expr | None, key: Expr, value: Expr) -> Expr | None:
    """What one round gives a variable: the key, the element, or a part of the element."""
    if isinstance(taken, Other) and taken.kind == KEY:
        return key
    part = taken.operands[-1] if isinstance(taken, Other) and taken.operands else None
    return element_at(value, part) if isinstance(part, Number) else value


def _iterated(value: Expr | None) -> Expr | None:
    """What the variable of a loop, or each of those that its element is taken apart into, is taken from."""
    for _ in range(2):
        if not isinstance(value, Other) or value.kind not in (KEY, ELEMENT) or not value.operands:
            return None
        table, last = value.operands[0], value.operands[-1]
        if value.kind == KEY or (isinstance(last, Name) and not last.dotted):
            return table
        value = table if isinstance(last, Number) else None
    return None


def _pairs(table: Expr | None) -> Iterator[tuple[Expr, Expr]]:
    """The keys and values of a literal array."""
    if isinstance(table, Items):
        for place, value in enumerate(table.values):
            yield Number(text=str(place), line=table.line), value
    elif isinstance(table, Mapping):
        for key, value in table.pairs:
            if key is not None:
                yield key, value
