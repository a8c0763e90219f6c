"""The common syntax: what every language reader turns its tree into, so that framework readers need no grammar.

A `Module` is built once per file from the one parse of that file, is handed to every framework and data reader of
that language, and is then dropped; what they return is kept. It holds calls, functions, classes, assignments and
imports as flat tuples in source order, each with its line and with the function and class around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import force_setattr

from reviewer.model.facts.code import CatchBody
from reviewer.model.facts.values import Ref, Value


class Text(Struct, frozen=True):
    """A string constant, with what is interpolated into it as expressions. ``raw`` for tagged or formatted ones.

    ``how`` is ``plain``, ``interpolated`` (f-string, template literal), ``concatenated`` (``"a" + b``) or
    ``formatted`` (``%`` and ``.format``); the last three keep their unknown parts in ``parts``. ``tagged`` is a
    template literal in the hands of its tag (``sql`...```), which may bind its parts.
    """

    parts: tuple[str | Expr, ...]
    line: int
    end_line: int
    how: str = "plain"


class Name(Struct, frozen=True):
    """A name or a chain of attributes of a name: ``app``, ``self.db``, ``process.env.PORT``."""

    dotted: str
    line: int


class Attribute(Struct, frozen=True):
    """An attribute of something that is no plain name: ``router.route("/x").get``."""

    value: Expr
    name: str
    line: int


class Call(Struct, frozen=True):
    """A call. ``function`` and ``owner`` index the function and class around it (-1: module level).

    ``loops`` is how many loops (and comprehensions) of the same function surround it; ``awaited`` says so.
    ``block`` marks calls whose last argument is a block or closure handled like a callback.
    """

    callee: Expr
    args: tuple[Expr, ...]
    keywords: dict[str, Expr]
    line: int
    end_line: int
    function: int = -1
    owner: int = -1
    loops: int = 0
    new: bool = False
    awaited: bool = False

    name: str = ""
    """The dotted callee, ``""`` inside for what is no plain name: ``.get`` of ``router.route("/").get``."""
    last: str = ""
    """The last part of the callee: ``get`` of ``app.get``."""

    def __post_init__(self) -> None:
        """Names are asked for by every reader, so they are told once."""
        name = dotted(self.callee)
        force_setattr(self, "name", name)
        force_setattr(self, "last", name.rpartition(".")[2])


class Items(Struct, frozen=True):
    """A list, tuple or set."""

    values: tuple[Expr, ...]
    line: int


class Mapping(Struct, frozen=True):
    """A dict or object literal; spread entries have the key None."""

    pairs: tuple[tuple[Expr | None, Expr], ...]
    line: int

    def get(self, key: str) -> Expr | None:
        """The value under a constant key, or None."""
        for name, value in self.pairs:
            if plain(name) == key or (isinstance(name, Name) and name.dotted == key):
                return value
        return None


class Lambda(Struct, frozen=True):
    """A function in an expression; ``function`` indexes ``Module.functions``."""

    function: int
    line: int
    end_line: int


class Number(Struct, frozen=True):
    """A number, true, false or null, as written."""

    text: str
    line: int


class Other(Struct, frozen=True):
    """Anything else: ``kind`` is the grammar's name for it (binary_operator, subscript, ...), with its operands."""

    kind: str
    line: int
    operands: tuple[Expr, ...] = ()
    operator: str = ""


Expr = Text | Name | Attribute | Call | Items | Mapping | Lambda | Number | Other


class Parameter(Struct, frozen=True):
    """A parameter with its declared type and default, and its decorators (NestJS ``@Body()``)."""

    name: str
    type: str = ""
    default: Expr | None = None
    decorators: tuple[Expr, ...] = ()


class Function(Struct, frozen=True):
    """A function, method or closure. ``owner`` is the class it is a method of, ``parent`` the function around it.

    ``doc`` is the text of the comment before it, in languages whose tools read annotations there. ``receiver`` is what
    a method calls its own object, where every method names it itself (Go); ``returned`` are the names of its results.
    """

    index: int
    name: str
    qualname: str
    line: int
    end_line: int
    parameters: tuple[Parameter, ...] = ()
    decorators: tuple[Expr, ...] = ()
    returns: str = ""
    owner: int = -1
    parent: int = -1
    complexity: int = 1
    nesting: int = 0
    documented: bool = False
    is_async: bool = False
    statements: int = 0
    doc: str = ""
    modifiers: tuple[str, ...] = ()
    """Words before it, where checks of other readers need them (``public``, ``static``), and ``bodyless`` for what is
    declared without a body (methods of interfaces, abstract ones)."""
    receiver: str = ""
    returned: tuple[str, ...] = ()


