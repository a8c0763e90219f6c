"""What the PHP reader hands to other readers but keeps of no file: names, calls, texts, annotations, comparisons."""

from __future__ import annotations

import pytest

from reviewer.gather.languages.php.php import PHP
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Number, Text, dotted


def read(source: str) -> Module:
    return PHP.parse(f"<?php\n{source}".encode(), "php")


def shown(expr: Expr | None) -> str:
    """An expression in few letters."""
    match expr:
        case None:
            return "-"
        case Text(parts=parts):
            return "".join(part if isinstance(part, str) else f"<{shown(part)}>" for part in parts)
        case Call(args=args, keywords=keywords):
            inside = [shown(arg) for arg in args] + [f"{key}={shown(value)}" for key, value in keywords.items()]
            return f"{dotted(expr.callee)}({', '.join(inside)})"
        case Name(dotted=name):
            return name
        case Number(text=text):
            return text
        case Items(values=values):
            return f"[{', '.join(map(shown, values))}]"
        case Mapping(pairs=pairs):
            return "{" + ", ".join(f"{shown(key)}: {shown(value)}" for key, value in pairs) + "}"
        case _:
            return getattr(expr, "kind", type(expr).__name__)


CALLS = {
    "methods, properties and functions": ("$this->db->query($a); strlen($b);", ["this.db.query(a)", "strlen(b)"]),
    "static methods": ("User::find(1); self::make(); $class::go();", ["User.find(1)", "self.make()", "class.go()"]),
    "namespaces": ("\\App\\run(); new \\App\\Models\\User;", ["App.run()", "App.Models.User()"]),
    "the safe operator": ("$a?->b()?->c();", ["a.b()", ".c()"]),
    "chains": ("User::where('a', 1)->first();", ["User.where(a, 1)", ".first()"]),
    "named arguments": ("f(1, name: 'x');", ["f(1, name=x)"]),
    "entries are members": ("f($_POST['id'], $row['a']['b'], $x[0]);", ["f(_POST.id, row.a.b, subscript_expression)"]),
    "lists and maps": ("f(['a', 'b'], ['k' => 1, 2], [...$c]);", ["f([a, b], {k: 1, 0: 2}, [c])"]),
    "classes by name": ("f(User::class, Status::OPEN);", ["f(User.class, Status.OPEN)"]),
    "what the language writes as a statement": (
        "echo $a, 'b'; print $c; die('d'); exit;",
        ["echo(a, b)", "print(c)", "die(d)", "exit()"],
    ),
    "die in an expression": ("f() or die('x');", ["f()", "die(x)"]),
    "a command in backticks": ("`ls $dir`;", ["shell_exec(dir)"]),
    "a callable that is not called": ("route($this->index(...));", ["route(this.index)"]),
    "a member that a variable names": ("$a->$b(); $a->{'c'}();", ["()", "a.c()"]),
}


@pytest.mark.parametrize(("source", "expected"), CALLS.values(), ids=CALLS)
def test_calls(source: str, expected: list[str]) -> None:
    assert [shown(call) for call in read(source).calls] == expected


