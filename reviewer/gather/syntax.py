"""The common syntax: what every language reader turns its tree into, so that framework readers need no grammar.

A `Module` is built once per file from the one parse of that file, is handed to every framework and data reader of
that language, and is then dropped; what they return is kept. It holds calls, functions, classes, assignments and
imports as flat tuples in source order, each with its line and with the function and class around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.model.facts.code import CatchBody
from reviewer.model.facts.values import Ref, Value


@dataclass(frozen=True, slots=True)
class Text:
    """A string constant, with what is interpolated into it as expressions. ``raw`` for tagged or formatted ones.

    ``how`` is ``plain``, ``interpolated`` (f-string, template literal), ``concatenated`` (``"a" + b``) or
    ``formatted`` (``%`` and ``.format``); the last three keep their unknown parts in ``parts``. ``tagged`` is a
    template literal in the hands of its tag (``sql`...```), which may bind its parts.
    """

    parts: tuple[str | Expr, ...]
    line: int
    end_line: int
    how: str = "plain"


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a chain of attributes of a name: ``app``, ``self.db``, ``process.env.PORT``."""

    dotted: str
    line: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of something that is no plain name: ``router.route("/x").get``."""

    value: Expr
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Call:
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

    name: str = field(init=False, compare=False)
    """The dotted callee, ``""`` inside for what is no plain name: ``.get`` of ``router.route("/").get``."""
    last: str = field(init=False, compare=False)
    """The last part of the callee: ``get`` of ``app.get``."""

    def __post_init__(self) -> None:
        """Names are asked for by every reader, so they are told once."""
        name = dotted(self.callee)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "last", name.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set."""

    values: tuple[Expr, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict or object literal; spread entries have the key None."""

    pairs: tuple[tuple[Expr | None, Expr], ...]
    line: int

    def get(self, key: str) -> Expr | None:
        """The value under a constant key, or None."""
        for name, value in self.pairs:
            if plain(name) == key or (isinstance(name, Name) and name.dotted == key):
                return value
        return None


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function in an expression; ``function`` indexes ``Module.functions``."""

    function: int
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number, true, false or null, as written."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else: ``kind`` is the grammar's name for it (binary_operator, subscript, ...), with its operands."""

    kind: str
    line: int
    operands: tuple[Expr, ...] = ()
    operator: str = ""


Expr = Text | Name | Attribute | Call | Items | Mapping | Lambda | Number | Other


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its declared type and default, and its decorators (NestJS ``@Body()``)."""

    name: str
    type: str = ""
    default: Expr | None = None
    decorators: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or closure. ``owner`` is the class it is a method of, ``parent`` the function around it.

    ``doc`` is the text of the comment before it, in languages whose tools read annotations there.
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


@dataclass(frozen=True, slots=True)
class Class:
    """A class, interface, struct, trait or module. Its fields are the assignments in its body, typed ones included.

    ``kind`` tells them apart where it matters (``interface``, ``trait``, ``enum``, ``module``); ``doc`` as in
    `Function`.
    """

    index: int
    name: str
    line: int
    end_line: int
    bases: tuple[Expr, ...] = ()
    keywords: dict[str, Expr] = field(default_factory=dict)
    decorators: tuple[Expr, ...] = ()
    documented: bool = False
    parent: int = -1
    implements: tuple[str, ...] = ()
    kind: str = "class"
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
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


@dataclass(frozen=True, slots=True)
class Import:
    """``from module import name as alias``; see `reviewer.model.facts.code.Import`."""

    module: str
    name: str | None
    alias: str
    line: int


@dataclass(frozen=True, slots=True)
class Export:
    """See `reviewer.model.facts.code.Export`."""

    name: str
    local: str
    module: str | None
    line: int
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Catch:
    """See `reviewer.model.facts.code.Catch`."""

    line: int
    end_line: int
    types: tuple[str, ...]
    does: CatchBody
    function: int = -1


@dataclass(frozen=True, slots=True)
class Return:
    """A returned value, for status codes and response shapes."""

    value: Expr
    line: int
    function: int = -1


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison, for assertions and owner checks: the two sides and the operator."""

    left: Expr
    operator: str
    right: Expr
    line: int
    function: int = -1


@dataclass(frozen=True, slots=True)
class Assertion:
    """A language's own assert statement."""

    test: Expr
    line: int
    end_line: int
    function: int = -1


@dataclass(frozen=True, slots=True)
class Module:
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
        return any(
            item.module == module or item.module.startswith((f"{module}.", f"{module}/"))
            for item in self.imports
            for module in modules
        )

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
    if isinstance(expr, Text) and all(isinstance(part, str) for part in expr.parts):
        return "".join(part for part in expr.parts if isinstance(part, str))
    return None


def value_of(expr: Expr | None) -> Value:
    """A string expression as a value to be kept: text and names. What is neither becomes a `Ref` without a name."""
    if isinstance(expr, Text):
        return tuple(part if isinstance(part, str) else Ref(name=_reference(part)) for part in expr.parts if part != "")
    if expr is None:
        return ()
    return (Ref(name=_reference(expr)),)


def _reference(expr: Expr) -> str:
    return expr.dotted if isinstance(expr, Name) else ""


def walk(expr: Expr | None) -> Iterator[Expr]:
    """An expression and everything inside it, outermost first."""
    stack = [expr] if expr is not None else []
    while stack:
        item = stack.pop()
        yield item
        stack.extend(reversed(inner(item)))


def inner(expr: Expr) -> list[Expr]:
    """The direct parts of an expression."""
    match expr:
        case Text(parts=parts):
            return [part for part in parts if not isinstance(part, str)]
        case Attribute(value=value):
            return [value]
        case Call(callee=callee, args=args, keywords=keywords):
            return [callee, *args, *keywords.values()]
        case Items(values=values):
            return list(values)
        case Mapping(pairs=pairs):
            return [part for pair in pairs for part in pair if part is not None]
        case Other(operands=operands):
            return list(operands)
        case _:
            return []