class Class(Struct, frozen=True):
    """A class, interface, struct, trait or module. Its fields are the assignments in its body, typed ones included.

    ``kind`` tells them apart where it matters (``interface``, ``trait``, ``enum``, ``module``); ``doc`` as in
    `Function`.
    """

    index: int
    name: str
    line: int
    end_line: int
    bases: tuple[Expr, ...] = ()
    keywords: dict[str, Expr] = {}
    decorators: tuple[Expr, ...] = ()
    documented: bool = False
    parent: int = -1
    implements: tuple[str, ...] = ()
    kind: str = "class"
    doc: str = ""
    modifiers: tuple[str, ...] = ()
    """As in `Function`; ``generic`` for a class that takes type parameters."""


class Assignment(Struct, frozen=True):
    """``target = value``. ``type`` is the annotation as text. ``decorators`` stand before class fields (TypeORM)."""

    target: str
    value: Expr | None
    line: int
    end_line: int
    type: str = ""
    function: int = -1
    owner: int = -1
    decorators: tuple[Expr, ...] = ()
    augmented: bool = False


class Import(Struct, frozen=True):
    """``from module import name as alias``; see `reviewer.model.facts.code.Import`."""

    module: str
    name: str | None
    alias: str
    line: int


class Export(Struct, frozen=True):
    """See `reviewer.model.facts.code.Export`."""

    name: str
    local: str
    module: str | None
    line: int
    value: Expr | None = None


class Catch(Struct, frozen=True):
    """See `reviewer.model.facts.code.Catch`."""

    line: int
    end_line: int
    types: tuple[str, ...]
    does: CatchBody
    function: int = -1


class Return(Struct, frozen=True):
    """A returned value, for status codes and response shapes."""

    value: Expr
    line: int
    function: int = -1


class Compare(Struct, frozen=True):
    """A comparison, for assertions and owner checks: the two sides and the operator."""

    left: Expr
    operator: str
    right: Expr
    line: int
    function: int = -1


class Assertion(Struct, frozen=True):
    """A language's own assert statement."""

    test: Expr
    line: int
    end_line: int
    function: int = -1


_latest: list[tuple[tuple[Import, ...], frozenset[str]]] = []


def _heads(imports: tuple[Import, ...]) -> frozenset[str]:
    """The imported modules and all that they lie in; dozens of readers ask one file after another."""
    if not (_latest and _latest[0][0] is imports):
        _latest[:] = [(imports, frozenset(head for item in imports for head in heads(item.module)))]
    return _latest[0][1]


def heads(module: str) -> Iterator[str]:
    """A module and everything that it lies in: ``a.b.c``, ``a.b`` and ``a``."""
    yield module
    for place, char in enumerate(module):
        if char in "./" and place:
            yield module[:place]


