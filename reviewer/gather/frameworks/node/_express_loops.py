"""Calls in a loop over a literal list, once per element: ``routes.forEach((r) => app.use(r.path, r.router))``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
)

ELEMENTS_MOST = 200
ROUNDS_MOST = 2000
"""Rounds of all the loops of a file that are followed."""
ENTRIES = "Object.entries"
ITERATING = frozenset({"forEach", "map"})
LOOP = "for_in_statement"
WORD = re.compile(r"[\w$]+")
"""The names that a parameter gives: itself, or those in its braces."""

Names = dict[str, Expr]
"""What the names of a loop stand for in one of its rounds."""


class Loops:
    """The rounds of the loops of a module over lists that it spells out."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.literals: dict[str, Expr] = {}
        self.variables: dict[tuple[int, str], Other] = {}
        self.parts: dict[int, list[Assignment]] = {}
        self.left = ROUNDS_MOST
        for item in module.assignments:
            loop = _loop_of(item.value)
            if isinstance(item.value, Items | Mapping):
                self.literals[item.target] = item.value
            elif loop is not None:
                self.variables[(item.function, item.target)] = loop
                self.parts.setdefault(id(loop), []).append(item)
        self.callbacks = {
            arg.function: iterated
            for call in module.calls
            for arg in call.args[:1]
            if isinstance(arg, Lambda) and (iterated := _iterated(call)) is not None
        }

    def rounds(self, call: Call) -> Iterator[Call]:
        """A call as each round of the loop around it makes it; the call itself where no such loop is."""
        if not any(isinstance(arg, Name | Text) for arg in call.args):
            yield call
            return
        rounds = (self._of_callback(call) or self._of_statement(call))[: self.left]
        self.left -= len(rounds)
        for names in rounds:
            yield replace(call, args=tuple(_replaced(arg, names) for arg in call.args))
        if not rounds:
            yield call

    def iterated_by(self, call: Call) -> Expr | None:
        """What the loop around a call goes over, where the call is handed the loop's variable."""
        head = dotted(call.args[0]).partition(".")[0] if call.args else ""
        over = self.callbacks.get(call.function)
        parameters = self.module.functions[call.function].parameters if over is not None else ()
        if over is not None and head and parameters and head in WORD.findall(parameters[0].name):
            return over
        loop = self.variables.get((call.function, head))
        return loop.operands[0] if loop is not None else None

    def mapped(self, call: Call) -> list[Expr]:
        """The objects that ``list.map(([path, module]) => ({ path, module }))`` makes, one per element."""
        made = call.args[0] if call.last == "map" and call.args else None
        if not isinstance(made, Lambda):
            return []
        shape = next((item.value for item in self.module.returns if item.function == made.function), None)
        if not isinstance(shape, Mapping):
            return []
        rounds = self._rounds_of(made.function)[: self.left]
        self.left -= len(rounds)
        return [
            Mapping(tuple((key, _replaced(value, names)) for key, value in shape.pairs), shape.line) for names in rounds
        ]

    def _of_callback(self, call: Call) -> list[Names]:
        return self._rounds_of(call.function)

    def _rounds_of(self, function: int) -> list[Names]:
        """What the parameter of a callback stands for, for each element that it is called with."""
        iterated = self.callbacks.get(function)
        parameters = self.module.functions[function].parameters if iterated is not None else ()
        if iterated is None or not parameters:
            return []
        return [_bound(parameters[0].name, element) for element in self._elements(iterated)]

    def _of_statement(self, call: Call) -> list[Names]:
        for name in (name for arg in call.args for name in _names_in(arg)):
            loop = self.variables.get((call.function, name.dotted.partition(".")[0]))
            if loop is not None:
                return [self._names(loop, element) for element in self._elements(loop.operands[0])]
        return []

    def _names(self, loop: Other, element: Expr) -> Names:
        """The loop's variables: the element, or the parts of it that the loop takes apart."""
        parts = ((item.target, _part(item.value, element)) for item in self.parts[id(loop)])
        return {target: part for target, part in parts if part is not None}

    def _elements(self, iterated: Expr) -> list[Expr]:
        """The elements of a list that is written out here; of ``Object.entries``, pairs."""
        entries = isinstance(iterated, Call) and iterated.name == ENTRIES and len(iterated.args) == 1
        source = iterated.args[0] if isinstance(iterated, Call) and entries else iterated
        if isinstance(source, Name):
            source = self.literals.get(source.dotted, source)
        if isinstance(source, Items) and not entries:
            return list(source.values[:ELEMENTS_MOST])
        if isinstance(source, Mapping) and entries:
            return [Items((key, value), value.line) for key, value in source.pairs[:ELEMENTS_MOST] if key is not None]
        return []


def _iterated(call: Call) -> Expr | None:
    if call.last not in ITERATING:
        return None
    if isinstance(call.callee, Name):
        return Name(call.callee.dotted.rpartition(".")[0], call.line)
    return call.callee.value if isinstance(call.callee, Attribute) else None


def _bound(parameter: str, element: Expr) -> Names:
    """A callback's parameter: a name, or names in braces or brackets."""
    if not parameter.startswith(("{", "[")):
        return {parameter: element}
    names = [part.strip() for part in parameter.strip("{}[] ").split(",")]
    if parameter.startswith("[") and isinstance(element, Items):
        return dict(zip(names, element.values, strict=False))
    found: Names = {}
    for name in names:
        key, _, alias = (part.strip() for part in name.partition(":"))
        value = element.get(key) if isinstance(element, Mapping) else None
        if value is not None:
            found[alias or key] = value
    return found


def _loop_of(value: Expr | None) -> Other | None:
    """The loop that a variable's value comes from."""
    for _ in range(4):
        if isinstance(value, Attribute):
            value = value.value
        elif isinstance(value, Other) and value.kind == "subscript_expression" and value.operands:
            value = value.operands[0]
    return value if isinstance(value, Other) and value.kind == LOOP and value.operands else None


def _part(value: Expr | None, element: Expr) -> Expr | None:
    if isinstance(value, Attribute):
        return element.get(value.name) if isinstance(element, Mapping) else None
    if isinstance(value, Other) and value.kind == "subscript_expression":
        index = getattr(value.operands[1], "text", "") if len(value.operands) > 1 else ""
        values = element.values if isinstance(element, Items) else ()
        return values[int(index)] if index.isdigit() and int(index) < len(values) else None
    return element


def _names_in(arg: Expr) -> Iterator[Name]:
    """An argument that is a name, and those put into a text."""
    yield from (part for part in (arg.parts if isinstance(arg, Text) else (arg,)) if isinstance(part, Name))


def _put_in(text: Text, names: Names) -> Text:
    """A text with what the names of the loop stand for in one of its rounds."""
    parts = [_replaced(part, names) if isinstance(part, Name) else part for part in text.parts]
    return replace(text, parts=tuple(plain(part) or part if isinstance(part, Text) else part for part in parts))


def _replaced(arg: Expr, names: Names) -> Expr:
    if isinstance(arg, Text):
        return _put_in(arg, names)
    if not isinstance(arg, Name):
        return arg
    head, _, rest = arg.dotted.partition(".")
    element = names.get(head)
    if element is None:
        return arg
    if not rest:
        return element
    if isinstance(element, Mapping):
        return element.get(rest) or arg
    return Name(f"{element.dotted}.{rest}", arg.line) if isinstance(element, Name) else arg
