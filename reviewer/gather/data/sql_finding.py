"""Finds the texts of SQL in a program, together with the call that each is handed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from reviewer.gather.data.execution import CONDITION, EXECUTION, NAMED_ARGUMENTS
from reviewer.gather.data.sql_building import Texts, place_of
from reviewer.gather.data.sqltext import SqlText, looks_like_sql, sql_text
from reviewer.gather.expressions import inside, last, truth
from reviewer.gather.look import Look, decorators
from reviewer.gather.syntax import Call, Expr, Function, Items, Name, Text

OBJECT_QUERY = re.compile(
    r"\s*+(?:SELECT|select)\s++(?:(?:DISTINCT|distinct)\s++)?(\w++)\s++(?:FROM|from)\s++[A-Z][\w.\\]*+\s++(?:(?:AS|as)\s++)?\1\b"
)
"""Queries of objects, which look like SQL but are none: ``SELECT u FROM User u``."""

PIECING = ("JavaScript", "TypeScript")
CLAUSE = re.compile(r"\s*+(?:WHERE|HAVING)\s")
ABOUT_QUERIES = re.compile(r"quer(?:y|ies)|sql|where|clause", re.IGNORECASE)
STATED = re.compile(
    r"quer(?:y|ies)|sql|where|clause|statement|stmt|command|cmd|ddl|script|select|insert|update|delete|create|drop|alter"
    r"|schema|migrat|seed|table|view|^(?:up|down|forwards?|backwards?|reverse|text|value)$",
    re.IGNORECASE,
)
"""Names of arguments that a statement is given as; others tell a reader of one: ``Lesson(before="SELECT 1")``."""
QUOTES = re.compile(r"(?:=|\b(?:LIKE|ILIKE|like|ilike))\s{0,4}'%?\Z")
MARKUP = re.compile(r"[<>\[{@#]|--")
"""In texts of pages, selectors and commands, which set values between quotes as well."""
GROWN_LIMIT = 60
"""Assignments to one name that are looked at for what it grows by."""

COMPARES = re.compile(r"[=<>]|\b(?:like|ilike|in|is|between|and|or|set|join)\b", re.IGNORECASE)
"""What a condition has, so that a text with a gap is taken for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text of SQL, the call it is handed to, the function around it, and whether values go with it.

    ``partial`` is a part that a builder is given whose values mostly come from other objects of the system. ``piece``
    is a part that this file only writes.
    """

    text: SqlText
    call: Call | None
    function: int
    with_values: bool = False
    partial: bool = False
    piece: bool = False


class Finder:
    """Goes through one module once; no text is found twice."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.words = EXECUTION[look.module.language]
        self.texts = Texts(look, self.words)
        self.seen: set[tuple[int, int]] = set()
        self.shown = {
            place_of(arg) for call in look.module.calls if call.last in self.words.telling for arg in call.args
        }

    def statements(self) -> Iterator[Found]:
        """What is handed to a call first, then the texts that are SQL beyond doubt wherever they stand."""
        yield from self._annotated()
        for call in self.look.module.calls:
            if call.last in self.words.foreign:
                self._leave_out(call)
            elif call.last in self.words.calls and (call.args or call.keywords) and self._is_database(call):
                yield from self._handed(call)
        yield from self._properties()
        for text, function in self.look.module.texts:
            place = place_of(text)
            if (
                place in self.seen
                or place in self.shown
                or place in self.texts.used
                or text.how == "tagged"
                or _of_objects(text)
            ):
                continue
            if looks_like_sql(text, sure=True) and place not in self._told:
                self.seen.add(place)
                yield Found(sql_text(text.parts, *place), None, function)

    @cached_property
    def _told(self) -> frozenset[tuple[int, int]]:
        """The texts that are named arguments which speak of no statement."""
        return frozenset(
            place_of(part)
            for call in self.look.module.calls
            for key, value in call.keywords.items()
            if key != "<>" and not STATED.search(key)
            for part in inside(value)
            if isinstance(part, Text) and looks_like_sql(part, sure=True)
        )

    def fragments(self) -> Iterator[Found]:
        """Conditions with gaps that a query builder is given as text."""
        imports, marked = self.words.fragment_imports, self._is_marked()
        known = self.words.fragments if not imports or self.look.imports(*imports) else {}
        wanted = {**known, **self.words.marked_fragments} if marked else known
        for call in self.look.module.calls:
            if call.last not in wanted or not call.args:
                continue
            first = self.look.value(call.args[0], call.function) if marked else call.args[0]
            given = list(first.values) if isinstance(first, Items) and first.values else [first]
            for item in given if marked else given[:1]:
                yield from self._fragment(call, item, wanted[call.last])

    def clauses(self) -> Iterator[Found]:
        """Conditions in JavaScript that other functions put behind a statement: with values between quotes.

        A text that begins with ``WHERE`` is one, and in functions about queries what sets a value after ``=``.
        """
        for text, function in self.look.module.texts if self.look.module.language in PIECING else ():
            place = place_of(text)
            if text.how != "interpolated" or place in self.seen or place in self.texts.used or place in self.shown:
                continue
            first = text.parts[0] if isinstance(text.parts[0], str) else ""
            if not CLAUSE.match(first[:80]) and not ABOUT_QUERIES.search(self.look.qualname(function)):
                continue
            for before, value, after in zip(text.parts, text.parts[1:], text.parts[2:], strict=False):
                if _is_quoted(before, value, after) and not isinstance(value, str):
                    self.seen.add(place)
                    yield Found(sql_text((f"{CONDITION}x = '", value, "'"), *place), None, function, piece=True)
                    break

    def continued(self) -> Iterator[Found]:
        """Texts that grow by values between quotes, from a beginning that another file holds, up to their call."""
        for call in self.look.module.calls:
            if call.last not in self.words.calls or not self._is_database(call):
                continue
            for arg in call.args[: self.words.first]:
                if isinstance(arg, Name) and self.texts.built(arg, call.function) is None:
                    yield from self._grown(arg, call)

    def _grown(self, name: Name, call: Call) -> Iterator[Found]:
        """The first value between quotes that a name grows by before a call."""
        for item in self.look.assigned(name.dotted, call.function)[:GROWN_LIMIT]:
            text = item.value
            if not isinstance(text, Text) or item.line > call.line or place_of(text) in self.seen:
                continue
            begins = text.parts[0] if text.parts else None
            if not item.augmented and not (isinstance(begins, Name) and begins.dotted == name.dotted):
                continue
            for before, value, after in zip(text.parts, text.parts[1:], text.parts[2:], strict=False):
                if _is_quoted(before, value, after) and not isinstance(value, str):
                    self.seen.add(place_of(text))
                    yield Found(sql_text((f"{CONDITION}x = '", value, "'"), *place_of(text)), None, call.function)
                    return

    def _is_marked(self) -> bool:
        return any(mark in self.look.module.text for mark in self.words.marks)

    def _fragment(self, call: Call, given: Expr | None, before: str) -> Iterator[Found]:
        text = self._unwrapped(self.look.value(given, call.function))
        if not isinstance(text, Text) or place_of(text) in self.seen or text.how in ("plain", "tagged"):
            return
        if before == CONDITION and not any(isinstance(part, str) and COMPARES.search(part) for part in text.parts):
            return
        self.seen.add(place_of(text))
        built = sql_text((before, *text.parts), *place_of(text))
        yield Found(built, call, call.function, len(call.args) > 1, call.last in self.words.marked_fragments)

    def _unwrapped(self, given: Expr | None) -> Expr | None:
        """What ``Arel.sql(text)`` and ``Sequel.lit(text)`` give on as it is."""
        if isinstance(given, Call) and given.last in self.words.wrapping and len(given.args) == 1:
            return given.args[0]
        return given

    def _handed(self, call: Call) -> Iterator[Found]:
        named = [call.keywords[key] for key in NAMED_ARGUMENTS if key in call.keywords]
        for place, arg in enumerate([*call.args[: self.words.first], *named]):
            built = self.texts.built(arg, call.function)
            if built is None:
                continue
            if call.last in self.words.binding and isinstance(arg, Text) and arg.how == "interpolated":
                built = replace(built, tagged=True)
            if (built.line, built.end_line) not in self.seen:
                self.seen.add((built.line, built.end_line))
                yield Found(built, call, call.function, self._with_values(call, place))
            return

    def _with_values(self, call: Call, place: int) -> bool:
        """Whether values go to a call beside the statement at a place among its arguments."""
        others = len(call.args) > 1 if self.words is EXECUTION["Python"] else len(call.args) > place + 1
        return others or any(key != "<>" for key in call.keywords)

    def _properties(self) -> Iterator[Found]:
        """Texts that are assigned to a command's property, which runs them later."""
        if not self.words.properties:
            return
        for item in self.look.module.assignments:
            if item.value is None or last(item.target) not in self.words.properties:
                continue
            built = self.texts.built(item.value, item.function)
            if built is not None and (built.line, built.end_line) not in self.seen:
                self.seen.add((built.line, built.end_line))
                yield Found(built, self._caller(item.target, item.line, item.function), item.function)

    def _caller(self, target: str, line: int, function: int) -> Call | None:
        """The call that runs a command after its text was set, or any call of its object on the way there."""
        receiver = target.rpartition(".")[0]
        return next(
            (
                call
                for call in self.look.module.calls
                if call.function == function and call.line >= line and call.name.rpartition(".")[0] == receiver
            ),
            None,
        )

    def _annotated(self) -> Iterator[Found]:
        """Statements in annotations; whatever else stands in one is left to the readers of its library."""
        if self.look.module.language not in ("Java", "Kotlin"):
            return
        for decorator, name, item in decorators(self.look.module):
            if not isinstance(decorator, Call):
                continue
            wanted = last(name) in self.words.annotations or _is_native(decorator, self.words.native.get(last(name)))
            values: tuple[Expr, ...] = (*decorator.args, *decorator.keywords.values())
            for text in inside(*values):
                if isinstance(text, Text) and place_of(text) not in self.seen:
                    self.seen.add(place_of(text))
                    if wanted and looks_like_sql(text):
                        function = item.index if isinstance(item, Function) else -1
                        yield Found(sql_text(text.parts, *place_of(text)), None, function)

    def _leave_out(self, call: Call) -> None:
        """Marks the texts that are handed to another query language."""
        for arg in call.args[:1]:
            built = self.texts.built(arg, call.function)
            if built is not None:
                self.seen.add((built.line, built.end_line))

    def _is_database(self, call: Call) -> bool:
        receiver = call.name.rpartition(".")[0]
        return call.last not in self.words.common or not receiver or bool(self.words.holder.search(last(receiver)))


def _is_quoted(before: str | Expr, value: str | Expr, after: str | Expr) -> bool:
    if not isinstance(before, str) or isinstance(value, str) or not isinstance(after, str):
        return False
    return bool(QUOTES.search(before[-80:])) and not MARKUP.search(before) and after.lstrip("%").startswith("'")


def _is_native(decorator: Call, keyword: str | None) -> bool:
    return keyword is not None and truth(decorator.keywords.get(keyword)) is True


def _of_objects(text: Text) -> bool:
    first = text.parts[0] if text.parts else ""
    return isinstance(first, str) and bool(OBJECT_QUERY.match(first[:400]))
