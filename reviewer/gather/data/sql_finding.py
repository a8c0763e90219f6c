"""Finds the texts of SQL in a program, together with the call that each is handed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.data.sqltext import SqlText, looks_like_sql, sql_text
from reviewer.gather.look import Look, last, words
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Name, Other, Text, dotted

EXECUTING = words(
    "execute executemany executescript execute_async execute_query execute_sql executeQuery executeSql exec"
    " exec_driver_sql query queryOne queryAll querySync query_one query_db query_all query_raw queryArray"
    " queryObject run_query runQuery do_query db_query run_sql runSql raw RawSQL $queryRaw $executeRaw"
    " $queryRawUnsafe $executeRawUnsafe execute_raw all get run each prepare iterate fetch fetchrow fetchval"
    " fetch_all fetch_one fetch_val fetchone fetchall fetch_rows read_sql read_sql_query none one oneOrNone any"
    " many manyOrNone result text sql literal unsafe extra mogrify stream copy_expert execute_values execute_batch"
    " SimpleStatement PreparedStatement select insert update delete addSql"
)
"""The last parts of calls that a statement is handed to; the shape of the text decides as well."""

COMMON = words(
    "all get run each text result literal select insert update delete stream any many none one fetch prepare exec"
    " unsafe extra sql iterate raw"
)
"""Of these the names that much else has too: they count on what is called like a database, or called by themselves."""

HOLDER = re.compile(
    r"db|conn|cur|pool|client|session|knex|sql|trx|tx|database|pg|prisma|manager|runner|stmt|engine|objects|repo|store"
    r"|\bsa\b|\bop\b|\bt\b|\bc\b",
    re.IGNORECASE,
)

WRAPPING = words(
    "text SQL sql raw Raw RawSQL TextClause SimpleStatement literal_column literal dedent cleandoc strip trim"
)
"""Calls around a text that give it on as it is."""

TELLING = words(
    "print log info debug warn warning error exception critical write console fail assertEqual assertIn describe"
    " it test Error add_argument format_help help"
)
"""Calls that a text is only shown by."""

FRAGMENT_CALLS = words(
    "where andWhere orWhere whereRaw andWhereRaw orWhereRaw havingRaw orderByRaw joinRaw having fromRaw selectRaw"
)
FRAGMENT = "SELECT 1 FROM interpolated_ WHERE "
"""What stands before a condition that a query builder is given, so that it reads as a statement."""

BUILDERS = ("typeorm", "@nestjs/typeorm", "knex", "objection", "sequelize")
NAMED_ARGUMENTS = ("query", "sql", "text", "where")
HOLE = re.compile(r"\{[^{}\s]{0,40}\}|%s|%d|%\(\w{1,60}\)s")
DEPTH_LIMIT = 4
BUILD_LIMIT = 60
"""Assignments that one text is put together from."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text of SQL, the call it is handed to, the function around it, and whether values go with it."""

    text: SqlText
    call: Call | None
    function: int
    with_values: bool = False


