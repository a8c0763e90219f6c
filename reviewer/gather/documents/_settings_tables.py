"""The words by which settings name a database, whatever language their application is written in."""

from __future__ import annotations

import re

from reviewer.gather.data.names import SCHEMES

COMMENTS = ("#", ";", "//", "!", "--", "*", "<!--")
_SCHEMES = "|".join(sorted(SCHEMES, key=len, reverse=True))
URL = re.compile(
    rf"\b[jr]2?dbc:(?:(?:tc|log4jdbc|p6spy|pool|otel|aws-wrapper|jtds):)*+({_SCHEMES}):|"
    rf"(?<![\w/])({_SCHEMES})(?:\+\w{{1,20}})?://",
    re.IGNORECASE,
)
"""Connection URLs; those of JDBC may have a wrapper's name before that of the database."""

THROWAWAY = re.compile(r"\b[jr]2?dbc:tc:", re.IGNORECASE)
"""URLs by which Testcontainers starts a database for a run of tests."""

PDO_DSN = re.compile(
    r"[\"'=>\s](mysql|pgsql|sqlite|sqlsrv|oci|dblib):(?=[^/\s\"']{0,200}?\b(?:host|dbname|server|database|unix_socket)=|[\w./:-]{1,200}\.(?:db|sqlite3?)\b|:memory:)",
    re.IGNORECASE,
)
"""Data source names of PHP: ``mysql:host=db;dbname=shop``."""

NAMED = re.compile(
    r"[\"'%]?(?:[\w.%-]{0,60}[._-])?"
    r"((?:db|database|datasource)[_-]?(?:connection|dialect|type|driver|client|engine|kind|adapter|provider|platform)"
    r"|adapter|dialect|driver(?:[_-]?class(?:[_-]?name)?)?|jpa\.database|dbms"
    r"|(?:cache|session|queue|broadcast)_(?:driver|connection|store|backend))"
    r"[\"']?[ \t]{0,20}(?:[:=]|=>)[ \t]{0,20}[\"']?(?:pdo_)?([\w-]{2,30})\b[\"']?(?=[ \t]{0,20}(?:[,;#}]|$))",
    re.IGNORECASE,
)
"""Keys whose value is the name of a database: ``DB_CONNECTION=mysql``, ``adapter: postgresql``."""

ATTRIBUTES = re.compile(
    r"<(?:env|server|property|parameter|var|ini)\b[^>]{0,200}?\bname=[\"'](?:[\w.]{0,40}[._])?"
    r"(?:db_(?:connection|driver|type)|adapter|dialect|driver|jpa\.database)[\"'][^>]{0,200}?\bvalue=[\"'](?:pdo_)?([\w-]{2,30})[\"']",
    re.IGNORECASE,
)
"""The same in XML: ``<env name="DB_CONNECTION" value="sqlite"/>``."""

TYPED = re.compile(r"[\"']type[\"'][ \t]{0,20}:[ \t]{0,20}[\"']([\w-]{2,30})[\"']")
ENTITIES = '"entities"'
"""Beside ``"type"``, what tells TypeORM's settings from any other JSON."""

CLASSES = (
    ("MySQL", r"com\.mysql\.(?:\w+\.){0,4}(?:Driver|\w*DataSource)\b"),
    ("MariaDB", r"org\.mariadb\.jdbc\.(?:Driver|\w*DataSource)\b"),
    ("PostgreSQL", r"org\.postgresql\.(?:\w+\.){0,3}(?:Driver|\w*DataSource)\b"),
    ("Oracle", r"oracle\.jdbc\.(?:\w+\.){0,3}(?:Oracle\w*)\b"),
    ("SQL Server", r"com\.microsoft\.sqlserver\.jdbc\.\w+|net\.sourceforge\.jtds\.jdbc\.Driver\b"),
    ("H2", r"org\.h2\.(?:\w+\.){0,3}(?:Driver|\w*DataSource)\b"),
    ("HSQLDB", r"org\.hsqldb\.(?:\w+\.){0,3}(?:Driver|JDBC\w*)\b|org\.hsqldb\.jdbcDriver\b"),
    ("Derby", r"org\.apache\.derby\.jdbc\.\w+"),
    ("SQLite", r"org\.sqlite\.(?:JDBC|\w*DataSource)\b"),
    ("ClickHouse", r"com\.clickhouse\.jdbc\.\w+|ru\.yandex\.clickhouse\.\w+"),
    ("MySQL", r"\bdialect\.MySQL\w*"),
    ("MariaDB", r"\bdialect\.MariaDB\w*"),
    ("PostgreSQL", r"\bdialect\.Postgre\w*"),
    ("Oracle", r"\bdialect\.Oracle\w*"),
    ("SQL Server", r"\bdialect\.SQLServer\w*"),
    ("H2", r"\bdialect\.H2\w*"),
    ("HSQLDB", r"\bdialect\.HSQL\w*"),
    ("Derby", r"\bdialect\.Derby\w*"),
    ("SQLite", r"\bdialect\.SQLite\w*"),
    ("CockroachDB", r"\bdialect\.Cockroach\w*"),
    ("SQL Server", r"providerName=\"(?:System|Microsoft)\.Data\.SqlClient\""),
    ("MySQL", r"providerName=\"MySql\.Data\.MySqlClient\""),
    ("PostgreSQL", r"providerName=\"Npgsql\""),
    ("SQLite", r"providerName=\"(?:System\.Data\.SQLite|Microsoft\.Data\.Sqlite)\""),
    ("Oracle", r"providerName=\"Oracle\.[\w.]{1,60}\""),
    ("DynamoDB", r"\bAWS::DynamoDB::(?:Global)?Table\b"),
    ("Redis", r"(?i:redis)\w*[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\"']?[\w-][\w.-]{0,60}:6379\b"),
    ("MySQL", r"urn:magento:framework:Setup/Declaration/Schema"),
)
"""Classes of drivers, Hibernate's dialects and .NET's providers, each under its database."""

