"""What the C# reader gives to the other readers and no kept fact shows: calls, texts, attributes, scopes."""

from __future__ import annotations

import time

import pytest

from reviewer.gather.languages.dotnet.csharp import read
from reviewer.gather.look import look_at
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Attribute, Call, Items, Mapping, Module, Name, Text, dotted, plain


def parsed(source: str) -> Module:
    return read(source.encode(), "csharp")


def call(module: Module, name: str) -> Call:
    return next(item for item in module.calls if item.name == name)


@pytest.mark.parametrize(
    ("source", "loops"),
    [
        pytest.param("Find();", 0, id="none"),
        pytest.param("foreach (var x in xs) Find();", 1, id="foreach"),
        pytest.param("foreach (var x in Find()) {}", 0, id="what-is-iterated-runs-once"),
        pytest.param("for (;;) { while (Find()) {} }", 2, id="a-condition-runs-each-time"),
        pytest.param("for (var i = Find(); ;) {}", 0, id="a-start-runs-once"),
        pytest.param("xs.ForEach(x => Find());", 1, id="ForEach"),
        pytest.param("await Parallel.ForEachAsync(xs, async (x, t) => Find());", 1, id="Parallel"),
        pytest.param("xs.Select(async x => await Find());", 1, id="asynchronous-Select"),
        pytest.param("xs.Select(x => Find());", 0, id="a-Select-may-be-one-query"),
    ],
)
def test_loops_around_a_call(source: str, loops: int) -> None:
    assert call(parsed(source), "Find").loops == loops


def test_calls_know_how_they_are_made() -> None:
    module = parsed("await db.Save(); var a = new Model<int>(1, b: 2) { C = 3 }; x?.Y?.Go(); services.Add<Db, User>();")
    assert call(module, "db.Save").awaited
    made = call(module, "Model")
    assert made.new
    assert sorted(made.keywords) == ["<>", "C", "b"]
    assert call(module, "x.Y.Go").args == ()
    generics = call(module, "services.Add").keywords["<>"]
    assert isinstance(generics, Items)
    assert [dotted(item) for item in generics.values] == ["Db", "User"]


def test_calls_of_a_chain_come_in_the_order_they_are_made() -> None:
    module = parsed("db.Users.Where(u => u.A)\n  .OrderBy(u => u.B)\n  .ToListAsync();")
    assert [item.name for item in module.calls] == ["db.Users.Where", ".OrderBy", ".ToListAsync"]
    assert isinstance(module.calls[2].callee, Attribute)


def test_a_query_expression_is_its_chain_of_calls() -> None:
    module = parsed("var q = from u in db.Users where u.Id == 3 orderby u.Name descending select new { u.Id };")
    assert [item.name for item in module.calls] == ["db.Users.Where", ".OrderByDescending", ".Select"]


def test_new_without_a_type_takes_the_declared_one() -> None:
    module = parsed("class C { private readonly Db _db = new(); public List<int> Xs { get; } = new(); }")
    assert [item.name for item in module.calls] == ["Db", "List"]


@pytest.mark.parametrize(
    ("source", "how", "parts"),
    [
        pytest.param(r'"a\n\x41\u0042\U0001F600"', "plain", ("a\nAB😀",), id="escapes"),
        pytest.param('@"c:\\""x"""', "plain", ('c:\\"x"',), id="verbatim"),
        pytest.param('"""raw "text\\n" """', "plain", ('raw "text\\n" ',), id="raw"),
        pytest.param('"x"u8', "plain", ("x",), id="bytes"),
        pytest.param('$"a{b}c{{d}}"', "interpolated", ("a", "b", "c{d}"), id="interpolated"),
        pytest.param('$"{b:N2}"', "interpolated", ("b",), id="a-format-is-no-part"),
        pytest.param('$@"a""{b}"', "interpolated", ('a"', "b"), id="verbatim-and-interpolated"),
        pytest.param('$"a{nameof(B.C)}"', "plain", ("aC",), id="nameof-is-text"),
        pytest.param('"a" + b + "c"', "concatenated", ("a", "b", "c"), id="concatenated"),
        pytest.param('"a" + "c"', "plain", ("a", "c"), id="constants-alone"),
        pytest.param(
            'string.Format("a {0} {{x}} {1:N}", b, c)', "formatted", ("a ", "b", " {x} ", "c"), id="formatted"
        ),
        pytest.param('string.Concat("a", b)', "concatenated", ("a", "b"), id="Concat"),
    ],
)
def test_texts(source: str, how: str, parts: tuple[str, ...]) -> None:
    module = parsed(f"var x = {source};")
    text = module.assignments[0].value
    assert isinstance(text, Text)
    assert text.how == how
    assert tuple(part if isinstance(part, str) else dotted(part) for part in text.parts) == parts
    assert module.texts[-1][0] is text


def test_what_a_formattable_string_holds_is_left_to_whoever_binds_it() -> None:
    module = parsed('FormattableString a = $"x {b}"; string c = $"x {b}";')
    assert [item.value.how for item in module.assignments if isinstance(item.value, Text)] == ["tagged", "interpolated"]


