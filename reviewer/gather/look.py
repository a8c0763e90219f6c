"""Questions that test and sign readers ask of a module: what a name stands for, what is around and inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reviewer.gather.expressions import inside, literal
from reviewer.gather.spotting import Spotter
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Class,
    Expr,
    Function,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Number,
    Other,
    Text,
    dotted,
    heads,
    plain,
)

LINE_LIMIT = 1000
"""Characters of a line that patterns are searched in."""
CLIMB_LIMIT = 60
"""Functions around a function that are followed outwards."""

Lined = Call | Text | Name | Number | Items | Mapping | Other | Attribute | Lambda | Assignment | Function | Class


class Look:
    """One module with its imports indexed; `look_at` makes it once per file."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._aliases = {item.alias: item for item in reversed(module.imports) if item.name != "*"}
        self._modules = frozenset(part for item in module.imports for part in heads(_bare(item.module)))
        self._origins: dict[str, str] = {}
        self._mentioned: dict[tuple[int, str], bool] = {}
        self._assigned: dict[tuple[str, int], list[Assignment]] = {}
        for item in module.assignments:
            self._assigned.setdefault((item.target, item.function), []).append(item)

    @cached_property
    def lines(self) -> list[str]:
        """The source lines; line 1 is the first."""
        return self.module.text.split("\n")

    @cached_property
    def _spotter(self) -> Spotter:
        return Spotter(self.module.text)

    def lines_with(self, words: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The lines that hold one of some words of lower case, in any case: (line, its text)."""
        return ((number, self.lines[number - 1]) for number in self._spotter.lines_with(words))

    def innermost(self, line: int) -> int:
        """The innermost function around a line, -1 at module level."""
        around = [item for item in self.module.functions if item.line <= line <= item.end_line]
        return min(around, key=lambda item: item.end_line - item.line).index if around else -1

    @cached_property
    def outer_functions(self) -> dict[str, int]:
        """The functions that lie in no other function and no class, by name."""
        return {item.name: item.index for item in self.module.functions if item.parent == item.owner == -1}

    @cached_property
    def method_names(self) -> frozenset[str]:
        """The names of all methods."""
        return frozenset(item.name for item in self.module.functions if item.owner != -1)

    @cached_property
    def _texts(self) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for text, function in self.module.texts:
            if (known := plain(text)) is not None:
                found.setdefault(function, set()).add(known)
        return {function: frozenset(texts) for function, texts in found.items()}

    def returned(self, function: int) -> Sequence[Expr]:
        """What a function gives back, in source order; those of functions inside it left out."""
        return self._returned.get(function, ())

    @cached_property
    def _returned(self) -> dict[int, list[Expr]]:
        found: dict[int, list[Expr]] = {}
        for item in self.module.returns:
            found.setdefault(item.function, []).append(item.value)
        return found

    def texts_in(self, function: int) -> frozenset[str]:
        """The constant strings of a function, those of functions inside it left out."""
        return self._texts.get(function, frozenset())

    def mentions(self, function: int, pattern: re.Pattern[str]) -> bool:
        """Whether a line of a function matches; at module level nothing does."""
        if not 0 <= function < len(self.module.functions):
            return False
        key = (function, pattern.pattern)
        if key not in self._mentioned:
            item = self.module.functions[function]
            lines = self.lines[item.line - 1 : item.end_line]
            self._mentioned[key] = any(pattern.search(line[:LINE_LIMIT]) for line in lines)
        return self._mentioned[key]

    def origin(self, name: str) -> str:
        """The full name behind a local one; JavaScript's ``.default`` and ``node:`` are left out (but for
        ``node:test``)."""
        known = self._origins.get(name)
        if known is None:
            known = self._origins[name] = self._origin(name)
        return known

    def _origin(self, name: str) -> str:
        head, _, rest = name.partition(".")
        item = self._aliases.get(head)
        if item is None:
            return name
        if item.name is None and item.alias == item.module.partition(".")[0] != item.module:
            return name
        full = _bare(item.module)
        if item.name is not None and item.name != "default":
            full = f"{full}.{item.name}"
        return f"{full}.{rest}" if rest else full

    def imports(self, *modules: str) -> bool:
        """Whether one of these modules, or anything below it, is imported."""
        return not self._modules.isdisjoint(modules)

    def is_local(self, name: str) -> bool:
        """Whether a name is imported from another file of the project, not from a package."""
        item = self._aliases.get(name.partition(".")[0])
        return item is not None and item.module.startswith(".")

    def is_imported(self, name: str) -> bool:
        """Whether the head of a dotted name was imported at all."""
        return name.partition(".")[0] in self._aliases

    def qualname(self, function: int) -> str:
        """The qualified name of the function with this index, ``""`` at module level."""
        return self.module.functions[function].qualname if 0 <= function < len(self.module.functions) else ""

    def around(self, function: int) -> Iterator[Function]:
        """The function with this index and those around it, innermost first."""
        functions = self.module.functions
        for _ in range(CLIMB_LIMIT):
            if not 0 <= function < len(functions):
                return
            yield functions[function]
            function = functions[function].parent

    def owner(self, function: int) -> int:
        """The index of the class that the function (or one around it) is a method of, -1 for none."""
        return next((item.owner for item in self.around(function) if item.owner != -1), -1)

    def assigned(self, name: str, function: int) -> list[Assignment]:
        """What is assigned to a name in a function or in those around it, else at module level; innermost only."""
        for index in [*(item.index for item in self.around(function)), -1]:
            if found := self._assigned.get((name, index)):
                return found
        return []

    def assigned_at(self, line: int) -> list[Assignment]:
        """The assignments that begin on a line."""
        return self._by_line.get(line, [])

    @cached_property
    def _by_line(self) -> dict[int, list[Assignment]]:
        found: dict[int, list[Assignment]] = {}
        for item in self.module.assignments:
            found.setdefault(item.line, []).append(item)
        return found

    def value(self, expr: Expr | None, function: int) -> Expr | None:
        """An expression, or what a name in it stands for where it is assigned just once."""
        if isinstance(expr, Name):
            found = self.assigned(expr.dotted, function)
            if len(found) == 1 and not found[0].augmented and found[0].value is not None:
                return found[0].value
        return expr

    def is_constant(self, expr: Expr | None, function: int = -1) -> bool:
        """Whether an expression is made of literals alone, names that stand for literals included."""
        for item in inside(self.value(expr, function)):
            if isinstance(item, Name):
                value = self.value(item, function)
                if value is item or not literal(value):
                    return False
            elif not isinstance(item, (Text, Number, Items, Mapping, Other)):
                return False
        return True


_latest: list[Look] = []


def look_at(module: Module) -> Look:
    """The `Look` at a module; readers that are given the same module one after another share it."""
    if not (_latest and _latest[0].module is module):
        _latest[:] = [Look(module)]
    return _latest[0]


def _bare(module: str) -> str:
    return module if module == "node:test" else module.removeprefix("node:")


def decorators(module: Module) -> Iterator[tuple[Expr, str, Function | Class]]:
    """Every decorator with its dotted name and what it stands before."""
    items: list[Function | Class] = [*module.functions, *module.classes]
    for item in items:
        for decorator in item.decorators:
            yield decorator, dotted(decorator.callee if isinstance(decorator, Call) else decorator), item


def words(text: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(text.split())
