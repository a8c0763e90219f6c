"""The state of one walk over a PHP tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import NO_KEYWORDS, NOTHING, Walk
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Name,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self.comment: Node | None = None
        """The doc comment right before the statement or member being visited."""
        self.told = False
        """Whether a comment in plain words stands there instead."""
        self.echoing = False
        """Whether the next expression stands in ``<?= ... ?>``."""

    def call(self, callee: str, args: tuple[Expr, ...], node: Node) -> Call:
        """Records what the language writes as a statement (``echo``, ``require``) as a call."""
        found = Call(
            callee=Name(callee, line_of(node)),
            args=args,
            keywords=NO_KEYWORDS,
            line=line_of(node),
            end_line=node.end_point[0] + 1,
            function=self.scope.index,
            owner=self.scope.owner,
            loops=self.scope.loops,
        )
        self.calls.append(found)
        return found

    def take_comment(self) -> Node | None:
        """The doc comment of the definition being entered; what lies inside it is not told by the same comment."""
        comment, self.comment = self.comment, None
        return comment

    def take_told(self) -> bool:
        """Whether a comment in plain words stands before the definition being entered."""
        told, self.told = self.told, False
        return told


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the doc comment before it."""
    walker.comment, walker.told = None, False
    told = NOWHERE
    last: Node | None = None
    for child in node.named_children:
        if child.type == "comment":
            walker.comment = child if is_doc_comment(child) else walker.comment
            told = told_row(child, last, told)
            continue
        walker.told = belongs(told, child)
        walker.scope.statements += child.type not in NO_STATEMENTS
        walker.visit(child)
        walker.comment, walker.told, told, last = None, False, NOWHERE, child
    return NOTHING


NO_STATEMENTS = frozenset({"text", "php_tag", "text_interpolation"})


def is_doc_comment(comment: Node) -> bool:
    """Whether a comment is PHPDoc."""
    return (comment.text or b"").startswith(b"/**")


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and types."""
    return NOTHING


def inner(node: Node | None) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None) if node else None


def with_dots(name: str) -> str:
    """``App\\Models\\User`` as ``App.Models.User``."""
    return name.replace(" ", "").lstrip("\\").replace("\\", ".")


def type_of(node: Node, field: str = "type") -> str:
    """A declared type as written, its names with dots."""
    written = node.child_by_field_name(field)
    if written is None:
        return ""
    text = text_of(written).removeprefix(":").strip().replace("\\", ".")
    return text.lstrip(".").replace("|.", "|").replace("?.", "?")


def variable(node: Node | None) -> str:
    """``name`` of ``$name``."""
    return text_of(node).lstrip("&. \t\n").removeprefix("$")


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", value.line) if isinstance(value, Name) else Attribute(value, name, line)
