"""SQL in the strings of a program: what it does, whether its values are bound, and what gets into it unbound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reviewer.gather.data.ddl import Schema
from reviewer.gather.data.driver_table import driver_of
from reviewer.gather.data.names import data_use
from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.data.parse import Limit, Parser
from reviewer.gather.data.queries import DATA_VERBS, add_sign, add_statement
from reviewer.gather.data.split import split
from reviewer.gather.data.sqltext import Gap, SqlText, has_placeholder, looks_like_sql, parts_of_text, sql_text, verb_of
from reviewer.gather.data.statements import TRANSACTION_VERBS, UNKEPT_VERBS, Parts
from reviewer.gather.look import Look, last, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Module, Name, Other, Text, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How, Statement

EXECUTING = words(
    "execute executemany executescript execute_async execute_query execute_sql executeQuery executeSql exec query queryOne"
    " queryAll querySync query_one query_db query_all raw all get run each prepare fetch fetchrow fetchval fetch_all fetch_one"
    " fetch_val fetchone fetchall fetch_rows iterate read_sql read_sql_query none one oneOrNone any many manyOrNone result text"
    " extra mogrify unsafe sql $queryRaw $executeRaw $queryRawUnsafe $executeRawUnsafe query_raw execute_raw RawSQL literal"
    " SimpleStatement stream copy_expert run_query runQuery do_query db_query select insert update delete run_sql runSql"
    " execute_values execute_batch addSql exec_driver_sql cursor_execute op_execute PreparedStatement queryArray queryObject"
)
"""The last parts of calls that a statement is handed to; the shape of the text decides as well."""

WRAPPING = words(
    "text SQL sql raw Raw RawSQL TextClause SimpleStatement literal_column literal dedent cleandoc strip trim"
)
"""Calls around a text that give it on as it is."""

TELLING = words(
    "print log info debug warn warning error exception critical write console fail assertEqual assertIn describe it test Error"
    " add_argument format_help help"
)
"""Calls that a text is only shown by."""

UNTAGGED = words("dedent stripIndent outdent html gql graphql css String.raw raw")
FRAGMENT_CALLS = words(
    "where andWhere orWhere whereRaw andWhereRaw orWhereRaw havingRaw orderByRaw joinRaw having fromRaw selectRaw"
)
FRAGMENT = "SELECT 1 FROM interpolated_ WHERE"
BUILDERS = ("typeorm", "@nestjs/typeorm", "knex", "objection", "sequelize")
ONE_ROW = words("get fetchrow fetchval fetchone fetch_one fetch_val one oneOrNone queryOne query_one findOne scalar")
ALL_ROWS = words(
    "all fetch fetchall fetch_all any many manyOrNone each read_sql read_sql_query queryAll query_all iterate"
)
CASSANDRA = ("cassandra", "cassandra-driver", "scylla")
STATEMENT_LIMIT = 400
SCRIPT_LIMIT = 100
BUILD_LIMIT = 60
"""Pieces that a text is put together from over several assignments."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A text of SQL, the call it is handed to, and whether values go with it."""

    text: SqlText
    call: Call | None
    function: int
    with_values: bool = False


