"""What the Ruby reader hands to other readers but keeps of no file: names, calls, texts, blocks, what is returned."""

from __future__ import annotations

import pytest

from reviewer.gather.languages.ruby.ruby import RUBY
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Mapping, Module, Name, Number, Text, dotted


def read(source: str) -> Module:
    return RUBY.parse(source.encode(), "ruby")


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
        case Attribute(name=name):
            return f".{name}"
        case Number(text=text):
            return text
        case Items(values=values):
            return f"[{', '.join(map(shown, values))}]"
        case Mapping(pairs=pairs):
            return "{" + ", ".join(f"{shown(key)}: {shown(value)}" for key, value in pairs) + "}"
        case Lambda():
            return "block"
        case _:
            return getattr(expr, "kind", type(expr).__name__)


CALLS = {
    "methods and functions": ("user.save(a); run b", ["user.save(a)", "run(b)"]),
    "a chain without arguments is one call": ("user.posts.all", ["user.posts.all()"]),
    "what more is called on belongs to the name": ("user.posts.find(1)", ["user.posts.find(1)"]),
    "chains": ("User.where(a: 1).order(:b).first", ["User.where(a=1)", ".order(b)", ".first()"]),
    "constants": ("A::B.c(1); ::D.e(2)", ["A.B.c(1)", "D.e(2)"]),
    "instance and global variables": ("@db.query(1); @@all.x; $redis.get(2)",
                                      ["this.db.query(1)", "this.all.x()", "redis.get(2)"]),
    "self": ("self.name(1)", ["self.name(1)"]),
    "safe navigation": ("a&.b(1)&.c", ["a.b(1)", ".c()"]),
    "keywords, pairs and rests": ("f(1, a: 2, :b => 3, 'c' => 4, **d)",
                                  ["f(1, {c: 4, -: d}, a=2, b=3)"]),
    "short keywords": ("f(a:, b:)", ["f(a=a, b=b)"]),
    "entries are members": ("f(params[:a][:b], row['c'], list[0], h['X-Y'])",
                            ["f(params.a.b, row.c, subscript, h.X-Y)"]),
    "lists and hashes": ("f([1, :a], %w[x y], { k: 1 })", ["f([1, a], [x, y], {k: 1})"]),
    "blocks are the last argument": ("f(1) { |x| g(x) }; h do end", ["f(1, block)", "g(x)", "h(block)"]),
    "a block that is handed on": ("list.map(&:name); f(&block)", ["list.map(&=name)", "f(&=block)"]),
    "closures are no calls": ("f(-> { g }, lambda { 1 }, proc { 2 })", ["f(block, block, block)", "g()"]),
    "a bare word is a call, a variable is none": ("authenticate!\nx = 1\nx\nlogged_in? && go",
                                                  ["authenticate!()", "logged_in?()", "go()"]),
    "yield and super": ("def a; yield 1; super; end", ["yield(1)", "super()"]),
    "literals that stay as they are": ('f("a".freeze, %w[b].freeze, <<~X.strip)\n  c\nX\n', ["f(a, [b], \nc\n)"]),
    "a call of nothing named": ("a.(1)", ["a.call(1)"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CALLS.values(), ids=CALLS)
def test_calls(source: str, expected: list[str]) -> None:
    assert [shown(call) for call in read(source).calls] == expected


TEXTS = {
    "quotes": ("a = 'it'; b = \"x\"", ["it", "x"]),
    "interpolated": ('a = "x #{b} #{c.d} #{e[:f]}"', ["x <b> <c.d> <e.f>"]),
    "here-documents in their order": ("f(<<A, <<B)\none #{x}\nA\ntwo\nB\n", ["\none <x>\n", "\ntwo\n"]),
    "joined": ("a = 'x' + b + 'y'", ["x<b>y"]),
    "side by side": ("a = 'x' 'y'", ["xy"]),
    "formatted": ("a = 'x %s y %d' % [b, 1]; c = format('/%s', d); e = format('%{f}', f: 1)",
                  ["x <b> y <1>", "/<d>", "<1>"]),
    "symbols are not counted": ("a = :b; f(c: 1)", []),
    "escapes": (r'a = "x\n\"y"', ['x\n"y']),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts(source: str, expected: list[str]) -> None:
    assert [shown(text) for text, _ in read(source).texts] == expected


ASSIGNED = {
    "variables and constants": ("a = 1; B = 'x'", ["a = 1", "B = x"]),
    "attributes and entries": ("@a = 1; self.b = 2; c.d = 3; e[:f] = 4; g.h['I-J'] = 5",
                               ["this.a = 1", "self.b = 2", "c.d = 3", "e.f = 4", "g.h.I-J = 5"]),
    "several at once": ("a, b = 1, 2; c, d = e", ["a = 1", "b = 2", "c = subscript", "d = subscript"]),
    "only where there is none": ("a ||= 1; b &&= 2", ["a = 1", "b = 2"]),
    "more of it": ("a += 1; b << 'x'", ["a += 1", "b += x"]),
    "what a branch gives": ("a = if b then 1 else 2 end", ["a = ternary_expression"]),
    "a loop's variable": ("for a in b do end", ["a = iterated"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), ASSIGNED.values(), ids=ASSIGNED)
def test_assignments(source: str, expected: list[str]) -> None:
    found = [f"{a.target} {'+=' if a.augmented else '='} {shown(a.value)}" for a in read(source).assignments]
    assert found == expected


RETURNED = {
    "the last statement": ("def a\n  b\n  c(1)\nend", ["c(1)"]),
    "early and last": ("def a\n  return 1 if b\n  2\nend", ["1", "2"]),
    "of a block": ("let(:a) { 'x' }", ["x"]),
    "several values": ("def a\n  return 1, 2\nend", ["[1, 2]"]),
    "nothing": ("def a\nend", []),
}


@pytest.mark.parametrize(("source", "expected"), RETURNED.values(), ids=RETURNED)
def test_returns(source: str, expected: list[str]) -> None:
    assert [shown(item.value) for item in read(source).returns] == expected


LOOPS = {
    "around": ("while a do b.c(1) end", {"b.c": 1}),
    "blocks that are called for each": ("list.each { |x| x.save(1) }", {"list.each": 0, "x.save": 1}),
    "one in the other": ("a.map { |x| x.each { |y| y.go(1) } }", {"a.map": 0, "x.each": 1, "y.go": 2}),
    "other blocks": ("transaction { a.save(1) }", {"transaction": 0, "a.save": 0}),
    "until": ("a.go(1) until b", {"a.go": 1}),
}


@pytest.mark.parametrize(("source", "expected"), LOOPS.values(), ids=LOOPS)
def test_loops(source: str, expected: dict[str, int]) -> None:
    assert {call.name: call.loops for call in read(source).calls if call.args} == expected


def test_methods_know_their_class_and_blocks_what_is_around() -> None:
    module = read("module A\n  class B\n    def c\n      d { e(1) }\n    end\n  end\nend\n")
    method, block = module.functions
    assert (method.qualname, method.owner, method.parent) == ("A.B.c", 0, -1)
    assert (block.name, block.qualname, block.parent) == ("<lambda>", "A.B.c", method.index)
    assert module.calls[1].function == block.index


def test_a_comment_right_above_documents() -> None:
    source = "# says\ndef a; end\n\n# far\n\ndef b; end\n# rubocop:disable X\ndef c; end\n"
    source += "class D\n  # in\n  def e; end\nend\n"
    assert [item.name for item in read(source).functions if item.documented] == ["a", "e"]
