"""What dbt is told to test of its models: ``unique``, ``relationships`` and the like, in the YAML beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.documents import _trees
from reviewer.gather.documents._trees import Tree, line_of, mapping
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.tests import TestCase, TestFile

DBT = "dbt"
RESOURCES = ("models", "seeds", "snapshots", "sources")
TESTS = ("data_tests", "tests")
UNIT_TESTS = "unit_tests"
RESOURCE = re.compile(r"^(?:models|seeds|snapshots|sources|unit_tests):[ \t]*$", re.MULTILINE)
TESTED = re.compile(r"^[ \t]{1,40}(?:data_tests|tests):|^unit_tests:", re.MULTILINE)
NAME = re.compile(r"[A-Za-z_][\w.]*")
CASES_MOST = 2_000


def read_dbt(source: str, base: FileFacts) -> FileFacts:
    """The tests that a file of properties declares; any other YAML is left as it is."""
    if not (RESOURCE.search(source) and TESTED.search(source)):
        return base
    tree = mapping(load_yaml(source).tree)
    cases: list[TestCase] = []
    for group in RESOURCES:
        for item in _list(tree.get(group)):
            for owner in (item, *_list(mapping(item).get("tables"))):
                cases += _cases_of(mapping(owner))
    for item in _list(tree.get(UNIT_TESTS)):
        named = mapping(item)
        if "expect" in named:
            cases.append(_case(_text(named.get("name")), line_of(named.get("name"))))
    if not cases:
        return base
    return msgspec.structs.replace(
        base, tests=TestFile(cases=tuple(cases[:CASES_MOST]), libraries=(DBT,), database=True)
    )


def _cases_of(owner: dict[str, Tree]) -> Iterator[TestCase]:
    """The tests of a model and of its columns."""
    name = _text(owner.get("name"))
    for test, line in _tests(owner):
        yield _case(f"{name}.{test}", line)
    for column in _list(owner.get("columns")):
        described = mapping(column)
        for test, line in _tests(described):
            yield _case(f"{name}.{_text(described.get('name'))}.{test}", line)


def _tests(described: dict[str, Tree]) -> Iterator[tuple[str, int]]:
    """Each test by its name, alone or with its arguments, and its line."""
    for key in TESTS:
        for item in _list(described.get(key)):
            name = next(iter(mapping(item)), "") if isinstance(item, dict) else _text(item)
            above = next((key for key in item if isinstance(key, str)), None) if isinstance(item, dict) else item
            if NAME.fullmatch(name[:200]):
                yield str(name), line_of(above, line_of(described.get("name")))


def _case(name: str, line: int) -> TestCase:
    return TestCase(name=str(name), framework=DBT, line=line, end_line=line, assertions=1)


def _list(value: Tree) -> list[Tree]:
    return value if isinstance(value, list) else []


def _text(value: Tree) -> str:
    return str(_trees.text(value))


DBT_TESTS = DocumentReader("dbt", ("yaml",), read_dbt)