class Finder:
    """Goes through one module once; no text is found twice."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.seen: set[tuple[int, int]] = set()
        self.shown = {_place(arg) for call in look.module.calls if call.last in TELLING for arg in call.args}

    def statements(self) -> Iterator[Found]:
        """What is handed to a call first, then the texts that are SQL beyond doubt wherever they stand."""
        for call in self.look.module.calls:
            if call.last in EXECUTING and (call.args or call.keywords) and _is_database(call):
                yield from self._handed(call)
        for text, function in self.look.module.texts:
            place = _place(text)
            if place in self.seen or place in self.shown or text.how == "tagged":
                continue
            if looks_like_sql(text, sure=True):
                self.seen.add(place)
                yield Found(sql_text(text.parts, *place), None, function)

    def fragments(self) -> Iterator[Found]:
        """Conditions with gaps that a query builder is given as text."""
        if not self.look.imports(*BUILDERS):
            return
        for call in self.look.module.calls:
            text = call.args[0] if call.last in FRAGMENT_CALLS and call.args else None
            if isinstance(text, Text) and _place(text) not in self.seen and text.how not in ("plain", "tagged"):
                self.seen.add(_place(text))
                built = sql_text((FRAGMENT, *text.parts), *_place(text))
                yield Found(built, call, call.function, len(call.args) > 1)

    def _handed(self, call: Call) -> Iterator[Found]:
        named = (call.keywords[key] for key in NAMED_ARGUMENTS if key in call.keywords)
        for arg in (*call.args[:2], *named):
            built = self._built(arg, call.function, 0)
            if built is None:
                continue
            if (built.line, built.end_line) not in self.seen:
                self.seen.add((built.line, built.end_line))
                yield Found(built, call, call.function, len(call.args) > 1 or bool(call.keywords))
            return

    def _built(self, expr: Expr, function: int, depth: int) -> SqlText | None:
        """The text behind an argument: itself, what is assigned to the name, or what a call wraps."""
        if depth > DEPTH_LIMIT:
            return None
        if isinstance(expr, Text):
            tagged = expr.how == "tagged"
            return sql_text(expr.parts, *_place(expr), tagged=tagged) if looks_like_sql(expr) else None
        if isinstance(expr, Name):
            return self._assigned(expr.dotted, function, expr.line, depth)
        if isinstance(expr, Call):
            return self._wrapped(expr, function, depth)
        if isinstance(expr, Other) and expr.operator == "%" and len(expr.operands) == 2:
            built = self._built(expr.operands[0], function, depth + 1)
            return _filled(built, [expr.operands[1]]) if built else None
        return None

    def _wrapped(self, call: Call, function: int, depth: int) -> SqlText | None:
        if call.last == "format":
            receiver = call.callee.value if isinstance(call.callee, Attribute) else None
            inner = receiver or Name(dotted(call.callee).rpartition(".")[0], call.line)
            built = self._built(inner, function, depth + 1)
            if built is None or (isinstance(inner, Call) and last(inner.name) == "SQL"):
                return built
            return _filled(built, [*call.args, *call.keywords.values()])
        if call.last in WRAPPING and call.args:
            return self._built(call.args[0], function, depth + 1)
        if call.last in WRAPPING and isinstance(call.callee, Attribute):
            return self._built(call.callee.value, function, depth + 1)
        return None

    def _assigned(self, name: str, function: int, line: int, depth: int) -> SqlText | None:
        """The text assigned to a name last before the line, with all that is added to it."""
        parts: list[str | Expr] = []
        place: tuple[int, int] | None = None
        tagged = False
        for item in self.look.assigned(name, function)[:BUILD_LIMIT]:
            if (item.line > line and item.function == function) or item.value is None:
                continue
            if parts and (item.augmented or _begins_with(item.value, name)):
                parts.extend(_pieces(item.value, name))
            elif not item.augmented and (built := self._built(item.value, function, depth + 1)) is not None:
                parts = [piece if isinstance(piece, str) else piece.expr for piece in built.pieces]
                place, tagged = (built.line, built.end_line), built.tagged
        return sql_text(tuple(parts), *place, tagged=tagged) if place else None


def _is_database(call: Call) -> bool:
    receiver = call.name.rpartition(".")[0]
    return call.last not in COMMON or not receiver or bool(HOLDER.search(last(receiver)))


def _place(expr: Expr) -> tuple[int, int]:
    return (expr.line, expr.end_line) if isinstance(expr, Text) else (0, 0)


def _begins_with(value: Expr, name: str) -> bool:
    first = value.parts[0] if isinstance(value, Text) and value.parts else None
    return isinstance(first, Name) and first.dotted == name


def _pieces(value: Expr, name: str) -> list[str | Expr]:
    """What an assignment adds to a text; the text itself is left out of ``q = q + ...``."""
    if isinstance(value, Text):
        return [part for part in value.parts if not (isinstance(part, Name) and part.dotted == name)]
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
