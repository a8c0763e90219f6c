"""What every language reader on tree-sitter shares: the parser, the guard against nesting, positions and error share.

`parse` comes first and raises `TooDeep` for a tree that no recursive reader should enter; afterwards a reader may
recurse on the tree, at most `DEPTH_LIMIT` levels deep.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

from reviewer.gather.reader import TooDeep

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

DEPTH_LIMIT = 200
"""Levels of the syntax tree. Of 16,443 Python files written by people, three are deeper; none is a back end's."""


@cache
def parser(grammar: str, symbol: str = "language") -> Parser:
    """The parser of a grammar package (``tree_sitter_python``), made once per process.

    Args:
        grammar: the package's import name.
        symbol: its function that returns the language (``language_tsx``).
    """
    return Parser(Language(getattr(importlib.import_module(grammar), symbol)()))


def parse(data: bytes, grammar: str, symbol: str = "language") -> Tree:
    """The tree of a file, checked to be no deeper than `DEPTH_LIMIT`.

    Raises:
        TooDeep: the tree is deeper; nothing may recurse on it or query it.
    """
    tree = parser(grammar, symbol).parse(data)
    if is_deeper(tree, DEPTH_LIMIT):
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}")
    return tree


def is_deeper(tree: Tree, limit: int) -> bool:
    """Whether some node lies more than ``limit`` levels below the root. Walks a cursor, so any depth is safe.

    A node with too few nodes below it to reach so deep is not entered.
    """
    cursor = tree.walk()
    depth = 0
    while True:
        node = cursor.node
        if node is not None and depth + node.descendant_count > limit and cursor.goto_first_child():
            depth += 1
            if depth > limit:
                return True
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return False
            depth -= 1


def line_of(node: Node) -> int:
    """The 1-based line on which a node starts."""
    return node.start_point[0] + 1


def end_line_of(node: Node) -> int:
    """The 1-based line on which a node ends; one that ends before the first column ends on the line above."""
    row, column = node.end_point
    return row if column == 0 and row > node.start_point[0] else row + 1


def text_of(node: Node | None) -> str:
    """The source of a node, ``""`` for none."""
    if node is None or node.text is None:
        return ""
    return node.text.decode("utf-8", "replace")


def error_share(root: Node, lines: int) -> float:
    """The share (0..1) of lines that the grammar could not place: those of error nodes but for their sound parts."""
    if not root.has_error or lines == 0:
        return 0.0
    broken: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "ERROR":
            broken.update(_unplaced_rows(node))
        elif node.is_missing:
            broken.add(node.start_point[0])
        stack.extend(child for child in node.children if child.has_error)
    return min(1.0, len(broken) / lines)


def _unplaced_rows(error: Node) -> set[int]:
    """The rows of an error node without those of whole children, which were understood."""
    rows = set(range(error.start_point[0], error.end_point[0] + 1))
    for child in error.children:
        if child.named_child_count:
            rows.difference_update(range(child.start_point[0], child.end_point[0] + 1))
    return rows
