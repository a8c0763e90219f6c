"""What the Java reader gives to the other readers and no kept fact shows: calls, texts, annotations, scopes."""

from __future__ import annotations

import time

import pytest

from reviewer.gather.access import covers
from reviewer.gather.languages.jvm.java import parse
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Call, Items, Module, Name, Text, dotted, plain


def parsed(body: str) -> Module:
    """A file with one class that has one method."""
    return parse(f"class A {{ void m(int p) {{ {body} }} }}".encode(), "java")


def call(module: Module, name: str) -> Call:
    return next(item for item in module.calls if item.name == name)


@pytest.mark.parametrize(
    ("body", "loops"),
    [
        pytest.param("find();", 0, id="none"),
        pytest.param("for (A x : xs) find();", 1, id="for-each"),
        pytest.param("for (A x : find()) {}", 0, id="what-is-iterated-runs-once"),
        pytest.param("for (;;) { while (find()) {} }", 2, id="a-condition-runs-each-time"),
        pytest.param("do { find(); } while (a);", 1, id="do"),
        pytest.param("xs.forEach(x -> find());", 1, id="forEach"),
        pytest.param("xs.stream().filter(x -> x.ok()).map(x -> find()).toList();", 1, id="a-stream"),
        pytest.param("Optional.of(a).map(x -> find());", 0, id="an-optional-is-no-loop"),
        pytest.param("for (;;) { xs.forEach(x -> find()); }", 2, id="a-lambda-in-a-loop"),
        pytest.param("for (;;) { later = () -> find(); }", 0, id="a-function-made-in-a-loop"),
    ],
)
def test_loops_around_a_call(body: str, loops: int) -> None:
    assert call(parsed(body), "find").loops == loops


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("this.repo.save(a);", ["this.repo.save"], id="fields"),
        pytest.param("a.b().c();", ["a.b", ".c"], id="a-chain-in-the-order-it-is-made"),
        pytest.param("f(g());", ["f", "g"], id="arguments-follow-what-they-are-given-to"),
        pytest.param("new Outer.Inner<A>(b);", ["Outer.Inner"], id="constructors-without-their-types"),
        pytest.param("super.b();", ["super.b"], id="super"),
        pytest.param("((Repo) x).find();", ["x.find"], id="casts-are-seen-through"),
        pytest.param("xs[0].go();", [".go"], id="elements"),
    ],
)
def test_names_of_calls(body: str, names: list[str]) -> None:
    assert [item.name for item in parsed(body).calls] == names


@pytest.mark.parametrize(
    ("body", "how", "parts"),
    [
        pytest.param('a = "x\\ty";', "plain", ("x\ty",), id="escapes"),
        pytest.param('a = "x" + "y";', "plain", ("x", "y"), id="constants-joined"),
        pytest.param('a = "x" + b + "y";', "concatenated", ("x", "b", "y"), id="joined"),
        pytest.param(
            'a = String.format("x %s y %2$d z", b, c);', "formatted", ("x ", "b", " y ", "c", " z"), id="format"
        ),
        pytest.param('a = "x %s".formatted(b);', "formatted", ("x ", "b"), id="formatted"),
        pytest.param('a = MessageFormat.format("x {1}", b, c);', "formatted", ("x ", "c"), id="message-format"),
        pytest.param('a = """\n    x\n      y\n    """;', "plain", ("x\n  y\n",), id="text-block"),
    ],
)
def test_texts(body: str, how: str, parts: tuple[str, ...]) -> None:
    (text, function), *others = parsed(body).texts
    assert not others
    assert (text.how, function) == (how, 0)
    assert tuple(part if isinstance(part, str) else dotted(part) for part in text.parts) == parts


@pytest.mark.parametrize(
    ("body", "compared"),
    [
        pytest.param("if (a == b) {}", ("a", "==", "b"), id="identity"),
        pytest.param("if (a.equals(b)) {}", ("a", "==", "b"), id="equals"),
        pytest.param("if (!a.equals(b)) {}", ("a", "!=", "b"), id="not-equals"),
        pytest.param("if (Objects.equals(a, b)) {}", ("a", "==", "b"), id="of-two"),
        pytest.param("if (a instanceof B b) {}", ("a", "instanceof", "B"), id="instanceof"),
        pytest.param("if (!(a == b)) {}", ("a", "==", "b"), id="a-negated-comparison-stays"),
    ],
)
def test_comparisons(body: str, compared: tuple[str, str, str]) -> None:
    (found,) = parsed(body).compares
    assert (dotted(found.left), found.operator, dotted(found.right)) == compared


