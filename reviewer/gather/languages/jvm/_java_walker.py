"""The state of one walk over a Java tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.syntax import (
    Assertion,
    Assignment,
    Attribute,
    Call,
    Catch,
    Class,
    Compare,
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

NOTHING = Other("nothing", 0)
"""What statements, types and comments give: no expression."""
NO_KEYWORDS: dict[str, Expr] = {}
COMMENTS = frozenset({"line_comment", "block_comment"})
TYPE_ARGUMENTS = "<>"
"""The keyword under which the type arguments of a call stand."""


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


class Walker:
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self.scope = Scope(-1, -1)
        self.doc = ""
        """The Javadoc right before the member being visited."""
        self.namespace = ""
        self.thrown = 0
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
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
        decorators: tuple[Expr, ...] = (),
        augmented: bool = False,
    ) -> None:
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
                decorators=decorators,
                augmented=augmented,
            )
        )

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around; the one that ends is counted into the file."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.complexity - 1
        self.statements += ended.statements
        return ended

    def take_doc(self) -> str:
        """The Javadoc of the definition being entered; what lies inside it is not documented by it."""
        doc, self.doc = self.doc, ""
        return doc


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements one after another."""
    for child in node.named_children:
        if child.type not in COMMENTS:
            walker.scope.statements += 1
            walker.visit(child)
    return NOTHING


def visit_members(walker: Walker, nodes: Iterable[Node]) -> Expr:
    """Members or declarations, each with the Javadoc before it."""
    walker.doc = ""
    for child in nodes:
        if child.type in COMMENTS:
            walker.doc = _doc_of(child) or walker.doc
        else:
            walker.visit(child)
            walker.doc = ""
    return NOTHING


def _doc_of(comment: Node) -> str:
    """The text of a Javadoc comment without its stars, ``""`` for any other comment."""
    text = text_of(comment)
    if not text.startswith("/**") or text == "/**/":
        return ""
    lines = (line.strip().lstrip("*").strip() for line in text[3:].removesuffix("*/").split("\n"))
    return "\n".join(lines).strip()


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and types."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type not in COMMENTS), None)


def type_of(node: Node) -> str:
    """The declared type of a parameter, field or variable as written."""
    return type_text(node.child_by_field_name("type"))


def type_text(node: Node | None) -> str:
    """A type as written, on one line."""
    return " ".join(text_of(node).split())


def type_name(node: Node | None) -> str:
    """The dotted name of a type, without its arguments, dimensions and annotations."""
    while node is not None and node.type in ("generic_type", "array_type", "annotated_type"):
        parts = [child for child in node.named_children if child.type not in ("marker_annotation", "annotation")]
        node = parts[0] if parts else None
    return "".join(text_of(node).partition("<")[0].split())


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", value.line) if isinstance(value, Name) else Attribute(value, name, line)
