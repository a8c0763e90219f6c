"""What the Go reader hands to other readers but keeps of no file: calls, texts, fields with their tags, comparisons."""

from __future__ import annotations

import pytest

from reviewer.gather.languages.go.go import GO
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Number, Text, dotted


def read(body: str) -> Module:
    return GO.parse(f"package main\n{body}".encode(), "go")


def shown(expr: Expr | None) -> str:
    """An expression in few letters."""
    if expr is None:
        return "-"
    if isinstance(expr, Text):
        return "'" + "".join(part if isinstance(part, str) else f"<{shown(part)}>" for part in expr.parts) + "'"
    if isinstance(expr, Call):
        named = [f"{key}={shown(value)}" for key, value in expr.keywords.items()]
        return f"{dotted(expr.callee)}({', '.join([*map(shown, expr.args), *named])})"
    if isinstance(expr, Items):
        return f"[{', '.join(map(shown, expr.values))}]"
    if isinstance(expr, Mapping):
        return "{" + ", ".join(f"{shown(key)}: {shown(value)}" for key, value in expr.pairs) + "}"
    if isinstance(expr, Number):
        return expr.text
    return expr.dotted if isinstance(expr, Name) else f"{expr.kind}({', '.join(map(shown, expr.operands))})"  # type: ignore[union-attr]


VALUES = {
    "a plain text, raw or escaped": ('var x = `a"b` + "c\\n"', "'a\"bc\n'"),
    "a text with a name in it": ('var x = "a" + b.c + "d"', "'a<b.c>d'"),
    "Sprintf gives its text": ('var x = fmt.Sprintf("/v%d/%s?%v%%", 1, name, "k")', "'/v1/<name>?k%'"),
    "a number that is put in is marked": ('var x = fmt.Sprintf("LIMIT %d", n)', "'LIMIT <int(n)>'"),
    "Sprintf of an unknown format stays a call": ("var x = fmt.Sprintf(format, n)", "fmt.Sprintf(format, n)"),
    "bytes of a text are the text": ('var x = []byte("key")', "'key'"),
    "a conversion is a call": ("var x = UserID(7)", "UserID(7)"),
    "an address is what it leads to": ("var x = &User{}", "User()"),
    "a struct is a call of its type": ('var x = User{Name: "a", Age: 1}', "User(Name='a', Age=1)"),
    "a struct without names": ('var x = Route{"GET", "/x", h}', "Route('GET', '/x', h)"),
    "a list of structs": ('var x = []*Route{{"GET", h}, {Path: "/"}}', "[Route('GET', h), Route(Path='/')]"),
    "an unnamed struct knows its fields": ('var x = []struct{ a, b string }{{"1", "2"}}', "[struct(a='1', b='2')]"),
    "a map": ('var x = map[string]User{"a": {Name: "b"}}', "{'a': User(Name='b')}"),
    "a named map": ('var x = gin.H{"a": 1}', "{'a': 1}"),
    "a map by a name of this file": ("type T map[string]int\nvar x = T{k: 1}", "{k: 1}"),
    "a chain of calls": ('var x = db.Where("a = ?", 1).First(&u)', ".First(u)"),
    "type arguments": ("var x = Map[string](a)", "Map(a, <>=[string])"),
    "an assertion of a type": ("var x = v.(string)", "type_assertion(v)"),
    "an element of a map": ('var x = vars["id"]', "subscript(vars, 'id')"),
    "a negative number": ("var x = -1", "-1"),
}


@pytest.mark.parametrize(("source", "expected"), VALUES.values(), ids=VALUES.keys())
def test_values(source: str, expected: str) -> None:
    found = next(item for item in read(source).assignments if item.target == "x")
    assert shown(found.value) == expected


CALLS = {
    "loops of the same function": (
        "func f() {\nfor _, a := range g() {\nh(a)\nfor i() {\nj()\n}\n}\n}",
        ["g @3 in f", "h @4 loops=1 in f", "i @5 loops=2 in f", "j @6 loops=2 in f"],
    ),
    "a closure called in place is in the loop around it": (
        "func f() {\nfor {\ngo func() { g() }()\n}\n}",
        [" @4 loops=1 in f", "g @4 loops=1 in f.<lambda>"],
    ),
    "a closure handed on is not": (
        "func f() {\nfor {\ng(func() { h() })\n}\n}",
        ["g @4 loops=1 in f", "h @4 in f.<lambda>"],
    ),
    "methods": ("type S struct{}\nfunc (s *S) m() { s.n() }", ["s.n @3 in S.m of S"]),
    "methods before their type": ("func (s S) m() { s.n() }\ntype S struct{}", ["s.n @2 in S.m of S"]),
    "methods of a type in another file": ("func (s S) m() { s.n() }", ["s.n @2 in S.m"]),
    "deferred": ("func f() { defer g() }", ["g @2 in f"]),
}


