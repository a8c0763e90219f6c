"""What the one walk over a Python tree gathers, and where in the file it is at the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.syntax import (
    Assertion,
    Assignment,
    Call,
    Catch,
    Class,
    Compare,
    Expr,
    Function,
    Import,
    Items,
    Name,
    Other,
    Return,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

EXTRAS = frozenset({"comment", "line_continuation"})
LISTS_OF_TARGETS = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list"})


@dataclass(slots=True)
class Scope:
    """The function or class body being walked. ``decisions`` counts towards its complexity, `depth` its open blocks."""

    function: int = -1
    owner: int = -1
    name: str = ""
    loops: int = 0
    decisions: int = 0
    depth: int = 0
    deepest: int = 0
    statements: int = 0
    raised: int = 0
    logged: int = 0


@dataclass(slots=True)
class Builder:
    """The growing parts of a `Module`, and the two walks that every reader of a node goes on with."""

    source: bytes
    statement: Callable[[Builder, Node], None]
    expression: Callable[[Builder, Node | None], Expr]
    scope: Scope = field(default_factory=Scope)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    catches: list[Catch] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    compares: list[Compare] = field(default_factory=list)
    asserts: list[Assertion] = field(default_factory=list)
    texts: list[tuple[Text, int]] = field(default_factory=list)
    prose: list[tuple[int, int]] = field(default_factory=list)
    """The first and last line of every string that stands alone: docstrings and code that was put out of use."""
    halstead: Halstead = field(default_factory=Halstead)
    decisions: int = 0
    statements: int = 0
    ascii: str = field(init=False)
    """The source where a byte is a character, else ``""``: a piece of it need not be decoded."""

    def __post_init__(self) -> None:
        self.ascii = self.source.decode("ascii") if self.source.isascii() else ""

    def text(self, node: Node) -> str:
        """The source of a node."""
        if self.ascii:
            return self.ascii[node.start_byte : node.end_byte]
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def annotation(self, node: Node | None) -> str:
        """The source of a type, ``""`` for none. Its ``|`` are operators like any other."""
        if node is None:
            return ""
        text = self.text(node)
        sides = [Name(dotted=side.strip(), line=0) for side in text.split("|")] if "|" in text else []
        for left, right in pairwise(sides):
            self.halstead.add("|", (left, right), self.scope.name)
        return text

    def leave(self, outer: Scope) -> Scope:
        """Ends the current scope, adding what it counted to the file's sums, and returns it."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.decisions
        self.statements += ended.statements
        return ended


def parts(node: Node) -> list[Node]:
    """The named children of a node without comments."""
    return [child for child in node.named_children if child.type not in EXTRAS]


def nested(builder: Builder, node: Node | None) -> None:
    """Walks a block inside a statement, one level deeper."""
    if node is None:
        return
    scope = builder.scope
    scope.statements += 1
    scope.depth += 1
    scope.deepest = max(scope.deepest, scope.depth)
    builder.statement(builder, node)
    scope.depth -= 1


def bind(builder: Builder, target: Node, value: Expr | None, whole: Node, declared: str = "") -> None:
    """Records an assignment to a target; one to several names is split where the value shows their parts.

    Args:
        builder: what is gathered.
        target: the left side.
        value: the right side; names whose part of it is unknown get ``Other("unpacked")`` of the whole.
        whole: the statement, for its lines.
        declared: the annotation.
    """
    if target.type in LISTS_OF_TARGETS:
        names = parts(target)
        values = _unpacked(value, names)
        for name, part in zip(names, values, strict=True):
            bind(builder, name, part, whole)
        return
    scope = builder.scope
    builder.assignments.append(
        Assignment(
            target=target_name(builder, target),
            value=value,
            line=whole.start_point[0] + 1,
            end_line=whole.end_point[0] + 1,
            type=declared,
            function=scope.function,
            owner=scope.owner,
            augmented=whole.type == "augmented_assignment",
        )
    )


def _unpacked(value: Expr | None, names: list[Node]) -> list[Expr | None]:
    splat = any(name.type == "list_splat_pattern" for name in names)
    if isinstance(value, Items) and len(value.values) == len(names) and not splat:
        return list(value.values)
    if value is None:
        return [None] * len(names)
    return [Other(kind="unpacked", line=value.line, operands=(value,))] * len(names)


def target_name(builder: Builder, node: Node) -> str:
    """The left side as written, white space and quotes made one: ``self.x``, ``app.config["KEY"]``."""
    if node.type == "identifier":
        return builder.text(node)
    written = "".join(builder.text(node).split())
    return written.replace("'", '"') if node.type == "subscript" else written
