"""Which databases a repository uses, has for its tests, or names: each case is its files and all of its databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.gather.data.packages import database_of_image, database_of_package
from tests.project import facts_of

CASES = [
    pytest.param(case, id=case["id"])
    for case in yaml.safe_load(Path(__file__).with_name("databases.yml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_roles(case: dict) -> None:
    data = facts_of(case["files"]).data
    assert [f"{item.name} {item.role}" for item in data.databases] == case["databases"]
    if "layers" in case:
        assert [item.name for item in data.layers] == case["layers"]


@pytest.mark.parametrize(
    ("ecosystem", "package", "database"),
    [
        ("pypi", "psycopg2-binary", "PostgreSQL"),
        ("npm", "@elastic/elasticsearch", "Elasticsearch"),
        ("maven", "com.h2database:h2", "H2"),
        ("nuget", "Npgsql.EntityFrameworkCore.PostgreSQL", "PostgreSQL"),
        ("composer", "ext-pdo_mysql", "MySQL"),
        ("rubygems", "mysql2", "MySQL"),
        ("go", "github.com/redis/go-redis/v9", "Redis"),
        ("go", "gopkg.in/mgo.v2", "MongoDB"),
        ("npm", "nest", None),
        ("nuget", "NEST", "Elasticsearch"),
        ("pypi", "pg", None),
    ],
)
def test_packages(ecosystem: str, package: str, database: str | None) -> None:
    assert database_of_package(ecosystem, package) == database


@pytest.mark.parametrize(
    ("image", "database"),
    [
        ("postgres", "PostgreSQL"),
        ("docker.io/library/postgres:15-alpine", "PostgreSQL"),
        ("timescale/timescaledb:latest-pg14", "PostgreSQL"),
        ("mysql/mysql-server:8.0", "MySQL"),
        ("mcr.microsoft.com/mssql/server:2022-latest", "SQL Server"),
        ("docker.elastic.co/elasticsearch/elasticsearch:8.1", "Elasticsearch"),
        ("redis@sha256:abc", "Redis"),
        ("amazon/dynamodb-local", "DynamoDB"),
        ("mongo-express", None),
        ("dpage/pgadmin4", None),
        ("postgrest/postgrest", None),
    ],
)
def test_images(image: str, database: str | None) -> None:
    assert database_of_image(image) == database
