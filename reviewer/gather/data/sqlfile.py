"""Files of SQL: statements, the tables that they declare, and the database that they are written for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from reviewer.gather.data.ddl import Schema
from reviewer.gather.data.dialect import ORACLE, TSQL, Dialect, dialect_of
from reviewer.gather.data.names import data_use
from reviewer.gather.data.parse import Limit, Parser
from reviewer.gather.data.prepare import is_dump, paragraphs, plainer, without_conditions, without_templates
from reviewer.gather.data.routines import inner_statements, routine_name, transaction_of
from reviewer.gather.data.split import Piece, split
from reviewer.gather.data.statements import (
    QUIET_VERBS,
    SQL_VERBS,
    TRANSACTION_VERBS,
    UNKEPT_VERBS,
    awaits_values,
    first_word,
    parts_of,
)
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataUse, How, MigrationStep, Statement, Table
from reviewer.model.facts.file import FileFacts

PIECE_LIMIT = 20_000
COLUMN_STORES = ("ClickHouse",)
STATEMENT_LIMIT = 2_000
SAME_INSERT_LIMIT = 20
"""Statements that put rows into one table; the rest of a dump says nothing new."""

INSERT_HEAD = re.compile(
    r"(?:insert|replace)\s+(?:\w+\s+)?(?:into\s+)?(?:[\[\"`]?\w+[\]\"`]?\s*\.\s*){0,2}[\[\"`]?(\w+)", re.IGNORECASE
)
CQL_BATCH = re.compile(r"^[ \t]*(?:begin\s+(?:unlogged\s+|counter\s+)?batch\b|apply\s+batch\s*;)", re.I | re.M)
CQL_VIEW_KEY = re.compile(r"(\bis\s+not\s+null)\s+primary\s+key\s*\([^;]{1,300}\)(?=\s*(?:;|with\b))", re.I)
"""What frames several statements, and the key of a view."""

INTO = re.compile(r"\binto\s+(?:strict\s+)?[\w.@:,\s]{1,400}?(?=\bfrom\b)", re.IGNORECASE)
"""Where a routine puts a row: into its variables, which are no tables; in T-SQL it is a new table."""

ROWS = re.compile(r"\bvalues\s*\(", re.IGNORECASE)
HEAD = 2_000
"""Characters in which the VALUES of an insert of rows stands; longer inserts are not parsed."""

QUIET = re.compile(
    r"alter\s+table\s+\S+\s+(?:(?:with\s+)?(?:no)?check\s+(?:constraint|add\s+default)|add\s+(?:constraint\s+\S+\s+)?default|owner|enable|disable|set)\b"
    r"|alter\s+table\s+(?:only\s+)?\S+\s+(?:attach|detach|cluster|replica|modify|inherit|no\s+inherit|add\s+supplemental|logging|nologging"
    r"|row\s+store|move|shrink|enable|alter\s+column\s+\S+\s+(?:add\s+generated|set\s+(?:statistics|storage)))\b"
    r"|alter\s+(?:domain|aggregate|operator|publication|session|materialized|text|foreign|server|event|procedure|trigger|index|package)\b"
    r"|alter\s+(?:database|role|user|sequence|system|function|default|schema|type|login|authorization|view|type)\b"
    r"|create\s+(?:or\s+replace\s+)?(?:database|user|role|extension|type|sequence|schema|login|domain|rule|policy|event|cast|synonym|tablespace|keyspace"
    r"|aggregate|operator|publication|public\s+synonym|directory|profile|property|server|foreign|text|statistics|context|certificate"
    r"|partition|master|symmetric|asymmetric|credential|external|fulltext|access|collation|conversion|transform|subscription)\b",
    re.IGNORECASE,
)
QUERY_NAME = re.compile(r"^--\s*name:\s*[\w-]+(?:\^|\$|!|<!|\*!|#)?[ \t]*(?:\([^)\n]*\))?[ \t]*$", re.MULTILINE)
STEP_MARKS = (
    ("goose", re.compile(r"^--[ \t]*\+goose[ \t]+up\b", re.IGNORECASE | re.MULTILINE)),
    ("dbmate", re.compile(r"^--[ \t]*migrate:up\b", re.IGNORECASE | re.MULTILINE)),
    ("sql-migrate", re.compile(r"^--[ \t]*\+migrate[ \t]+up\b", re.IGNORECASE | re.MULTILINE)),
    ("Liquibase", re.compile(r"^--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b", re.IGNORECASE | re.MULTILINE)),
)
"""Comments by which migration tools mark the files that they run."""
CHANGE_SET = re.compile(r"^--[ \t]{0,9}changeset[ \t]", re.IGNORECASE | re.MULTILINE)
"""The mark of each step in a file of Liquibase's."""

