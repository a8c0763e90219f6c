"""The loaders: what they keep, and what strangers write to break them. None may raise; each says what was wrong."""

from __future__ import annotations

import time

import pytest

from reviewer.gather.documents._ini import load_ini
from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._toml import load_toml
from reviewer.gather.documents._trees import LineFinder, branches, line_of
from reviewer.gather.documents._xml import load_xml
from reviewer.gather.documents._yaml import load_yaml

SECONDS = 2.0


def laughs(levels: int, wide: int) -> str:
    """A YAML document that unfolds to ``wide ** levels`` values."""
    lines = ['a0: &a0 ["x"]']
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * wide)}]" for i in range(1, levels + 1)]
    return "\n".join(lines) + "\n"


YAML_REFUSED = {
    "billion laughs": (laughs(10, 10), "left out: YAML with more values than the limit of 60,000"),
    "few aliases that multiply": (laughs(24, 2), "left out: YAML with more values than the limit of 60,000"),
    "many aliases": ("a: &a 1\nb: [" + "*a, " * 60 + "]\n", "left out: YAML with more aliases than the limit of 50"),
    "deep flow lists": ("[" * 30_000, "left out: YAML with nesting deeper than 60"),
    "deep block lists": ("- " * 20_000 + "x", "left out: YAML with nesting deeper than 60"),
    "deep keys": ("? " * 20_000, "left out: YAML with nesting deeper than 60"),
    "too large": ("a" * 300_000, "left out: YAML over the limit of 256 kB"),
    "broken": ("a: [1\nb: {\n", "could not parse: not valid YAML at line 2"),
    "directives": ("%YAML 9.9\n---\n" * 9999, "could not parse: not valid YAML at line 1"),
    "undecodable escape": ('"\\ud800"', "could not parse: not valid YAML at line 1"),
}


@pytest.mark.parametrize("case", YAML_REFUSED)
def test_yaml_refuses(case: str) -> None:
    source, problem = YAML_REFUSED[case]
    start = time.process_time()
    loaded = load_yaml(source)
    assert (loaded.problem, loaded.tree) == (problem, None)
    assert time.process_time() - start < SECONDS


YAML_KEPT = {
    "on is no boolean": ("on: yes\n", {"on": "yes"}),
    "times are no numbers": ("a: 12:30:45\n", {"a": "12:30:45"}),
    "dates stay text": ("a: 2020-99-99\n", {"a": "2020-99-99"}),
    "tags do nothing": ('!!python/object/apply:os.system ["x"]\n', ["x"]),
    "merge keys": ("a: &a {k: 1, l: 2}\nb: {<<: *a, k: 3}\n", {"a": {"k": "1", "l": "2"}, "b": {"k": "3", "l": "2"}}),
    "a loop reads as empty": ("&a [*a]", [""]),
    "twin keys, last wins": ("a: 1\na: 2\n", {"a": "2"}),
    "comments": ("# a: 1\n", None),
}


@pytest.mark.parametrize("case", YAML_KEPT)
def test_yaml_keeps(case: str) -> None:
    source, tree = YAML_KEPT[case]
    loaded = load_yaml(source)
    assert (loaded.tree, loaded.problem) == (tree, None)


def test_yaml_knows_lines_of_keys_values_and_blocks() -> None:
    tree = load_yaml("a:\n  b: c\n  d: |\n    e\n").tree
    assert isinstance(tree, dict)
    inner = tree["a"]
    assert [(str(key), line_of(key), line_of(value), value.block) for key, value in inner.items()] == [
        ("b", 2, 2, False),
        ("d", 3, 3, True),
    ]


def test_yaml_reads_every_document_up_to_a_limit() -> None:
    assert load_yaml("a: 1\n---\nb: 2\n").documents == ({"a": "1"}, {"b": "2"})
    assert load_yaml("---\n" * 60_000).problem == "cut after 200 YAML documents"


