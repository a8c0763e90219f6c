"""Which databases a file imports, configures and connects to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from reviewer.gather.data.connections import connections, held, imports
from reviewer.gather.data.driver_table import DRIVERS as SPOKEN
from reviewer.gather.data.driver_table import ORM_CONNECTS
from reviewer.gather.data.fallbacks import STANDS_IN, fallback_lines
from reviewer.gather.data.names import (
    LANGUAGES_WITH_STRINGS,
    data_use,
    database_in_text,
    database_of_driver,
    database_of_text,
)
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import inside, last, option, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.objects import objects
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
    "django.contrib.gis.db.backends.mysql": "MySQL",
    "django.contrib.gis.db.backends.spatialite": "SQLite",
    "django_tenants.postgresql_backend": "PostgreSQL",
    "tenant_schemas.postgresql_backend": "PostgreSQL",
    "psqlextra.backend": "PostgreSQL",
    "django_prometheus.db.backends.postgresql": "PostgreSQL",
    "django_prometheus.db.backends.mysql": "MySQL",
    "dj_db_conn_pool.backends.postgresql": "PostgreSQL",
    "mysql.connector.django": "MySQL",
    "django_mongodb_backend": "MongoDB",
    "django.db.backends.mysql": "MySQL",
    "django.db.backends.sqlite3": "SQLite",
    "django.db.backends.oracle": "Oracle",
    "mssql": "SQL Server",
    "sql_server.pyodbc": "SQL Server",
    "djongo": "MongoDB",
    "django_redis.cache.RedisCache": "Redis",
    "django.core.cache.backends.redis.RedisCache": "Redis",
    "django_prometheus.cache.backends.redis.RedisCache": "Redis",
    "redis_cache.RedisCache": "Redis",
    "channels_redis.core.RedisChannelLayer": "Redis",
    "channels_redis.pubsub.RedisPubSubChannelLayer": "Redis",
    "asgi_redis.RedisChannelLayer": "Redis",
    "haystack.backends.elasticsearch_backend.ElasticsearchSearchEngine": "Elasticsearch",
    "haystack.backends.elasticsearch5_backend.Elasticsearch5SearchEngine": "Elasticsearch",
    "haystack.backends.elasticsearch7_backend.Elasticsearch7SearchEngine": "Elasticsearch",
    "django.core.cache.backends.memcached.PyLibMCCache": "Memcached",
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

DATABASE_BACKEND = re.compile(r"\.db\.|postgresql_backend|psqlextra|conn_pool|connector\.django|mongodb_backend")
"""What the names of those have that Django's own models are kept in."""
POOL_KEYS = words(
    "pool_size max_overflow poolSize maxPoolSize connectionLimit pool minPoolSize pool_recycle pool_pre_ping maxconn"
)
POOL_CALLS = words(
    "HikariDataSource HikariConfig BasicDataSource ComboPooledDataSource"
    " setMaximumPoolSize AddDbContextPool AddPooledDbContextFactory"
)
POOL_MARKS = ("ool", "max_overflow", "connectionLimit", "maxconn", "DataSource", "HikariConfig")
"""One of these stands in every file that says how large a pool is."""
NAMED_MOST = 4
"""Databases and data layers that the texts of one settings file name at the most."""
TYPE_WORD = re.compile(r"\w+")
TEST_SETTING = re.compile(
    r"(?:\w*_)?TEST(?:S|ING)?(?:_\w*)?|(?:Test|Testing|UnitTest)s?(?:App)?(?:Config|Configuration|Settings)"
)
"""Constants and classes that hold what runs of tests are set up with."""
ODBC = re.compile(r"\bDRIVER=\{?[^};]{0,60}?(SQL Server|MySQL|PostgreSQL|SQLite)", re.IGNORECASE)
ODBC_NAMES = {"sql server": "SQL Server", "mysql": "MySQL", "postgresql": "PostgreSQL", "sqlite": "SQLite"}


def read_drivers(module: Module, kept: Kept) -> None:
    """Keeps each database and data layer once per way in which it shows itself."""
    look = look_at(module)
    found: dict[tuple[str, How, bool], DataUse] = {}
    shown = (
        imports(module),
        connections(look, kept),
        held(module),
        _texts(module),
        _types(module),
        _settings(look, kept),
    )
    open_lines = fallback_lines(module)
    for uses in shown:
        for use in uses:
            stands_in = use.line in open_lines and use.how is How.CONFIGURED
            kept_use = replace(use, detail=f"{STANDS_IN}{use.detail}") if stands_in else use
            found.setdefault((use.name, use.how, use.tests), kept_use)
    known = {(use.name, use.how, use.tests) for use in kept.data}
    kept.data.extend(use for key, use in found.items() if key not in known)