PARAGRAPH_SHARE = 0.5
UNREAD_LINES = 5
UNCLOSED = "a quote or comment that never ends"


@dataclass(slots=True)
class _File:
    """What is gathered of one file."""

    dialect: Dialect
    parser: Parser
    schema: Schema = field(default_factory=Schema)
    statements: list[Statement] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    dumped: bool = False
    inserts: Counter[str] = field(default_factory=Counter)
    unread: list[int] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    seen: int = 0

    def take(self, piece: Piece) -> None:
        """One statement of the file; a routine gives those inside it as well."""
        verb = first_word(piece.text)
        if verb not in SQL_VERBS:
            if piece.closed and verb:
                self.unread.append(piece.line)
            elif not piece.closed:
                self.limits.setdefault(UNCLOSED, piece.line)
            return
        self.seen += 1
        if len(self.statements) >= STATEMENT_LIMIT:
            return
        if not piece.closed:
            self.limits.setdefault(UNCLOSED, piece.line)
            return
        if piece.routine or (self.dialect.name == ORACLE and verb in ("declare", "begin")):
            name = routine_name(piece)
            self._keep(piece, verb, function=name)
            word, line = transaction_of(piece)
            if word and not self.dumped:
                self.signs.append(Sign(kind=SignKind.TRANSACTION, line=line, end_line=line, detail=word, function=name))
            for inner in inner_statements(piece, self.dialect.name):
                self._parse(inner, first_word(inner.text), blame=False, function=name)
        elif not self._rows(piece, verb):
            self._parse(piece, verb, blame=verb not in QUIET_VERBS and not QUIET.match(piece.text))

    def _rows(self, piece: Piece, verb: str) -> bool:
        """Whether these are rows that need no parsing: long ones, and all but the first inserts of a table."""
        found = INSERT_HEAD.match(piece.text) if verb in ("insert", "replace") else None
        if not found or not ROWS.search(piece.text, found.end(), HEAD):
            return False
        self.inserts[found[1].lower()] += 1
        if self.inserts[found[1].lower()] > SAME_INSERT_LIMIT:
            self.seen -= 1
            return True
        if len(piece.text) > HEAD:
            self._keep(piece, "insert", (found[1],))
        return len(piece.text) > HEAD

    def _keep(
        self, piece: Piece, verb: str, tables: tuple[str, ...] = (), *, understood: bool = True, function: str = ""
    ) -> None:
        if verb in UNKEPT_VERBS:
            return
        self.statements.append(
            Statement(
                verb=verb,
                line=piece.line,
                end_line=piece.end_line,
                tables=tables,
                understood=understood,
                function=function,
            )
        )

    def _parse(self, piece: Piece, verb: str, *, blame: bool, function: str = "") -> None:
        if verb in TRANSACTION_VERBS and not self.dumped:
            self.signs.append(Sign(kind=SignKind.TRANSACTION, line=piece.line, end_line=piece.end_line, detail=verb))
        if verb in ("create", "alter"):
            self.schema.pass_over(piece.text)
        text = plainer(piece.text, self.dialect.name)
        if function and verb == "select" and self.dialect.name != TSQL:
            text = INTO.sub(" ", text, count=1)
        try:
            tree = self.parser.parse(text)
        except Limit as limit:
            self.limits.setdefault(str(limit), piece.line)
            self.schema.add_unread(piece.text[:HEAD], piece.line, piece.end_line)
            self._keep(piece, verb, understood=False)
            return
        if tree is None:
            self._unparsed(piece, verb, blame=blame, function=function)
            return
        self.schema.add(tree, piece.line, piece.end_line)
        parts = parts_of(tree)
        if (parts.verb or verb) in UNKEPT_VERBS:
            return
        self.statements.append(
            Statement(
                verb=parts.verb or verb,
                line=piece.line,
                end_line=piece.end_line,
                tables=parts.tables,
                filters=parts.filters,
                features=parts.features,
                bound=True if parts.bound and awaits_values(tree, routine=bool(function)) else None,
                many=parts.many,
                function=function,
            )
        )

    def _unparsed(self, piece: Piece, verb: str, *, blame: bool, function: str) -> None:
        """A statement that cannot be parsed: rows that are put in, several without semicolons, or a gap to be told."""
        rows = INSERT_HEAD.match(piece.text) if verb in ("insert", "replace") else None
        if rows and ROWS.search(piece.text, rows.end(), rows.end() + HEAD):
            self._keep(piece, verb, (rows[1],), function=function)
            return
        parts = paragraphs(piece) if blame else []
        if len(parts) > 1 and self._parsed_share(parts) >= PARAGRAPH_SHARE:
            for part in parts:
                self._parse(part, first_word(part.text), blame=first_word(part.text) not in QUIET_VERBS)
            return
        table = self.schema.add_unread(piece.text, piece.line, piece.end_line) if blame else ""
        if blame and not table:
            self.unread.append(piece.line)
        self._keep(piece, verb, (table,) if table else (), understood=not blame or bool(table), function=function)

    def _parsed_share(self, parts: list[Piece]) -> float:
        """How many of the parts are statements by themselves."""
        try:
            known = sum(self.parser.parse(plainer(part.text, self.dialect.name)) is not None for part in parts)
        except Limit:
            return 0.0
        return known / len(parts)

    def problems(self) -> tuple[str, ...]:
        """What was not read, each sort once with its first lines."""
        found = [f"could not parse all of its SQL: {what} (line {line})" for what, line in self.limits.items()]
        if self.unread:
            lines = ", ".join(str(line) for line in self.unread[:UNREAD_LINES])
            more = f" and {len(self.unread) - UNREAD_LINES} more" if len(self.unread) > UNREAD_LINES else ""
            found.append(f"could not parse {len(self.unread)} of its SQL statements (line {lines}{more})")
        cut = sum(max(0, count - SAME_INSERT_LIMIT) for count in self.inserts.values())
        if cut:
            found.append(f"{cut:,} further inserts of rows were counted but not kept")
        if self.seen > STATEMENT_LIMIT:
            found.append(f"past the limit of {STATEMENT_LIMIT:,} SQL statements in one file")
        return tuple(found)