CLASS = re.compile("|".join(f"({pattern})" for _, pattern in CLASSES))

PREFIXES = {
    "spring.data.mongodb": "MongoDB",
    "spring.mongodb": "MongoDB",
    "spring.redis": "Redis",
    "spring.data.redis": "Redis",
    "spring.data.cassandra": "Cassandra",
    "spring.cassandra": "Cassandra",
    "spring.elasticsearch": "Elasticsearch",
    "spring.data.elasticsearch": "Elasticsearch",
    "spring.neo4j": "Neo4j",
    "spring.data.neo4j": "Neo4j",
    "spring.influx": "InfluxDB",
    "spring.h2.console": "H2",
    "quarkus.mongodb": "MongoDB",
    "quarkus.redis": "Redis",
    "quarkus.cassandra": "Cassandra",
    "quarkus.elasticsearch": "Elasticsearch",
    "quarkus.neo4j": "Neo4j",
    "mongodb.uri": "MongoDB",
    "redis.uri": "Redis",
    "cassandra.default": "Cassandra",
}
"""Keys, and all below them, that set up one database alone; in nested settings the keys around count as well."""

SPRING_CACHE = {"spring.cache.type": {"redis": "Redis"}, "spring.session.store-type": {"redis": "Redis"}}
"""Keys whose value chooses a store."""

ROOTS = frozenset(key.partition(".")[0] for key in (*PREFIXES, *SPRING_CACHE))

PAIRS = (
    ("SQL Server", r"\(localdb\)\\\\?\w|\.database\.windows\.net\b"),
    ("PostgreSQL", r"\b(?:host|server)=[^\"]{1,300}(?:\bport=5432\b|\buser id=postgres\b)"),
    ("MySQL", r"\b(?:host|server|data ?source)=[^\"]{1,300}(?:\bport=3306\b|\b(?:user ?id|uid|user|username)=root\b)"),
    ("SQL Server", r"\bserver=[^\"]{1,300}(?:trusted_connection|user id|initial catalog|integrated security)"),
    ("SQL Server", r"\bdata source=[^\"]{1,300}(?:initial catalog|integrated security)"),
    ("SQL Server", r"\bserver=[^\"]{1,300}\b(?:encrypt|trustservercertificate|multipleactiveresultsets)="),
    ("PostgreSQL", r"\bhost=[^\"]{1,300}\bdatabase=[^\"]{1,300}\buser ?(?:name|id)="),
    ("MySQL", r"\bserver=[^\"]{1,300}\b(?:uid|user)="),
    ("SQLite", r"\b(?:data source|filename)=[^\";=]{1,200}\.(?:db|sqlite3?|db3)\b|\bdata source=:memory:"),
)
"""Connection strings of ``name=value`` pairs, as .NET writes them; the first that matches tells the database."""

PAIR = re.compile("|".join(f"({pattern})" for _, pattern in PAIRS), re.IGNORECASE)

TEST_SECTION = re.compile(
    r"[ \t]{0,8}[\"']?%?(?:tests?|testing|ci|cucumber)[\"']?[ \t]*:[ \t]*(?:&\w+[ \t]*)?\{?[ \t]*$"
)
TEST_INI = re.compile(r"\[(?:tests?|testing)\]\s*$", re.IGNORECASE)
TEST_PROFILE = re.compile(
    r"[\w.\s-]{0,40}\b(?:on-profile|profiles?)[ \t]{0,9}[:=][ \t]{0,9}[\"']?(?:test|testing|ci|it|integration)\b"
)
TEST_KEY = re.compile(r"[\"']?(?:%test\.|test[._-]?(?:db|database)|(?:db|database)[._-]?test)", re.IGNORECASE)
"""Sections, profiles and keys of settings that hold for tests alone."""
