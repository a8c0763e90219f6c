"""Databases by URL and by the words of settings."""

from __future__ import annotations

import pytest

from reviewer.gather.data.driver_table import driver_of
from reviewer.gather.data.names import database_of_driver, database_of_url

URLS = {
    "postgresql+psycopg2://u:p@h/db": "PostgreSQL",
    "postgres://h/db": "PostgreSQL",
    "mysql+mysqldb://u@h/db": "MySQL",
    "sqlite:///x.db": "SQLite",
    "sqlite::memory:": "SQLite",
    "mssql+pyodbc://h/db": "SQL Server",
    "jdbc:mysql://h/db": "MySQL",
    "jdbc:h2:mem:x": "H2",
    "mongodb+srv://u:p@h/db": "MongoDB",
    "rediss://h": "Redis",
}
NO_URLS = ["", "https://h/db", "postgresql", "mysql is a database: see", "file:./dev.db", "x://", "about:blank"]
SETTINGS = {"pg": "PostgreSQL", "mysql2": "MySQL", "django.db.backends.sqlite3": "SQLite", "postgresql": "PostgreSQL"}
MODULES = [
    ("Python", "psycopg2.extras", "PostgreSQL"),
    ("Python", "mysql.connector.pooling", "MySQL"),
    ("Python", "cassandra.cluster", "Cassandra"),
    ("JavaScript", "mysql2/promise", "MySQL"),
    ("JavaScript", "node:sqlite3", "SQLite"),
    ("Python", "mysql", None),
    ("Python", "redistribute", None),
    ("Ruby", "pg", "PostgreSQL"),
    ("Perl", "pg", None),
]


@pytest.mark.parametrize(("url", "database"), URLS.items(), ids=URLS)
def test_url(url: str, database: str) -> None:
    assert database_of_url(url) == database


@pytest.mark.parametrize("text", NO_URLS)
def test_no_url(text: str) -> None:
    assert database_of_url(text) is None


@pytest.mark.parametrize(("word", "database"), SETTINGS.items(), ids=SETTINGS)
def test_settings(word: str, database: str) -> None:
    assert database_of_driver(word) == database


@pytest.mark.parametrize(("language", "module", "database"), MODULES)
def test_driver(language: str, module: str, database: str | None) -> None:
    found = driver_of(language, module)
    assert (found.database if found else None) == database
