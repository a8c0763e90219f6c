"""Does the code ask the database for no more than it needs?"""

from __future__ import annotations

import re

from checks.sql._application import application, parsed
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataKind, Feature, Role, Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

POOLING = frozenset(
    {
        "Active Record", "Sequel", "ROM", "SQLAlchemy", "Prisma", "Sequelize", "TypeORM", "Knex", "MikroORM", "Lucid",
        "Drizzle", "Objection", "Kysely", "JPA", "Hibernate", "Hibernate Panache", "Spring Data JPA",
        "Spring Data JDBC", "Spring Data R2DBC", "Micronaut Data", "MyBatis", "jOOQ", "Ebean", "JDBI", "JdbcTemplate",
        "Spring JDBC", "Entity Framework Core", "Entity Framework", "Dapper", "NHibernate", "Marten", "GORM", "Bun",
        "XORM", "go-pg", "squirrel", "goqu", "ent", "sqlx", "pgx", "Tortoise ORM", "Pony ORM", "Django ORM",
    }
)  # fmt: skip
"""Layers that keep a pool of connections without being told, or hold one for each thread that serves."""
POOLING_MODULES = ("io.dropwizard.db", "io.dropwizard.jdbi", "io.dropwizard.hibernate", "io.quarkus", "play.db")
"""Packages of frameworks whose data sources are pools."""
POOLING_DRIVERS = frozenset(
    {
        "postgres", "pg-promise", "slonik", "mssql", "@databases/pg", "@databases/mysql", "@neondatabase/serverless",
        "@vercel/postgres", "@planetscale/database", "databases",
    }
)  # fmt: skip
"""Drivers whose connections are a pool unless they are told otherwise."""
COPIES = re.compile(r"backup|export|dump|snapshot", re.I)
"""Code that copies rows as they are, whatever their columns."""
HOSTED = ("wpdb", "WordPress posts", "Joomla Database", "Drupal", "Magento", "wix-data")
"""Layers of content systems, whose host opens the connections."""
POOLED_FILES = (".go", ".cs", ".vb", ".xml")
"""Files whose plain SQL goes through a library that pools: ``database/sql``, ADO.NET, MyBatis."""
PER_REQUEST = ".php"
"""Where each request is a process of its own, which holds one connection."""
VERSIONS = frozenset("lock_version row_version rowversion".split())
"""Columns of optimistic locking."""
ENTITIES = re.compile(r"\.(?:java|kt)/\w*Repository\.\w+\Z")
"""Methods of Spring Data's repositories, whose rows become entities with all their columns."""

CHECK = Check(
    title_shown="Queries name their columns and connections are pooled",
    title_partly="Queries or connections could be narrower",
    title_not_shown="SELECT * and connections without a pool",
    looks_for="SELECT * in application code, a connection pool, and locks where rows are contended.",
    why="It tells somebody who has run a database under load from somebody who has not yet.",
    advice="Name the columns in each query, and configure the size of the connection pool.",
    effort=Effort.HOURS,
    level=4,
    shown_when="No SELECT * in application code and a pool or a lock is configured; partly with one of the two "
    "(one SELECT * beside it is accepted).",
    does_not_count="COUNT(*), EXISTS, a star in a nested query or over a part named WITH, of a table that is a "
    "variable (a base class for any), seeds, "
    "migrations and scripts; copies of whole tables (backups, "
    "exports), queries that fill entities of Spring Data; a pool is not asked of SQLite, of PHP, of mappers, "
    "frameworks and drivers that manage connections by themselves, or of plugins whose host connects.",
    computed="SELECT * is counted in parsed statements inside functions. Pools and locks are settings and calls known "
    "by name (pool size, max connections, FOR UPDATE, a version column). Where the library pools by itself and "
    "no SELECT * stands, the check does not apply.",
    limits="Pools set outside of the repository (PgBouncer, the host's settings) are not seen; a driver's default "
    "pool is known from a table of libraries.",
    links=(
        "https://www.postgresql.org/docs/current/explicit-locking.html",
        "https://docs.sqlalchemy.org/en/20/core/pooling.html",
    ),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before='rows = db.execute("SELECT * FROM notes WHERE owner_id = ?", (owner,))',
    pattern='pool = ConnectionPool(settings.database_url, max_size=10)\n\nrows = db.execute(\n    "SELECT id, title '
    'FROM notes WHERE owner_id = ? LIMIT 50", (owner,)\n)',
)


def run(data: Data, code: Code) -> Verdict:
    """SELECT * against pools and locks."""
    reads = [item for item in application(data.statements) if item.fact.verb == "select"]
    if not reads:
        return not_applicable("No query in application code.")
    stars = [
        item for item in reads if _names_no_column(item.fact) and not COPIES.search(f"{item.path}/{item.fact.function}")
    ]
    if any(layer.name.startswith("Spring Data") for layer in data.layers):
        stars = [item for item in stars if not ENTITIES.search(f"{item.path}/{item.fact.function}")]
    care = [*code.of(SignKind.POOL, SignKind.LOCK), *(item for item in reads if Feature.LOCK in item.fact.features)]
    care += [item for item in data.tables if any(column.name.lower() in VERSIONS for column in item.fact.columns)]
    by_itself = _pooled_by_itself(data, reads) or any(
        item.fact.module.startswith(POOLING_MODULES) or item.fact.module in POOLING_DRIVERS for item in code.imports
    )
    said = f"{count(len(stars), 'query', 'queries')} with SELECT *"
    if not stars and any(Feature.STAR in item.fact.features and not item.fact.tables for item in reads):
        return not_applicable("SELECT * is sent for any table, whose columns are not known there.")
    if len(stars) > 1 and not care and not by_itself:
        return not_shown(f"{said}; no pool of connections was found.", evidence(stars[:4], "SELECT *"), LIKELY)
    if len(stars) > 1:
        return partly(f"{said}.", evidence(stars[:4], "SELECT *"), LIKELY)
    if care:
        named = f"Columns are named{' in all queries but one' if stars else ''}"
        return shown(f"{named}, and connections or locks are configured.", evidence(care[:3]), LIKELY)
    if by_itself:
        few = "One query with" if stars else "No"
        return not_applicable(
            f"{few} SELECT * in application code; connections are the library's or the host's matter."
        )
    if stars:
        return partly(f"{said}, and no pool or lock was found.", evidence(stars, "SELECT *"), LIKELY)
    raw = parsed(reads)
    if 2 * len(raw) < len(reads):
        return not_applicable("Most queries go through a mapper, whose connections are not known.")
    return partly("No pool or lock was found.", evidence(raw[:2], "columns are named"), LIKELY)


def _names_no_column(statement: Statement) -> bool:
    """Whether a statement takes all columns of a table that it names; those of a part above it are named there."""
    return Feature.STAR in statement.features and Feature.CTE not in statement.features and bool(statement.tables)


def _pooled_by_itself(data: Data, reads: list[At[Statement]]) -> bool:
    """Whether what sends most queries keeps a pool unasked, or needs none."""
    used = {item.name for item in data.databases if item.kind is DataKind.SQL and item.role is Role.USED}
    layers = {item.name for item in data.layers}
    if used == {"SQLite"} or any(name.startswith(HOSTED) for name in layers):
        return True
    alone = (*POOLED_FILES, PER_REQUEST)
    own = sum(item.fact.layer in POOLING or item.path.endswith(alone) for item in reads)
    stored = all(item.path.endswith(".sql") for item in reads)
    return stored or 2 * own >= len(reads) or bool(layers & POOLING)
