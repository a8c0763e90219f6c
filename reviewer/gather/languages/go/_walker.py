"""The state of one walk over a Go tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reviewer.gather.languages._walk import NOTHING, Walk
from reviewer.gather.syntax import (
    Expr,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

TYPE_LENGTH = 200
"""Characters of a declared type that are kept."""


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self.passed_on = 0
        """How many errors were returned, sent to a channel or made a panic so far."""
        self.types: dict[str, int] = {}
        """The classes of the file by name: methods may stand before the type that they belong to."""
        self.maps: set[str] = set()
        """Types of this file that are maps."""
        self.imported: frozenset[str] = frozenset()
        """The names of the packages that the file imports."""


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
