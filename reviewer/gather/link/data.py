"""Databases told apart as used, only in tests, or merely named; the schema after all its steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

import msgspec

from reviewer.gather.link.inherited import whole_tables
from reviewer.gather.link.view import View, located, places
from reviewer.model.facts.data import Column, DataKind, DataUse, How, MigrationStep, Role, Statement, Table
from reviewer.model.facts.repository import Data, Database, FileRole, Migration, NamedUse, SourceFile
from reviewer.model.facts.values import At

STRONG = (How.CONFIGURED, How.CONNECTED, How.QUERIED)
STEP_PATHS = (
    (re.compile(r"(^|/)prisma/migrations/[^/]+/migration\.sql$"), "Prisma Migrate"),
    (re.compile(r"(^|/)V\d+(_\d+)*__[^/]+\.sql$"), "Flyway"),
    (re.compile(r"(^|/)db/migrate/\d+_[^/]+\.rb$"), "Active Record migrations"),
    (re.compile(r"(^|/)database/migrations/[\d_]+[^/]+\.php$"), "Laravel migrations"),
    (re.compile(r"(^|/)migrations/Version\d+[^/]*\.php$"), "Doctrine Migrations"),
    (re.compile(r"(^|/)Migrations/\d{14}_[^/]+(?<!Designer)\.cs$"), "EF Core migrations"),
    (re.compile(r"(^|/)\d+_[^/]+\.up\.sql$"), "golang-migrate"),
)
"""Migration steps that a path alone gives away, for tools whose files are plain SQL or in languages not read yet."""
DRIVER_PACKAGES = {
    "psycopg2": "PostgreSQL",
    "psycopg2-binary": "PostgreSQL",
    "psycopg": "PostgreSQL",
    "asyncpg": "PostgreSQL",
    "pg": "PostgreSQL",
    "postgres": "PostgreSQL",
    "mysqlclient": "MySQL",
    "pymysql": "MySQL",
    "mysql-connector-python": "MySQL",
    "mysql": "MySQL",
    "mysql2": "MySQL",
    "sqlite3": "SQLite",
    "better-sqlite3": "SQLite",
    "mssql": "SQL Server",
    "pyodbc": "SQL Server",
    "mongodb": "MongoDB",
    "pymongo": "MongoDB",
    "mongoose": "MongoDB",
    "redis": "Redis",
    "ioredis": "Redis",
    "cassandra-driver": "Cassandra",
    "elasticsearch": "Elasticsearch",
    "@elastic/elasticsearch": "Elasticsearch",
}
IMAGES = {
    "postgres": "PostgreSQL",
    "postgis": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "mongo": "MongoDB",
    "redis": "Redis",
    "cassandra": "Cassandra",
    "elasticsearch": "Elasticsearch",
    "mssql": "SQL Server",
}
KIND_OF = {
    "PostgreSQL": DataKind.SQL,
    "MySQL": DataKind.SQL,
    "MariaDB": DataKind.SQL,
    "SQLite": DataKind.SQL,
    "SQL Server": DataKind.SQL,
    "MongoDB": DataKind.NOSQL,
    "Cassandra": DataKind.NOSQL,
    "Redis": DataKind.CACHE,
    "Elasticsearch": DataKind.SEARCH,
}


def link_data(view: View) -> Data:
    """The data group. Statements and tables of tests, fixtures and front ends are left out."""
    programs = [file for file in view.own if file.role not in (FileRole.TESTS, FileRole.FRONTEND)]
    uses: list[At[DataUse]] = [*located(programs, "data"), *_named(view)]
    in_tests: list[At[DataUse]] = list(located(view.tests, "data"))
    layers = _layers(uses)
    steps = _steps(programs)
    statements: tuple[At[Statement], ...] = tuple(located(programs, "statements"))
    return Data(
        databases=_databases(uses, in_tests, bool(layers)),
        layers=layers,
        statements=statements,
        tables=merge_tables(whole_tables(programs)),
        migrations=_migrations(steps, programs),
        steps=steps,
    )


def merge_tables(tables: Iterable[At[Table]]) -> tuple[At[Table], ...]:
    """One table per name: columns of all sources joined; the place is that of the first source, models before steps."""
    found: dict[str, At[Table]] = {}
    ordered = sorted(tables, key=lambda item: ("migration" in item.fact.source.lower(), item.path, item.fact.line))
    for item in ordered:
        key = item.fact.name.rpartition(".")[2].lower()
        known = found.get(key)
        found[key] = At(path=known.path, fact=_joined(known.fact, item.fact)) if known else item
    return tuple(found[key] for key in sorted(found))


def _joined(one: Table, other: Table) -> Table:
    columns = {column.name: column for column in one.columns}
    for column in other.columns:
        known = columns.get(column.name)
        columns[column.name] = _joined_column(known, column) if known else column
    return msgspec.structs.replace(
        one,
        columns=tuple(columns.values()),
        indexes=tuple(dict.fromkeys([*one.indexes, *other.indexes])),
        model=one.model or other.model,
    )


def _joined_column(one: Column, other: Column) -> Column:
    return msgspec.structs.replace(
        one,
        nullable=one.nullable and other.nullable,
        primary=one.primary or other.primary,
        unique=one.unique or other.unique,
        indexed=one.indexed or other.indexed,
        checked=one.checked or other.checked,
        references=one.references or other.references,
    )


def _named(view: View) -> list[At[DataUse]]:
    """Drivers in manifests and images in compose files: names, not yet use."""
    found: list[At[DataUse]] = []
    for file in view.own:
        document = file.facts.document if file.facts else None
        for item in document.manifest.dependencies if document and document.manifest else ():
            name = DRIVER_PACKAGES.get(item.name.lower())
            if name and not item.dev:
                use = DataUse(name=name, kind=KIND_OF[name], how=How.DEPENDENCY, line=item.line, detail=item.name)
                found.append(At(path=file.path, fact=use))
        for image in document.container.services if document and document.container else ():
            name = IMAGES.get(image.rpartition("/")[2].partition(":")[0])
            if name:
                use = DataUse(name=name, kind=KIND_OF[name], how=How.DEPENDENCY, line=1, detail=f"image {image}")
                found.append(At(path=file.path, fact=use))
    return found


def _databases(uses: list[At[DataUse]], in_tests: list[At[DataUse]], layered: bool) -> tuple[Database, ...]:
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in (*uses, *in_tests):
        if item.fact.kind is not DataKind.LAYER:
            by_name.setdefault(item.fact.name, []).append(item)
    strong = {item.fact.name for item in uses if item.fact.how in STRONG and item.fact.kind is not DataKind.LAYER}
    no_sql_yet = not any(KIND_OF.get(name) is DataKind.SQL for name in strong)
    found = []
    for name, items in sorted(by_name.items()):
        driver = any(item.fact.how in (How.DEPENDENCY, How.IMPORTED) for item in items if item in uses)
        implied = layered and no_sql_yet and driver and KIND_OF.get(name) is DataKind.SQL
        tested = any(item.fact.how in STRONG for item in in_tests if item.fact.name == name)
        role = Role.USED if name in strong or implied else Role.TESTS if tested else Role.NAMED
        best = sorted(items, key=lambda item: (-list(How).index(item.fact.how), item.path, item.fact.line))
        found.append(Database(name=name, kind=items[0].fact.kind, role=role, evidence=places(best)))
    return tuple(found)


def _layers(uses: list[At[DataUse]]) -> tuple[NamedUse, ...]:
    """Data layers in use: an import alone is none."""
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in uses:
        if item.fact.kind is DataKind.LAYER and item.fact.how in STRONG:
            by_name.setdefault(item.fact.name, []).append(item)
    return tuple(NamedUse(name=name, evidence=places(items)) for name, items in sorted(by_name.items()))


def _steps(files: list[SourceFile]) -> tuple[At[MigrationStep], ...]:
    found = []
    for file in files:
        step = file.facts.migration if file.facts else None
        tool = next((name for pattern, name in STEP_PATHS if pattern.search(file.path)), None)
        if step is not None:
            found.append(At(path=file.path, fact=step))
        elif tool:
            found.append(At(path=file.path, fact=MigrationStep(tool=tool)))
    return tuple(found)


def _migrations(steps: tuple[At[MigrationStep], ...], files: list[SourceFile]) -> tuple[Migration, ...]:
    """One entry per tool: Django's one folder per app counts together, under the folder that holds most steps."""
    share = {file.path: file.share for file in files}
    by_tool: dict[str, list[str]] = {}
    for step in steps:
        by_tool.setdefault(step.fact.tool, []).append(step.path)
    found = []
    for tool, paths in sorted(by_tool.items()):
        folders = [_folder(path, tool) for path in paths]
        own = sum(1 for path in paths if (share.get(path) is None) or (share.get(path) or 0) >= 0.5)
        most = max(sorted(set(folders)), key=folders.count)
        found.append(Migration(tool=tool, path=most, steps=len(paths), own_steps=own))
    return tuple(found)


def _folder(path: str, tool: str) -> str:
    folder = PurePosixPath(path).parent
    return str(folder.parent if tool == "Prisma Migrate" else folder)