class _Reading:
    """One pass over a module."""

    def __init__(self, module: Module, kept: Kept) -> None:
        self.module, self.kept = module, kept
        self.look = Look(module)
        self.origins = Origins(self.look)
        self.parser = Parser()
        self.schema = Schema()
        self.cql = self.look.imports(*CASSANDRA)
        self.seen: set[tuple[int, int]] = set()
        self.shown = {_place(arg) for call in module.calls if call.last in TELLING for arg in call.args}

    def run(self) -> None:
        first = len(self.kept.statements)
        for found in self._all():
            if len(self.kept.statements) - first >= STATEMENT_LIMIT:
                break
            self._keep(found)
        self.kept.tables.extend(self.schema.result())
        if len(self.kept.statements) > first:
            self._keep_database(self.kept.statements[first])

    def _all(self) -> Iterator[_Found]:
        for call in self.module.calls:
            if call.last in EXECUTING and (call.args or call.keywords):
                yield from self._handed(call)
            elif call.last in FRAGMENT_CALLS and call.args and isinstance(call.args[0], Text):
                yield from self._fragment(call, call.args[0])
        for text, function in self.module.texts:
            place = (text.line, text.end_line)
            if place in self.seen or place in self.shown or text.how == "tagged":
                continue
            if looks_like_sql(text, sure=True):
                self.seen.add(place)
                yield _Found(sql_text(text.parts, *place), None, function)

    def _fragment(self, call: Call, text: Text) -> Iterator[_Found]:
        """A part of a statement that a query builder is given: of interest where a value gets into it."""
        built = sql_text((f"{FRAGMENT} ", *text.parts), text.line, text.end_line, tagged=self._binds(text))
        found = _Found(built, call, call.function, len(call.args) > 1)
        if built.gaps and (text.line, text.end_line) not in self.seen and self.look.imports(*BUILDERS):
            if self._injection(found):
                self.seen.add((text.line, text.end_line))
                yield found

    def _handed(self, call: Call) -> Iterator[_Found]:
        for arg in (
            *call.args[:2],
            *(call.keywords[key] for key in ("query", "sql", "text", "where") if key in call.keywords),
        ):
            built = self._built(arg, call.function, 0)
            if built is None:
                continue
            if (built.line, built.end_line) not in self.seen:
                self.seen.add((built.line, built.end_line))
                yield _Found(built, call, call.function, len(call.args) > 1 or bool(call.keywords))
            return

    def _built(self, expr: Expr, function: int, depth: int) -> SqlText | None:
        """The text behind an argument: itself, what is assigned to the name, or what a call wraps."""
        if depth > 4:
            return None
        if isinstance(expr, Text):
            return (
                sql_text(expr.parts, expr.line, expr.end_line, tagged=self._binds(expr))
                if looks_like_sql(expr)
                else None
            )
        if isinstance(expr, Name):
            return self._assigned(expr.dotted, function, expr.line, depth)
        if isinstance(expr, Call):
            return self._wrapped(expr, function, depth)
        if isinstance(expr, Other) and expr.operator == "%" and len(expr.operands) == 2:
            built = self._built(expr.operands[0], function, depth + 1)
            return _filled(built, [expr.operands[1]]) if built else None
        return None

    def _binds(self, text: Text) -> bool:
        return text.how == "tagged"

    def _wrapped(self, call: Call, function: int, depth: int) -> SqlText | None:
        if call.last == "format":
            receiver = call.callee.value if isinstance(call.callee, Attribute) else None
            inner = receiver or Name(dotted(call.callee).rpartition(".")[0], call.line)
            composed = isinstance(inner, Call) and last(inner.name) == "SQL"
            built = self._built(inner, function, depth + 1)
            if built is None or composed:
                return built
            return _filled(built, [*call.args, *call.keywords.values()])
        if call.last in WRAPPING and call.args:
            return self._built(call.args[0], function, depth + 1)
        if call.last in WRAPPING and isinstance(call.callee, Attribute):
            return self._built(call.callee.value, function, depth + 1)
        return None

    def _assigned(self, name: str, function: int, line: int, depth: int) -> SqlText | None:
        """The texts assigned to a name before the line, later ones added to the last whole one."""
        parts: list[str | Expr] = []
        place: tuple[int, int] | None = None
        tagged = False
        for item in self.look.assigned(name, function)[:BUILD_LIMIT]:
            if (item.line > line and item.function == function) or item.value is None:
                continue
            grows = item.augmented or (bool(parts) and _begins_with(item.value, name))
            if not grows:
                built = self._built(item.value, function, depth + 1)
                if built is None:
                    continue
                parts = [piece if isinstance(piece, str) else piece.expr for piece in built.pieces]
                place, tagged = (built.line, built.end_line), built.tagged
            elif parts:
                parts.extend(_pieces(item.value, name))
        if place is None:
            return None
        return sql_text(tuple(parts), *place, tagged=tagged)

    def _keep(self, found: _Found) -> None:
        """One text: a statement, or several with semicolons between them."""
        several = (
            list(islice(split(found.text.literal), SCRIPT_LIMIT)) if ";" in found.text.literal.rstrip("; \n") else []
        )
        if len(several) < 2:
            self._keep_one(found)
            return
        injection = self._injection(found)
        for piece in several:
            offset = found.text.line - 1
            text = SqlText((piece.text,), offset + piece.line, offset + piece.end_line)
            self._keep_one(replace(found, text=text), injection)
            injection = None

    def _keep_one(self, found: _Found, injection: str | None = None) -> None:
        text = found.text
        parts = parts_of_text(text, self.parser)
        if parts is None and found.call is None:
            return
        verb = parts.verb if parts else verb_of(text)
        if verb in UNKEPT_VERBS:
            self._keep_transaction(found, verb)
            return
        self._keep_schema(text)
        injection = injection or self._injection(found)
        layer = "cql" if self.cql else "sql"
        call = found.call
        statement = Statement(
            verb=verb,
            line=text.line,
            end_line=text.end_line,
            layer=layer,
            tables=parts.tables if parts else (),
            filters=parts.filters if parts else (),
            features=parts.features if parts else (),
            bound=self._bound(found, injection),
            injection=injection,
            in_loop=bool(call and call.loops and verb in DATA_VERBS),
            many=self._many(found, parts),
            function=self.look.qualname(found.function),
            understood=parts is not None,
        )
        if call is None:
            self.kept.statements.append(statement)
            return
        add_statement(self.kept, self.look, statement, call)
        self._keep_signs(found, verb, injection, parts)

    def _keep_transaction(self, found: _Found, verb: str) -> None:
        if found.call is not None and verb in TRANSACTION_VERBS:
            add_sign(self.kept, self.look, SignKind.TRANSACTION, found.call, verb)

    def _keep_signs(self, found: _Found, verb: str, injection: str | None, parts: Parts | None) -> None:
        call = found.call
        assert call is not None
        if not self.cql:
            return
        add_sign(self.kept, self.look, SignKind.NOSQL_QUERY, call, f"{call.last} {verb}")
        if injection:
            add_sign(self.kept, self.look, SignKind.NOSQL_INJECTION, call, injection)
        if verb == "create":
            add_sign(self.kept, self.look, SignKind.NOSQL_SCHEMA, call, ", ".join(parts.tables) if parts else "")
        if parts and verb == "select" and (parts.filters or Feature.LIMIT in parts.features):
            add_sign(self.kept, self.look, SignKind.NOSQL_BOUNDED, call, "where" if parts.filters else "limit")

    def _keep_schema(self, text: SqlText) -> None:
        if verb_of(text) not in ("create", "alter") or self.cql:
            return
        try:
            tree = self.parser.parse(text.literal.strip().rstrip(";"))
        except Limit:
            return
        if tree is not None:
            self.schema.add(tree, text.line, text.end_line)

    def _injection(self, found: _Found) -> str | None:
        if found.text.tagged:
            return None
        for gap in found.text.gaps:
            origin = self.origins.of(gap.expr, found.function)
            if origin == Origin.OUTSIDE and (found.call or gap.value or gap.quoted):
                return _sentence(gap)
            if origin == Origin.UNKNOWN and found.call and (gap.value or (gap.quoted and not gap.identifier)):
                return _sentence(gap)
        return None

    def _bound(self, found: _Found, injection: str | None) -> bool | None:
        if injection:
            return False
        if found.text.tagged:
            return True if found.text.gaps else None
        filled = found.with_values and bool(found.text.gaps)
        return True if filled or has_placeholder(found.text) else None

    def _many(self, found: _Found, parts: Parts | None) -> bool | None:
        """Whether all rows are fetched: by the call itself, or by the next fetch in the same function."""
        if parts is None or parts.verb != "select" or parts.many is False or found.call is None:
            return parts.many if parts else None
        names = [found.call.last]
        names += [
            call.last
            for call in self.module.calls
            if call.function == found.function and call.line >= found.call.line and call.last.startswith("fetch")
        ][:1]
        for name in names:
            if name in ALL_ROWS:
                return True
            if name in ONE_ROW:
                return False
        return None

    def _keep_database(self, statement: Statement) -> None:
        """The database of the one driver that this file imports is queried."""
        drivers = {driver_of(self.module.language, item.module) for item in self.module.imports}
        databases = {driver.database for driver in drivers if driver and driver.database}
        if self.cql:
            databases &= {"Cassandra"}
        else:
            databases -= {"Cassandra", "MongoDB", "Redis", "Memcached", "Elasticsearch"}
        if len(databases) == 1:
            self.kept.data.append(data_use(databases.pop(), How.QUERIED, statement.line))


