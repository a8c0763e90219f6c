"""PHP that nobody wrote in good faith: read, or refused in words, and never slow, never raising anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.gather.languages.php._annotations import annotations_of
from reviewer.gather.languages.php.php import PHP
from reviewer.gather.read import read_file
from reviewer.gather.reader import TooDeep

SECONDS = 3.0

REFUSED = {
    "brackets": "<?php $a = " + "(" * 20_000 + "1" + ")" * 20_000 + ";",
    "arrays": "<?php $a = " + "[" * 20_000 + "]" * 20_000 + ";",
    "calls": "<?php $a" + "->b()" * 20_000 + ";",
    "blocks": "<?php " + "if (1) {" * 300 + "}" * 300,
}
READ = {
    "open brackets": "<?php $app->get('" + "(" * 60_000 + "', function () {});",
    "open braces in a path": "<?php $app->get('/" + "{a:" * 20_000 + "', function () {});",
    "optional parts": "<?php $app->get('/a" + "[/b" * 5_000 + "]" * 5_000 + "', function () {});",
    "an open annotation": "<?php /** @Route(" + '"a",{' * 10_000 + " */ function f() {}",
    "an open doc comment": "<?php /** @A(" * 5_000,
    "placeholders": "<?php $a = sprintf('" + "%s" * 30_000 + "', $b);",
    "one long line": "<?php $a = '" + "x" * 60_000 + "'; mysqli_query($c, $a . $_GET['b']);",
    "one long DSN": "<?php new PDO('mysql:" + " " * 60_000 + "host=a');",
    "headers": "<?php " + "header('Access-Control-Allow-Methods: " + "GET," * 10_000 + "');",
    "open strings": '<?php $a = "{$b' * 5_000,
    "tags": "<?= $a ?>" * 5_000,
    "routes without end": "<?php " + "$r->get('/a', 'B@c');" * 2_000,
    "tables of routes": "<?php $routes = [" + "'/a' => 'b.php'," * 5_000 + "];",
    "comparisons": "<?php $u = $_SERVER['REQUEST_URI'];" + "if ($u == '/a') {}" * 2_000,
    "groups in groups": "<?php " + "$app->group('/a', function () use ($app) {" * 30 + "});" * 30,
    "names that stand for one another": "<?php $a = $b; $b = $a; mysqli_query($c, \"select * from x where y = '$a'\");",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_what_nests_too_deep_is_refused(source: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooDeep):
        PHP.parse(source.encode(), "php")
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("source", READ.values(), ids=READ)
def test_everything_else_is_read_in_time(source: str) -> None:
    begun = time.process_time()
    read_file("php", source.encode())
    assert time.process_time() - begun < SECONDS


PIECES = [
    *("<?php ", "?>", "$a", "->b", "::", "(", ")", "[", "]", "{", "}", "'", '"', ";", "function ", "class A ", "=>"),
    *("/** @B(", "*/", "get('/x'", "match", "<<<X\n", "\n", "#[", "use ", "\\", "$_GET['a']", "new ", "fn() ", "echo "),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_source_raises(source: str) -> None:
    read_file("php", source.encode())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='@A(){}[]=,:"\\ \n1', max_size=200))
def test_no_comment_raises(doc: str) -> None:
    annotations_of(doc, 1)
