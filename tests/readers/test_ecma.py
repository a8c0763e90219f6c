"""What the JavaScript and TypeScript readers give to the other readers and no kept fact shows: calls, texts, scopes."""

from __future__ import annotations

import time

import pytest

from reviewer.gather.languages.node import javascript, typescript
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Call, Mapping, Module, Name, dotted, plain


def parsed(source: str, kind: str = "javascript") -> Module:
    parse = javascript.parse if kind == "javascript" else typescript.parse
    return parse(source.encode(), kind)


def call(module: Module, name: str) -> Call:
    return next(item for item in module.calls if item.name == name)


@pytest.mark.parametrize(
    ("source", "loops"),
    [
        pytest.param("find();", 0, id="none"),
        pytest.param("for (const x of xs) find();", 1, id="for-of"),
        pytest.param("for (const x of find()) {}", 0, id="what-is-iterated-runs-once"),
        pytest.param("for (;;) { while (find()) {} }", 2, id="a-condition-runs-each-time"),
        pytest.param("xs.forEach((x) => find(x));", 1, id="forEach"),
        pytest.param("for (;;) { xs.map(function (x) { find(x); }); }", 2, id="a-callback-in-a-loop"),
        pytest.param("promise.then((x) => find(x));", 0, id="then-is-no-loop"),
        pytest.param("for (;;) { const later = () => find(); }", 0, id="a-function-made-in-a-loop"),
    ],
)
def test_loops_around_a_call(source: str, loops: int) -> None:
    assert call(parsed(source), "find").loops == loops


def test_calls_know_how_they_are_made() -> None:
    module = parsed("async function f() { await db.save(); new Model(a, ...b); tag`x${1}`; a?.b?.(); }")
    assert call(module, "db.save").awaited
    assert call(module, "Model").new
    assert len(call(module, "Model").args) == 2
    assert call(module, "a.b").function == 0
    assert module.texts[0][0].how == "tagged"


def test_calls_of_a_chain_come_in_the_order_they_are_made() -> None:
    module = parsed("router.route('/x')\n  .get(list)\n  .post(create);")
    assert [item.name for item in module.calls] == ["router.route", ".get", ".post"]
    assert [getattr(item.callee, "line", 0) for item in module.calls] == [1, 2, 3]


@pytest.mark.parametrize(
    ("source", "how", "parts"),
    [
        pytest.param("'a\\n\\x41\\u{1F600}'", "plain", ("a\nA😀",), id="escapes"),
        pytest.param("`a${b}c`", "interpolated", ("a", "b", "c"), id="template"),
        pytest.param("`a`", "plain", ("a",), id="template-without-parts"),
        pytest.param("'a' + b + 'c' + 'd'", "concatenated", ("a", "b", "c", "d"), id="joined"),
        pytest.param("'a' + 'b'", "plain", ("a", "b"), id="constants-joined"),
        pytest.param("(`a${b}` + 'c') as string", "concatenated", ("a", "b", "c"), id="joined-template"),
    ],
)
def test_texts(source: str, how: str, parts: tuple[str, ...]) -> None:
    module = parsed(f"x = {source};", "typescript")
    assert len(module.texts) == 1
    found = module.texts[0][0]
    assert (found.how, tuple(part if isinstance(part, str) else dotted(part) for part in found.parts)) == (how, parts)


def test_settings_and_wrapped_expressions_are_names() -> None:
    module = parsed("a = process.env['PORT']; b = (x as Y)!.z; c = <T>d; e = f satisfies G;", "typescript")
    assert [dotted(item.value) for item in module.assignments] == ["process.env.PORT", "x.z", "d", "f"]


def test_destructuring_is_split() -> None:
    module = parsed("const { a, b: { c }, ...rest } = req.body; const [first] = xs;")
    assert [(item.target, dotted(item.value)) for item in module.assignments] == [
        ("a", "req.body.a"),
        ("c", "req.body.b.c"),
        ("first", ""),
    ]


