"""Comments in plain words right before a function: they tell what it does, though no tool reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

NOWHERE = -2
"""The row of a comment where there is none."""
WORDS, SHORTEST = 4, 15
MOST = 600
CLOSING = (";", "{", "}", "(", ",", "*/", "=>")
"""Ends of lines that are code which somebody commented out."""
NO_WORDS = re.compile(
    r"(?:eslint|prettier|tslint|jshint|istanbul|c8|ts-|noinspection|nosonar|resharper|stylecop|phpcs|psalm|phpstan|"
    r"todo|fixme|hack|xxx|#?(?:end)?region|pragma|@|<|-{3}|={3}|(?:get|post|put|patch|delete|head)\b[ :]|"
    r"to protect from overposting|https?:)",
    re.IGNORECASE,
)
"""Marks for tools, open tasks, rulers, and what a generator writes above an action."""
CODE = re.compile(r"[\w)\]] [+*/-]?= |\w\([^()]{0,80}\)$|^(?:return|const|let|var|await|import|using|public|private)\b")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}")
"""Scripts that write without spaces."""


def told_row(comment: Node, last: Node | None, told: int) -> int:
    """The row on which a comment in words ends that stands on lines of its own; `NOWHERE` where it is none.

    Args:
        last: the node before it, beside which a comment belongs to that one.
        told: the row of the comment before, whose words this one may go on with.
    """
    row = comment.start_point[0]
    if last is not None and last.end_point[0] == row:
        return NOWHERE
    return comment.end_point[0] if told == row - 1 or in_words(text_of(comment)) else NOWHERE


def belongs(told: int, node: Node) -> bool:
    """Whether a comment that ends on a row stands right above a node."""
    return told >= 0 and node.start_point[0] == told + 1


def in_words(comment: str) -> bool:
    """Whether a comment is a sentence of some words rather than code or a mark for a tool."""
    bare = comment[:MOST].strip("/*#! \t\r\n")
    if WIDE.search(bare[:60]):
        return not bare.endswith(CLOSING)
    if len(bare) < SHORTEST or NO_WORDS.match(bare) or bare.endswith(CLOSING) or CODE.search(bare):
        return False
    return sum(word[0].isalpha() for word in bare.split()) >= WORDS