def test_attributes_with_names_arrays_and_types() -> None:
    module = parsed(
        '[Table("t", Schema = "s"), KeyAttribute]\nclass C { [Roles(new[] { "a", "b" })] void M([FromBody] int a) { } }'
    )
    table, key = module.classes[0].decorators
    assert isinstance(table, Call)
    assert plain(table.args[0]) == "t"
    assert plain(table.keywords["Schema"]) == "s"
    assert key == Name("Key", 1)
    roles = module.functions[0].decorators[0]
    assert isinstance(roles, Call)
    assert isinstance(roles.args[0], Items)
    assert dotted(module.functions[0].parameters[0].decorators[0]) == "FromBody"


def test_objects_collections_and_dictionaries() -> None:
    module = parsed(
        'var a = new { x.B, C = 1 }; int[] b = [1, 2]; var c = new Dictionary<string, int> { ["k"] = 1, { "l", 2 } };'
    )
    given, listed, made = (item.value for item in module.assignments)
    assert isinstance(given, Mapping)
    assert [plain(key) for key, _ in given.pairs] == ["B", "C"]
    assert isinstance(listed, Items)
    assert len(listed.values) == 2
    assert isinstance(made, Call)
    assert isinstance(made.args[0], Mapping)
    assert [plain(key) for key, _ in made.args[0].pairs] == ["k", "l"]


def test_fields_properties_and_primary_parameters_are_assignments_of_their_class() -> None:
    module = parsed(
        'class C(Db db) { int a = 1, b; [Key] public string? P { get; set; } public int Q => 3; const string R = "r"; }'
    )
    owner = module.classes[0]
    assert [(item.target, item.type) for item in module.fields_of(owner)] == [
        ("db", "Db"), ("a", "int"), ("b", "int"), ("P", "string?"), ("Q", "int"), ("R", "string"),
    ]  # fmt: skip


def test_what_a_pattern_a_loop_and_a_tuple_declare() -> None:
    module = parsed("if (x is User u) { } foreach (var (a, b) in xs) { } var (c, d) = (1, 2); Try(out var e);")
    assert [item.target for item in module.assignments] == ["u", "a", "b", "c", "d", "e"]


def test_comparisons_with_operators_and_patterns() -> None:
    module = parsed("var x = a == b && c is not null && d is User;")
    assert [(dotted(item.left), item.operator) for item in module.compares] == [
        ("a", "=="),
        ("c", "is not"),
        ("d", "is"),
    ]


def test_entries_are_given_by_their_key() -> None:
    module = parsed('headers["X-Own"] = "1"; options.Value["a"]["b"] = 2; list[0] = 3;')
    assert [item.target for item in module.assignments] == ['headers["X-Own"]']


def test_documentation_belongs_to_what_follows_it() -> None:
    module = parsed(
        "class C {\n/// <summary>\n/// Adds.\n/// </summary>\n[X]\nvoid A() { }\n// no doc\nvoid B() { }\n}"
    )
    first, second = module.functions
    assert (first.documented, first.doc) == (True, "<summary>\nAdds.\n</summary>")
    assert first.line == 6
    assert not second.documented


def test_lambdas_lie_in_the_function_that_gives_them_away() -> None:
    module = parsed("class C { void M() { Go(x => { Inner(); }); } }")
    method, given = module.functions
    assert (given.name, given.parent, given.owner) == ("<lambda>", method.index, -1)
    assert call(module, "Inner").function == given.index
    assert look_at(module).owner(given.index) == 0


def test_modifiers_say_what_other_readers_ask() -> None:
    module = parsed("public abstract class C<T> { public static int A() => 1; public abstract void B(); }")
    assert module.classes[0].modifiers == ("public", "abstract", "generic")
    assert [item.modifiers for item in module.functions] == [("public", "static"), ("public", "abstract", "bodyless")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("class C { int a = " + "(" * 5000 + "1" + ")" * 5000 + "; }", id="parentheses"),
        pytest.param("class C { void M() { " + "if (a) {" * 3000 + "}" * 3000 + " } }", id="blocks"),
        pytest.param("var a = " + "b + " * 5000 + "c;", id="sums"),
        pytest.param("var a = b" + ".C()" * 5000 + ";", id="chains"),
    ],
)
def test_deep_nesting_is_refused(source: str) -> None:
    with pytest.raises(TooDeep):
        parsed(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('var a = "' + "x" * 60_000 + '";', id="a-long-text"),
        pytest.param('var a = $"' + "{{" * 30_000 + '";', id="braces"),
        pytest.param(
            '[Route("' + "{a:regex(" * 6_000 + '")] class C : ControllerBase { [HttpGet] public void A() { } }',
            id="a-template",
        ),
        pytest.param('string.Format("' + "{0}" * 20_000 + '", a);', id="placeholders"),
        pytest.param("class C { " + "[A] public int B { get; set; } " * 2_000 + "}", id="many-members"),
        pytest.param("\x00\xff// \n" * 3_000, id="noise"),
    ],
)
def test_long_input_is_read_in_linear_time(source: str) -> None:
    from reviewer.gather.read import read_file

    start = time.process_time()
    read_file("csharp", source.encode())
    assert time.process_time() - start < 3
