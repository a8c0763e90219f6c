"""Database drivers and client libraries: what importing and calling them shows."""

from __future__ import annotations

from functools import lru_cache

from reviewer.gather.data.driver_table_more import MORE_DRIVERS
from reviewer.gather.data.driver_types import Driver, driver
from reviewer.gather.look import words

PYTHON = {
    "psycopg2": driver(
        "PostgreSQL", "psycopg", "connect SimpleConnectionPool ThreadedConnectionPool AbstractConnectionPool"
    ),
    "psycopg": driver("PostgreSQL", "psycopg", "connect"),
    "psycopg_pool": driver("PostgreSQL", "psycopg", "ConnectionPool AsyncConnectionPool"),
    "asyncpg": driver("PostgreSQL", "asyncpg", "connect create_pool"),
    "aiopg": driver("PostgreSQL", "aiopg", "connect create_pool"),
    "pg8000": driver("PostgreSQL", "pg8000", "connect Connection"),
    "pymysql": driver("MySQL", "PyMySQL", "connect Connection"),
    "MySQLdb": driver("MySQL", "mysqlclient", "connect Connect"),
    "mysql.connector": driver("MySQL", "MySQL Connector", "connect MySQLConnectionPool"),
    "aiomysql": driver("MySQL", "aiomysql", "connect create_pool"),
    "flask_mysqldb": driver("MySQL", "mysqlclient", "MySQL"),
    "flaskext.mysql": driver("MySQL", "PyMySQL", "MySQL"),
    "mariadb": driver("MariaDB", "MariaDB Connector", "connect ConnectionPool"),
    "sqlite3": driver("SQLite", "sqlite3", "connect"),
    "aiosqlite": driver("SQLite", "aiosqlite", "connect"),
    "pyodbc": driver("SQL Server", "pyodbc", "connect"),
    "pymssql": driver("SQL Server", "pymssql", "connect"),
    "cx_Oracle": driver("Oracle", "cx_Oracle", "connect SessionPool"),
    "oracledb": driver("Oracle", "oracledb", "connect create_pool"),
    "clickhouse_driver": driver("ClickHouse", None, "Client connect"),
    "clickhouse_connect": driver("ClickHouse", None, "get_client"),
    "pymongo": driver("MongoDB", "PyMongo", "MongoClient AsyncMongoClient"),
    "flask_pymongo": driver("MongoDB", "PyMongo", "PyMongo"),
    "motor": driver("MongoDB", "Motor", "AsyncIOMotorClient MotorClient"),
    "cassandra": driver("Cassandra", "DataStax cassandra-driver", "connect Cluster"),
    "happybase": driver("HBase", "HappyBase", "Connection ConnectionPool"),
    "redis": driver("Redis", None, "Redis StrictRedis from_url ConnectionPool"),
    "aioredis": driver("Redis", None, "Redis from_url create_redis create_redis_pool"),
    "flask_redis": driver("Redis", None, "FlaskRedis"),
    "django_redis": driver("Redis", None, "get_redis_connection"),
    "pymemcache": driver("Memcached", None, "Client PooledClient"),
    "pylibmc": driver("Memcached", None, "Client"),
    "memcache": driver("Memcached", None, "Client"),
    "elasticsearch": driver("Elasticsearch", None, "Elasticsearch AsyncElasticsearch"),
    "elasticsearch_dsl": driver("Elasticsearch", None, "create_connection"),
    "opensearchpy": driver("OpenSearch", None, "OpenSearch AsyncOpenSearch"),
    "influxdb": driver("InfluxDB", None, "InfluxDBClient"),
    "influxdb_client": driver("InfluxDB", None, "InfluxDBClient"),
    "google.cloud.firestore": driver("Firestore", None, "Client AsyncClient"),
    "neo4j": driver("Neo4j", None, "driver"),
    "databases": driver(None, "databases", "Database"),
    "tinydb": driver("TinyDB", None, "TinyDB"),
    "aiosql": driver(None, "aiosql", "from_path from_str"),
    "pypika": driver(None, "PyPika", ""),
    "peewee": driver(None, "Peewee", ""),
    "sqlobject": driver(None, "SQLObject", "connectionForURI"),
    "sqlobject.mysql": driver("MySQL", "SQLObject", "builder"),
    "sqlobject.postgres": driver("PostgreSQL", "SQLObject", "builder"),
    "sqlobject.sqlite": driver("SQLite", "SQLObject", "builder"),
}