def test_object_keys() -> None:
    module = parsed("x = { a: 1, 'b-c': 2, [d]: 3, e, f() {}, ...g };")
    value = module.assignments[0].value
    assert isinstance(value, Mapping)
    assert [plain(key) for key, _ in value.pairs] == ["a", "b-c", None, "e", "f", None]
    assert isinstance(value.get("e"), Name)
    assert value.get("d") is None


def test_members_know_their_class_and_their_callbacks_do_not_belong_to_it() -> None:
    module = parsed("class A { m() { return xs.map((x) => this.n(x)); } f = 1; static { init(); } }")
    method, callback = module.functions
    assert [item.name for item in module.methods_of(module.classes[0])] == ["m"]
    assert (method.owner, method.parent, callback.owner, callback.parent) == (0, -1, -1, 0)
    assert call(module, "this.n").owner == 0
    assert [item.target for item in module.fields_of(module.classes[0])] == ["f"]


def test_documented_by_the_comment_right_before() -> None:
    module = parsed(
        "/** yes */ function a() {}\n// no\nfunction b() {}\n/** yes */\nexport const c = () => {};\n"
        "/** of the constant */ const d = 1; const e = () => {};\nclass F { /** yes */ g() {} h() {} }"
    )
    assert {item.name for item in module.functions if item.documented} == {"a", "c", "g"}


def test_decorators_types_and_parameter_properties() -> None:
    module = parsed(
        "class A { constructor(private readonly s: Svc) {} @Get(':id') async one(@Param('id') id: string, n = 1) {} }",
        "typescript",
    )
    method = module.functions[1]
    assert method.is_async
    assert [dotted(getattr(item, "callee", None)) for item in method.decorators] == ["Get"]
    assert [(item.name, item.type, len(item.decorators)) for item in method.parameters] == [
        ("id", "string", 1),
        ("n", "", 0),
    ]
    assert [(item.target, item.type) for item in module.assignments] == [("this.s", "Svc")]


def test_lines_and_errors() -> None:
    module = parsed("// a\n\n/* b\n c */ x();\nconst s = `\n`;\n")
    assert (module.lines, module.code_lines) == (6, 3)
    assert module.errors == 0
    assert parsed("const = ;\nok();\n").errors == 0.5


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        pytest.param("[" * 200_000, "javascript", id="brackets"),
        pytest.param("a?b:" * 60_000, "javascript", id="ternaries"),
        pytest.param("`${" * 20_000, "javascript", id="templates"),
        pytest.param("type A=[" * 40_000, "typescript", id="types"),
        pytest.param("a+" * 100_000 + "a", "javascript", id="sums"),
        pytest.param("if(a)" * 50_000, "javascript", id="ifs"),
        pytest.param("<a>" * 30_000, "tsx", id="markup"),
        pytest.param("f(1);" * 50_000, "javascript", id="wide"),
    ],
)
def test_hostile_nesting_ends_soon(source: str, kind: str) -> None:
    started = time.process_time()
    try:
        parsed(source, kind)
    except TooDeep as error:
        assert str(error) == "too deep to be read: more levels than the limit of 200"
    assert time.process_time() - started < 5


def test_nesting_up_to_the_guard_is_read() -> None:
    assert len(parsed("(()=>{" * 48 + "})" * 48).functions) == 48
    with pytest.raises(TooDeep):
        parsed("f(" * 150 + ")" * 150)


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("express", "express"),
        ("Router", "express.Router"),
        ("R", "express.Router"),
        ("path.join", "path.join"),
        ("join", "path.join"),
        ("unknown.x", "unknown.x"),
    ],
)
def test_origin_of_a_name(name: str, origin: str) -> None:
    module = parsed(
        "import express, { Router } from 'express'; import * as path from 'path';"
        "const R = express.Router; const { join } = path;"
    )
    assert Names(module).origin(name) == origin