TEXTS = {
    "single quotes say what they say": (r"$a = 'it\'s $b \n';", [r"it's $b \n"]),
    "double quotes": (r'$a = "x $b {$c->d} ${e} $f[0] $g[k] {$h[\'i\']} \$j \x41";'.replace("\\'", "'"),
                      ["x <b> <c.d> <e> <subscript_expression> <g.k> <h.i> $j A"]),
    "heredoc": ("$a = <<<SQL\n  select $b\n  from {$c['d']}\n  SQL;", ["  select <b>\n  from <c.d>"]),
    "nowdoc": ("$a = <<<'X'\nraw $b\nX;", ["raw $b"]),
    "joined": ("$a = 'x' . $b . 'y' . f('z');", ["z", "x<b>y<f(z)>"]),
    "constants joined are plain": ("$a = 'x' . 'y';", ["xy"]),
    "sprintf": ("$a = sprintf('%s = %d and %2$s', $b, $c);", ["<b> = <cast_expression> and <c>"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts(source: str, expected: list[str]) -> None:
    assert [shown(text) for text, _ in read(source).texts] == expected


DECORATORS = {
    "attributes": ("#[Route('/x', methods: ['GET'])] #[A]\nfunction f() {}", ["Route(/x, methods=[GET])", "A"]),
    "annotations": ('/** @Route("/x", name="y", methods={"GET","POST"}) */\nfunction f() {}',
                    ["Route(/x, name=y, methods=[GET, POST])"]),
    "annotations inside annotations": ('/** @ORM\\Table(indexes={@ORM\\Index(columns={"a"})}) */\nfunction f() {}',
                                       ["ORM.Table(indexes=[ORM.Index(columns=[a])])"]),
    "over several lines": (
        '/**\n * @OA\\Get(\n *   path="/x",\n *   @OA\\Response(response=200)\n * )\n */\nfunction f() {}',
                           ["OA.Get(OA.Response(response=200), path=/x)"]),
    "bare ones": ("/**\n * @test\n * @dataProvider cases\n */\nfunction f() {}", ["test", "dataProvider(cases)"]),
    "descriptions are none": ("/**\n * @param int $a mail@example.com\n * @return self\n */\nfunction f() {}", []),
    "attributes come first": ("/** @test */\n#[A]\nfunction f() {}", ["A", "test"]),
    "open brackets end with the comment": ('/** @Route("/x", {"a": {"b" */\nfunction f() {}', ["Route(/x, {a: [b]})"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), DECORATORS.values(), ids=DECORATORS)
def test_decorators(source: str, expected: list[str]) -> None:
    assert [shown(item) for item in read(source).functions[0].decorators] == expected


def test_the_doc_comment_is_told_with_the_definition() -> None:
    module = read(
        "/**\n * Finds users.\n */\nclass A {\n  /** One. */\n  function b() {}\n  // none\n  function c() {}\n}"
    )
    assert module.classes[0].doc == "Finds users."
    assert [(item.doc, item.documented) for item in module.functions] == [("One.", True), ("", False)]


ASSIGNMENTS = {
    "variables and properties": ("$a = 1; $this->b = $c;", ["a = 1", "this.b = c"]),
    "entries": ("$a['b'] = 1; $a['c']['d'] = 2;", ["a.b = 1", "a.c.d = 2"]),
    "what is added": ("$a[] = $b; $s .= 'x';", ["a += [b]", "s += x"]),
    "lists": ("[$a, $b] = [1, 2]; ['k' => $c] = $d; list(, $e) = $f;",
              ["a = 1", "b = 2", "c = d.k", "e = subscript_expression"]),
    "elements": ("foreach ($rows as $key => $row) {}", ["key = foreach_key", "row = subscript_expression"]),
    "constants": ("define('A', 'b'); const C = 2;", ["A = b", "C = 2"]),
    "fields, promoted ones": ("class A { public $b = 1; function __construct(private C $c) {}}", ["b = 1", "c = -"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_assignments(source: str, expected: list[str]) -> None:
    found = [f"{item.target} {'+' if item.augmented else ''}= {shown(item.value)}" for item in read(source).assignments]
    assert found == expected


COMPARES = {
    "operators": ("$a === 'b'; $c instanceof D; $e <=> 1;", ["a === b", "c instanceof D", "e <=> 1"]),
    "switch": ("switch ($a) { case 'x': break; case 'y': f(); default: g(); }", ["a case x", "a case y"]),
    "match": ("$r = match ($a) { 'x', 'y' => 1, default => 2 };", ["a case x", "a case y"]),
}


@pytest.mark.parametrize(("source", "expected"), COMPARES.values(), ids=COMPARES)
def test_compares(source: str, expected: list[str]) -> None:
    assert [f"{shown(item.left)} {item.operator} {shown(item.right)}" for item in read(source).compares] == expected


LOOPS = {
    "loops of the language": ("while ($a) { f(); foreach ($b as $c) { g(); } }", {"f": 1, "g": 2}),
    "closures for each element": ("array_map(fn($x) => f($x), $a); $b->each(function () { g(); });", {"f": 1, "g": 1}),
    "a function in a loop is not in it": ("foreach ($a as $b) { function h() { f(); } }", {"f": 0}),
    "closures that are called once": ("DB::transaction(function () { f(); });", {"f": 0}),
}


@pytest.mark.parametrize(("source", "expected"), LOOPS.values(), ids=LOOPS)
def test_loops(source: str, expected: dict[str, int]) -> None:
    found = {call.name: call.loops for call in read(source).calls if call.name in expected}
    assert found == expected


def test_a_closure_is_reached_from_its_call_and_knows_what_is_around_it() -> None:
    module = read("class A { function b() { $app->group('/x', function ($g) { $g->get('/y', fn() => 1); }); } }")
    group, inner = module.calls
    lambdas = [arg.function for call in (group, inner) for arg in call.args if not isinstance(arg, Text)]
    assert [module.functions[index].name for index in lambdas] == ["<lambda>", "<lambda>"]
    assert [module.functions[index].parent for index in lambdas] == [0, 1]
    assert (group.function, inner.function) == (0, 1)


def test_methods_of_an_anonymous_class_belong_to_it() -> None:
    module = read("return new class extends Migration { public function up() {} };")
    assert [(item.name, [dotted(base) for base in item.bases]) for item in module.classes] == [
        ("<anonymous>", ["Migration"])
    ]
    assert [item.qualname for item in module.functions] == ["<anonymous>.up"]


MODIFIERS = {
    "words before a method": ("class A { final public static function b() {} }", ("final", "public", "static")),
    "no body": ("interface A { public function b(); }", ("public", "bodyless")),
    "abstract": ("abstract class A { abstract protected function b(); }", ("abstract", "protected", "bodyless")),
}


@pytest.mark.parametrize(("source", "expected"), MODIFIERS.values(), ids=MODIFIERS)
def test_modifiers(source: str, expected: tuple[str, ...]) -> None:
    assert read(source).functions[0].modifiers == expected


def test_short_tags_print() -> None:
    module = PHP.parse(b"<p><?= $name ?></p><? echo 1; ?>", "php")
    assert [shown(call) for call in module.calls] == ["echo(name)", "echo(1)"]
