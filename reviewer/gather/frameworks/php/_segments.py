"""The path of a request taken apart at its slashes: which of its segments an expression is."""

from __future__ import annotations

from reviewer.gather.expressions import integer
from reviewer.gather.frameworks.php._request_paths import HOPS, is_asked
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Expr, Mapping, Name, Number, Other, Text, plain, walk

KEEPING = words(
    "strtolower strtoupper trim ucfirst lcfirst ucwords intval htmlspecialchars urldecode rawurldecode filter_var rtrim"
)
"""Functions that leave a segment what it is."""
TRIMMING = words("trim ltrim")
LISTING = words("array_values array_filter array_map explode preg_split array_slice array_splice")
BARE = "_GET."
"""Paths in a query, which begin without a slash."""
SHIFT = "array_shift"


class Segments:
    """The segments of the request's path in one file. The first segment is number 0."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._shifts = [call for call in look.module.calls if call.last == SHIFT and call.args]

    def place(self, expr: Expr | None, function: int, hops: int = HOPS) -> int | None:
        """The number of the segment that an expression is, None where it is none."""
        if hops < 0 or expr is None:
            return None
        match expr:
            case Other(kind="subscript_expression", operands=(held, Number() as number)):
                return self._at(held, integer(number), function, expr.line, hops)
            case Other(kind="binary_expression", operator="??", operands=(first, *_)):
                return self.place(first, function, hops)
            case Other(kind="cast_expression" | "parenthesized_expression", operands=(first, *_)):
                return self.place(first, function, hops)
            case Other(kind="ternary_expression", operands=(_, *results)):
                found = (self.place(result, function, hops) for result in results)
                return next((place for place in found if place is not None), None)
            case Call() if expr.last in KEEPING and expr.args:
                return self.place(expr.args[0], function, hops)
            case Call() if expr.last == SHIFT and expr.args:
                return self._at(expr.args[0], 0, function, expr.line, hops)
            case Name():
                found = (self.place(item.value, function, hops - 1) for item in self._given(expr.dotted, function))
                return next((place for place in found if place is not None), None)
            case _:
                return None

    def _given(self, name: str, function: int) -> list[Assignment]:
        found = self.look.assigned(name, function)
        if not found and name.startswith("this."):
            found = [item for item in self.look.module.assignments if item.target == name]
        return found[:6]

    def _at(self, held: Expr, number: int | None, function: int, line: int, hops: int) -> int | None:
        offset = self.offset(held, function, line, hops)
        place = -1 if offset is None or number is None else number + offset
        return place if place >= 0 else None

    def offset(self, expr: Expr, function: int, line: int, hops: int = HOPS) -> int | None:
        """What is added to an index of a list to make it the number of a segment; None for any other list."""
        if hops < 0:
            return None
        if isinstance(expr, Name):
            for item in reversed(self._given(expr.dotted, function)):
                if item.value is not None and item.line <= line:
                    found = self.offset(item.value, item.function, item.line, hops - 1)
                    if found is not None:
                        return found + self._taken(expr.dotted, item.line, line)
            return None
        if isinstance(expr, Other) and expr.operands:
            return next(
                (found for item in expr.operands if (found := self.offset(item, function, line, hops - 1)) is not None),
                None,
            )
        if not (isinstance(expr, Call) and expr.last in LISTING and expr.args):
            return None
        return self._of_call(expr, function, line, hops)

    def _taken(self, name: str, since: int, line: int) -> int:
        """How many segments were taken off the front of a list before a line."""
        return sum(
            isinstance(call.args[0], Name) and call.args[0].dotted == name and since <= call.line < line
            for call in self._shifts
        )

    def _of_call(self, call: Call, function: int, line: int, hops: int) -> int | None:
        if call.last in ("explode", "preg_split"):
            held = call.args[1] if len(call.args) > 1 else None
            slash = "/" in (plain(call.args[0]) or "")
            return self._cut(held, function) if slash and is_asked(self.look, held, function) else None
        inner = call.args[1] if call.last == "array_map" and len(call.args) > 1 else call.args[0]
        found = self.offset(inner, function, line, hops - 1)
        if found is None:
            return None
        if call.last in ("array_slice", "array_splice"):
            return found + ((integer(call.args[1]) or 0) if len(call.args) > 1 else 0)
        filtered = any(isinstance(item, Call) and item.last == "array_filter" for item in walk(call))
        return 0 if call.last == "array_values" and filtered else found

    def _cut(self, expr: Expr | None, function: int, hops: int = HOPS) -> int:
        """0 where the path that is cut begins with its first segment, -1 where a slash stands before that."""
        if expr is None or hops < 0:
            return -1
        for item in walk(expr):
            if isinstance(item, Call) and item.last in TRIMMING:
                return 0
            if isinstance(item, Name) and item.dotted.startswith(BARE):
                return 0
        names = [item.dotted for item in walk(expr) if isinstance(item, Name)]
        given = [one for name in names for one in self.look.assigned(name, function) if one.value is not None]
        return 0 if any(self._cut(one.value, function, hops - 1) == 0 for one in given[:6]) else -1


def constants_of(look: Look, expr: Expr | None, function: int) -> tuple[str, ...]:
    """The texts of a list that a segment is looked up in: its values, or the keys of a table."""
    held = look.value(expr, function)
    values = tuple(key for key, _ in held.pairs if key is not None) if isinstance(held, Mapping) else ()
    values = values or tuple(getattr(held, "values", ())) if not isinstance(held, Text) else ()
    return tuple(text for value in values if isinstance(value, Text) and (text := plain(value)))