def test_annotations_are_decorators_and_no_calls() -> None:
    module = parse(
        b'@A @B("x") @C(path = {"y", "z"}, n = @D) class K { @E int f; void m(@F("p") final int a, int... b) {} }',
        "java",
    )
    owner, method = module.classes[0], module.functions[0]
    plain_one, with_value, with_keys = owner.decorators
    assert isinstance(plain_one, Name)
    assert isinstance(with_value, Call)
    assert isinstance(with_keys, Call)
    assert [plain(arg) for arg in with_value.args] == ["x"]
    paths = with_keys.keywords["path"]
    assert isinstance(paths, Items)
    assert [plain(item) for item in paths.values] == ["y", "z"]
    assert [dotted(getattr(item, "callee", item)) for item in method.parameters[0].decorators] == ["F"]
    assert [(item.name, item.type) for item in method.parameters] == [("a", "int"), ("b", "int...")]
    assert [dotted(item) for item in module.assignments[0].decorators] == ["E"]
    assert module.calls == ()


def test_classes_say_what_they_are_generic_over_and_where_they_lie() -> None:
    module = parse(b"package a.b; interface R extends J<User, Long>, K { abstract class S implements T<X> {} }", "java")
    outer, inner = module.classes
    assert module.namespace == "a.b"
    assert (outer.name, outer.kind, inner.name, inner.kind) == ("R", "interface", "R.S", "abstract")
    assert [dotted(base) for base in outer.bases] == ["J", "K"]
    given = outer.keywords["J"]
    assert isinstance(given, Items)
    assert [dotted(item) for item in given.values] == ["User", "Long"]
    assert inner.implements == ("T<X>",)


def test_fields_of_records_and_enumerations() -> None:
    module = parse(b'record P(@Id int x) {} enum E { A("a"), B; String v; }', "java")
    assert [(item.target, item.type, item.owner) for item in module.assignments] == [
        ("x", "int", 0),
        ("A", "", 1),
        ("B", "", 1),
        ("v", "String", 1),
    ]


def test_functions_in_functions_know_what_they_are_given_to() -> None:
    module = parsed("run(() -> go(), new Task() { @Override public void act() { done(); } });")
    method, closure, act = module.functions
    assert [item.name for item in module.functions] == ["m", "<lambda>", "<lambda>"]
    assert (closure.parent, act.parent, act.qualname) == (method.index, method.index, "A.m.act")
    assert [item.function for item in module.calls] == [0, 1, 0, 2]


def test_modifiers_tell_what_has_no_body() -> None:
    module = parse(b"interface I { void a(); default void b() {} static void c() {} }", "java")
    assert [item.modifiers for item in module.functions] == [("bodyless",), ("default",), ("static",)]


@pytest.mark.parametrize("body", ["f(" * 3000 + ")" * 3000, "if (a) {" * 300 + "}" * 300, "a = b" + " + c" * 3000])
def test_nesting_is_bounded(body: str) -> None:
    with pytest.raises(TooDeep):
        parsed(f"{body};")


def test_a_long_line_costs_no_more_than_a_page() -> None:
    started = time.process_time()
    module = parsed('x.y("a" + b);' * 5000)
    assert len(module.calls) == 5000
    assert all(isinstance(text, Text) for text, _ in module.texts)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/users/**", "/users", True),
        ("/users/**", "/users/1/posts", True),
        ("/users/*", "/users", False),
        ("/users/*", "/users/1", True),
        ("/users/*", "/users/1/posts", False),
        ("/**/edit", "/a/b/edit", True),
        ("/**", "/", True),
        ("users/{id}", "/users/{name}", True),
        ("/*.html", "/index.html", True),
        ("/*.html", "/index.json", False),
        ("/a*b*c", "/axbxc", True),
        ("/users", "/user", False),
    ],
)
def test_ant_patterns(pattern: str, path: str, fits: bool) -> None:
    assert covers(pattern, path) is fits
