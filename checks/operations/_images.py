"""Which images and compose files are those of the application."""

from __future__ import annotations

import re

from reviewer.model.facts.documents import Container
from reviewer.model.facts.repository import FileRole, Operations, Project
from reviewer.model.facts.values import At

ASIDE = re.compile(
    r"(?:.*/)?(?:examples?|samples?|demos?|tests?|testing|e2e|benchmarks?|bench|fixtures|docs?|\.devcontainer|\.gitpod"
    r"|\.github|\.gitlab|\.circleci|tools?|ci)/.*|(?:.*/)?[^/]*(?:[._-](?:ci|tests?|testing|e2e|codescan|lint|bench)"
    r"|gitpod)[._-]?[^/]*",
    re.IGNORECASE,
)
"""Paths of images and compose files for tests, examples, tools and editors."""

DEVELOPMENT = re.compile(
    r"(?:.*/)?(?:dev|development|local)/.*|(?:.*/)?[^/]*[._-](?:dev|development|local)(?:[._-][^/]*)?", re.IGNORECASE
)
"""Images that are for developing in."""

PRODUCTION = re.compile(r"(?:^|[/._-])(?:prod|production|deploy|deployment|stack|swarm|live|staging|server)[/._-]")
"""Parts of the path of a compose file for a server."""

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


RUNTIMES = (
    ("Python", r"python|uvicorn|conda|pypy|django|/uv\b"),
    ("JavaScript TypeScript", r"\bnode|\bbun\b|deno"),
    ("PHP", r"php|composer|apache|httpd|nginx|laravel|wordpress|drupal|frankenphp|webdevops"),
    ("Ruby", r"ruby|rails|passenger"),
    (
        "Java Kotlin Scala",
        r"jdk|jre|java|temurin|corretto|maven|gradle|tomcat|wildfly|jetty|payara|graalvm|quarkus|liberty",
    ),
    ("C# F#", r"dotnet|aspnet|mono"),
    ("Go", r"golang|\bgo\b"),
)
"""Languages and the base images that run them."""


def images(operations: Operations) -> list[At[Container]]:
    """The Dockerfiles of the application: not those of databases and proxies, tests, examples and tools."""
    files = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    return [item for item in files if not ASIDE.fullmatch(item.path[:300]) and not _is_bought(item.fact)]


def likeliest(files: list[At[Container]], project: Project) -> list[At[Container]]:
    """Dockerfiles with that of the server first: by its base and what it does, then by its folder.

    One that copies nothing, starts nothing and is based on another language's image is a helper, and left out.
    """
    languages = {use.name for use in project.languages if use.role is FileRole.SERVER}
    ranked = [(_strangeness(item.fact, languages), item) for item in files]
    kept = [(strange, item) for strange, item in ranked if strange < 2 or item.fact.copies_source or item.fact.starts]
    kept.sort(key=lambda pair: (pair[0], not pair[1].fact.copies_source, *_place(pair[1].path)))
    return [item for _, item in kept]


def _place(path: str) -> tuple[bool, int, str]:
    """Those to develop in last, then by the folder."""
    return bool(DEVELOPMENT.fullmatch(path[:300])), path.count("/"), path


def _strangeness(image: Container, languages: set[str]) -> int:
    """0 for the base image of a language of the server, 1 for one of none, 2 for one of another language."""
    bases = " ".join(image.bases).lower()[:400]
    found = [names for names, pattern in RUNTIMES if re.search(pattern, bases)]
    if any(not languages.isdisjoint(names.split()) for names in found):
        return 0
    return 2 if found and languages else 1


def compose_files(operations: Operations) -> list[At[Container]]:
    """The compose files outside of examples, tests and tools."""
    return [item for item in operations.containers if item.fact.kind == "compose" and not ASIDE.fullmatch(item.path)]


def is_service(image: str) -> bool:
    """Whether an image is one that stands beside an application: a database, a proxy, a dashboard."""
    return bool(SERVICES.fullmatch(image[:200]))


def _is_bought(image: Container) -> bool:
    """Whether a Dockerfile only dresses a database, a proxy or a dashboard and copies no program."""
    if not image.bases or not is_service(image.bases[-1]):
        return False
    plain = re.search(r"alpine|debian|ubuntu|busybox", image.bases[-1])
    return plain is None or (":" in image.bases[-1][: plain.start()] and not (image.copies_source or image.artifact))
