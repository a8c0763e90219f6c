"""Databases and data layers of Go: drivers by import, connections, pools, and what connection texts name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use, database_of_driver, database_of_text
from reviewer.gather.data.queries import add_sign
from reviewer.gather.frameworks.go._dialects import bare_module
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Text, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataUse, How

DRIVERS = {
    "github.com/lib/pq": "PostgreSQL",
    "github.com/jackc/pgx": "PostgreSQL",
    "github.com/jackc/pgx/stdlib": "PostgreSQL",
    "gorm.io/driver/postgres": "PostgreSQL",
    "github.com/go-pg/pg": "PostgreSQL",
    "github.com/uptrace/bun/driver/pgdriver": "PostgreSQL",
    "github.com/jinzhu/gorm/dialects/postgres": "PostgreSQL",
    "github.com/go-sql-driver/mysql": "MySQL",
    "gorm.io/driver/mysql": "MySQL",
    "github.com/jinzhu/gorm/dialects/mysql": "MySQL",
    "github.com/mattn/go-sqlite3": "SQLite",
    "modernc.org/sqlite": "SQLite",
    "gorm.io/driver/sqlite": "SQLite",
    "github.com/glebarez/sqlite": "SQLite",
    "github.com/glebarez/go-sqlite": "SQLite",
    "github.com/ncruces/go-sqlite3": "SQLite",
    "github.com/uptrace/bun/driver/sqliteshim": "SQLite",
    "github.com/jinzhu/gorm/dialects/sqlite": "SQLite",
    "github.com/denisenkom/go-mssqldb": "SQL Server",
    "github.com/microsoft/go-mssqldb": "SQL Server",
    "gorm.io/driver/sqlserver": "SQL Server",
    "github.com/jinzhu/gorm/dialects/mssql": "SQL Server",
    "github.com/godror/godror": "Oracle",
    "github.com/sijms/go-ora": "Oracle",
    "github.com/mattn/go-oci8": "Oracle",
    "github.com/ClickHouse/clickhouse-go": "ClickHouse",
    "github.com/kshvakov/clickhouse": "ClickHouse",
    "gorm.io/driver/clickhouse": "ClickHouse",
    "go.mongodb.org/mongo-driver": "MongoDB",
    "go.mongodb.org/mongo-driver/mongo": "MongoDB",
    "gopkg.in/mgo": "MongoDB",
    "github.com/globalsign/mgo": "MongoDB",
    "github.com/kamva/mgm": "MongoDB",
    "github.com/qiniu/qmgo": "MongoDB",
    "github.com/gocql/gocql": "Cassandra",
    "github.com/scylladb/gocqlx": "Cassandra",
    "github.com/tsuna/gohbase": "HBase",
    "github.com/redis/go-redis": "Redis",
    "github.com/go-redis/redis": "Redis",
    "gopkg.in/redis": "Redis",
    "github.com/gomodule/redigo/redis": "Redis",
    "github.com/garyburd/redigo/redis": "Redis",
    "github.com/bradfitz/gomemcache/memcache": "Memcached",
    "github.com/elastic/go-elasticsearch": "Elasticsearch",
    "github.com/olivere/elastic": "Elasticsearch",
    "gopkg.in/olivere/elastic": "Elasticsearch",
    "github.com/opensearch-project/opensearch-go": "OpenSearch",
    "github.com/influxdata/influxdb-client-go": "InfluxDB",
    "github.com/influxdata/influxdb1-client": "InfluxDB",
    "github.com/neo4j/neo4j-go-driver": "Neo4j",
    "cloud.google.com/go/firestore": "Firestore",
    "github.com/aws/aws-sdk-go/service/dynamodb": "DynamoDB",
    "github.com/aws/aws-sdk-go-v2/service/dynamodb": "DynamoDB",
    "github.com/guregu/dynamo": "DynamoDB",
    "github.com/couchbase/gocb": "Couchbase",
    "github.com/redis/rueidis": "Redis",
    "github.com/valkey-io/valkey-go": "Redis",
    "github.com/tursodatabase/libsql-client-go/libsql": "SQLite",
    "github.com/tursodatabase/go-libsql": "SQLite",
    "zombiezen.com/go/sqlite": "SQLite",
    **{
        f"{org}/go-zero/core/stores/{name}": database
        for org in ("github.com/zeromicro", "github.com/tal-tech")
        for name, database in (("postgres", "PostgreSQL"), ("mon", "MongoDB"), ("monc", "MongoDB"), ("redis", "Redis"))
    },
}
MADE = {"NewMysql": "MySQL"}
"""Calls of a layer that name their database themselves."""
LAYERS = {
    "database/sql": "database/sql",
    "github.com/jmoiron/sqlx": "sqlx",
    "github.com/jackc/pgx": "pgx",
    "github.com/jackc/pgx/pgxpool": "pgx",
    "gorm.io/gorm": "GORM",
    "github.com/jinzhu/gorm": "GORM",
    "github.com/uptrace/bun": "Bun",
    "github.com/go-pg/pg": "go-pg",
    "xorm.io/xorm": "XORM",
    "github.com/go-xorm/xorm": "XORM",
    "entgo.io/ent": "ent",
    "github.com/facebook/ent": "ent",
    "github.com/volatiletech/sqlboiler": "SQLBoiler",
    "github.com/astaxie/beego/orm": "Beego ORM",
    "github.com/beego/beego/client/orm": "Beego ORM",
    "github.com/gobuffalo/pop": "Pop",
    "github.com/upper/db": "upper/db",
    "github.com/go-rel/rel": "REL",
    "github.com/Masterminds/squirrel": "squirrel",
    "github.com/doug-martin/goqu": "goqu",
    "go.mongodb.org/mongo-driver/mongo": "MongoDB driver",
    "gopkg.in/mgo": "mgo",
    "github.com/globalsign/mgo": "mgo",
    "github.com/kamva/mgm": "mgm",
    "github.com/gocql/gocql": "gocql",
    "github.com/aws/aws-sdk-go/service/dynamodb": "AWS SDK",
    "github.com/aws/aws-sdk-go-v2/service/dynamodb": "AWS SDK",
    "github.com/guregu/dynamo": "dynamo",
    "github.com/zeromicro/go-zero/core/stores/sqlx": "go-zero sqlx",
    "github.com/tal-tech/go-zero/core/stores/sqlx": "go-zero sqlx",
}
CONNECTS = words(
    "NewMysql MustNewConn MustNewModel MustNewRedis NewRedis"
    " Open Connect MustConnect ConnectContext MustOpen OpenDB ConnectConfig NewWithConfig New"
    " NewPool NewDB NewEngine Dial"
    " DialInfo DialURL DialContext NewClient NewClusterClient NewFailoverClient"
    " NewUniversalClient NewCluster NewFromConfig"
    " NewDefaultClient NewTypedClient NewDriver NewDriverWithContext NewSimpleClient Firestore"
    " NewHTTPClient NewClientWithOptions"
    " RegisterDataBase NewConnection CreateSession NewConnector ParseURL"
)
"""Calls by which these packages connect."""
NAMED = frozenset({"Open", "Connect", "MustConnect", "ConnectContext", "MustOpen", "NewEngine", "RegisterDataBase"})
"""Of these, the ones whose first texts name a driver."""
POOLS = words("SetMaxOpenConns SetMaxIdleConns SetConnMaxLifetime SetConnMaxIdleTime SetMaxPoolSize NewPool")
POOL_KEYS = frozenset(
    {"PoolSize", "MaxConns", "MaxOpenConns", "MaxIdleConns", "MinIdleConns", "MaxPoolSize", "NumConns"}
)
DSN = (
    (re.compile(r"@tcp\(|@unix\(|\bparseTime=|\bcharset=utf8"), "MySQL"),
    (re.compile(r"\bhost=\S+.*\b(?:dbname|user|sslmode)="), "PostgreSQL"),
    (re.compile(r"\bsslmode=(?:disable|require|prefer|verify-\w+)\b"), "PostgreSQL"),
)
"""Connection texts without a scheme."""
DSN_LENGTH = 400
MEMORY = ":memory:"


def read_drivers(module: Module, kept: Kept) -> None:
    """Keeps each database and data layer once per way in which it shows itself."""
    look = look_at(module)
    found: dict[tuple[str, How], DataUse] = {}
    for use in (*_imports(module), *_connections(look, kept), *_texts(module)):
        found.setdefault((use.name, use.how), use)
    known = {(use.name, use.how) for use in kept.data}
    kept.data.extend(use for key, use in found.items() if key not in known)


def package(look: Look, name: str) -> str:
    """The package behind a dotted name, without its version; ``""`` for what is not imported."""
    item = next((one for one in look.module.imports if one.alias == name.partition(".")[0]), None)
    return bare_module(item.module) if item is not None else ""


def _imports(module: Module) -> Iterator[DataUse]:
    for item in module.imports:
        name = bare_module(item.module)
        for table in (DRIVERS, LAYERS):
            found = table.get(name)
            if found:
                yield data_use(found, How.IMPORTED, item.line, item.module)


def _connections(look: Look, kept: Kept) -> Iterator[DataUse]:
    for call in look.module.calls:
        if call.last in POOLS or (call.name.startswith("pgxpool.") and call.last in CONNECTS):
            add_sign(kept, look, SignKind.POOL, call, call.last)
        if call.new and call.keywords and not POOL_KEYS.isdisjoint(call.keywords):
            add_sign(kept, look, SignKind.POOL, call, next(iter(POOL_KEYS.intersection(call.keywords))))
        if call.last in CONNECTS and "." in call.name and not call.new:
            yield from _connection(look, call)


def _connection(look: Look, call: Call) -> Iterator[DataUse]:
    name = package(look, call.name)
    layer = LAYERS.get(name)
    database = DRIVERS.get(name) or (MADE.get(call.last) if layer else None)
    if layer:
        yield data_use(layer, How.CONNECTED, call.line, call.name)
    if database:
        yield data_use(database, How.CONNECTED, call.line, call.name)
    if (layer or name.startswith("entgo.io") or call.name.startswith("ent.")) and call.last in NAMED:
        yield from _opened(look, call)


def _opened(look: Look, call: Call) -> Iterator[DataUse]:
    """What ``sql.Open("postgres", dsn)`` and ``gorm.Open(postgres.Open(dsn))`` open; else the file's only driver."""
    for arg in call.args[:3]:
        value = look.value(arg, call.function)
        text = plain(value)
        named = _driver_named(text) if text else None
        if named is None and isinstance(value, Text):
            named = database_of_text(value) or _database_of_dsn(value)
        if named:
            yield data_use(named, How.CONNECTED, call.line, call.name)
            return
    imported = {DRIVERS[name] for item in look.module.imports if (name := bare_module(item.module)) in DRIVERS}
    if len(imported) == 1:
        yield data_use(imported.pop(), How.CONNECTED, call.line, call.name)


def _driver_named(text: str) -> str | None:
    return {"pgx": "PostgreSQL", "godror": "Oracle", "cloudsqlpostgres": "PostgreSQL", "nrpostgres": "PostgreSQL"}.get(
        text
    ) or database_of_driver(text)


def _texts(module: Module) -> Iterator[DataUse]:
    for text, _ in module.texts:
        database = database_of_text(text) or _database_of_dsn(text)
        if database:
            yield data_use(database, How.CONFIGURED, text.line, "connection text")


def _database_of_dsn(text: Text) -> str | None:
    shown = "".join(part if isinstance(part, str) else "x" for part in text.parts)[:DSN_LENGTH]
    if "\n" in shown.strip() or (" " in shown.strip() and "=" not in shown):
        return None
    return next((database for pattern, database in DSN if pattern.search(shown)), None)


DRIVERS_GO = Reader(name="Databases (Go)", languages=("Go",), read=read_drivers)
