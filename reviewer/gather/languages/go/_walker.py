"""The state of one walk over a Go tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Catch,
    Class,
    Compare,
    Expr,
    Function,
    Import,
    Other,
    Return,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

NOTHING = Other("nothing", 0)
"""What statements, types and comments give: no expression."""
NO_KEYWORDS: dict[str, Expr] = {}
UNFILLED_CALL = Call(NOTHING, (), NO_KEYWORDS, 0, 0)
TYPE_LENGTH = 200
"""Characters of a declared type that are kept."""


class Scope:
    """A function while it is walked, or the file."""

    __slots__ = ("complexity", "depth", "index", "loops", "nesting", "owner", "qualname", "statements")

    def __init__(self, index: int, owner: int, qualname: str = "", loops: int = 0) -> None:
        self.index = index
        self.owner = owner
        self.qualname = qualname
        self.loops = loops
        self.complexity = 1
        self.depth = 0
        self.nesting = 0
        self.statements = 0

    def enter(self) -> None:
        """One block deeper."""
        self.depth += 1
        self.nesting = max(self.nesting, self.depth)

    def leave(self) -> None:
        """Back out of a block."""
        self.depth -= 1


class Walker:
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self.scope = Scope(-1, -1)
        self.passed_on = 0
        """How many errors were returned, sent to a channel or made a panic so far."""
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.types: dict[str, int] = {}
        """The classes of the file by name: methods may stand before the type that they belong to."""
        self.maps: set[str] = set()
        """Types of this file that are maps."""
        self.imported: frozenset[str] = frozenset()
        """The names of the packages that the file imports."""
        self.namespace = ""
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
        self.catches: list[Catch] = []
        self.returns: list[Return] = []
        self.compares: list[Compare] = []
        self.texts: list[tuple[Text, int]] = []

    def visit(self, node: Node | None) -> Expr:
        """The node as an expression; a statement is recorded and gives `NOTHING`."""
        if node is None:
            return NOTHING
        return self.handlers.get(node.type, visit_children)(self, node)

    def assign(self, target: str, value: Expr | None, node: Node, kind: str = "", augmented: bool = False) -> None:
        """Records ``target = value`` here."""
        self.assignments.append(
            Assignment(
                target=target,
                value=value,
                line=node.start_point[0] + 1,
                end_line=node.end_point[0] + 1,
                type=kind,
                function=self.scope.index,
                owner=self.scope.owner,
                augmented=augmented,
            )
        )

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around; the one that ends is counted into the file."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.complexity - 1
        self.statements += ended.statements
        return ended


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and labels."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def text(node: Node | None) -> str:
    """The source of a node, ``""`` for none."""
    return "" if node is None or node.text is None else node.text.decode("utf-8", "replace")


def type_text(node: Node | None) -> str:
    """A declared type as written, on one line."""
    return " ".join(text(node).split())[:TYPE_LENGTH]


def parts(node: Node | None) -> list[Node]:
    """The children of a list that are no comments."""
    return [] if node is None else [child for child in node.named_children if child.type != "comment"]