def _sentence(gap: Gap) -> str:
    named = next((item for item in (dotted(gap.expr), gap.expr.name if isinstance(gap.expr, Call) else "") if item), "")
    what = f"`{named.lstrip('.')[:60]}`" if named.strip(".") else "a value"
    return f"{what} gets into the text of the statement instead of being bound"


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
    """A text with its ``{}`` or ``%s`` filled by values that are not told apart."""
    values = [inner for value in values for inner in (value.values if isinstance(value, Items) else (value,))]
    pieces: list[str | Expr] = []
    for piece in text.pieces:
        pieces.extend(_fill(piece, values) if isinstance(piece, str) else [piece.expr])
    return sql_text(tuple(pieces), text.line, text.end_line)


def _fill(piece: str, values: list[Expr]) -> list[str | Expr]:
    import re

    found: list[str | Expr] = []
    for index, part in enumerate(re.split(r"\{[^{}\s]{0,40}\}|%s|%d|%\(\w+\)s", piece)):
        if index and values:
            found.append(values.pop(0) if len(values) > 1 else values[0])
        found.append(part)
    return found


def read_sql_in_code(module: Module, kept: Kept) -> None:
    """Keeps the SQL statements of a module."""
    _Reading(module, kept).run()


SQL_IN_CODE = Reader(name="SQL in code", languages=("Python", "JavaScript", "TypeScript"), read=read_sql_in_code)
