"""What the walks over the trees of every language have in common: what they collect, and the dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.syntax import (
    Assertion,
    Assignment,
    Call,
    Catch,
    Class,
    Compare,
    Export,
    Expr,
    Function,
    Import,
    Other,
    Return,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

NOTHING = Other("nothing", 0)
"""What statements, types and comments give: no expression."""
NO_KEYWORDS: dict[str, Expr] = {}
UNFILLED_CALL = Call(NOTHING, (), NO_KEYWORDS, 0, 0)


class Scope:
    """A function while it is walked, or a class body (whose ``index`` is -1), or the file."""

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

    def absorb(self, inner: Scope) -> None:
        """Counts what a lambda or block decides into the function around it."""
        self.complexity += inner.complexity - 1
        self.nesting = max(self.nesting, self.depth + inner.nesting)


class Walk:
    """Collects everything of a `Module` while the handlers of a language walk its tree, each node once."""

    def __init__(self, handlers: Mapping[str, Callable[[Any, Node], Expr]]) -> None:
        self.handlers = handlers
        self.scope = Scope(-1, -1)
        self.namespace = ""
        self.thrown = 0
        """How many errors were thrown or passed on so far."""
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.catches: list[Catch] = []
        self.returns: list[Return] = []
        self.compares: list[Compare] = []
        self.asserts: list[Assertion] = []
        self.texts: list[tuple[Text, int]] = []

    def visit(self, node: Node | None) -> Expr:
        """The node as an expression; a statement is recorded and gives `NOTHING`."""
        if node is None:
            return NOTHING
        return self.handlers.get(node.type, visit_children)(self, node)

    def assign(
        self,
        target: str,
        value: Expr | None,
        node: Node,
        kind: str = "",
        *,
        decorators: tuple[Expr, ...] = (),
        augmented: bool = False,
    ) -> None:
        """Records ``target = value`` here; ``kind`` is the declared type."""
        self.assignments.append(
            Assignment(
                target=target,
                value=value,
                line=line_of(node),
                end_line=node.end_point[0] + 1,
                type=kind,
                function=self.scope.index,
                owner=self.scope.owner,
                decorators=decorators,
                augmented=augmented,
            )
        )

    def add_text(self, text: Text) -> Text:
        """Records a string constant."""
        self.texts.append((text, self.scope.index))
        return text

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around; the one that ends is counted into the file."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.complexity - 1
        self.statements += ended.statements
        return ended


def visit_children(walk: Walk, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walk.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))
