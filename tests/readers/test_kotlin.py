"""What the Kotlin reader gives to the other readers and no kept fact shows: calls, texts, annotations, scopes."""

from __future__ import annotations

import pytest

from reviewer.gather.languages.jvm import kotlin
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Call, Items, Lambda, Mapping, Module, Text, dotted, plain


def parsed(source: str) -> Module:
    return kotlin.parse(source.encode(), "kotlin")


def call(module: Module, last: str) -> Call:
    return next(item for item in module.calls if item.last == last)


@pytest.mark.parametrize(
    ("source", "loops"),
    [
        pytest.param("fun f() { find() }", 0, id="none"),
        pytest.param("fun f() { for (x in xs) find() }", 1, id="for"),
        pytest.param("fun f() { for (x in find()) { } }", 0, id="what-is-iterated-runs-once"),
        pytest.param("fun f() { while (find()) { } }", 1, id="a-condition-runs-each-time"),
        pytest.param("fun f() { xs.forEach { find(it) } }", 1, id="forEach"),
        pytest.param("fun f() { for (x in xs) { ys.map { find(it) } } }", 2, id="a-lambda-in-a-loop"),
        pytest.param("fun f() { for (x in xs) { transaction { find(x) } } }", 1, id="a-block-that-runs-in-place"),
        pytest.param("fun f() { x.let { find(it) } }", 0, id="let-is-no-loop"),
    ],
)
def test_loops_around_a_call(source: str, loops: int) -> None:
    assert call(parsed(source), "find").loops == loops


@pytest.mark.parametrize(
    ("source", "name", "arguments"),
    [
        pytest.param("val a = get(x) { y }", "get", ["x", Lambda], id="a-trailing-lambda"),
        pytest.param("val a = run { y }", "run", [Lambda], id="a-lambda-alone"),
        pytest.param("val a = x eq y", "x.eq", ["y"], id="infix"),
        pytest.param("val a = b?.c!!.d(e)", "b.c.d", ["e"], id="safe-calls"),
        pytest.param("val a = this.b.c(d)", "this.b.c", ["d"], id="this"),
        pytest.param("val a = (b as C).d(e)", "b.d", ["e"], id="a-cast"),
        pytest.param("val a = b(::c)", "b", ["c"], id="a-function-by-name"),
        pytest.param("val a = b(C::d)", "b", ["C.d"], id="a-method-by-name"),
        pytest.param("val a = b(*c)", "b", ["c"], id="spread"),
    ],
)
def test_calls(source: str, name: str, arguments: list[object]) -> None:
    found = parsed(source).calls[0]
    assert found.name == name
    assert [dotted(item) or type(item) for item in found.args] == arguments


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("fun f() {\n    get<Users>(x)\n}", id="one-argument"),
        pytest.param("fun f() {\n    get<Users> { x }\n}", id="a-block"),
        pytest.param("val a = get<Users>(x, y)", id="two-arguments"),
        pytest.param("val a = get<Users?>(x)", id="nullable"),
        pytest.param("fun f() = get<Users>(x).body", id="in-a-chain"),
    ],
)
def test_type_arguments_are_a_keyword(source: str) -> None:
    types = call(parsed(source), "get").keywords["<>"]
    assert isinstance(types, Items)
    assert dotted(types.values[0]) == "Users"


def test_a_comparison_is_no_call() -> None:
    module = parsed("fun f() = a < b && c > (d)")
    assert not module.calls
    assert [item.operator for item in module.compares] == ["<", ">"]


@pytest.mark.parametrize(
    ("source", "how", "parts"),
    [
        pytest.param(r'val a = "a\n\u0041\$b"', "plain", ("a\nA$b",), id="escapes"),
        pytest.param('val a = "a${b}c$d"', "interpolated", ("a", "b", "c", "d"), id="templates"),
        pytest.param('val a = """a ${b} $c\\n"""', "interpolated", ("a ", "b", " ", "c", "\\n"), id="raw"),
        pytest.param('val a = "a" + b + "c"', "concatenated", ("a", "b", "c"), id="joined"),
        pytest.param('val a = "a" + "b"', "plain", ("ab",), id="joined-constants"),
        pytest.param('val a = "x %s y %d%%".format(b, c)', "formatted", ("x ", "b", " y ", "c", "%"), id="formatted"),
        pytest.param('val a = """\n  a\n""".trimIndent()', "plain", ("\n  a\n",), id="trimmed"),
    ],
)
def test_texts(source: str, how: str, parts: tuple[str, ...]) -> None:
    ((text, _),) = parsed(source).texts
    assert text.how == how
    assert tuple(part if isinstance(part, str) else dotted(part) for part in text.parts) == parts


def test_annotations_are_decorators_and_no_calls() -> None:
    module = parsed('@Entity @Table(name = "u", indexes = [Index("a")]) class U(@field:Id val id: Long, n: Int)')
    entity, table = module.classes[0].decorators
    assert dotted(entity) == "Entity"
    assert isinstance(table, Call)
    assert plain(table.keywords["name"]) == "u"
    assert isinstance(table.keywords["indexes"], Items)
    (field,) = module.assignments
    assert (field.target, field.type, field.owner, field.function) == ("id", "Long", 0, -1)
    assert dotted(field.decorators[0]) == "Id"
    assert not module.calls
    assert not module.texts


def test_collections_are_lists_and_objects() -> None:
    module = parsed('val a = listOf("x", y)\nval b = mapOf("k" to v, "l" to 1)')
    first, second = (item.value for item in module.assignments)
    assert isinstance(first, Items)
    assert isinstance(second, Mapping)
    assert dotted(second.get("k")) == "v"


