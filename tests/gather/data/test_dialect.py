"""The database that a text of SQL gives away."""

from __future__ import annotations

import pytest

from reviewer.gather.data.dialect import dialect_of

NAMED = {
    "create table a (id int identity(1,1));\nGO": "SQL Server",
    "select top 5 getdate() from dbo.a": "SQL Server",
    "create table `a` (id int auto_increment) engine=InnoDB": "MySQL",
    "GRANT ALL ON a.* TO 'u'@'localhost'; FLUSH PRIVILEGES;": "MySQL",
    "create table a (id serial primary key)": "PostgreSQL",
    "select a::text from b where c ilike 'x'": "PostgreSQL",
    "create table a (id integer primary key autoincrement)": "SQLite",
    "create table a (n varchar2(10))": "Oracle",
    "create table a (b Date) engine = MergeTree() order by b": "ClickHouse",
}
UNNAMED = [
    "",
    "select a from b where c = 1",
    "-- auto_increment, engine=InnoDB and `backticks`\nselect 1",
    "/* serial\n plpgsql */ select 1",
    "select ifnull(a, 1) from b",
    "create table a (serialnumber int, identity int)",
    "select 'go' from t",
]


@pytest.mark.parametrize(("text", "database"), NAMED.items(), ids=NAMED)
def test_a_database_is_named(text: str, database: str) -> None:
    assert dialect_of(text).database == database


@pytest.mark.parametrize("text", UNNAMED)
def test_no_database_is_named(text: str) -> None:
    assert dialect_of(text).database is None


def test_the_line_of_the_first_mark() -> None:
    assert dialect_of("-- x\nselect 1;\ncreate table a (id serial);").line == 3
