"""Which images and compose files are those of the application."""

from __future__ import annotations

import re

from reviewer.model.facts.documents import Container
from reviewer.model.facts.repository import Operations
from reviewer.model.facts.values import At

ASIDE = re.compile(
    r"(?:.*/)?(?:examples?|samples?|demos?|tests?|testing|e2e|benchmarks?|bench|fixtures|docs?|\.devcontainer|\.gitpod"
    r"|\.github|\.gitlab|\.circleci|tools?|ci)/.*|(?:.*/)?[^/]*(?:[._-](?:ci|tests?|testing|e2e|codescan|lint|bench)"
    r"|gitpod)[._-]?[^/]*",
    re.IGNORECASE,
)
"""Paths of images and compose files for tests, examples, tools and editors."""

SERVICES = re.compile(
    r"(?:.*/)?(?:postgres|postgis|timescaledb|mysql|mariadb|percona|mongo|redis|valkey|memcached|elasticsearch|opensearch"
    r"|kibana|logstash|rabbitmq|kafka|cp-kafka|zookeeper|cp-zookeeper|nats|activemq|cassandra|scylla|couchdb|couchbase"
    r"|neo4j|influxdb|clickhouse|mssql|azure-sql-edge|oracle|sqlserver|mssql/server|dynamodb-local|localstack|minio|nginx|traefik"
    r"|haproxy|caddy|envoy|kong|adminer|phpmyadmin|pgadmin4?|mongo-express|redis-?commander|redisinsight|mailhog|mailpit"
    r"|mailcatcher|maildev|smtp4dev|grafana|prometheus|loki|jaeger|all-in-one|zipkin|otel.*|keycloak|vault|consul|sonarqube"
    r"|selenium|portainer|watchtower|certbot|swagger-ui|swagger-editor|wait-for-it|dockerize|alpine|busybox|debian|ubuntu"
    r"|seq|papercut|azurite|solr|meilisearch|typesense|dgraph|arangodb|firebird|db2|h2|cockroach|flyway|liquibase|migrate"
    r"|alertmanager|cadvisor|node-exporter|.*-exporter|filebeat|apm-server|hasura|directus|statsd|schema-registry|kafdrop"
    r"|akhq|kafka-ui|cp-.*|wiremock|mountebank|dnsmasq|proxy|nginx-proxy|openldap|soketi|mercure|beanstalkd|imgproxy)"
    r"(?:[-_.\w]*)?(?:[:@].*)?",
    re.IGNORECASE,
)
"""Images that are bought to stand beside an application, by the last part of their names."""


def images(operations: Operations) -> list[At[Container]]:
    """The Dockerfiles of the application: not those of databases and proxies, tests, examples and tools."""
    files = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    return [item for item in files if not ASIDE.fullmatch(item.path[:300]) and not _is_bought(item.fact)]


def compose_files(operations: Operations) -> list[At[Container]]:
    """The compose files outside of examples, tests and tools."""
    return [item for item in operations.containers if item.fact.kind == "compose" and not ASIDE.fullmatch(item.path)]


def is_service(image: str) -> bool:
    """Whether an image is one that stands beside an application: a database, a proxy, a dashboard."""
    return bool(SERVICES.fullmatch(image[:200]))


def _is_bought(image: Container) -> bool:
    """Whether a Dockerfile only dresses a database, a proxy or a dashboard and copies no program."""
    return (
        bool(image.bases)
        and is_service(image.bases[-1])
        and not re.search(r"alpine|debian|ubuntu|busybox", image.bases[-1])
    )