def test_extension_functions_have_a_receiver_and_lambdas_a_parent() -> None:
    module = parsed("fun Route.users(repo: Repo) { route(x) { get { } } }")
    users, outer, inner = module.functions
    assert [(item.name, item.type) for item in users.parameters] == [("this", "Route"), ("repo", "Repo")]
    assert (outer.name, outer.parent, inner.parent) == ("<lambda>", 0, 1)
    assert [item.function for item in module.calls] == [0, 1]


def test_bases_keep_what_they_are_generic_over() -> None:
    module = parsed("interface Repo : ns.JpaRepository<User, Long>, Named")
    (repo,) = module.classes
    assert [dotted(base) for base in repo.bases] == ["ns.JpaRepository", "Named"]
    types = repo.keywords["ns.JpaRepository"]
    assert isinstance(types, Items)
    assert [dotted(item) for item in types.values] == ["User", "Long"]


def test_values_of_lambdas_and_expression_bodies_are_returned() -> None:
    module = parsed("fun a() = b\nfun c() { d { e } }\nfun f(): Int { return g }")
    assert [dotted(item.value) for item in module.returns] == ["b", "e", "g"]


@pytest.mark.parametrize("source", ["a { " * 300 + "}" * 300, "fun f() { " + "if (a) { " * 300 + "}" * 301])
def test_nesting_is_refused(source: str) -> None:
    with pytest.raises(TooDeep):
        parsed(source)


def test_lines_are_those_of_the_source() -> None:
    module = parsed('val あ = "あ"\n\nfun f() {\n    val x = 1\n    get("/a") { }\n}')
    assert call(module, "get").line == 5
    assert isinstance(module.texts[0][0], Text)
    assert [item.line for item in module.functions] == [3, 5]


@pytest.mark.parametrize(
    ("word", "kind"), [("data", "class"), ("value", "class"), ("annotation", "annotation"), ("sealed", "class")]
)
def test_words_before_a_class_that_may_be_names(word: str, kind: str) -> None:
    module = parsed(
        f"""
        @Table("users")
        {word} class User(@Column("a") val a: Int) {{
            @Target("CLASS") {word} class Part(val b: Array<KClass<*>> = [])
            @Column("c") fun total() = a
            val data = value + inner.operator
        }}
        """
    )
    assert [(item.name, item.kind) for item in module.classes] == [("User", kind), ("User.Part", kind)]
    assert [item.target for item in module.assignments if item.owner == 0] == ["a", "data"]


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param("class C(val a: A) {\n}", id="a-class-with-a-constructor"),
        pytest.param("class C {\n    fun f() {}\n}", id="a-class-without-one"),
        pytest.param("open class C : B() {\n}", id="behind-a-modifier"),
        pytest.param("data class C(val a: Int)", id="a-data-class"),
        pytest.param("interface C {\n    fun f()\n}", id="an-interface"),
        pytest.param("object C {\n}", id="an-object"),
    ],
)
@pytest.mark.parametrize(
    "marks",
    [
        pytest.param('@One\n@Two("/x")\n', id="two"),
        pytest.param('@One @Two("/x")\n', id="on-one-line"),
        pytest.param('@One\n@Two("/x")\n@Three(a = ["(", "b"])\n', id="three"),
        pytest.param('@One\n// why\n@Two(\n    "/x"\n)\n', id="a-comment-between"),
        pytest.param('@One\r\n@Two("/x")\r\n', id="lines-of-windows"),
    ],
)
def test_annotations_below_each_other_stay_with_their_class(marks: str, declared: str) -> None:
    module = parsed(f"{marks}{declared}\n\nclass Other\n")
    found = next(item for item in module.classes if item.name == "C")
    assert [dotted(getattr(item, "callee", item)) for item in found.decorators][:2] == ["One", "Two"]
    assert found.end_line == marks.count("\n") + declared.count("\n") + 1
    assert [item.name for item in module.classes] == ["C", "Other"]


def test_annotations_that_do_not_end_are_left_alone() -> None:
    assert parsed("@One\n@Two(\nclass C\n" + "@A(\n" * 20_000).classes is not None


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        pytest.param('@Resource("/x")\n', "Resource", id="with-a-text"),
        pytest.param('@Suppress("unused") // why\n', "Suppress", id="a-comment-behind-it"),
        pytest.param("@One\n", "One", id="without-arguments"),
    ],
)
@pytest.mark.parametrize("declared", ["class C(val a: A)", "fun C.f() {\n    g()\n}"], ids=["class", "function"])
def test_an_annotation_on_its_own_line_belongs_to_what_follows(mark: str, name: str, declared: str) -> None:
    module = parsed(f"package a\n\n{mark}{declared}\n\nclass Other\n")
    marks = module.functions[0].decorators if declared.startswith("fun") else module.classes[0].decorators
    assert [dotted(getattr(item, "callee", item)) for item in marks] == [name]
    assert all(call.name != name for call in module.calls)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("fun a() {\n    val id = Users.insert { it[b] = c } get Users.id\n}\n", id="an-infix-get"),
        pytest.param('fun a() {\n    val b = $$"c"\n}\n', id="dollars-before-a-text"),
        pytest.param("class A\n(\n    val b: B\n) : C() {\n    fun a() = 1\n}\n", id="a-constructor-below"),
    ],
)
def test_what_the_grammar_errs_at_spoils_nothing(source: str) -> None:
    module = parsed(source + "\nclass Last { fun last() = 1 }\n")
    assert [item.name for item in module.functions if item.name != "<lambda>"] == ["a", "last"]
    assert module.classes[-1].name == "Last"
