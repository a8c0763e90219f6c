"""PDO, MySQLi and PHP's other ways to a database: which are connected to, and what they are asked through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.php._settings import database_of_dsn, settings
from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Mapping, Module, Text, plain
from reviewer.model.facts.data import DataUse, How

PHP = ("PHP",)
PDO = "PDO"
MYSQLI = "MySQLi"
CLASSES = {
    "mysqli": (MYSQLI, "MySQL"),
    "SQLite3": ("SQLite3", "SQLite"),
    "MongoDB.Client": ("MongoDB PHP library", "MongoDB"),
    "MongoDB.Driver.Manager": ("MongoDB PHP library", "MongoDB"),
    "MongoClient": ("MongoDB PHP library", "MongoDB"),
    "Predis.Client": ("", "Redis"),
    "Redis": ("", "Redis"),
    "RedisCluster": ("", "Redis"),
    "Memcached": ("", "Memcached"),
    "Memcache": ("", "Memcached"),
    "InfluxDB2.Client": ("", "InfluxDB"),
    "Cassandra": ("", "Cassandra"),
}
"""Classes whose making opens a connection, to the layer they are and the database they lead to."""
FUNCTIONS = {
    "mysqli_connect": (MYSQLI, "MySQL"),
    "mysqli_init": (MYSQLI, "MySQL"),
    "mysqli_real_connect": (MYSQLI, "MySQL"),
    "mysql_connect": ("mysql extension", "MySQL"),
    "mysql_pconnect": ("mysql extension", "MySQL"),
    "pg_connect": ("pgsql extension", "PostgreSQL"),
    "pg_pconnect": ("pgsql extension", "PostgreSQL"),
    "sqlsrv_connect": ("sqlsrv extension", "SQL Server"),
    "mssql_connect": ("mssql extension", "SQL Server"),
    "oci_connect": ("oci8 extension", "Oracle"),
    "oci_pconnect": ("oci8 extension", "Oracle"),
    "sqlite_open": ("SQLite3", "SQLite"),
    "cassandra_connect": ("", "Cassandra"),
}
QUERYING = {
    "mysqli_query": (MYSQLI, "MySQL"),
    "mysqli_prepare": (MYSQLI, "MySQL"),
    "mysqli_multi_query": (MYSQLI, "MySQL"),
    "mysql_query": ("mysql extension", "MySQL"),
    "pg_query": ("pgsql extension", "PostgreSQL"),
    "pg_query_params": ("pgsql extension", "PostgreSQL"),
    "sqlsrv_query": ("sqlsrv extension", "SQL Server"),
    "oci_parse": ("oci8 extension", "Oracle"),
    "dbDelta": ("wpdb", "MySQL"),
}
CHAINED = {
    "ClientBuilder.create": ("Elasticsearch", "Elasticsearch"),
    "Cassandra.cluster": ("", "Cassandra"),
}
STATEMENTS = words("prepare query exec execute")
PDO_WORDS = re.compile(r"\bPDO::|\bPDO\b|->(?:bindParam|bindValue)\(\s{0,10}['\":]|->fetchAll\(|->fetchColumn\(")
MYSQLI_WORDS = re.compile(
    r"->(?:fetch_assoc|fetch_all|fetch_array|bind_param|num_rows|fetch_object|get_result|real_escape_string)\b"
)
WPDB = re.compile(r"\$wpdb\b")
ELASTIC = re.compile(r"elastic|opensearch", re.IGNORECASE)
SEARCHING = words("search index bulk update delete get count deleteByQuery")
BESIDE_INDEX = frozenset({"body", "id"})
REDIS_FACADES = ("Illuminate.Support.Facades.Redis",)


def read_drivers(module: Module, kept: Kept) -> None:
    """Keeps each database and data layer once per way in which it shows itself."""
    look = look_at(module)
    found: dict[tuple[str, How], DataUse] = {}
    for use in (*_connected(look), *_queried(look), *_extended(look), *_searched(look), *settings(module)):
        found.setdefault((use.name, use.how), use)
    known = {(use.name, use.how) for use in kept.data}
    kept.data.extend(use for key, use in found.items() if key not in known)


def _uses(pair: tuple[str, str], how: How, call: Call) -> Iterator[DataUse]:
    yield from (data_use(name, how, call.line, call.name) for name in pair if name)


def _connected(look: Look) -> Iterator[DataUse]:
    for call in look.module.calls:
        if call.new:
            origin = look.origin(call.name)
            if origin == "PDO":
                yield data_use(PDO, How.CONNECTED, call.line, call.name)
                yield from _at_dsn(look, call)
            elif origin in CLASSES:
                yield from _uses(CLASSES[origin], How.CONNECTED, call)
        elif call.name in FUNCTIONS:
            yield from _uses(FUNCTIONS[call.name], How.CONNECTED, call)
        elif ".".join(call.name.split(".")[-2:]) in CHAINED:
            yield from _uses(CHAINED[".".join(call.name.split(".")[-2:])], How.CONNECTED, call)
        elif look.origin(call.name).startswith(REDIS_FACADES):
            yield data_use("Redis", How.QUERIED, call.line, call.name)


def _at_dsn(look: Look, call: Call) -> Iterator[DataUse]:
    """The database that the first argument of PDO leads to, through a name as well."""
    for arg in call.args[:1]:
        for item in inside(look.value(arg, call.function)):
            database = database_of_dsn(item) if isinstance(item, Text) else None
            if database:
                yield data_use(database, How.CONNECTED, call.line, call.name)
                return


def _queried(look: Look) -> Iterator[DataUse]:
    module = look.module
    sending = next((call for call in module.calls if call.last in STATEMENTS and "." in call.name and call.args), None)
    for call in module.calls:
        if call.name in QUERYING:
            yield from _uses(QUERYING[call.name], How.QUERIED, call)
    if sending is None or _is_foreign(look) or WPDB.search(module.text):
        return
    if MYSQLI_WORDS.search(module.text):
        yield from _uses((MYSQLI, "MySQL"), How.QUERIED, sending)
    elif PDO_WORDS.search(module.text):
        yield data_use(PDO, How.QUERIED, sending.line, sending.name)


def _is_foreign(look: Look) -> bool:
    """Whether ``query`` and ``execute`` belong to a layer above PDO here."""
    return look.imports(
        "Doctrine", "Illuminate", "Symfony.Component.Console", "Magento", "Joomla", "Drupal", "CodeIgniter"
    )


def _extended(look: Look) -> Iterator[DataUse]:
    for item in look.module.classes:
        for base in item.bases:
            name = look.origin(getattr(base, "dotted", ""))
            if name == "PDO":
                yield data_use(PDO, How.CONNECTED, item.line, name)
            elif name == "mysqli":
                yield data_use(MYSQLI, How.CONNECTED, item.line, name)
                yield data_use("MySQL", How.CONNECTED, item.line, name)


def _searched(look: Look) -> Iterator[DataUse]:
    """Requests to Elasticsearch, whoever made the client: an array with an index and a body or key."""
    if not ELASTIC.search(look.module.text):
        return
    for call in look.module.calls:
        if call.last not in SEARCHING or not call.args or call.new:
            continue
        given = look.value(call.args[0], call.function)
        keys = {plain(key) for key, _ in given.pairs} if isinstance(given, Mapping) else set()
        if "index" in keys and keys & BESIDE_INDEX:
            yield data_use("Elasticsearch", How.QUERIED, call.line, call.name)
            return


DRIVERS_PHP = Reader(name="Databases (PHP)", languages=PHP, read=read_drivers)