def _texts(module: Module) -> list[DataUse]:
    """URLs, Django's back ends and ODBC strings; a file that names many databases is a table of names, no setting."""
    found = list(_named_in_texts(module))
    if len({use.name for use in found}) > NAMED_MOST:
        return []
    ranges = _test_settings(module) if found else []
    return [
        replace(use, tests=True) if any(first <= use.line <= end for first, end in ranges) else use for use in found
    ]


def _test_settings(module: Module) -> list[tuple[int, int]]:
    """The lines of settings that hold for runs of tests alone: ``TEST_DATABASE_URL = ...``, ``class TestConfig``."""
    constants = (item for item in module.assignments if item.function == -1)
    named = [(item.target.rpartition(".")[2], item.line, item.end_line) for item in constants]
    named += [(item.name, item.line, item.end_line) for item in module.classes]
    return [(first, end) for name, first, end in named if TEST_SETTING.fullmatch(name)]


def _named_in_texts(module: Module) -> Iterator[DataUse]:
    """Each text by the first reader that knows it; a reader without one of its marks in the file is not asked."""
    readers = [reader for marks, reader in TEXT_READERS if any(mark in module.text for mark in marks)]
    if module.language in LANGUAGES_WITH_STRINGS:
        readers.append(partial(_of_connection_string, module.language))
    for text, _ in module.texts if readers else ():
        for reader in readers:
            if found := reader(text):
                yield from found
                break


def _of_url(text: Text) -> list[DataUse]:
    database = database_of_text(text)
    return [data_use(database, How.CONFIGURED, text.line, "URL")] if database else []


def _of_backend(text: Text) -> list[DataUse]:
    constant = plain(text) or ""
    if constant not in BACKENDS or not ("." in constant or constant in ("djongo", "django_mongodb_backend")):
        return []
    names = [BACKENDS[constant], *(["Django ORM"] if DATABASE_BACKEND.search(constant) else [])]
    return [data_use(name, How.CONFIGURED, text.line, constant) for name in names]


def _of_odbc(text: Text) -> list[DataUse]:
    found = ODBC.search((plain(text) or "")[:400])
    return [data_use(ODBC_NAMES[found[1].lower()], How.CONFIGURED, text.line, "ODBC")] if found else []


def _of_connection_string(language: str, text: Text) -> list[DataUse]:
    database = database_in_text(language, text)
    return [data_use(database, How.CONFIGURED, text.line, "connection string")] if database else []


TEXT_READERS: tuple[tuple[tuple[str, ...], Callable[[Text], list[DataUse]]], ...] = (
    (("://", ":memory:", "jdbc:"), _of_url),
    (("backend", "djongo", "edis", "mysql.connector", "mssql", "pyodbc"), _of_backend),
    (("DRIVER=", "Driver=", "driver="), _of_odbc),
)
"""What texts may say, with the marks without which they do not."""


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
    module = look.module
    for call in module.calls:
        if call.last in ORM_CONNECTS:
            yield from _named_in(call)
    if any(mark in module.text for mark in POOL_MARKS):
        _keep_pools(look, kept)
    if any(database_of_driver(plain(text) or "") for text, _ in module.texts):
        for item, _, _ in objects(look):
            yield from _object(item)


def _keep_pools(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        pool = next((key for key in _keys(call) if key in POOL_KEYS), None)
        if pool is None and call.last in POOL_CALLS:
            pool = call.last
        if pool:
            add_sign(kept, look, SignKind.POOL, call, pool)


def _keys(call: Call) -> Iterator[str]:
    """The names of keyword arguments, and the keys of objects among the arguments."""
    yield from call.keywords
    for arg in call.args:
        yield from (key for key, _ in pairs_of(arg))


def _named_in(call: Call) -> Iterator[DataUse]:
    for key in ("dialect", "type", "client", "drivername", "adapter"):
        database = database_of_driver(_text_in(option(call, key)))
        if database:
            yield data_use(database, How.CONFIGURED, call.line, f"{key} in {call.last}")


def _object(item: Mapping) -> Iterator[DataUse]:
    """An object that names a database beside a host, a file or the like."""
    entries = dict(pairs_of(item))
    for key in NAMING:
        database = database_of_driver(_text_in(entries[key])) if key in entries else None
        if database and (key in ("dialect", "ENGINE") or entries.keys() & BESIDE):
            yield data_use(database, How.CONFIGURED, entries[key].line, key)


def _text_in(expr: Expr | None) -> str:
    """A constant, or the one that stands in for a setting that is not there."""
    return next((text for item in inside(expr) if isinstance(item, Text) and (text := plain(item))), "") if expr else ""


DRIVERS = Reader(name="Databases", languages=tuple(SPOKEN), read=read_drivers)
