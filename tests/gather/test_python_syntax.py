"""What the Python reader hands to other readers but keeps of no file: calls, texts, assignments, comparisons."""

from __future__ import annotations

import pytest

from reviewer.gather.languages.python.python import PYTHON
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, dotted, walk


def read(source: str) -> Module:
    return PYTHON.parse(source.encode(), "python")


def shown(expr: Expr | None) -> str:
    """An expression in few letters."""
    if expr is None:
        return "-"
    if isinstance(expr, Text):
        return "".join(part if isinstance(part, str) else f"<{shown(part)}>" for part in expr.parts)
    if isinstance(expr, Call):
        return f"{dotted(expr.callee)}()"
    return expr.dotted if isinstance(expr, Name) else getattr(expr, "kind", type(expr).__name__)


CALLS = {
    "a chain on a call": ("r.route('/x').get(f)", ["r.route @1", ".get @1"]),
    "loops of the same function": (
        "for a in f():\n  g(a)\n  [h(b) for b in i()]\nwhile j():\n  k()",
        ["f @1", "g @2 loops=1", "i @3 loops=1", "h @3 loops=2", "j @4 loops=1", "k @5 loops=1"],
    ),
    "a loop around a function is not in it": ("for a in b:\n  def f():\n    g()", ["g @3 in f"]),
    "awaited": ("async def f():\n  await a.b()\n  c()", ["a.b @2 in f awaited", "c @3 in f"]),
    "methods and class bodies": ("class A:\n  x = f()\n  def m(self):\n    g()", ["f @2 of A", "g @4 in A.m of A"]),
    "a lambda belongs to the function around it": ("def f():\n  g(lambda: h())", ["h @2 in f", "g @2 in f"]),
    "Python 2's print": ("print 'a', b()", ["b @1", "print @1"]),
    "starred arguments": ("f(*a.b(), **c())", ["a.b @1", "c @1", "f @1"]),
    "decorators stand outside": ("@a(b())\ndef f(): pass", ["b @1", "a @1"]),
    "a formatted string is a text and no call": ("x('{}'.format(f()))", ["f @1", "x @1"]),
}


@pytest.mark.parametrize(("source", "expected"), CALLS.values(), ids=CALLS.keys())
def test_calls(source: str, expected: list[str]) -> None:
    module = read(source)
    found = []
    for call in module.calls:
        text = f"{call.name} @{call.line}" + (f" loops={call.loops}" if call.loops else "")
        text += f" in {module.functions[call.function].qualname}" if call.function != -1 else ""
        text += f" of {module.classes[call.owner].name}" if call.owner != -1 else ""
        found.append(text + (" awaited" if call.awaited else ""))
    assert sorted(found) == sorted(expected)


TEXTS = {
    "plain ones, side by side and summed": ("x = 'a' 'b'\ny = 'c' + 'd'", ["ab plain", "cd plain"]),
    "interpolated": ("x = f'a{b.c}{d()!r:>{w}}{{}}'", ["a<b.c><d()>{} interpolated"]),
    "concatenated": ("x = 'SELECT ' + a + ' FROM ' 't' + b()", ["SELECT <a> FROM t<b()> concatenated"]),
    "over several lines": ("x = ('a'  # why\n     'b' + c)", ["ab<c> concatenated"]),
    "percent with a tuple": ("x = 'a %s b %d%%' % (c, d)", ["a <c> b <d>% formatted"]),
    "percent with a name": ("x = 'a %(k)s' % {'k': c}", ["k plain", "a <c> formatted"]),
    "bound parameters are not formatted": ("execute('a = %s', (b,))", ["a = %s plain"]),
    "format by place and name": ("x = '{} {0} {k} {}'.format(a, b, k=c)", ["<a> <a> <c> <b> formatted"]),
    "format of an f-string": ("x = f'{a}'.format(b)", ["<a><b> formatted"]),
    "a sum without a text is none": ("x = a + b % c", []),
    "docstrings and strings that stand alone are left out": (
        "'doc'\ndef f():\n  '''doc'''\n  'off'\n  x = 'on'",
        ["on plain"],
    ),
    "bytes and raw ones": ("x = rb'\\d' \ny = '\\x41\\n\\q'", ["\\d plain", "A\n\\q plain"]),
}


@pytest.mark.parametrize(("source", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_texts(source: str, expected: list[str]) -> None:
    assert [f"{shown(text)} {text.how}" for text, _ in read(source).texts] == expected


ASSIGNMENTS = {
    "one value, several targets": ("a = b.c = x", ["a=x", "b.c=x"]),
    "several values": ("a, (b, c) = x, (y, z)", ["a=x", "b=y", "c=z"]),
    "parts that cannot be told": (
        "a, b = f()\nc, *d = x, y, z",
        ["a=unpacked", "b=unpacked", "c=unpacked", "*d=unpacked"],
    ),
    "annotated, augmented, walrus": (
        "a: int\nb: str = x\nc += y\nif (d := z): pass",
        ["a=- int", "b=x str", "c=y +", "d=z"],
    ),
    "items": ("app.config['KEY'] = x\na[0] = y", ['app.config["KEY"]=x', "a[0]=y"]),
    "what loops and with bind": (
        "for a in b: pass\nwith c() as d: pass\n[e for e in f]",
        ["a=iterated", "d=c()", "e=iterated"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), ASSIGNMENTS.values(), ids=ASSIGNMENTS.keys())
def test_assignments(source: str, expected: list[str]) -> None:
    found = [
        f"{item.target}={shown(item.value)}" + (f" {item.type}" if item.type else "") + (" +" if item.augmented else "")
        for item in read(source).assignments
    ]
    assert found == expected


def test_parameters_have_types_and_defaults() -> None:
    function = read("def f(self, a, /, b: int = 1, *args: T, c=g(), **kw) -> X[int]: ...").functions[0]
    assert [(item.name, item.type, shown(item.default)) for item in function.parameters] == [
        ("self", "", "-"),
        ("a", "", "-"),
        ("b", "int", "Number"),
        ("args", "T", "-"),
        ("c", "", "g()"),
        ("kw", "", "-"),
    ]
    assert function.returns == "X[int]"


def test_documented_means_that_something_is_said() -> None:
    module = read('def a():\n  """Says."""\ndef b():\n  ""\ndef c():\n  # no\n  x = "y"\nclass D:\n  """Says."""')
    assert [item.documented for item in module.functions] == [True, False, False]
    assert module.classes[0].documented


def test_comparisons_come_in_pairs_and_asserts_whole() -> None:
    module = read("def f():\n  assert a == b.c, 'm'\n  return x if 1 < y <= z not in w else v")
    assert [(shown(item.left), item.operator, shown(item.right)) for item in module.compares] == [
        ("a", "==", "b.c"),
        ("Number", "<", "y"),
        ("y", "<=", "z"),
        ("z", "not in", "w"),
    ]
    assert shown(module.asserts[0].test) == "comparison_operator"
    assert module.returns[0].function == 0
    assert {shown(part) for part in walk(module.returns[0].value)} >= {"x", "v"}


def test_code_lines_leave_out_comments_docstrings_and_blanks() -> None:
    module = read('"""Doc.\n\nMore."""\n# comment\n\nx = 1  # kept\ny = """text\nof two lines"""\n')
    assert (module.lines, module.code_lines) == (8, 3)


def test_plain_imports_of_submodules_keep_their_full_name() -> None:
    module = read("import a.b\nfrom c import d as e\nimport f as g")
    assert [module.origin(name) for name in ("a.b.x", "e.y", "g.z", "h")] == ["a.b.x", "c.d.y", "f.z", "h"]
