"""The state of one walk over a Kotlin tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._walk import NOTHING, Scope, Walk
from reviewer.gather.syntax import (
    Attribute,
    Expr,
    Name,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

COMMENTS = ("line_comment", "block_comment")
TYPES = frozenset({"user_type", "nullable_type", "function_type", "parenthesized_type", "non_nullable_type"})


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler], source: bytes) -> None:
        super().__init__(handlers)
        self.source = source
        """The file as it was written, whatever was repaired before it was parsed."""
        self.doc = ""
        """The KDoc comment right before the declaration being visited."""

    def text(self, node: Node | None) -> str:
        """The source of a node as it was written, ``""`` for none."""
        return "" if node is None else self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def name(self, node: Node | None) -> str:
        """An identifier without its backticks."""
        return self.text(node).strip("`")

    def type(self, node: Node | None) -> str:
        """A type as written, on one line."""
        return " ".join(self.text(node).split())

    def declared_type(self, node: Node) -> str:
        """The type that stands among a declaration's own children."""
        return self.type(child_of(node, *TYPES))

    def leave(self, outer: Scope, absorbed: bool = False) -> Scope:
        """Back to the scope around; the one that ends is counted into the file, or into that around it."""
        ended, self.scope = self.scope, outer
        self.statements += ended.statements
        if absorbed:
            outer.absorb(ended)
        else:
            self.decisions += ended.complexity - 1
        return ended

    def take_doc(self) -> str:
        """The comment before the declaration being entered; what lies inside it does not have it too."""
        doc, self.doc = self.doc, ""
        return doc


def visit_all(walker: Walker, nodes: list[Node]) -> Expr:
    """Statements or members one after another, each with the comment before it; gives the value of the last."""
    walker.doc = ""
    value: Expr = NOTHING
    told = NOWHERE
    last: Node | None = None
    for child in nodes:
        if child.type in COMMENTS:
            if (child.text or b"").startswith(b"/**"):
                walker.doc = comment_text(walker.text(child))
            told = told_row(child, last, told)
            continue
        walker.doc = walker.doc or (TOLD if belongs(told, child) else "")
        walker.scope.statements += 1
        value = walker.visit(child)
        walker.doc, told, last = "", NOWHERE, child
    return value


TOLD = " "
"""The doc of what only a comment in plain words stands before."""


def visit_block(walker: Walker, node: Node) -> Expr:
    """A block, a body or a file."""
    return visit_all(walker, node.named_children)


def comment_text(text: str) -> str:
    """What a KDoc comment says, without its stars."""
    lines = text.removeprefix("/**").removesuffix("*/").split("\n")
    return "\n".join(line.strip().lstrip("*").strip() for line in lines).strip() or " "


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and types."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type not in COMMENTS), None)


def child_of(node: Node, *types: str) -> Node | None:
    """The first child of one of these types."""
    return next((child for child in node.named_children if child.type in types), None)


def after(node: Node, token: str) -> Node | None:
    """The first node behind a token of its parent: the value behind ``=``."""
    found = False
    for child in node.children:
        if found and child.is_named and child.type not in COMMENTS:
            return child
        found = found or child.type == token
    return None


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", value.line) if isinstance(value, Name) else Attribute(value, name, line)
