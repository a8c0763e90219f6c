"""What a name in a Go file is: of which type, and under which name other files know it.

A variable goes by its type, so that a method called on it can be found wherever it is: ``s.users.Register`` in a
method of ``Server`` is ``Server.users.Register``, ``h.Get`` after ``h := api.NewHandler(db)`` is
``api.NewHandler().Get``. What `reviewer.gather.languages.go` exports leads on from there.
"""

from __future__ import annotations

from functools import cached_property

from reviewer.gather.languages.go._exports import BUILT_IN
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Items, Mapping, Module, Name, Other, dotted

HOPS = 6
"""Names that stand for one another, followed one after another."""


class GoNames:
    """The names of one file."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.module: Module = look.module
        self.tables: dict[tuple[str, int], str] = {}
        """The tables that variables of functions stand for, so far as they were asked for."""

    @cached_property
    def classes(self) -> dict[str, Class]:
        """The types of the file by name."""
        return {item.name: item for item in self.module.classes}

    @cached_property
    def fields(self) -> dict[str, str]:
        """The types of struct fields, under ``Struct.field``."""
        found = {}
        for item in self.module.assignments:
            if item.owner != -1 and item.function == -1:
                found[f"{self.module.classes[item.owner].name}.{item.target}"] = bare_type(item.type)
        return found

    @cached_property
    def functions(self) -> dict[str, Function]:
        """Functions and methods by qualified name."""
        return {item.qualname: item for item in self.module.functions if "<lambda>" not in item.qualname}

    @cached_property
    def calls_in(self) -> dict[int, list[Call]]:
        """The calls of each function."""
        found: dict[int, list[Call]] = {}
        for call in self.module.calls:
            found.setdefault(call.function, []).append(call)
        return found

    def known(self, name: str, function: int) -> str:
        """A dotted name with the variable at its head replaced by its type; as it is where that cannot be told."""
        head, _, rest = name.partition(".")
        kind = self.type_of_variable(head, function)
        if not kind:
            return name
        return f"{kind}.{rest}" if rest else kind

    def type_of_variable(self, name: str, function: int, hops: int = HOPS) -> str:
        """The type of a variable by name, ``""`` where it is no variable or its type is not told here."""
        for item in self.look.around(function):
            if item.receiver == name and name:
                return item.qualname.partition(".")[0]
            assigned = [one for one in self.look.assigned(name, function) if one.function == item.index]
            if assigned:
                return self._assigned(assigned, function, hops)
            given = next((parameter for parameter in item.parameters if parameter.name == name), None)
            if given is not None:
                return bare_type(given.type)
        outer = [one for one in self.look.assigned(name, -1) if one.owner == -1]
        return self._assigned(outer, -1, hops) if outer else ""

    def _assigned(self, found: list[Assignment], function: int, hops: int) -> str:
        for item in found:
            kind = bare_type(item.type) if item.type else self.type_of(item.value, function, hops)
            if kind:
                return kind
        return ""

    def type_of(self, value: Expr | None, function: int, hops: int = HOPS) -> str:
        """The type of a value: ``User`` of ``&User{}``, ``api.New()`` of a call of ``api.New``."""
        if hops <= 0:
            return ""
        if isinstance(value, Call):
            return self._type_of_call(value, function, hops)
        if isinstance(value, Other) and value.kind == "type_assertion":
            return bare_type(value.operator)
        if isinstance(value, Name):
            head, _, rest = value.dotted.partition(".")
            if self.look.is_imported(head):
                return value.dotted if rest else ""
            kind = self.type_of_variable(head, function, hops - 1)
            return f"{kind}.{rest}" if kind and rest else kind
        return ""

    def _type_of_call(self, call: Call, function: int, hops: int) -> str:
        name = dotted(call.callee)
        if call.new:
            return name
        if name == "new" and call.args:
            return dotted(call.args[0])
        if not name or name.startswith("."):
            return ""
        if name in self.functions:
            made = self.result_of(self.functions[name])
            return made or f"{name}()"
        head, _, rest = name.partition(".")
        if rest and not self.look.is_imported(head):
            kind = self.type_of_variable(head, function, hops - 1)
            return f"{kind}.{rest}()" if kind else ""
        return f"{name}()"

    def result_of(self, function: Function) -> str:
        """What a function of this file gives: the struct that it makes, else its declared result."""
        for value in self._returned.get(function.index, ()):
            first = value.values[0] if isinstance(value, Items) and value.values else value
            if isinstance(first, Name):
                first = self.look.value(first, function.index) or first
            if isinstance(first, Call) and first.new:
                return dotted(first.callee)
        kind = bare_type(function.returns.strip("()").partition(",")[0].split(" ")[-1])
        return "" if kind in BUILT_IN else kind

    @cached_property
    def _returned(self) -> dict[int, list[Expr]]:
        found: dict[int, list[Expr]] = {}
        for item in self.module.returns:
            found.setdefault(item.function, []).append(item.value)
        return found

    def rows(self, value: Expr | None, function: int) -> tuple[Expr, ...]:
        """The elements of a list that is written out, also behind a name; a named list type is a list too."""
        for _ in range(HOPS):
            further = self.look.value(value, function)
            if further is value:
                break
            value = further
        if isinstance(value, Items):
            return value.values
        if isinstance(value, Call) and value.new and not value.keywords:
            return value.args
        return ()

    def entries(self, value: Expr | None, function: int) -> tuple[tuple[Expr | None, Expr], ...]:
        """The entries of a map that is written out, also behind a name."""
        found = self.look.value(value, function)
        return found.pairs if isinstance(found, Mapping) else ()


def bare_type(text: str) -> str:
    """``gin.Engine`` of ``*gin.Engine`` and ``...gin.Engine``; ``""`` for lists, maps, functions and built-in types."""
    kind = (
        text.removeprefix("...").lstrip("*& ").partition("[")[0]
        if not text.startswith(("[", "map[", "func", "chan "))
        else ""
    )
    return "" if kind in BUILT_IN or " " in kind or "{" in kind else kind
