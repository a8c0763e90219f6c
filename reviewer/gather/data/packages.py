"""What manifests and compose files call the databases: packages of drivers by ecosystem, and images."""

from __future__ import annotations

import re

PACKAGES: dict[str, dict[str, str]] = {
    "pypi": {
        "PostgreSQL": "psycopg2 psycopg2-binary psycopg psycopg-binary psycopg-pool asyncpg aiopg pg8000",
        "MySQL": "mysqlclient pymysql mysql-connector-python mysql-connector aiomysql asyncmy flask-mysqldb"
        " flask-mysql",
        "MariaDB": "mariadb",
        "SQLite": "aiosqlite",
        "SQL Server": "pyodbc pymssql mssql-django",
        "Oracle": "cx-oracle oracledb",
        "ClickHouse": "clickhouse-driver clickhouse-connect",
        "MongoDB": "pymongo motor mongoengine beanie flask-pymongo djongo",
        "Cassandra": "cassandra-driver scylla-driver",
        "DynamoDB": "pynamodb",
        "HBase": "happybase",
        "Redis": "redis aioredis django-redis flask-redis fakeredis",
        "Memcached": "pymemcache pylibmc python-memcached",
        "Elasticsearch": "elasticsearch elasticsearch-dsl django-elasticsearch-dsl",
        "OpenSearch": "opensearch-py",
        "InfluxDB": "influxdb influxdb-client",
        "Firestore": "google-cloud-firestore",
        "Neo4j": "neo4j neomodel py2neo",
    },
    "npm": {
        "PostgreSQL": "pg pg-promise postgres slonik @neondatabase/serverless @vercel/postgres @fastify/postgres"
        " @mikro-orm/postgresql fastify-postgres",
        "MySQL": "mysql mysql2 @fastify/mysql fastify-mysql @mikro-orm/mysql @planetscale/database",
        "MariaDB": "mariadb @mikro-orm/mariadb",
        "SQLite": "sqlite3 better-sqlite3 sqlite sql.js @libsql/client @mikro-orm/sqlite @mikro-orm/better-sqlite"
        " @mikro-orm/libsql",
        "SQL Server": "mssql tedious @mikro-orm/mssql",
        "Oracle": "oracledb",
        "ClickHouse": "@clickhouse/client clickhouse",
        "MongoDB": "mongodb mongoose @nestjs/mongoose monk typegoose @typegoose/typegoose"
        " @fastify/mongodb @mikro-orm/mongodb fastify-mongodb hapi-mongodb",
        "Cassandra": "cassandra-driver",
        "DynamoDB": "@aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb dynamoose",
        "HBase": "hbase",
        "Redis": "redis ioredis connect-redis bull bullmq bee-queue kue @nestjs/bull @nestjs/bullmq rate-limit-redis"
        " cache-manager-redis-store cache-manager-ioredis @upstash/redis @fastify/redis fastify-redis"
        " @adonisjs/redis",
        "Memcached": "memcached memjs",
        "Elasticsearch": "elasticsearch @elastic/elasticsearch @fastify/elasticsearch fastify-elasticsearch"
        " @nestjs/elasticsearch",
        "OpenSearch": "@opensearch-project/opensearch",
        "InfluxDB": "influx @influxdata/influxdb-client",
        "Firestore": "@google-cloud/firestore",
        "Neo4j": "neo4j-driver",
    },
    "maven": {
        "PostgreSQL": "org.postgresql:postgresql org.postgresql:r2dbc-postgresql io.quarkus:quarkus-jdbc-postgresql"
        " io.r2dbc:r2dbc-postgresql io.quarkus:quarkus-reactive-pg-client io.vertx:vertx-pg-client",
        "MySQL": "mysql:mysql-connector-java com.mysql:mysql-connector-j io.quarkus:quarkus-jdbc-mysql"
        " dev.miku:r2dbc-mysql io.asyncer:r2dbc-mysql",
        "MariaDB": "org.mariadb.jdbc:mariadb-java-client io.quarkus:quarkus-jdbc-mariadb",
        "SQLite": "org.xerial:sqlite-jdbc",
        "SQL Server": "com.microsoft.sqlserver:mssql-jdbc net.sourceforge.jtds:jtds io.quarkus:quarkus-jdbc-mssql",
        "Oracle": "com.oracle.database.jdbc:ojdbc8 com.oracle.database.jdbc:ojdbc10 com.oracle.database.jdbc:ojdbc11"
        " com.oracle.ojdbc:ojdbc8 com.oracle:ojdbc6 com.oracle:ojdbc7 com.oracle:ojdbc14",
        "H2": "com.h2database:h2 io.r2dbc:r2dbc-h2 io.quarkus:quarkus-jdbc-h2",
        "HSQLDB": "org.hsqldb:hsqldb hsqldb:hsqldb",
        "Derby": "org.apache.derby:derby org.apache.derby:derbyclient",
        "ClickHouse": "com.clickhouse:clickhouse-jdbc ru.yandex.clickhouse:clickhouse-jdbc",
        "MongoDB": "org.springframework.boot:spring-boot-starter-data-mongodb org.litote.kmongo:kmongo"
        " org.springframework.boot:spring-boot-starter-data-mongodb-reactive org.mongodb:mongodb-driver-sync"
        " org.mongodb:mongo-java-driver org.mongodb:mongodb-driver-reactivestreams org.mongodb:mongodb-driver"
        " org.mongodb:mongodb-driver-kotlin-coroutine io.quarkus:quarkus-mongodb-panache",
        "Cassandra": "org.springframework.boot:spring-boot-starter-data-cassandra com.datastax.oss:java-driver-core"
        " com.datastax.cassandra:cassandra-driver-core",
        "DynamoDB": "software.amazon.awssdk:dynamodb software.amazon.awssdk:dynamodb-enhanced"
        " com.amazonaws:aws-java-sdk-dynamodb",
        "HBase": "org.apache.hbase:hbase-client org.apache.hbase:hbase-shaded-client",
        "Redis": "org.springframework.boot:spring-boot-starter-data-redis redis.clients:jedis io.lettuce:lettuce-core"
        " org.springframework.boot:spring-boot-starter-data-redis-reactive org.redisson:redisson"
        " org.springframework.session:spring-session-data-redis",
        "Elasticsearch": "org.springframework.boot:spring-boot-starter-data-elasticsearch"
        " org.elasticsearch.client:elasticsearch-rest-high-level-client co.elastic.clients:elasticsearch-java",
        "OpenSearch": "org.opensearch.client:opensearch-java",
        "InfluxDB": "com.influxdb:influxdb-client-java org.influxdb:influxdb-java",
        "Memcached": "net.spy:spymemcached com.googlecode.xmemcached:xmemcached",
        "Neo4j": "org.springframework.boot:spring-boot-starter-data-neo4j org.neo4j.driver:neo4j-java-driver",
        "Couchbase": "com.couchbase.client:java-client org.springframework.boot:spring-boot-starter-data-couchbase",
        "Firestore": "com.google.cloud:google-cloud-firestore",
    },
    "nuget": {
        "PostgreSQL": "npgsql npgsql.entityframeworkcore.postgresql",
        "MySQL": "pomelo.entityframeworkcore.mysql mysql.data mysqlconnector mysql.entityframeworkcore"
        " mysql.data.entity",
        "SQLite": "microsoft.entityframeworkcore.sqlite microsoft.data.sqlite system.data.sqlite"
        " system.data.sqlite.core sqlite-net-pcl",
        "SQL Server": "microsoft.entityframeworkcore.sqlserver microsoft.data.sqlclient system.data.sqlclient",
        "Oracle": "oracle.manageddataaccess oracle.manageddataaccess.core oracle.entityframeworkcore",
        "MongoDB": "mongodb.driver mongodb.entityframeworkcore",
        "Cassandra": "cassandracsharpdriver",
        "DynamoDB": "awssdk.dynamodbv2",
        "Cosmos DB": "microsoft.azure.cosmos microsoft.entityframeworkcore.cosmos",
        "Redis": "stackexchange.redis microsoft.extensions.caching.stackexchangeredis",
        "Elasticsearch": "nest elastic.clients.elasticsearch elasticsearch.net",
        "OpenSearch": "opensearch.client",
        "InfluxDB": "influxdb.client",
        "Memcached": "enyimmemcachedcore",
        "Neo4j": "neo4j.driver",
        "Firestore": "google.cloud.firestore",
        "ClickHouse": "clickhouse.client clickhouse.driver",
    },
    "composer": {
        "PostgreSQL": "ext-pgsql ext-pdo_pgsql",
        "MySQL": "ext-mysqli ext-pdo_mysql",
        "SQLite": "ext-sqlite3 ext-pdo_sqlite",
        "SQL Server": "ext-sqlsrv ext-pdo_sqlsrv",
        "Oracle": "ext-oci8 yajra/laravel-oci8",
        "MongoDB": "ext-mongodb mongodb/mongodb mongodb/laravel-mongodb jenssegers/mongodb doctrine/mongodb-odm"
        " doctrine/mongodb-odm-bundle",
        "Redis": "ext-redis predis/predis snc/redis-bundle",
        "Memcached": "ext-memcached",
        "Elasticsearch": "elasticsearch/elasticsearch ruflin/elastica friendsofsymfony/elastica-bundle",
        "OpenSearch": "opensearch-project/opensearch-php",
        "Cassandra": "datastax/php-driver",
        "Neo4j": "laudis/neo4j-php-client",
    },
    "rubygems": {
        "PostgreSQL": "pg sequel_pg",
        "MySQL": "mysql2 trilogy mysql",
        "SQLite": "sqlite3",
        "SQL Server": "tiny_tds activerecord-sqlserver-adapter",
        "Oracle": "ruby-oci8 activerecord-oracle_enhanced-adapter",
        "MongoDB": "mongoid mongo",
        "Cassandra": "cassandra-driver cequel",
        "DynamoDB": "aws-sdk-dynamodb dynamoid",
        "Redis": "redis redis-rails redis-store redis-actionpack redis-namespace hiredis hiredis-client redis-client"
        " sidekiq resque",
        "Memcached": "dalli",
        "Elasticsearch": "elasticsearch elasticsearch-rails elasticsearch-model",
        "OpenSearch": "opensearch-ruby",
        "InfluxDB": "influxdb influxdb-client",
        "Neo4j": "activegraph neo4j-ruby-driver neo4j",
    },
    "go": {
        "PostgreSQL": "github.com/lib/pq github.com/jackc/pgx gorm.io/driver/postgres github.com/go-pg/pg"
        " github.com/uptrace/bun/driver/pgdriver",
        "MySQL": "github.com/go-sql-driver/mysql gorm.io/driver/mysql",
        "SQLite": "github.com/mattn/go-sqlite3 modernc.org/sqlite gorm.io/driver/sqlite github.com/glebarez/sqlite"
        " github.com/glebarez/go-sqlite",
        "SQL Server": "github.com/denisenkom/go-mssqldb github.com/microsoft/go-mssqldb gorm.io/driver/sqlserver",
        "Oracle": "github.com/sijms/go-ora github.com/godror/godror",
        "ClickHouse": "github.com/clickhouse/clickhouse-go gorm.io/driver/clickhouse",
        "MongoDB": "go.mongodb.org/mongo-driver gopkg.in/mgo.v2",
        "Cassandra": "github.com/gocql/gocql github.com/scylladb/gocqlx",
        "DynamoDB": "github.com/aws/aws-sdk-go-v2/service/dynamodb github.com/guregu/dynamo",
        "HBase": "github.com/tsuna/gohbase",
        "Redis": "github.com/redis/go-redis github.com/go-redis/redis github.com/gomodule/redigo"
        " github.com/hibiken/asynq",
        "Memcached": "github.com/bradfitz/gomemcache",
        "Elasticsearch": "github.com/elastic/go-elasticsearch github.com/olivere/elastic",
        "OpenSearch": "github.com/opensearch-project/opensearch-go",
        "InfluxDB": "github.com/influxdata/influxdb-client-go github.com/influxdata/influxdb1-client",
        "Neo4j": "github.com/neo4j/neo4j-go-driver",
        "Firestore": "cloud.google.com/go/firestore",
    },
}
"""The packages that lead to one database alone, by the ecosystem of the manifest, in lower case."""

