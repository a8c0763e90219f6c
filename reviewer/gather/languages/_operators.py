"""Operators with two sides, as most languages have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.syntax import Compare, Expr, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

    from reviewer.gather.languages._walk import Walk


def operator_of(node: Node) -> str:
    """The operator of an expression as written, ``""`` where the grammar gives it no name."""
    sign = node.child_by_field_name("operator")
    return sign.type if sign is not None else ""


def binary(walk: Walk, node: Node, operator: str, decisions: frozenset[str], comparisons: frozenset[str]) -> Expr:
    """Comparisons are recorded, ``+`` next to a string joins, short-circuits are decisions.

    Args:
        walk: the walk.
        node: an expression with the fields ``left`` and ``right``.
        operator: as written.
        decisions: the operators of the language that decide whether their right side is looked at.
        comparisons: its operators that compare.
    """
    mark = len(walk.texts)
    left = walk.visit(node.child_by_field_name("left"))
    right = walk.visit(node.child_by_field_name("right"))
    walk.halstead.add(operator, (left, right), walk.scope.qualname)
    if operator == "+" and (isinstance(left, Text) or isinstance(right, Text)):
        return joined(walk, left, right, mark)
    line = node.start_point[0] + 1
    if operator in decisions:
        walk.scope.complexity += 1
    elif operator in comparisons:
        walk.compares.append(Compare(left, operator, right, line, walk.scope.index))
    return Other(node.type, line, (left, right), operator)


def joined(walk: Walk, left: Expr, right: Expr, mark: int) -> Text:
    """``"a" + b`` as one text in place of its pieces; constants alone stay plain.

    Args:
        walk: the walk.
        left: the left side, read already.
        right: the right side, read already.
        mark: how many texts there were before either side.
    """
    parts = tuple(part for side in (left, right) for part in (side.parts if isinstance(side, Text) else (side,)))
    walk.texts[mark:] = [item for item in walk.texts[mark:] if item[0] is not left and item[0] is not right]
    known = all(isinstance(part, str) for part in parts)
    end = right.end_line if isinstance(right, Text) else right.line
    return walk.add_text(Text(parts, left.line, max(left.line, end), "plain" if known else "concatenated"))
