"""Python that nobody wrote in good faith: read, or refused in words, and never slow, never raising anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.gather.frameworks.python._regex_paths import plain_path
from reviewer.gather.languages.python.python import PYTHON
from reviewer.gather.reader import TooDeep
from reviewer.gather.registry import readers

SECONDS = 2.0

REFUSED = {
    "parentheses": "(" * 100_000 + ")" * 100_000,
    "not": "not " * 50_000 + "x",
    "attributes": "a" + ".b" * 100_000,
    "calls": "f" + "()" * 100_000,
    "sum": "a" + "+b" * 100_000,
    "blocks": "".join(" " * depth + "if x:\n" for depth in range(300)),
}
READ = {
    "open parentheses": "(" * 100_000,
    "open f-strings": 'f"{' * 20_000,
    "percents": 'x = "' + "%(" * 30_000 + '" % a',
    "braces": 'x = "' + "{" * 60_001 + '".format(a)',
    "one long list": "x = " + '"a",' * 60_000,
    "elifs": "if a: pass\n" + "elif b: pass\n" * 10_000,
    "names": "a" + " < b" * 50_000,
    "no text": bytes(range(1, 256)).decode("latin-1") * 200,
    "surrogate escapes": 'x = "\\ud800\\U00110000\\400"',
    "unfinished": "class A(\n def",
    "nearly too deep": "[" * 195 + "]" * 195,
    "nearly too deep calls": "f(" * 97 + ")" * 97,
    "nearly too deep choice": "1 if 1 else " * 190 + "1",
    "loops in one another": "".join(" " * depth + f"for v{depth} in x, y, z:\n" for depth in range(80))
    + " " * 81
    + f"app.route({', '.join(f'v{depth}' for depth in range(80))})",
    "a long table": "x = [" + "('/a', b)," * 3_000 + "]\nfor a, b in x:\n    app.route(a, b)\n",
    "many tables": "for a, b in ((1, 2), (3, 4)): app.route(a, b)\n" * 2_000,
    "constants of one another": "def f():\n"
    + "".join(f"  a{n} = f'{{a{n - 1}}}x'\n  app.route(a{n})\n" for n in range(2_000)),
    "nearly too deep functions": "".join(" " * depth + "def x():\n" for depth in range(96)) + " " * 97 + "x",
}


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in REFUSED.items()])
def test_nesting_past_the_guard_is_refused_at_once(source: str) -> None:
    start = time.process_time()
    with pytest.raises(TooDeep, match="more levels than the limit of 200"):
        PYTHON.parse(source.encode(), "python")
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in READ.items()])
def test_strange_source_is_read_in_time(source: str) -> None:
    start = time.process_time()
    module = PYTHON.parse(source.encode(), "python")
    assert PYTHON.declared is not None
    assert len(PYTHON.declared(module).functions) == len(module.functions)
    assert time.process_time() - start < SECONDS
    assert 0 <= module.errors <= 1


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "@app.route(",
            '"/x"',
            "urlpatterns = [",
            "path(",
            "include(",
            ")",
            "]",
            "def f(",
            "class A(",
            ":\n  ",
            "\n",
            "*",
            "router.register(",
            "Depends(",
            "f'{",
            "}'",
            "%",
            ".format(",
            "lambda x: ",
            "import flask, fastapi, django, cherrypy\n",
            "cherrypy.tree.mount(",
            "x = ",
            ", ",
            "methods=",
            "[",
            "try:\n  x\nexcept ",
            "return ",
            "await ",
            "  ",
        ]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS)
def test_no_reader_raises_on_fragments(parts: list[str]) -> None:
    from reviewer.gather.reader import Kept

    module = PYTHON.parse("".join(parts).encode(), "python")
    for reader in readers("Python"):
        reader.read(module, Kept())


PATTERNS = {
    r"^articles/(?P<slug>[-\w]+)/comments/(?P<pk>[\d]+)/?$": "articles/{slug}/comments/{pk}/",
    r"^$": "",
    r"^a/(\d+)/$": "a/{param}/",
    r"^sitemap\.xml$": "sitemap.xml",
    r"^(?:v1/)?users/(?P<x>(a|b)+)$": "users/{x}",
    r"^(?:a|b)/c": "a/c",
    r"^blog/(?P<y>\d{4})/(?P<m>[0-9]{2})/\Z": "blog/{y}/{m}/",
    r"^files/.*$": "files/{param}",
    r"^a/[\w-]+/b": "a/{param}/b",
    r"^x(?P<format>\.(json|api))?$": "x",
    r"^a/(?=b)": "a/",
    "a(": "a{param}",
    "[": "{param}",
    "\\": "\\",
}


@pytest.mark.parametrize(("pattern", "path"), PATTERNS.items(), ids=PATTERNS.keys())
def test_regular_expressions_as_paths(pattern: str, path: str) -> None:
    assert plain_path(pattern) == path


@pytest.mark.parametrize("pattern", ["(" * 60_000, "(?:" * 20_000, "a?" * 30_000, "a{" * 30_000, "(?:a|" * 3_000])
def test_regular_expressions_are_read_in_one_pass(pattern: str) -> None:
    start = time.process_time()
    plain_path(pattern)
    assert time.process_time() - start < SECONDS
