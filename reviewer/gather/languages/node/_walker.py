"""The state of one walk over a JavaScript or TypeScript tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Catch,
    Class,
    Compare,
    Export,
    Expr,
    Function,
    Import,
    Name,
    Other,
    Return,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]
NamedHandler = Callable[["Walker", "Node", str], Expr]

NOTHING = Other("nothing", 0)
"""What statements, types and comments give: no expression."""
NO_KEYWORDS: dict[str, Expr] = {}
UNFILLED_CALL = Call(NOTHING, (), NO_KEYWORDS, 0, 0)


class Scope:
    """A function while it is walked, or a class body (whose ``index`` is -1), or the module."""

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

    def __init__(self, handlers: Mapping[str, Handler], named_handlers: Mapping[str, NamedHandler]) -> None:
        self.handlers = handlers
        self.named_handlers = named_handlers
        """For values that pass the name they are given to on to what is inside them."""
        self.scope = Scope(-1, -1)
        self.documented = False
        """Whether a JSDoc comment stands right before the statement or member being visited."""
        self.thrown = 0
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
        self.required: dict[str, str] = {}
        """Modules by the name under which an expression refers to them."""
        self.exports: list[Export] = []
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
                line=line_of(node),
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

    def take_documented(self) -> bool:
        """Whether the definition being entered is documented; what lies inside it is not by the same comment."""
        documented, self.documented = self.documented, False
        return documented


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the comment before it."""
    walker.documented = False
    for child in node.named_children:
        if child.type == "comment":
            walker.documented = is_doc_comment(child)
            continue
        walker.scope.statements += 1
        walker.visit(child)
        walker.documented = False
    return NOTHING


def is_doc_comment(comment: Node) -> bool:
    """Whether a comment is JSDoc."""
    return (comment.text or b"").startswith(b"/**")


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and types."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def type_of(node: Node) -> str:
    """The declared type of a parameter, field or variable as written, without its colon."""
    return text_of(node.child_by_field_name("type")).removeprefix(":").strip()


def last_part(dotted: str) -> str:
    """``get`` of ``app.get``."""
    return dotted.rpartition(".")[2]


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", line) if isinstance(value, Name) else Attribute(value, name, line)
