"""The state of one walk over a JavaScript or TypeScript tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
NamedHandler = Callable[["Walker", "Node", str], Expr]


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler], named_handlers: Mapping[str, NamedHandler]) -> None:
        super().__init__(handlers)
        self.named_handlers = named_handlers
        """For values that pass the name they are given to on to what is inside them."""
        self.documented = False
        """Whether a JSDoc comment stands right before the statement or member being visited."""
        self.required: dict[str, str] = {}
        """Modules by the name under which an expression refers to them."""

    def take_documented(self) -> bool:
        """Whether the definition being entered is documented; what lies inside it is not by the same comment."""
        documented, self.documented = self.documented, False
        return documented


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the comment before it."""
    walker.documented = False
    told = NOWHERE
    last: Node | None = None
    for child in node.named_children:
        if child.type == "comment":
            walker.documented, told = is_doc_comment(child), told_row(child, last, told)
            continue
        walker.documented = walker.documented or belongs(told, child)
        walker.scope.statements += 1
        walker.visit(child)
        walker.documented, told, last = False, NOWHERE, child
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
