"""Statements and tables that tell of the application, as opposed to seeds, migrations, libraries and other stores."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checks.sql._purpose import runs_once
from reviewer.model.facts.data import Statement, Table
from reviewer.model.facts.values import At

ONE_SHOT = re.compile(
    r"(?:^|/)management/commands/|(?:^|/)(?:\w{1,40}_)?(?:cli|commands)(?:/|\.py$)|(?:^|/)cli\.\w+$|(?:^|/)Console/(?:Commands/)?|\.rake$|"
    r"(?:^|/)(?:V\d[\w.]*__|\d{10,14}_)[^/]+$|(?:^|[/._-])(?:seed|demo|sample)s?(?:[/._-]|$)|(?:^|/)db/(?!models?/)(?:\w{1,60}/)?\w{1,60}\.rb$",
    re.I,
)
"""Paths of steps that run once."""
CQL = "cql"
BY_LIBRARY = re.compile(
    r"(?:oauth_(?:access|applications|openid|auth|client|code|approvals|refresh|personal)|active_storage_|action_text_|django_"
    r"|auth_(?:group|permission|user)|personal_access_tokens|failed_jobs|job_batches|cache_locks"
    r"|password_reset|migrations?$|schema_migrations|ar_internal|asp_?net|qrtz_|flyway_|databasechangelog|alembic_)",
    re.IGNORECASE,
)
"""Tables that a framework's or library's own generator declares."""
MAPPED_ONLY = frozenset({"Spring Data Relational", "MyBatis-Plus"})
"""Sources of classes that rows are read into: they have no word for constraints, foreign keys and indexes."""
OTHER_STORES = frozenset({"cql", "ClickHouse"})
"""Sources of tables that know no foreign keys and constraints."""
CATALOGUES = ("information_schema", "pg_", "sqlite_", "mysql.", "sys.", "performance_schema")
CATALOGUE_TABLES = frozenset("tables columns schemata routines key_column_usage table_constraints dual".split())
"""Tables that a server brings along, by prefix and by name."""
OF_A_PERSON = re.compile(r"e_?mail(?:_?(?:address|id))?|(?:user_?(?:name|email|mail)|login(?:_?name)?)", re.I)
"""Columns that tell one person from all others, where a table keeps those who log in."""
RECORDS = "Active Record"
"""The source of models whose schema is not there: they say no columns but references."""
SAMPLE = re.compile(
    r"(?<!/com)(?<!/org)(?<!/net)(?<!/io)(?<!/main)/(?:samples?|examples?)/.{0,300}\.(?:java|kt|cs|py|php|go|[jt]s)\Z"
)
"""Classes of a package of samples within a program; ``com.example`` is the name of the program's own."""
COPIED = re.compile(r"(?:^|/)db/migrate/\d+_\w+\.\w+\.rb\Z")
"""Steps that Rails copies from an engine, whose name stands before the ending: what they make is the engine's."""
DEMO = re.compile(
    r"(?:^|[/_.-])(?:demos?|samples?|examples?|practi[cs]es?|exercises?|tutorials?)(?:[/_.-][^/]*)?\.sql\Z", re.I
)
"""Files of SQL that show how a word of it is used."""
IMPLICIT = frozenset({"A", "B"})
"""The columns of the tables that Prisma makes for relations of many to many."""


def application(statements: Iterable[At[Statement]]) -> list[At[Statement]]:
    """Statements in functions that serve: none of seeds, migrations, scripts, and none of a store without SQL."""
    return [
        item
        for item in statements
        if item.fact.function
        and item.fact.layer != CQL
        and not once(item.path, item.fact.function)
        and not (item.fact.tables and all(is_catalogue(name) for name in item.fact.tables))
    ]


def parsed(statements: Iterable[At[Statement]]) -> list[At[Statement]]:
    """Those written in SQL and parsed: what they do is known whole, as a mapper's calls never are."""
    return [item for item in statements if item.fact.layer == "sql" and item.fact.understood]


def is_catalogue(name: str) -> bool:
    """Whether a table is one that the server brings along."""
    return name.lower().startswith(CATALOGUES) or name.lower() in CATALOGUE_TABLES


def once(path: str, function: str) -> bool:
    """Whether a statement runs once or by hand."""
    return runs_once(path, function) or bool(ONE_SHOT.search(path))


def own_tables(tables: Iterable[At[Table]]) -> list[At[Table]]:
    """Tables with columns that the candidate shaped: none of a library's generator, none that JPA or Prisma makes."""
    return [
        item
        for item in declared(tables)
        if not (item.fact.source == "JPA" and not item.fact.model)
        and item.fact.source != RECORDS
        and item.fact.source not in MAPPED_ONLY
    ]


def declared(tables: Iterable[At[Table]]) -> list[At[Table]]:
    """The same, with the tables that JPA makes for relations."""
    found = [
        item
        for item in tables
        if item.fact.columns and item.fact.source not in OTHER_STORES and not _made(item.fact) and not item.fact.changed
        if not COPIED.search(item.path)
    ]
    own = [item for item in found if not SAMPLE.search(item.path) and not DEMO.search(item.path)]
    return own if 2 * len(own) >= len(found) else found


def _made(table: Table) -> bool:
    name = table.name.rpartition(".")[2]
    return bool(BY_LIBRARY.match(name)) or {column.name for column in table.columns} == IMPLICIT


def key_of(name: str) -> str:
    """A table's or model's name as both are compared: ``OrderItem``, ``order_items`` and ``shop.order_item`` alike."""
    bare = name.rpartition(".")[2].replace("_", "").lower()
    return bare[:-3] + "y" if bare.endswith("ies") else bare.removesuffix("s")


def names_of(table: Table) -> set[str]:
    """The names under which statements may ask a table."""
    return {key_of(name) for name in (table.name, table.model) if name}