JSON_REFUSED = {
    "deep lists": "[" * 300_000,
    "deep objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "not a number": '{"name": NaN}',
    "huge exponent": '{"version": 1e999999}',
    "huge number": '{"name": ' + "9" * 500_000 + "}",
    "lone surrogate": '{"name": "\\ud800"}',
    "cut": '{"name": ',
}


@pytest.mark.parametrize("case", JSON_REFUSED)
def test_json_refuses(case: str) -> None:
    start = time.process_time()
    assert load_json(JSON_REFUSED[case]).problem == "could not parse: not valid JSON"
    assert time.process_time() - start < SECONDS


def test_json_of_nothing_and_of_too_much() -> None:
    assert load_json(" \n").problem == "could not parse: empty where JSON is expected"
    assert load_json('"' + "a" * (1 << 20) + '"').problem == "left out: JSON over the limit of 1024 kB"
    assert load_json("null").problem is None


TOML_REFUSED = {
    "dotted key": ".".join("a" * 60_000) + " = 1\n",
    "many dotted keys": "a.b.c.d = 1\n" * 900,
    "deep arrays": "a = " + "[" * 20_000 + "]" * 20_000 + "\n",
    "spaced deep arrays": "a = " + "[ " * 20_000,
    "deep tables": "a={b=" * 30_000,
    "huge number": "a = " + "9" * 200_000,
    "impossible date": "y = 9999-99-99\n",
    "too large": "#" * 300_000,
}


@pytest.mark.parametrize("case", TOML_REFUSED)
def test_toml_refuses(case: str) -> None:
    start = time.process_time()
    loaded = load_toml(TOML_REFUSED[case])
    assert loaded.tree is None
    assert loaded.problem is not None
    assert time.process_time() - start < SECONDS


XML_REFUSED = {
    "entities": ('<!DOCTYPE p [<!ENTITY a "x">]><p>&a;</p>', "left out: XML that declares entities"),
    "foreign entities": (
        '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>',
        "left out: XML that declares entities",
    ),
    "deep": ("<a>" * 200_000, "left out: XML nested deeper than 60"),
    "wide": ("<a>" + "<b/>" * 60_000 + "</a>", "left out: XML with more elements than the limit of 50,000"),
    "cut": ("<a>\n<b>", "could not parse: not valid XML at line 2"),
    "empty": ("", "could not parse: not valid XML at line 1"),
}


@pytest.mark.parametrize("case", XML_REFUSED)
def test_xml_refuses(case: str) -> None:
    source, problem = XML_REFUSED[case]
    assert load_xml(source) == (None, problem)


def test_xml_keeps_lines_and_drops_prefixes() -> None:
    root, problem = load_xml('<?xml version="1.0" encoding="utf-16"?>\n<x:a n:k="1">\n <b> é </b><b/></x:a>')
    assert problem is None
    assert root is not None
    assert (root.tag, root.attributes, root.line) == ("a", {"k": "1"}, 2)
    assert [(item.line, item.text.strip()) for item in root.all("b")] == [(3, "é"), (3, "")]
    assert (root.child_text("b"), root.child("c")) == ("é", None)


def test_ini_reads_values_of_several_lines() -> None:
    sections = load_ini("a = 1\n[x]\n; note\nk: v=w\nmany =\n  one\n  two\n[tox\n")
    assert sections == {"": {"a": ["1"]}, "x": {"k": ["v=w"], "many": ["one", "two"]}, "tox": {}}
    assert [line_of(item) for item in sections["x"]["many"]] == [6, 7]


def test_branches_stop_at_a_count() -> None:
    tree: object = {"a": {}}
    for _ in range(40):
        tree = {"l": tree, "r": tree}
    assert sum(1 for _ in branches(tree)) <= 60_000


def test_line_finder_goes_on_where_it_was() -> None:
    lines = LineFinder("a\n[x]\na\nb\na\n", "[x]")
    assert [lines.find(word) for word in ("a", "b", "a", "missing", "a")] == [3, 4, 5, 5, 5]
