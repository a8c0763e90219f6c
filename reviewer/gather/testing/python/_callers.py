"""What the helpers of a test module are called with: ``self.send("/users")`` of ``def send(self, path)``."""

from __future__ import annotations

from functools import cached_property

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Function, Name, dotted, walk
from reviewer.gather.testing._paths import Row

CALLERS_MOST = 60
OWN = ("self", "cls")
STATIC = "staticmethod"


class Callers:
    """The calls of one module by the last part of their names."""

    def __init__(self, look: Look) -> None:
        self._look = look

    @cached_property
    def _by_last(self) -> dict[str, list[Call]]:
        found: dict[str, list[Call]] = {}
        for call in self._look.module.calls:
            found.setdefault(call.last, []).append(call)
        return found

    def rows(self, function: int, *used: Expr | str | None) -> list[tuple[Row, int]]:
        """What each caller gives the parameters that expressions in a function are made of, with its line."""
        if not 0 <= function < len(self._look.module.functions):
            return []
        helper = self._look.module.functions[function]
        wanted = {item.name for item in helper.parameters}
        parts = (part for item in used if item is not None and not isinstance(item, str) for part in walk(item))
        if not any(isinstance(part, Name) and part.dotted in wanted for part in parts):
            return []
        calls = [item for item in self._by_last.get(helper.name, ()) if self._calls(item, helper)]
        return [(self._given(helper, item), item.line) for item in calls[:CALLERS_MOST]]

    def _calls(self, call: Call, helper: Function) -> bool:
        """Whether a call is one of a helper, a method's by its own class or one that derives from it."""
        if call.function == helper.index:
            return False
        if helper.owner == -1:
            return call.name == helper.name
        receiver, owner = call.name.rpartition(".")[0], self._look.owner(call.function)
        if receiver not in OWN or owner == -1:
            return False
        classes = self._look.module.classes
        bases = {dotted(item) for item in classes[owner].bases}
        return owner == helper.owner or classes[helper.owner].name in bases

    def _given(self, helper: Function, call: Call) -> Row:
        names = [item.name for item in helper.parameters]
        is_static = any(dotted(item) == STATIC for item in helper.decorators)
        if helper.owner != -1 and not is_static:
            names = names[1:]
        given = dict(zip(names, call.args, strict=False)) | {
            name: value for name, value in call.keywords.items() if name in names
        }
        found: Row = {}
        for name, value in given.items():
            known = self._look.value(value, call.function)
            if known is not None:
                found[name] = known
        return found
