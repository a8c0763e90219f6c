"""Which databases a file imports, configures and connects to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.driver_table import driver_of
from reviewer.gather.data.names import data_use, database_of_driver, database_of_url
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import Look, inside, last, option, pairs_of, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Text, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataUse, How

ORM_IMPORTS = {
    "sqlalchemy": "SQLAlchemy",
    "flask_sqlalchemy": "SQLAlchemy",
    "sqlmodel": "SQLAlchemy",
    "django.db": "Django ORM",
    "mongoengine": "MongoEngine",
    "flask_mongoengine": "MongoEngine",
    "beanie": "Beanie",
    "tortoise": "Tortoise ORM",
    "pony.orm": "Pony ORM",
    "pynamodb": "PynamoDB",
    "@prisma/client": "Prisma",
    "typeorm": "TypeORM",
    "@nestjs/typeorm": "TypeORM",
    "sequelize": "Sequelize",
    "sequelize-typescript": "Sequelize",
    "knex": "Knex",
    "objection": "Objection.js",
    "drizzle-orm": "Drizzle",
    "@mikro-orm/core": "MikroORM",
    "kysely": "Kysely",
}
"""Data layers that speak to several databases, by import."""

ORM_CONNECTS = words(
    "create_engine create_async_engine SQLAlchemy engine_from_config async_engine_from_config DataSource createConnection"
    " Sequelize PrismaClient forRoot forRootAsync drizzle knex Knex connect register_tortoise Database Kysely init"
)
MAPPED_DATABASES = {"mongoengine": "MongoDB", "beanie": "MongoDB", "pynamodb": "DynamoDB", "dynamoose": "DynamoDB"}
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
NAMING = ("dialect", "type", "client", "provider", "driver", "ENGINE", "BACKEND", "engine", "drivername")
BESIDE = frozenset(
    "host port database username user password url connection connectionString entities synchronize storage filename dbName"
    " NAME LOCATION USER HOST pool logging models autoLoadEntities migrations migrationsRun server".split()
)
"""Keys one of which stands beside ``type: 'mysql'`` where it names a database."""

POOL_KEYS = words(
    "pool_size max_overflow poolSize maxPoolSize connectionLimit pool minPoolSize pool_recycle pool_pre_ping CONN_MAX_AGE"
    " max_size min_size maxconn SQLALCHEMY_POOL_SIZE SQLALCHEMY_ENGINE_OPTIONS extra.max"
)
POOLS = re.compile(r"(?:create_?)?(?:[A-Z]\w*)?[pP]ool|createPool|create_pool|\w*ConnectionPool")
BARE = re.compile(r"[a-z0-9+]+:/{0,3}")
ODBC = re.compile(r"\bDRIVER=\{?[^};]*(SQL Server|MySQL|PostgreSQL|SQLite)", re.IGNORECASE)
ODBC_NAMES = {"sql server": "SQL Server", "mysql": "MySQL", "postgresql": "PostgreSQL", "sqlite": "SQLite"}


def read_drivers(module: Module, kept: Kept) -> None:
    """Keeps each database and data layer once per way in which it shows itself."""
    look = Look(module)
    found: dict[tuple[str, How], DataUse] = {}
    for use in (*_imports(module), *_connections(look, kept), *_urls(module), *_settings(look, kept)):
        found.setdefault((use.name, use.how), use)
    known = {(use.name, use.how) for use in kept.data}
    kept.data.extend(use for key, use in found.items() if key not in known)


def _imports(module: Module) -> Iterator[DataUse]:
    for item in module.imports:
        name = item.module.removeprefix("node:")
        full = f"{name}.{item.name}" if item.name and module.language == "Python" else name
        driver = driver_of(module.language, full) or driver_of(module.language, name)
        if driver is not None:
            for shown in (driver.database, driver.layer):
                if shown:
                    yield data_use(shown, How.IMPORTED, item.line, item.module)
        layer = (
            ORM_IMPORTS.get(name)
            or ORM_IMPORTS.get(name.split(".")[0])
            or ORM_IMPORTS.get(".".join(full.split(".")[:2]))
        )
        if layer:
            yield data_use(layer, How.IMPORTED, item.line, item.module)
        if (mapped := MAPPED_DATABASES.get(name.split(".")[0].removeprefix("flask_"))) is not None:
            yield data_use(mapped, How.IMPORTED, item.line, item.module)


def _connections(look: Look, kept: Kept) -> Iterator[DataUse]:
    language = look.module.language
    for call in look.module.calls:
        origin = look.origin(call.name)
        if origin == call.name and not look.is_imported(call.name):
            yield from _by_name(call, look)
            continue
        driver = driver_of(language, origin)
        if driver is not None and (call.last in driver.connects or _is_default(call, look, origin)):
            if POOLS.fullmatch(call.last):
                add_sign(kept, look, SignKind.POOL, call, call.last)
            for shown in (driver.database, driver.layer):
                if shown:
                    yield data_use(shown, How.CONNECTED, call.line, call.name)
        layer = (
            ORM_IMPORTS.get(origin.split(".")[0])
            or ORM_IMPORTS.get(origin.rpartition(".")[0])
            or ORM_IMPORTS.get(origin)
        )
        if layer and call.last in ORM_CONNECTS:
            yield data_use(layer, How.CONNECTED, call.line, call.name)
            yield from _at_url(call, look)
            if (mapped := MAPPED_DATABASES.get(origin.split(".")[0])) is not None:
                yield data_use(mapped, How.CONNECTED, call.line, call.name)


def _is_default(call: Call, look: Look, origin: str) -> bool:
    """A package that is itself called: ``new Redis()``, ``postgres(url)``, ``new Database("x.db")``."""
    return (
        look.module.language != "Python"
        and "." not in call.name
        and (call.new or origin in ("postgres", "knex", "pg-promise"))
    )


def _by_name(call: Call, look: Look) -> Iterator[DataUse]:
    """Connections that show by the call alone, whatever the import."""
    if call.last in ("resource", "client", "Table") and call.args and plain(call.args[0]) == "dynamodb":
        yield data_use("DynamoDB", How.CONNECTED, call.line, call.name)
    elif call.last == "connect" and last(call.name.rpartition(".")[0]) == "mongoose":
        yield data_use("MongoDB", How.CONNECTED, call.line, call.name)
    elif call.name in ("admin.firestore", "firebase.firestore", "firestore.client"):
        yield data_use("Firestore", How.CONNECTED, call.line, call.name)
    elif call.last in ("create_engine", "create_async_engine"):
        yield data_use("SQLAlchemy", How.CONNECTED, call.line, call.name)
        yield from _at_url(call, look)


def _at_url(call: Call, look: Look) -> Iterator[DataUse]:
    """The database that a URL among the arguments leads to, also through a name."""
    for arg in (*call.args[:2], *call.keywords.values()):
        for item in inside(look.value(arg, call.function)):
            if isinstance(item, Text) and (database := _database_in(item)):
                yield data_use(database, How.CONNECTED, call.line, call.name)
                return


def _database_in(text: Text) -> str | None:
    first = text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""
    if len(text.parts) == 1 and BARE.fullmatch(first) and not first.startswith("sqlite"):
        return None
    return database_of_url(first)


def _urls(module: Module) -> Iterator[DataUse]:
    for text, _ in module.texts:
        database = _database_in(text)
        constant = plain(text) or ""
        if database:
            yield data_use(database, How.CONFIGURED, text.line, "URL")
        elif constant in BACKENDS and ("." in constant or constant == "djongo"):
            yield data_use(BACKENDS[constant], How.CONFIGURED, text.line, constant)
            if ".db." in constant:
                yield data_use("Django ORM", How.CONFIGURED, text.line, constant)
        elif "DRIVER=" in constant[:200].upper() and (found := ODBC.search(constant[:400])):
            yield data_use(ODBC_NAMES[found[1].lower()], How.CONFIGURED, text.line, "ODBC")
    for item in module.assignments:
        for word, database in DSN_TYPES.items():
            if item.type and re.search(rf"\b{word}\b", item.type):
                yield data_use(database, How.CONFIGURED, item.line, item.type)
    for call in module.calls:
        if last(call.name.rpartition(".")[0]) in DSN_TYPES or call.last in DSN_TYPES:
            name = call.last if call.last in DSN_TYPES else last(call.name.rpartition(".")[0])
            yield data_use(DSN_TYPES[name], How.CONFIGURED, call.line, call.name)


def _settings(look: Look, kept: Kept) -> Iterator[DataUse]:
    for call in look.module.calls:
        for arg in call.args:
            yield from _objects(arg)
        if call.last == "Sequelize" or call.last in ORM_CONNECTS:
            yield from _named_in(call)
        if any(option(call, key) is not None for key in POOL_KEYS):
            key = next(key for key in sorted(POOL_KEYS) if option(call, key) is not None)
            add_sign(kept, look, SignKind.POOL, call, key)
    for expr in _values(look.module):
        yield from _objects(expr)


def _values(module: Module) -> Iterator[Expr]:
    yield from (item.value for item in module.assignments if isinstance(item.value, Mapping))
    yield from (item.value for item in module.returns if isinstance(item.value, Mapping))
    yield from (item.value for item in module.exports if isinstance(item.value, Mapping))


def _named_in(call: Call) -> Iterator[DataUse]:
    for key in ("dialect", "type", "client", "drivername"):
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
            database = database_of_driver(_text_in(entries.get(key))) if key in entries else None
            if database and (key in ("dialect", "ENGINE") or entries.keys() & BESIDE):
                yield data_use(database, How.CONFIGURED, entries[key].line, key)


def _text_in(expr: Expr | None) -> str:
    """A constant, or the one that stands in for a setting that is not there."""
    if expr is None:
        return ""
    return next((text for item in inside(expr) if isinstance(item, Text) and (text := plain(item))), "")


DRIVERS = Reader(name="Databases", languages=("Python", "JavaScript", "TypeScript"), read=read_drivers)
