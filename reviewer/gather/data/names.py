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
    "clickhouse": "ClickHouse",
    "clickhousedb": "ClickHouse",
    "mongodb": "MongoDB",
    "mongo": "MongoDB",
    "cassandra": "Cassandra",
    "scylla": "Cassandra",
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

URL = re.compile(r"(?:jdbc:)?([a-z0-9]{2,14})(?:\+[a-z0-9_]{1,20})?:(?://|:memory:)", re.IGNORECASE)
BARE = re.compile(r"[a-z0-9+]{1,30}:/{0,3}")
JDBC = re.compile(r"jdbc:([a-z0-9]{2,14}):", re.IGNORECASE)


def data_use(name: str, how: How, line: int, detail: str = "") -> DataUse:
    """A data use under the kind of its name."""
    return DataUse(name=name, kind=KINDS.get(name, DataKind.LAYER), how=how, line=line, detail=detail)


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


def database_of_driver(text: str) -> str | None:
    """The database that a setting's word names: ``mysql``, ``django.db.backends.postgresql``, ``pg``."""
    return DRIVER_NAMES.get(text.rpartition(".")[2].lower())
