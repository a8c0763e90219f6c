"""SQL in the strings of a program: what it does, whether its values are bound, and what gets into it unbound."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

from reviewer.gather.data.connections import shown_drivers
from reviewer.gather.data.ddl import Schema
from reviewer.gather.data.execution import EXECUTION
from reviewer.gather.data.names import data_use
from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.data.outside_words import FRAGMENT_NAME, SCHEMA_NAME
from reviewer.gather.data.parse import Limit, Parser
from reviewer.gather.data.queries import DATA_VERBS, add_sign, add_statement
from reviewer.gather.data.split import split
from reviewer.gather.data.sql_finding import Finder, Found
from reviewer.gather.data.sql_tables import Tables
from reviewer.gather.data.sqltext import Gap, SqlText, has_placeholder, parts_of_text, verb_of
from reviewer.gather.data.statements import CATALOGUE_VERBS, TRANSACTION_VERBS, UNKEPT_VERBS, Parts
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataKind, Feature, How, Statement

ONE_ROW = words("get fetchrow fetchval fetchone fetch_one fetch_val one oneOrNone queryOne query_one findOne scalar")
ALL_ROWS = words(
    "all fetch fetchall fetch_all any many manyOrNone each read_sql read_sql_query queryAll query_all iterate"
)
PHP_ONE = words(
    "fetch fetchColumn fetchObject fetch_assoc fetch_row fetch_object fetch_array fetchOne fetchAssociative get_row"
    " get_var mysqli_fetch_assoc mysqli_fetch_array mysqli_fetch_row mysqli_fetch_object"
)
PHP_ALL = words("fetchAll fetch_all fetchAllAssociative get_results get_col mysqli_fetch_all fetchAllKeyValue")
"""What PHP reads rows with, where ``fetch`` gives the next one; in a loop it gives all."""
CASSANDRA = (
    "cassandra",
    "cassandra-driver",
    "scylla",
    "com.datastax",
    "org.springframework.data.cassandra",
    "github.com/gocql/gocql",
    "Cassandra",
)
NO_DATABASE = ("com.codoid.products", "alasql", "pandasql", "simple_salesforce", "jsforce")
"""What asks spreadsheets, objects in memory or a service in the words of SQL."""
SCRIPTING = ("Python", "JavaScript", "TypeScript")
STATEMENT_LIMIT = 400
GAP_LIMIT = 100
"""Values inside one text that are followed to where they come from."""

SCRIPT_LIMIT = 100
"""Statements of one text that has several."""


class _Reading:
    """One pass over a module."""

    def __init__(self, module: Module, kept: Kept) -> None:
        self.module, self.kept = module, kept
        self.look = look_at(module)
        self.origins = Origins(self.look)
        self.tables = Tables(self.look)
        self.parser = Parser()
        self.schema = Schema()
        self.cql = self.look.imports(*CASSANDRA)
        self.fetches: dict[int, list[Call]] = {}
        for call in module.calls:
            if call.last.startswith(("fetch", "mysqli_fetch")):
                self.fetches.setdefault(call.function, []).append(call)

    def run(self) -> None:
        first = len(self.kept.statements)
        finder = Finder(self.look)
        for found in islice(finder.statements(), STATEMENT_LIMIT):
            self._keep(found)
        for found in islice(chain(finder.fragments(), finder.clauses(), finder.continued()), STATEMENT_LIMIT):
            if self._injection(found):
                self._keep_one(found)
        self.kept.tables.extend(self.schema.result())
        if len(self.kept.statements) > first:
            self._keep_database(self.kept.statements[first])

    def _keep(self, found: Found) -> None:
        """One text: a statement, or several with semicolons between them."""
        literal = found.text.literal
        several = list(islice(split(literal), SCRIPT_LIMIT)) if ";" in literal.rstrip("; \n") else []
        if len(several) < 2:
            self._keep_one(found)
            return
        injection = self._injection(found)
        for piece in several:
            offset = found.text.line - 1
            text = SqlText((piece.text,), offset + piece.line, offset + piece.end_line)
            self._keep_one(replace(found, text=text), injection)
            injection = None

    def _keep_one(self, found: Found, injection: str | None = None) -> None:
        text, call = self.tables.named(found.text, found.function), found.call
        parts = parts_of_text(text, self.parser)
        if parts is None and call is None:
            return
        verb = (parts.verb if parts else "") or verb_of(text)
        injection = injection or self._injection(found)
        if verb in UNKEPT_VERBS and not (injection and verb in CATALOGUE_VERBS):
            if call is not None and verb in TRANSACTION_VERBS:
                add_sign(self.kept, self.look, SignKind.TRANSACTION, call, verb)
            return
        self._keep_schema(text)
        statement = self._statement(found, parts, verb, injection)
        if call is None:
            self.kept.statements.append(statement)
            return
        add_statement(self.kept, self.look, statement, call)
        if self.cql:
            self._keep_cql(call, statement)

    def _statement(self, found: Found, parts: Parts | None, verb: str, injection: str | None) -> Statement:
        return Statement(
            verb=verb,
            line=found.text.line,
            end_line=found.text.end_line,
            layer="cql" if self.cql else "sql",
            tables=parts.tables if parts else (),
            filters=parts.filters if parts else (),
            features=parts.features if parts else (),
            bound=_bound(found, injection),
            injection=injection,
            in_loop=bool(found.call and found.call.loops and verb in DATA_VERBS),
            many=self._many(found, parts),
            function=self.look.qualname(found.function),
            understood=parts is not None,
        )

    def _keep_cql(self, call: Call, statement: Statement) -> None:
        """CQL counts as a query of Cassandra, with what Cassandra is judged by."""
        add_sign(self.kept, self.look, SignKind.NOSQL_QUERY, call, f"{call.last} {statement.verb}")
        if statement.injection:
            add_sign(self.kept, self.look, SignKind.NOSQL_INJECTION, call, statement.injection)
        if statement.verb == "create":
            add_sign(self.kept, self.look, SignKind.NOSQL_SCHEMA, call, ", ".join(statement.tables))
        if statement.verb == "select" and (statement.filters or Feature.LIMIT in statement.features):
            add_sign(self.kept, self.look, SignKind.NOSQL_BOUNDED, call, "where" if statement.filters else "limit")

    def _keep_schema(self, text: SqlText) -> None:
        if verb_of(text) not in ("create", "alter") or self.cql:
            return
        try:
            tree = self.parser.parse(text.literal.strip().rstrip(";"))
        except Limit:
            return
        if tree is not None:
            self.schema.add(tree, text.line, text.end_line)

    def _injection(self, found: Found) -> str | None:
        """A sentence where a value gets into the text, None where none does or it cannot be told."""
        if found.text.tagged:
            return None
        line = found.text.end_line
        for gap in found.text.gaps[:GAP_LIMIT]:
            if self.origins.words.static and not gap.quoted and _is_property(gap.expr):
                continue
            origin = self.origins.at(gap.expr, found.function, max(line, getattr(gap.expr, "line", line)))
            if origin == Origin.OUTSIDE and (found.call or gap.value or gap.quoted):
                return _sentence(gap)
            if (
                origin == Origin.UNKNOWN
                and (found.call or found.piece)
                and not _is_of_schema(gap)
                and ((gap.value and not found.partial) or (gap.quoted and not gap.identifier))
            ):
                return _sentence(gap)
        return None

    def _many(self, found: Found, parts: Parts | None) -> bool | None:
        """Whether all rows are fetched: by the call itself, or by the next fetch in the same function."""
        call = found.call
        if parts is None or parts.verb != "select" or parts.many is False or call is None:
            return parts.many if parts else None
        following = next((item for item in self.fetches.get(found.function, ()) if item.line >= call.line), None)
        php = self.module.language == "PHP"
        one, every = (PHP_ONE, PHP_ALL) if php else (ONE_ROW, ALL_ROWS)
        for name in (call.last, following.last if following else ""):
            if name in every or name in one:
                again = php and following is not None and following.last == name and following.loops > call.loops
                return name in every or again
        return None

    def _keep_database(self, statement: Statement) -> None:
        """The one database that this file imports a driver of is queried, and so is the driver's layer."""
        found = shown_drivers(self.look)
        if self.look.module.language not in SCRIPTING:
            layers = sorted(driver.layer for driver in found if driver.layer and not driver.database)
            self.kept.data.extend(data_use(layer, How.QUERIED, statement.line) for layer in dict.fromkeys(layers))
        drivers = [driver for driver in found if driver.database]
        uses = {data_use(driver.database, How.QUERIED, statement.line): driver for driver in drivers if driver.database}
        kind = DataKind.NOSQL if self.cql else DataKind.SQL
        wanted = {use: item for use, item in uses.items() if use.kind is kind and (use.name == "Cassandra") == self.cql}
        if len(wanted) == 1:
            ((use, driver),) = wanted.items()
            self.kept.data.append(use)
            if driver.layer:
                self.kept.data.append(data_use(driver.layer, How.QUERIED, statement.line))


