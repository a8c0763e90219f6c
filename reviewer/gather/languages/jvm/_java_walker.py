"""The state of one walk over a Java tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._treesitter import text_of
from reviewer.gather.languages._walk import NOTHING, Walk
from reviewer.gather.syntax import (
    Attribute,
    Expr,
    Name,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

COMMENTS = frozenset({"line_comment", "block_comment"})
TYPE_ARGUMENTS = "<>"
"""The keyword under which the type arguments of a call stand."""


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self.doc = ""
        """The Javadoc right before the member being visited."""
        self.yielded: list[Expr] = []
        """What the ``switch`` being visited gives by ``yield``."""

    def take_doc(self) -> str:
        """The Javadoc of the definition being entered; what lies inside it is not documented by it."""
        doc, self.doc = self.doc, ""
        return doc


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
    told = NOWHERE
    last: Node | None = None
    for child in nodes:
        if child.type in COMMENTS:
            walker.doc, told = _doc_of(child) or walker.doc, told_row(child, last, told)
        else:
            walker.doc = walker.doc or (TOLD if belongs(told, child) else "")
            walker.visit(child)
            walker.doc, told, last = "", NOWHERE, child
    return NOTHING


TOLD = " "
"""The doc of what only a comment in plain words stands before."""


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