@pytest.mark.parametrize(("source", "expected"), CALLS.values(), ids=CALLS.keys())
def test_calls(source: str, expected: list[str]) -> None:
    module = read(source)
    found = []
    for call in module.calls:
        text = f"{call.name} @{call.line}" + (f" loops={call.loops}" if call.loops else "")
        text += f" in {module.functions[call.function].qualname}" if call.function != -1 else ""
        found.append(text + (f" of {module.classes[call.owner].name}" if call.owner != -1 else ""))
    assert sorted(found) == sorted(expected)


ASSIGNMENTS = {
    "several at once": ("func f() { a, b := 1, c }", ["a=1", "b=c"]),
    "the results of one call": ("func f() { a, err := g() }", ["a=g()", "err=result(g())"]),
    "a field": ("func f() { s.router = g() }", ["s.router=g()"]),
    "a loop's variables": ("func f() { for i, v := range xs {} }", ["i=range(xs)", "v=range(xs)"]),
    "declared without a value": ("func f() { var a, b *User }", ["a=-", "b=-"]),
    "added": ('func f() { a += "b" }', ["a='b'"]),
    "a type switch": ("func f() { switch v := x.(type) {\ncase int: g(v)\n} }", ["v=type_assertion(x)"]),
}


@pytest.mark.parametrize(("source", "expected"), ASSIGNMENTS.values(), ids=ASSIGNMENTS.keys())
def test_assignments(source: str, expected: list[str]) -> None:
    assert [f"{item.target}={shown(item.value)}" for item in read(source).assignments] == expected


def test_fields_with_their_tags_and_embedded_types() -> None:
    module = read(
        'type User struct {\n\tgorm.Model\n\tName, Nick string `json:"name,omitempty" gorm:"size:10"`\n'
        '\tBody struct {\n\t\tTitle string `json:"title"`\n\t}\n\tPosts []*Post\n}'
    )
    (user,) = module.classes
    fields = [
        (item.target, item.type.split(" ")[0], [shown(tag) for tag in item.decorators])
        for item in module.fields_of(user)
    ]
    assert [dotted(base) for base in user.bases] == ["gorm.Model"]
    assert fields == [
        ("Name", "string", ["json('name,omitempty')", "gorm('size:10')"]),
        ("Nick", "string", ["json('name,omitempty')", "gorm('size:10')"]),
        ("Body", "struct", []),
        ("Body.Title", "string", ["json('title')"]),
        ("Posts", "[]*Post", []),
    ]


def test_parameters_results_and_comments() -> None:
    (item,) = read(
        "// Get finds one.\n// @Router /x [get]\n"
        "func (s *Store[T]) Get(ctx context.Context, a, b int, opts ...Option) (x *T, err error) { return }"
    ).functions
    assert [f"{p.name} {p.type}" for p in item.parameters] == [
        "ctx context.Context",
        "a int",
        "b int",
        "opts ...Option",
    ]
    assert (item.qualname, item.receiver, item.returned) == ("Store.Get", "s", ("x", "err"))
    assert item.doc == "Get finds one.\n@Router /x [get]"


def test_a_comment_that_stands_apart_documents_nothing() -> None:
    assert read("// Licence.\n\nfunc f() {}").functions[0].documented is False


def test_cases_of_a_switch_compare() -> None:
    found = read('func f() { switch r.Method {\ncase "GET", http.MethodPost:\n} }').compares
    assert [f"{shown(item.left)} {item.operator} {shown(item.right)}" for item in found] == [
        "r.Method case 'GET'",
        "r.Method case http.MethodPost",
    ]


HOSTILE = {
    "deep expressions": "var x = " + "(" * 5000 + ")" * 5000,
    "a sum of thousands": "var x = " + " + ".join(["a"] * 5000),
    "deep blocks": "func f() {" + "if a {" * 3000 + "}" * 3000 + "}",
    "unfinished": "func f() { var x = []string{",
    "nothing": "",
    "bytes": "\x00\xff\x00",
    "a long line": 'var x = "' + "a" * 60_000 + '"',
    "a tag that never ends": 'type T struct { A string `json:"' + "a" * 60_000 + "` }",
    "percent signs": 'var x = fmt.Sprintf("' + "%" * 30_000 + '", a)',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_strange_source_never_raises_but_for_depth(body: str) -> None:
    try:
        assert read(body).language == "Go"
    except TooDeep:
        assert len(body) > 4000