def read_sql(text: str, base: FileFacts) -> FileFacts:
    """The facts of a file of SQL."""
    text = without_templates(text)
    dialect = dialect_of(text)
    file = _File(dialect, Parser(dialect.name, sure=dialect.database is not None), dumped=is_dump(text))
    pieces = list(islice(split(without_conditions(text, dialect.name), dialect.name), PIECE_LIMIT + 1))
    for piece in pieces[:PIECE_LIMIT]:
        file.take(piece)
    problems = file.problems()
    if len(pieces) > PIECE_LIMIT:
        problems += (f"past the limit of {PIECE_LIMIT:,} SQL statements in one file",)
    return msgspec.structs.replace(
        base,
        code_lines=_code_lines(text),
        statements=base.statements + tuple(sorted(file.statements, key=lambda item: item.line)),
        tables=base.tables + _tables(file.schema, dialect.database),
        signs=base.signs + tuple(file.signs),
        data=base.data + _uses(text, dialect, file),
        migration=_step(text) or base.migration,
        understood=len(file.unread) <= max(1, file.seen // 2),
        problems=base.problems + problems,
    )


def read_cql(text: str, base: FileFacts) -> FileFacts:
    """The facts of a file of CQL: the same, under Cassandra's name."""
    facts = read_sql(CQL_BATCH.sub("", CQL_VIEW_KEY.sub(r"\1", text)), base)
    told = tuple(msgspec.structs.replace(item, layer="cql") for item in facts.statements)
    tables = tuple(msgspec.structs.replace(item, source="cql") for item in facts.tables)
    uses = (data_use("Cassandra", How.QUERIED, told[0].line, "dialect: CQL"),) if told else ()
    signs = tuple(
        Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=item.name)
        for item in facts.tables
    )
    return msgspec.structs.replace(
        facts, statements=told, tables=tables, data=base.data + uses, signs=(*facts.signs, *signs)
    )


def _tables(schema: Schema, database: str | None) -> tuple[Table, ...]:
    """The declared tables; those of a store of columns, whose keys and constraints are others, under its name."""
    found = schema.result()
    if database is None or database not in COLUMN_STORES:
        return found
    return tuple(msgspec.structs.replace(item, source=database) for item in found)


def _step(text: str) -> MigrationStep | None:
    """The migration tool whose own marks stand at the head of the file."""
    for tool, mark in STEP_MARKS:
        found = mark.search(text, 0, HEAD)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            return MigrationStep(tool=tool, line=line, changes=max(1, len(CHANGE_SET.findall(text))))
    return None


def _uses(text: str, dialect: Dialect, file: _File) -> tuple[DataUse, ...]:
    found = []
    if dialect.database and file.seen:
        found.append(data_use(dialect.database, How.QUERIED, dialect.line, f"dialect: {', '.join(dialect.marks)}"))
    named = QUERY_NAME.search(text)
    if named:
        found.append(data_use("aiosql", How.QUERIED, text.count("\n", 0, named.start()) + 1, "named queries"))
    return tuple(found)


def _code_lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip() and not line.lstrip().startswith("--"))


SQL_FILES = DocumentReader(name="SQL files", kinds=("sql",), read=read_sql)
CQL_FILES = DocumentReader(name="CQL files", kinds=("cql",), read=read_cql)