ECMA = {
    "pg": driver("PostgreSQL", "node-postgres", "Pool Client"),
    "pg-promise": driver("PostgreSQL", "pg-promise", "pgp"),
    "postgres": driver("PostgreSQL", "postgres.js", "postgres"),
    "slonik": driver("PostgreSQL", "slonik", "createPool"),
    "@neondatabase/serverless": driver("PostgreSQL", None, "neon Pool"),
    "@vercel/postgres": driver("PostgreSQL", None, "createPool"),
    "mysql": driver("MySQL", "mysql", "createConnection createPool createPoolCluster"),
    "mysql2": driver("MySQL", "mysql2", "createConnection createPool"),
    "mysql2/promise": driver("MySQL", "mysql2", "createConnection createPool"),
    "mariadb": driver("MariaDB", "mariadb", "createConnection createPool"),
    "sqlite3": driver("SQLite", "sqlite3", "Database"),
    "sqlite": driver("SQLite", "sqlite3", "open"),
    "better-sqlite3": driver("SQLite", "better-sqlite3", "Database"),
    "bun:sqlite": driver("SQLite", None, "Database"),
    "mssql": driver("SQL Server", "mssql", "connect ConnectionPool"),
    "tedious": driver("SQL Server", "tedious", "Connection"),
    "oracledb": driver("Oracle", "oracledb", "getConnection createPool"),
    "@clickhouse/client": driver("ClickHouse", None, "createClient"),
    "mongodb": driver("MongoDB", "MongoDB driver", "MongoClient connect"),
    "mongoose": driver("MongoDB", "Mongoose", "connect createConnection"),
    "@nestjs/mongoose": driver("MongoDB", "Mongoose", "forRoot forRootAsync"),
    "@fastify/postgres": driver("PostgreSQL", "node-postgres", "register"),
    "fastify-postgres": driver("PostgreSQL", "node-postgres", "register"),
    "@fastify/mysql": driver("MySQL", "mysql2", "register"),
    "fastify-mysql": driver("MySQL", "mysql2", "register"),
    "@fastify/mongodb": driver("MongoDB", "MongoDB driver", "register"),
    "fastify-mongodb": driver("MongoDB", "MongoDB driver", "register"),
    "hapi-mongodb": driver("MongoDB", "MongoDB driver", "register"),
    "cassandra-driver": driver("Cassandra", "DataStax cassandra-driver", "Client"),
    "@aws-sdk/client-dynamodb": driver("DynamoDB", "AWS SDK", "DynamoDBClient DynamoDB"),
    "@aws-sdk/lib-dynamodb": driver("DynamoDB", "AWS SDK", "from"),
    "dynamoose": driver("DynamoDB", "Dynamoose", "model"),
    "redis": driver("Redis", None, "createClient createCluster"),
    "ioredis": driver("Redis", None, "Redis Cluster"),
    "connect-redis": driver("Redis", None, ""),
    "@fastify/redis": driver("Redis", None, "register"),
    "fastify-redis": driver("Redis", None, "register"),
    "memcached": driver("Memcached", None, "Memcached"),
    "memjs": driver("Memcached", None, "create"),
    "@elastic/elasticsearch": driver("Elasticsearch", None, "Client"),
    "elasticsearch": driver("Elasticsearch", None, "Client"),
    "@fastify/elasticsearch": driver("Elasticsearch", None, "register"),
    "fastify-elasticsearch": driver("Elasticsearch", None, "register"),
    "@nestjs/elasticsearch": driver("Elasticsearch", None, "register registerAsync"),
    "@opensearch-project/opensearch": driver("OpenSearch", None, "Client"),
    "@influxdata/influxdb-client": driver("InfluxDB", None, "InfluxDB"),
    "firebase-admin/firestore": driver("Firestore", None, "getFirestore"),
    "firebase-admin": driver(None, "Firebase Admin", ""),
    "neo4j-driver": driver("Neo4j", None, "driver"),
    "hbase": driver("HBase", None, "hbase"),
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
    " Database Kysely init establish_connection"
)
"""Calls by which these layers connect."""

MAPPED_DATABASES = {"mongoengine": "MongoDB", "beanie": "MongoDB", "pynamodb": "DynamoDB", "dynamoose": "DynamoDB"}
"""The database of layers that have but one."""

KNOWN_MOST = 4096
"""Names whose driver or layer is kept in mind: the same few come in file after file."""

DRIVERS = {"Python": PYTHON, "JavaScript": ECMA, "TypeScript": ECMA, **MORE_DRIVERS}


@lru_cache(maxsize=KNOWN_MOST)
def driver_of(language: str, module: str) -> Driver | None:
    """The driver behind a module or anything in it: ``mysql.connector.pooling`` is ``mysql.connector``'s."""
    table = DRIVERS.get(language, {})
    name = module.removeprefix("node:")
    while name:
        if name in table:
            return table[name]
        name = max(name.rpartition(".")[0], name.rpartition("/")[0], key=len)
    return None
