"""Which databases a file imports, configures and connects to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.connections import connections, held, imports
from reviewer.gather.data.driver_table import DRIVERS as SPOKEN
from reviewer.gather.data.driver_table import ORM_CONNECTS
from reviewer.gather.data.names import data_use, database_in_text, database_of_driver, database_of_text
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import Look, inside, last, look_at, option, pairs_of, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Text, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataUse, How

DSN_TYPES = {
    "PostgresDsn": "PostgreSQL",
    "AsyncPostgresDsn": "PostgreSQL",
    "MySQLDsn": "MySQL",
    "MariaDBDsn": "MariaDB",
    "RedisDsn": "Redis",
    "MongoDsn": "MongoDB",
    "ClickHouseDsn": "ClickHouse",
}
BACKENDS = {
    "django.db.backends.postgresql": "PostgreSQL",
    "django.db.backends.postgresql_psycopg2": "PostgreSQL",
    "django.contrib.gis.db.backends.postgis": "PostgreSQL",
    "django.db.backends.mysql": "MySQL",
    "django.db.backends.sqlite3": "SQLite",
    "django.db.backends.oracle": "Oracle",
    "mssql": "SQL Server",
    "sql_server.pyodbc": "SQL Server",
    "djongo": "MongoDB",
    "django_redis.cache.RedisCache": "Redis",
    "django.core.cache.backends.redis.RedisCache": "Redis",
    "django.core.cache.backends.memcached.PyMemcacheCache": "Memcached",
    "django.core.cache.backends.memcached.MemcachedCache": "Memcached",
}
NAMING = (
    "dialect",
    "type",
    "client",
    "provider",
    "driver",
    "ENGINE",
    "BACKEND",
    "engine",
    "drivername",
    "adapter",
)
BESIDE = words(
    "host port database username user password url connection connectionString entities synchronize storage"
    " filename dbName NAME LOCATION USER HOST pool logging models autoLoadEntities migrations migrationsRun server"
    " hostname dbname charset prefix"
)
"""Keys one of which stands beside ``type: 'mysql'`` where it names a database."""

POOL_KEYS = (
    "pool_size",
    "max_overflow",
    "poolSize",
    "maxPoolSize",
    "connectionLimit",
    "pool",
    "minPoolSize",
    "pool_recycle",
    "pool_pre_ping",
    "maxconn",
)
POOL_CALLS = words(
    "HikariDataSource HikariConfig BasicDataSource ComboPooledDataSource JedisPool"
    " setMaximumPoolSize AddDbContextPool AddPooledDbContextFactory"
)
NAMED_MOST = 4
"""Databases and data layers that the texts of one settings file name at the most."""
TYPE_WORD = re.compile(r"\w+")
ODBC = re.compile(r"\bDRIVER=\{?[^};]{0,60}?(SQL Server|MySQL|PostgreSQL|SQLite)", re.IGNORECASE)
ODBC_NAMES = {"sql server": "SQL Server", "mysql": "MySQL", "postgresql": "PostgreSQL", "sqlite": "SQLite"}


def read_drivers(module: Module, kept: Kept) -> None:
    """Keeps each database and data layer once per way in which it shows itself."""
    look = look_at(module)
    found: dict[tuple[str, How], DataUse] = {}
    shown = (
        imports(module),
        connections(look, kept),
        held(module),
        _texts(module),
        _types(module),
        _settings(look, kept),
    )
    for uses in shown:
        for use in uses:
            found.setdefault((use.name, use.how), use)
    known = {(use.name, use.how) for use in kept.data}
    kept.data.extend(use for key, use in found.items() if key not in known)


def _texts(module: Module) -> list[DataUse]:
    """URLs, Django's back ends and ODBC strings; a file that names many databases is a table of names, no setting."""
    found = list(_named_in_texts(module))
    return found if len({use.name for use in found}) <= NAMED_MOST else []


def _named_in_texts(module: Module) -> Iterator[DataUse]:
    for text, _ in module.texts:
        constant = plain(text) or ""
        if database := database_of_text(text):
            yield data_use(database, How.CONFIGURED, text.line, "URL")
        elif constant in BACKENDS and ("." in constant or constant == "djongo"):
            yield data_use(BACKENDS[constant], How.CONFIGURED, text.line, constant)
            if ".db." in constant:
                yield data_use("Django ORM", How.CONFIGURED, text.line, constant)
        elif database := database_in_text(module.language, text):
            yield data_use(database, How.CONFIGURED, text.line, "connection string")
        elif "DRIVER=" in constant[:200].upper() and (found := ODBC.search(constant[:400])):
            yield data_use(ODBC_NAMES[found[1].lower()], How.CONFIGURED, text.line, "ODBC")


def _types(module: Module) -> Iterator[DataUse]:
    """Settings declared as a database's URL: ``dsn: PostgresDsn``, ``PostgresDsn.build(...)``."""
    if not any(name in module.text for name in DSN_TYPES):
        return
    for item in module.assignments:
        for word in TYPE_WORD.findall(item.type[:400]):
            if word in DSN_TYPES:
                yield data_use(DSN_TYPES[word], How.CONFIGURED, item.line, word)
    for call in module.calls:
        for word in (call.last, last(call.name.rpartition(".")[0])):
            if word in DSN_TYPES:
                yield data_use(DSN_TYPES[word], How.CONFIGURED, call.line, word)


def _settings(look: Look, kept: Kept) -> Iterator[DataUse]:
    """Options of calls and objects that name a database, and pools that they set."""
    for call in look.module.calls:
        for arg in call.args:
            yield from _objects(arg)
        if call.last in ORM_CONNECTS:
            yield from _named_in(call)
        pool = next((key for key in POOL_KEYS if option(call, key) is not None), None)
        if pool is None and call.last in POOL_CALLS:
            pool = call.last
        if pool:
            add_sign(kept, look, SignKind.POOL, call, pool)
    for expr in _values(look.module):
        yield from _objects(expr)


def _values(module: Module) -> Iterator[Expr]:
    yield from (item.value for item in module.assignments if isinstance(item.value, Mapping))
    yield from (item.value for item in module.returns if isinstance(item.value, Mapping))
    yield from (item.value for item in module.exports if isinstance(item.value, Mapping))


def _named_in(call: Call) -> Iterator[DataUse]:
    for key in ("dialect", "type", "client", "drivername", "adapter"):
        database = database_of_driver(_text_in(option(call, key)))
        if database:
            yield data_use(database, How.CONFIGURED, call.line, f"{key} in {call.last}")


def _objects(expr: Expr | None) -> Iterator[DataUse]:
    """Objects that name a database beside a host, a file or the like, however deep they lie."""
    for item in inside(expr):
        if not isinstance(item, Mapping):
            continue
        entries = dict(pairs_of(item))
        for key in NAMING:
            database = database_of_driver(_text_in(entries[key])) if key in entries else None
            if database and (key in ("dialect", "ENGINE") or entries.keys() & BESIDE):
                yield data_use(database, How.CONFIGURED, entries[key].line, key)


def _text_in(expr: Expr | None) -> str:
    """A constant, or the one that stands in for a setting that is not there."""
    return next((text for item in inside(expr) if isinstance(item, Text) and (text := plain(item))), "") if expr else ""


DRIVERS = Reader(name="Databases", languages=tuple(SPOKEN), read=read_drivers)
