"""Databases by their canonical names, and the words by which URLs, settings and packages call them."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Text
from reviewer.model.facts.data import DataKind, DataUse, How

KINDS = {
    "PostgreSQL": DataKind.SQL,
    "MySQL": DataKind.SQL,
    "MariaDB": DataKind.SQL,
    "SQLite": DataKind.SQL,
    "SQL Server": DataKind.SQL,
    "Oracle": DataKind.SQL,
    "H2": DataKind.SQL,
    "HSQLDB": DataKind.SQL,
    "Derby": DataKind.SQL,
    "Db2": DataKind.SQL,
    "ClickHouse": DataKind.SQL,
    "CockroachDB": DataKind.SQL,
    "MongoDB": DataKind.NOSQL,
    "Cassandra": DataKind.NOSQL,
    "DynamoDB": DataKind.NOSQL,
    "HBase": DataKind.NOSQL,
    "InfluxDB": DataKind.NOSQL,
    "Firestore": DataKind.NOSQL,
    "Neo4j": DataKind.NOSQL,
    "CouchDB": DataKind.NOSQL,
    "Couchbase": DataKind.NOSQL,
    "Cosmos DB": DataKind.NOSQL,
    "Realtime Database": DataKind.NOSQL,
    "Redis": DataKind.CACHE,
    "Memcached": DataKind.CACHE,
    "Elasticsearch": DataKind.SEARCH,
    "OpenSearch": DataKind.SEARCH,
}
"""Every database by kind; any other name in a data use is a data layer."""

SCHEMES = {
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "postgis": "PostgreSQL",
    "pgsql": "PostgreSQL",
    "cockroachdb": "CockroachDB",
    "mysql": "MySQL",
    "mysql2": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
    "sqlite3": "SQLite",
    "mssql": "SQL Server",
    "sqlserver": "SQL Server",
    "oracle": "Oracle",
    "h2": "H2",
    "hsqldb": "HSQLDB",
    "derby": "Derby",
    "db2": "Db2",
    "trilogy": "MySQL",
    "clickhouse": "ClickHouse",
    "clickhousedb": "ClickHouse",
    "mongodb": "MongoDB",
    "mongo": "MongoDB",
    "cassandra": "Cassandra",
    "scylla": "Cassandra",
    "couchdb": "CouchDB",
    "couchbase": "Couchbase",
    "redis": "Redis",
    "rediss": "Redis",
    "memcached": "Memcached",
    "elasticsearch": "Elasticsearch",
    "opensearch": "OpenSearch",
    "influxdb": "InfluxDB",
    "neo4j": "Neo4j",
    "bolt": "Neo4j",
}
"""URL schemes, with or without a driver after ``+``."""

DRIVER_NAMES = {
    **SCHEMES,
    "mysqli": "MySQL",
    "sqlsrv": "SQL Server",
    "dblib": "SQL Server",
    "oci": "Oracle",
    "oci8": "Oracle",
    "postgre": "PostgreSQL",
    "sql_server": "SQL Server",
    "redis_store": "Redis",
    "redis_cache_store": "Redis",
    "mem_cache_store": "Memcached",
    "tinytds": "SQL Server",
    "oracle_enhanced": "Oracle",
    "mongoid": "MongoDB",
    "pg": "PostgreSQL",
    "better-sqlite3": "SQLite",
    "better-sqlite": "SQLite",
    "sqljs": "SQLite",
    "aurora-mysql": "MySQL",
    "aurora-postgres": "PostgreSQL",
    "tedious": "SQL Server",
    "oracledb": "Oracle",
    "psycopg2": "PostgreSQL",
    "asyncpg": "PostgreSQL",
    "libsql": "SQLite",
    "turso": "SQLite",
}
"""What settings call a database: ``dialect``, ``type``, ``client``, ``provider``."""

STRINGS = {
    "C#": (
        ("PostgreSQL", re.compile(r"(?:host|server)=.{1,300}(?:port=5432|user(?: id|name)=postgres)", re.I)),
        (
            "MySQL",
            re.compile(
                r"(?:host|server|data ?source)=.{1,300}(?:port=3306|\b(?:user ?id|uid|user|username)=root)", re.I
            ),
        ),
        (
            "SQLite",
            re.compile(r"(?:data source|filename)=[^;=]{1,200}\.(?:db|sqlite3?|db3)\b|data source=:memory:", re.I),
        ),
        ("PostgreSQL", re.compile(r"host=.{1,300}database=.{1,300}user ?(?:name|id)=", re.I)),
        (
            "SQL Server",
            re.compile(
                r"(?:server|data source)=.{1,300}(?:trusted_connection|user id|initial catalog"
                r"|integrated security|encrypt=)",
                re.I,
            ),
        ),
    ),
    "JVM": (
        ("MySQL", re.compile(r"com\.mysql\.[\w.]*Driver$")),
        ("MariaDB", re.compile(r"org\.mariadb\.jdbc\.Driver$")),
        ("PostgreSQL", re.compile(r"org\.postgresql\.Driver$")),
        ("Oracle", re.compile(r"oracle\.jdbc\.[\w.]*OracleDriver$")),
        ("SQL Server", re.compile(r"com\.microsoft\.sqlserver\.jdbc\.\w+$")),
        ("SQLite", re.compile(r"org\.sqlite\.JDBC$")),
        ("H2", re.compile(r"org\.h2\.Driver$")),
    ),
}
"""Connection strings by language, the most telling first."""
LANGUAGES_WITH_STRINGS = frozenset({*STRINGS, "Java", "Kotlin"}) - {"JVM"}

URL = re.compile(r"(?:jdbc:)?([a-z0-9]{2,14})(?:\+[a-z0-9_]{1,20})?:(?://|:memory:)", re.IGNORECASE)
BARE = re.compile(r"(?:jdbc:)?[a-z0-9+]{1,30}:/{0,3}")
JDBC = re.compile(r"jdbc:([a-z0-9]{2,14}):", re.IGNORECASE)


GUESS = "guess:"
"""How the detail of a use begins that counts only where something surely shows the layer it then names."""


def data_use(name: str, how: How, line: int, detail: str = "", *, tests: bool = False) -> DataUse:
    """A data use under the kind of its name."""
    return DataUse(name=name, kind=KINDS.get(name, DataKind.LAYER), how=how, line=line, detail=detail, tests=tests)


def database_of_url(text: str) -> str | None:
    """The database that a connection URL leads to, or None where it is none."""
    found = URL.match(text) or JDBC.match(text)
    return SCHEMES.get(found[1].lower()) if found else None


def database_of_text(text: Text) -> str | None:
    """The database of a URL in code, also where parts of it are put in; a scheme alone leads nowhere."""
    first = text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""
    if len(text.parts) == 1 and BARE.fullmatch(first) and not first.startswith("sqlite"):
        return None
    return database_of_url(first)


def database_in_text(language: str, text: Text) -> str | None:
    """The database of a connection string of a language's own form: ``mysql:host=db``, ``Server=.;Database=shop``."""
    first = text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""
    forms = STRINGS.get("JVM" if language in ("Java", "Kotlin") else language, ())
    return next((name for name, form in forms if form.match(first[:400])), None)


def database_of_driver(text: str) -> str | None:
    """The database that a setting's word names: ``mysql``, ``django.db.backends.postgresql``, ``pdo_mysql``."""
    word = text.rpartition(".")[2].lower()
    return DRIVER_NAMES.get(word.removeprefix("pdo_"))