class Module(Struct, frozen=True):
    """One file in the common syntax. ``errors`` is the share of its lines that the grammar could not place."""

    language: str
    text: str
    lines: int
    code_lines: int
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    calls: tuple[Call, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    imports: tuple[Import, ...] = ()
    exports: tuple[Export, ...] = ()
    catches: tuple[Catch, ...] = ()
    returns: tuple[Return, ...] = ()
    compares: tuple[Compare, ...] = ()
    asserts: tuple[Assertion, ...] = ()
    texts: tuple[tuple[Text, int], ...] = ()
    """Every string constant with the index of the function around it; docstrings are left out."""
    errors: float = 0.0
    maintainability: float | None = None
    """The maintainability index (0 to 100), where the language reader counts it."""
    namespace: str = ""
    """What the file's classes lie in, with dots: the package of Java, Kotlin and Go, the namespace of C# and PHP."""

    def methods_of(self, owner: Class) -> Iterator[Function]:
        """The methods of a class, in source order."""
        return (function for function in self.functions if function.owner == owner.index and function.parent == -1)

    def fields_of(self, owner: Class) -> Iterator[Assignment]:
        """The assignments in the body of a class."""
        return (item for item in self.assignments if item.owner == owner.index and item.function == -1)

    def imported(self, *modules: str) -> bool:
        """Whether one of these modules, or anything below it, is imported."""
        return not _heads(self.imports).isdisjoint(modules)

    def origin(self, name: str) -> str:
        """The full name behind a local one: ``from flask import Flask as F`` makes ``F`` ``flask.Flask``.

        A name that was not imported stays as it is.
        """
        head, _, rest = name.partition(".")
        for item in self.imports:
            if item.alias == head:
                if item.name is None and item.module.startswith(f"{head}."):
                    return name
                full = item.module if item.name is None else f"{item.module}.{item.name}"
                return f"{full}.{rest}" if rest else full
        return name


def dotted(expr: Expr | None) -> str:
    """The dotted name of an expression; what is no name becomes an empty part (``.get``), anything else ``""``."""
    if isinstance(expr, Name):
        return expr.dotted
    if isinstance(expr, Attribute):
        return f"{dotted(expr.value) if isinstance(expr.value, Attribute) else ''}.{expr.name}"
    return ""


def plain(expr: Expr | None) -> str | None:
    """The text of a string constant without interpolation, or None."""
    if not isinstance(expr, Text):
        return None
    if len(expr.parts) == 1:
        return expr.parts[0] if isinstance(expr.parts[0], str) else None
    known = [part for part in expr.parts if isinstance(part, str)]
    return "".join(known) if len(known) == len(expr.parts) else None


def value_of(expr: Expr | None) -> Value:
    """A string expression as a value to be kept: text and names. What is neither becomes a `Ref` without a name."""
    if isinstance(expr, Text):
        return tuple(part if isinstance(part, str) else Ref(name=_reference(part)) for part in expr.parts if part != "")
    if expr is None:
        return ()
    if isinstance(expr, Other) and expr.operator == "+" and all(isinstance(item, ADDED) for item in expr.operands):
        return tuple(part for item in expr.operands for part in value_of(item))
    return (Ref(name=_reference(expr)),)


ADDED = (Text, Name)
"""What added up is one string."""


def _reference(expr: Expr) -> str:
    """The name of a name, and of an entry that a constant string picks (``config["api"]["prefix"]``)."""
    keys: list[str] = []
    while isinstance(expr, Other) and expr.kind in SUBSCRIPTS and len(expr.operands) == PICKING:
        key = plain(expr.operands[1])
        if not key:
            return ""
        keys.append(key)
        expr = expr.operands[0]
    return ".".join((expr.dotted, *reversed(keys))) if isinstance(expr, Name) else ""


SUBSCRIPTS = frozenset({"subscript", "subscript_expression"})
PICKING = 2
"""Operands of a subscript: what is looked into, and by which key."""


def walk(expr: Expr | None) -> Iterator[Expr]:
    """An expression and everything inside it, outermost first."""
    stack = [expr] if expr is not None else []
    while stack:
        item = stack.pop()
        yield item
        if type(item) not in LEAVES:
            stack.extend(reversed(inner(item)))


LEAVES = frozenset({Name, Number, Lambda})
"""Expressions without parts."""


def _inner_of_call(call: Call) -> list[Expr]:
    return [call.callee, *call.args, *call.keywords.values()]


def _inner_of_mapping(mapping: Mapping) -> list[Expr]:
    return [part for pair in mapping.pairs for part in pair if part is not None]


INNER: dict[type, Callable[..., list[Expr]]] = {
    Text: lambda text: [] if text.how == "plain" else [part for part in text.parts if not isinstance(part, str)],
    Attribute: lambda attribute: [attribute.value],
    Call: _inner_of_call,
    Items: lambda items: list(items.values),
    Mapping: _inner_of_mapping,
    Other: lambda other: list(other.operands),
}
"""The direct parts of each kind of expression that has any; asked for on every step of every walk."""


def inner(expr: Expr) -> list[Expr]:
    """The direct parts of an expression."""
    holder = INNER.get(type(expr))
    return holder(expr) if holder else []
