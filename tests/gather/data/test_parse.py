"""The guards before the SQL parser: what would take it long is refused, and said."""

from __future__ import annotations

import time

import pytest

from reviewer.gather.data.parse import Limit, Parser
from reviewer.gather.data.sqlfile import read_sql
from reviewer.model.facts.file import FileFacts

SECONDS = 6.0
REFUSED = {
    "parentheses": "select " + "(" * 20_000 + "1" + ")" * 20_000,
    "unions": " union ".join(["select 1"] * 40_000),
    "conditions": "select 1 where " + " or ".join(["a = 1"] * 40_000),
    "joins without conditions": "select * from a " + "join b " * 30,
    "types in types": "select " + "varchar(" * 20 + ")" * 20,
}
FAILED = {
    "denials": "select " + "not " * 7_000 + "1",
    "cases": "select " + "case when 1 then " * 1_500,
    "signs": "select " + "- " * 9_000 + "1",
    "nonsense": "select from where",
    "brackets": "select " + "[" * 14,
}
FILES = {
    **REFUSED,
    **FAILED,
    "many dear statements": ("select * from a " + "join b " * 10 + ";\n") * 3_000,
    "rows": "insert into t values (1, 'x');\n" * 30_000,
    "one long insert": "insert into t values " + ",".join(["(1, 'x')"] * 100_000),
    "tables": "".join(f"create table t{number} (id int);" for number in range(20_000)),
    "a quote that never ends": "select '" + "a " * 40_000,
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_past_a_limit(text: str) -> None:
    with pytest.raises(Limit):
        Parser().parse(text)


@pytest.mark.parametrize("text", FAILED.values(), ids=FAILED)
def test_no_statement_of_any_dialect(text: str) -> None:
    assert Parser().parse(text) is None


def test_the_budget_of_one_file() -> None:
    parser = Parser(left=100)
    assert parser.parse("select 1 from t") is not None
    with pytest.raises(Limit, match="past the limit"):
        for _ in range(10):
            parser.parse("select 1 from t")


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_hostile_files_are_read_in_time_and_named(text: str) -> None:
    started = time.process_time()
    facts = read_sql(text, FileFacts(kind="sql"))
    assert time.process_time() - started < SECONDS
    assert facts.problems or facts.statements


def test_what_is_cut_from_a_dump_is_counted() -> None:
    facts = read_sql("insert into t values (1);\n" * 50, FileFacts(kind="sql"))
    assert len(facts.statements) == 20
    assert facts.problems == ("30 further inserts of rows were counted but not kept",)