IMAGES = {
    "PostgreSQL": "postgres postgresql postgis timescaledb timescaledb-ha pgvector supabase/postgres alloydbomni",
    "MySQL": "mysql mysql-server percona percona-server",
    "MariaDB": "mariadb",
    "SQL Server": "mssql/server mssql-server-linux azure-sql-edge",
    "Oracle": "oracle-xe oracle-free oracle-database-xe database/express database/enterprise",
    "ClickHouse": "clickhouse clickhouse-server",
    "CockroachDB": "cockroach",
    "MongoDB": "mongo mongodb mongodb-community-server mongodb-atlas-local",
    "Cassandra": "cassandra scylla dse-server",
    "DynamoDB": "dynamodb-local",
    "HBase": "hbase",
    "Redis": "redis redis-stack redis-stack-server valkey redis-sentinel redis-cluster",
    "Memcached": "memcached",
    "Elasticsearch": "elasticsearch",
    "OpenSearch": "opensearch",
    "InfluxDB": "influxdb",
    "Neo4j": "neo4j",
    "CouchDB": "couchdb",
    "Couchbase": "couchbase",
    "Firestore": "firestore-emulator",
}
"""The last part of an image's name, or its last two; tools beside a database (``mongo-express``) are none."""

VERSION = re.compile(r"(?:/v\d+|\.v\d+)\Z")
_PACKAGES = {
    ecosystem: {name: database for database, names in table.items() for name in names.split()}
    for ecosystem, table in PACKAGES.items()
}
_IMAGES = {name: database for database, names in IMAGES.items() for name in names.split()}


def database_of_package(ecosystem: str, package: str) -> str | None:
    """The database that a dependency leads to; Go modules by their path without the major version."""
    name = package.lower()
    table = _PACKAGES.get(ecosystem, {})
    return table.get(name) or (table.get(VERSION.sub("", name)) if ecosystem == "go" else None)


def database_of_image(image: str) -> str | None:
    """The database that an image runs: ``bitnami/postgresql:15``, ``mcr.microsoft.com/mssql/server``."""
    parts = image.lower().partition("@")[0].split("/")
    parts[-1] = parts[-1].partition(":")[0]
    return _IMAGES.get("/".join(parts[-2:])) or _IMAGES.get(parts[-1])
