"""Puts a text of SQL together again from the names, calls and pieces that a program builds it of."""

from __future__ import annotations

import re

from reviewer.gather.data.execution import Execution
from reviewer.gather.data.sqltext import SqlText, looks_like_sql, sql_text
from reviewer.gather.expressions import last, root
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Items, Name, Other, Text, dotted

HOLE = re.compile(r"\{[^{}\s]{0,40}\}|%s|%d|%\(\w{1,60}\)s")
DEPTH_LIMIT = 4
BUILD_LIMIT = 60
"""Assignments that one text is put together from."""

PIECE_LIMIT = 200
"""Pieces of one sum, and calls that one builder grows by."""

Place = tuple[int, int]


class Texts:
    """The texts of SQL that expressions of one module stand for."""

    def __init__(self, look: Look, words: Execution) -> None:
        self.look, self.words = look, words
        self.used: set[Place] = set()
        """The texts that a statement was built of, the whole one included."""
        self._pieces: set[Place] = set()
        self._grown: dict[tuple[str, int], list[Call]] = {}
        for call in look.module.calls:
            if call.last in words.appending and call.args:
                head = _head(call)
                if head:
                    self._grown.setdefault((head, call.function), []).append(call)

    def built(self, expr: Expr, function: int) -> SqlText | None:
        """The text behind an argument; the pieces that it is put together from count as used."""
        self._pieces = set()
        found = self.of(expr, function)
        if found is not None:
            self.used |= self._pieces
        return found

    def of(self, expr: Expr, function: int, depth: int = 0) -> SqlText | None:
        """The text behind an argument: itself, what is assigned to the name, what a call wraps, or a sum of these."""
        if depth > DEPTH_LIMIT:
            return None
        if isinstance(expr, Text):
            return self._text(expr, function, depth)
        if isinstance(expr, Name):
            return self._assigned(expr.dotted, function, expr.line, depth)
        if isinstance(expr, Call):
            return self._wrapped(expr, function, depth)
        if isinstance(expr, Other):
            return self._other(expr, function, depth)
        return None

    def _text(self, expr: Text, function: int, depth: int) -> SqlText | None:
        self._pieces.add(place_of(expr))
        if looks_like_sql(expr):
            return sql_text(expr.parts, *place_of(expr), tagged=expr.how == "tagged")
        first = expr.parts[0] if expr.parts else ""
        if isinstance(first, str):
            return None
        return self._continued(first, list(expr.parts[1:]), place_of(expr), function, depth)

    def _continued(
        self, first: Expr, rest: list[str | Expr], place: Place, function: int, depth: int
    ) -> SqlText | None:
        """A text that begins with another one: ``BASE + " WHERE id = " + id``."""
        begun = self.of(first, function, depth + 1)
        return sql_text((*_pieces_of(begun), *rest), *place) if begun else None

    def _other(self, expr: Other, function: int, depth: int) -> SqlText | None:
        if expr.operator == "%" and len(expr.operands) == 2:
            built = self.of(expr.operands[0], function, depth + 1)
            return _filled(built, [expr.operands[1]]) if built else None
        if expr.operator in ("+", ".", "<<") and expr.operands:
            first, *rest = _summands(expr)
            added = [part for item in rest for part in (item.parts if isinstance(item, Text) else (item,))]
            return self._continued(first, added, (expr.line, expr.line), function, depth)
        if len(expr.operands) == 1:
            return self.of(expr.operands[0], function, depth + 1)
        return None

    def _wrapped(self, call: Call, function: int, depth: int) -> SqlText | None:
        receiver = call.callee.value if isinstance(call.callee, Attribute) else None
        named = Name(dotted(call.callee).rpartition(".")[0], call.line)
        if call.last == "format":
            built = self.of(receiver or named, function, depth + 1)
            if built is None or (isinstance(receiver, Call) and last(receiver.name) == "SQL"):
                return built
            return _filled(built, [*call.args, *call.keywords.values()])
        if call.last not in self.words.wrapping:
            return None
        if call.args and (found := self.of(call.args[0], function, depth + 1)) is not None:
            return found
        if receiver is not None or named.dotted:
            return self.of(receiver or named, function, depth + 1)
        return None

    def _assigned(self, name: str, function: int, line: int, depth: int) -> SqlText | None:
        """The text assigned to a name last before the line, with all that is added to it."""
        parts: list[str | Expr] = []
        place: Place | None = None
        tagged = False
        base = self._pieces
        before = [item for item in self.look.assigned(name, function) if item.line <= line or item.function != function]
        for item in before[-BUILD_LIMIT:]:
            if self._is_builder(item):
                parts, place = self._built(item, line)
            elif item.value is None:
                continue
            elif parts and (item.augmented or _begins_with(item.value, name)):
                parts.extend(_added(item.value, name))
                place = (place[0], max(place[1], item.end_line)) if place else place
            elif not item.augmented:
                kept, self._pieces = self._pieces, set(base)
                built = self.of(item.value, function, depth + 1)
                if built is None:
                    self._pieces = kept
                    continue
                parts = _pieces_of(built)
                place, tagged = (built.line, built.end_line), built.tagged
        if place is None or not looks_like_sql(Text(tuple(parts), *place)):
            return None
        return sql_text(tuple(parts), *place, tagged=tagged)

    def _is_builder(self, item: Assignment) -> bool:
        if not self.words.builders:
            return False
        made = item.value.name if isinstance(item.value, Call) and item.value.new else ""
        return made in self.words.builders or (item.value is None and item.type in self.words.builders)

    def _built(self, item: Assignment, line: int) -> tuple[list[str | Expr], Place]:
        """What a builder holds on a line: what it is made with, and what is appended up to there."""
        given = list(item.value.args[:1]) if isinstance(item.value, Call) else []
        calls = [call for call in self._grown.get((item.target, item.function), ()) if item.line <= call.line <= line]
        given.extend(arg for call in calls[:PIECE_LIMIT] for arg in call.args)
        self._pieces.update(place_of(arg) for arg in given if isinstance(arg, Text))
        parts = [part for arg in given for part in (arg.parts if isinstance(arg, Text) else (arg,))]
        return parts, (item.line, max([item.end_line, *(call.end_line for call in calls)]))


