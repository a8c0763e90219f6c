"""Database drivers and client libraries: what importing and calling them shows."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.gather.look import words


@dataclass(frozen=True, slots=True)
class Driver:
    """A package that leads to a database.

    ``database`` is None where the package speaks to several; ``layer`` is the data layer it counts as, None for a bare
    driver. ``connects`` are the last parts of the calls that open a connection.
    """

    database: str | None
    layer: str | None = None
    connects: frozenset[str] = frozenset()


def _driver(database: str | None, layer: str | None, connects: str) -> Driver:
    return Driver(database, layer, words(connects))


PYTHON = {
    "psycopg2": _driver(
        "PostgreSQL", "psycopg", "connect SimpleConnectionPool ThreadedConnectionPool AbstractConnectionPool"
    ),
    "psycopg": _driver("PostgreSQL", "psycopg", "connect"),
    "psycopg_pool": _driver("PostgreSQL", "psycopg", "ConnectionPool AsyncConnectionPool"),
    "asyncpg": _driver("PostgreSQL", "asyncpg", "connect create_pool"),
    "aiopg": _driver("PostgreSQL", "aiopg", "connect create_pool"),
    "pg8000": _driver("PostgreSQL", "pg8000", "connect Connection"),
    "pymysql": _driver("MySQL", "PyMySQL", "connect Connection"),
    "MySQLdb": _driver("MySQL", "mysqlclient", "connect Connect"),
    "mysql.connector": _driver("MySQL", "MySQL Connector", "connect MySQLConnectionPool"),
    "aiomysql": _driver("MySQL", "aiomysql", "connect create_pool"),
    "flask_mysqldb": _driver("MySQL", "mysqlclient", "MySQL"),
    "flaskext.mysql": _driver("MySQL", "PyMySQL", "MySQL"),
    "mariadb": _driver("MariaDB", "MariaDB Connector", "connect ConnectionPool"),
    "sqlite3": _driver("SQLite", "sqlite3", "connect"),
    "aiosqlite": _driver("SQLite", "aiosqlite", "connect"),
    "pyodbc": _driver("SQL Server", "pyodbc", "connect"),
    "pymssql": _driver("SQL Server", "pymssql", "connect"),
    "cx_Oracle": _driver("Oracle", "cx_Oracle", "connect SessionPool"),
    "oracledb": _driver("Oracle", "oracledb", "connect create_pool"),
    "clickhouse_driver": _driver("ClickHouse", None, "Client connect"),
    "clickhouse_connect": _driver("ClickHouse", None, "get_client"),
    "pymongo": _driver("MongoDB", "PyMongo", "MongoClient AsyncMongoClient"),
    "flask_pymongo": _driver("MongoDB", "PyMongo", "PyMongo"),
    "motor": _driver("MongoDB", "Motor", "AsyncIOMotorClient MotorClient"),
    "cassandra": _driver("Cassandra", "DataStax cassandra-driver", "connect Cluster"),
    "happybase": _driver("HBase", "HappyBase", "Connection ConnectionPool"),
    "redis": _driver("Redis", None, "Redis StrictRedis from_url ConnectionPool"),
    "aioredis": _driver("Redis", None, "Redis from_url create_redis create_redis_pool"),
    "flask_redis": _driver("Redis", None, "FlaskRedis"),
    "django_redis": _driver("Redis", None, "get_redis_connection"),
    "pymemcache": _driver("Memcached", None, "Client PooledClient"),
    "pylibmc": _driver("Memcached", None, "Client"),
    "memcache": _driver("Memcached", None, "Client"),
    "elasticsearch": _driver("Elasticsearch", None, "Elasticsearch AsyncElasticsearch"),
    "elasticsearch_dsl": _driver("Elasticsearch", None, "create_connection"),
    "opensearchpy": _driver("OpenSearch", None, "OpenSearch AsyncOpenSearch"),
    "influxdb": _driver("InfluxDB", None, "InfluxDBClient"),
    "influxdb_client": _driver("InfluxDB", None, "InfluxDBClient"),
    "google.cloud.firestore": _driver("Firestore", None, "Client AsyncClient"),
    "neo4j": _driver("Neo4j", None, "driver"),
    "databases": _driver(None, "databases", "Database"),
    "tinydb": _driver("TinyDB", None, "TinyDB"),
    "aiosql": _driver(None, "aiosql", "from_path from_str"),
    "pypika": _driver(None, "PyPika", ""),
    "peewee": _driver(None, "Peewee", ""),
}

ECMA = {
    "pg": _driver("PostgreSQL", "node-postgres", "Pool Client"),
    "pg-promise": _driver("PostgreSQL", "pg-promise", "pgp"),
    "postgres": _driver("PostgreSQL", "postgres.js", "postgres"),
    "slonik": _driver("PostgreSQL", "slonik", "createPool"),
    "@neondatabase/serverless": _driver("PostgreSQL", None, "neon Pool"),
    "@vercel/postgres": _driver("PostgreSQL", None, "createPool"),
    "mysql": _driver("MySQL", "mysql", "createConnection createPool createPoolCluster"),
    "mysql2": _driver("MySQL", "mysql2", "createConnection createPool"),
    "mysql2/promise": _driver("MySQL", "mysql2", "createConnection createPool"),
    "mariadb": _driver("MariaDB", "mariadb", "createConnection createPool"),
    "sqlite3": _driver("SQLite", "sqlite3", "Database"),
    "sqlite": _driver("SQLite", "sqlite3", "open"),
    "better-sqlite3": _driver("SQLite", "better-sqlite3", "Database"),
    "bun:sqlite": _driver("SQLite", None, "Database"),
    "mssql": _driver("SQL Server", "mssql", "connect ConnectionPool"),
    "tedious": _driver("SQL Server", "tedious", "Connection"),
    "oracledb": _driver("Oracle", "oracledb", "getConnection createPool"),
    "@clickhouse/client": _driver("ClickHouse", None, "createClient"),
    "mongodb": _driver("MongoDB", "MongoDB driver", "MongoClient connect"),
    "mongoose": _driver("MongoDB", "Mongoose", "connect createConnection"),
    "@nestjs/mongoose": _driver("MongoDB", "Mongoose", "forRoot forRootAsync"),
    "cassandra-driver": _driver("Cassandra", "DataStax cassandra-driver", "Client"),
    "@aws-sdk/client-dynamodb": _driver("DynamoDB", "AWS SDK", "DynamoDBClient DynamoDB"),
    "@aws-sdk/lib-dynamodb": _driver("DynamoDB", "AWS SDK", "from"),
    "dynamoose": _driver("DynamoDB", "Dynamoose", "model"),
    "redis": _driver("Redis", None, "createClient createCluster"),
    "ioredis": _driver("Redis", None, "Redis Cluster"),
    "connect-redis": _driver("Redis", None, ""),
    "memcached": _driver("Memcached", None, "Memcached"),
    "memjs": _driver("Memcached", None, "create"),
    "@elastic/elasticsearch": _driver("Elasticsearch", None, "Client"),
    "@opensearch-project/opensearch": _driver("OpenSearch", None, "Client"),
    "@influxdata/influxdb-client": _driver("InfluxDB", None, "InfluxDB"),
    "firebase-admin/firestore": _driver("Firestore", None, "getFirestore"),
    "firebase-admin": _driver(None, "Firebase Admin", ""),
    "neo4j-driver": _driver("Neo4j", None, "driver"),
    "hbase": _driver("HBase", None, "hbase"),
}

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
    "create_engine create_async_engine SQLAlchemy DataSource"
    " createConnection Sequelize PrismaClient forRoot forRootAsync drizzle knex Knex connect register_tortoise"
    " Database Kysely init"
)
"""Calls by which these layers connect."""

MAPPED_DATABASES = {"mongoengine": "MongoDB", "beanie": "MongoDB", "pynamodb": "DynamoDB", "dynamoose": "DynamoDB"}
"""The database of layers that have but one."""

DRIVERS = {"Python": PYTHON, "JavaScript": ECMA, "TypeScript": ECMA}


def driver_of(language: str, module: str) -> Driver | None:
    """The driver behind a module or anything in it: ``mysql.connector.pooling`` is ``mysql.connector``'s."""
    table = DRIVERS.get(language, {})
    name = module.removeprefix("node:")
    while name:
        if name in table:
            return table[name]
        name = max(name.rpartition(".")[0], name.rpartition("/")[0], key=len)
    return None