def _is_property(expr: Expr) -> bool:
    """Whether this is a field or a getter of an object: where it stands without quotes, its type is a number."""
    if isinstance(expr, Call):
        return expr.last.startswith("get") and not expr.args
    return isinstance(expr, (Name, Attribute)) and "." in dotted(expr)


def _is_of_schema(gap: Gap) -> bool:
    """Whether a name says that this is a part of the schema or of the statement, and no value."""
    if not isinstance(gap.expr, (Name, Attribute)):
        return False
    name = dotted(gap.expr)
    return bool(SCHEMA_NAME.search(name) or (not gap.quoted and FRAGMENT_NAME.search(name)))


def _bound(found: Found, injection: str | None) -> bool | None:
    if injection:
        return False
    if found.text.tagged:
        return True if found.text.gaps else None
    filled = found.with_values and bool(found.text.gaps)
    return True if filled or has_placeholder(found.text) else None


def _sentence(gap: Gap) -> str:
    named = dotted(gap.expr) or (gap.expr.name if isinstance(gap.expr, Call) else "")
    what = f"`{named.strip('.')[:60]}`" if named.strip(".") else "a value"
    return f"{what} gets into the text of the statement instead of being bound"


def read_sql_in_code(module: Module, kept: Kept) -> None:
    """Keeps the SQL statements of a module."""
    if not look_at(module).imports(*NO_DATABASE):
        _Reading(module, kept).run()


SQL_IN_CODE = Reader(name="SQL in code", languages=tuple(EXECUTION), read=read_sql_in_code)