def place_of(expr: Expr) -> Place:
    """The lines of a text; of anything else ``(0, 0)``."""
    return (expr.line, expr.end_line) if isinstance(expr, Text) else (0, 0)


def _head(call: Call) -> str:
    """The name that a chain of calls begins with: ``sb`` of ``sb.append(a).append(b)``."""
    first = root(call)
    return first.name.rpartition(".")[0] if isinstance(first, Call) else dotted(first)


def _pieces_of(text: SqlText) -> list[str | Expr]:
    return [piece if isinstance(piece, str) else piece.expr for piece in text.pieces]


def _summands(expr: Other) -> list[Expr]:
    """The parts of a sum, left to right; what lies deeper than the limit stays one part."""
    found: list[Expr] = []
    first: Expr = expr
    while isinstance(first, Other) and first.operator == expr.operator and first.operands and len(found) < PIECE_LIMIT:
        found.extend(reversed(first.operands[1:]))
        first = first.operands[0]
    return [first, *reversed(found)]


def _begins_with(value: Expr, name: str) -> bool:
    if isinstance(value, Other) and value.operator in ("+", "."):
        first: Expr | str | None = _summands(value)[0]
    else:
        first = value.parts[0] if isinstance(value, Text) and value.parts else None
    return isinstance(first, Name) and first.dotted == name


def _added(value: Expr, name: str) -> list[str | Expr]:
    """What an assignment adds to a text; the text itself is left out of ``q = q + ...``."""
    if isinstance(value, Text):
        return [part for part in value.parts if not (isinstance(part, Name) and part.dotted == name)]
    if isinstance(value, Other) and value.operator in ("+", "."):
        return [part for part in _summands(value) if not (isinstance(part, Name) and part.dotted == name)]
    return [value]


def _filled(text: SqlText, values: list[Expr]) -> SqlText:
    """A text with its ``{}`` or ``%s`` filled, in order as far as the values go."""
    flat = [inner for value in values for inner in (value.values if isinstance(value, Items) else (value,))]
    pieces: list[str | Expr] = []
    for piece in text.pieces:
        pieces.extend(_fill(piece, flat) if isinstance(piece, str) else [piece.expr])
    return sql_text(tuple(pieces), text.line, text.end_line)


def _fill(piece: str, values: list[Expr]) -> list[str | Expr]:
    found: list[str | Expr] = []
    for index, part in enumerate(HOLE.split(piece)):
        if index and values:
            found.append(values.pop(0) if len(values) > 1 else values[0])
        found.append(part)
    return found
