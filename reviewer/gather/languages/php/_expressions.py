"""Operators, arrays and the other expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.php._strings import drop, kept
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    inner,
)
from reviewer.gather.syntax import Compare, Expr, Items, Mapping, Number, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "===", "!=", "!==", "<>", "<", "<=", ">", ">=", "<=>", "instanceof"})
DECISIONS = frozenset({"&&", "||"})
"""Operators that lizard counts as decisions; ``and``, ``or`` and ``??`` are none for it."""


def number(_walker: Walker, node: Node) -> Expr:
    """A number, true, false or null."""
    return Number(text_of(node), node.start_point[0] + 1)


def binary(walker: Walker, node: Node) -> Expr:
    """Comparisons are recorded, ``.`` joins texts, short-circuits are decisions."""
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else ""
    if operator == ".":
        return joined(walker, node)
    left = walker.visit(node.child_by_field_name("left"))
    right = walker.visit(node.child_by_field_name("right"))
    line = node.start_point[0] + 1
    walker.halstead.add(operator, (left, right), walker.scope.qualname)
    if operator in DECISIONS:
        walker.scope.complexity += 1
    elif operator in COMPARISONS:
        walker.compares.append(Compare(left, operator, right, line, walker.scope.index))
    return Other(node.type, line, (left, right), operator)


def joined(walker: Walker, node: Node) -> Expr:
    """``'a' . $b`` as one text in place of its pieces."""
    pieces: list[Expr] = []
    left: Node | None = node
    while left is not None and _joins(left):
        pieces.append(walker.visit(left.child_by_field_name("right")))
        left = left.child_by_field_name("left")
    pieces.append(walker.visit(left))
    parts: list[str | Expr] = []
    for piece in reversed(pieces):
        walker.halstead.add(".", (piece,), walker.scope.qualname)
        if isinstance(piece, Text):
            drop(walker, piece)
            parts.extend(piece.parts)
        else:
            parts.append(piece)
    return kept(walker, tuple(parts), node, "concatenated")


def _joins(node: Node) -> bool:
    sign = node.child_by_field_name("operator") if node.type == "binary_expression" else None
    return sign is not None and sign.type == "."


def unary(walker: Walker, node: Node) -> Expr:
    """``!$a``, ``-1``, ``$a++``; a negative number is a number."""
    sign = node.child_by_field_name("operator")
    value = walker.visit(node.child_by_field_name("argument") or inner(node))
    operator = sign.type if sign is not None else ""
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def conditional(walker: Walker, node: Node) -> Expr:
    """``$a ? $b : $c`` is a decision; ``$a ?: $b`` is none for lizard."""
    parts = [node.child_by_field_name(name) for name in ("condition", "body", "alternative")]
    found = tuple([walker.visit(part) for part in parts if part is not None])
    if len(found) < 3:
        return Other("binary_expression", line_of(node), found, "?:")
    walker.scope.complexity += 1
    return Other("ternary_expression", line_of(node), found, "?")


def cast(walker: Walker, node: Node) -> Expr:
    """``(int) $a``."""
    kind = text_of(node.child_by_field_name("type")).strip().lower()
    return Other(node.type, line_of(node), (walker.visit(node.child_by_field_name("value")),), kind)


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Brackets, ``@f()``, ``&$a``, ``clone $a``: the expression inside."""
    return walker.visit(inner(node))


def throw(walker: Walker, node: Node) -> Expr:
    """``throw $a``."""
    walker.thrown += 1
    return walker.visit(inner(node))


def array(walker: Walker, node: Node) -> Expr:
    """A list, or a map as soon as one entry has a key; the others then go by their place."""
    values: list[tuple[Expr | None, Expr]] = []
    keyed, place = False, 0
    for child in node.named_children:
        if child.type == "array_element_initializer":
            parts = [part for part in child.named_children if part.type != "comment"]
            if len(parts) > 1:
                keyed = True
                values.append((walker.visit(parts[0]), walker.visit(parts[1])))
            elif parts and parts[0].type == "variadic_unpacking":
                values.append((None, walker.visit(inner(parts[0]))))
            elif parts:
                values.append((Number(str(place), line_of(child)), walker.visit(parts[0])))
                place += 1
    if keyed:
        return Mapping(tuple(values), line_of(node))
    return Items(tuple(value for _, value in values), line_of(node))


def match(walker: Walker, node: Node) -> Expr:
    """``match``: one decision for lizard; what is matched is compared with the conditions of each arm."""
    scope = walker.scope
    scope.complexity += 1
    value = walker.visit(inner(node.child_by_field_name("condition")))
    found: list[Expr] = []
    body = node.child_by_field_name("body")
    scope.enter()
    for arm in body.named_children if body is not None else ():
        conditions = arm.child_by_field_name("conditional_expressions")
        for condition in conditions.named_children if conditions is not None else ():
            expected = walker.visit(condition)
            walker.compares.append(Compare(value, "case", expected, line_of(condition), scope.index))
        result = walker.visit(arm.child_by_field_name("return_expression"))
        if result is not NOTHING:
            found.append(result)
    scope.leave()
    return Other(node.type, line_of(node), tuple(found), "match")


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("integer", "float", "boolean", "null"), number),
    "binary_expression": binary,
    **dict.fromkeys(("unary_op_expression", "update_expression"), unary),
    "conditional_expression": conditional,
    "cast_expression": cast,
    **dict.fromkeys(("parenthesized_expression", "error_suppression_expression", "by_ref"), unwrapped),
    **dict.fromkeys(("clone_expression", "variadic_unpacking", "argument"), unwrapped),
    "throw_expression": throw,
    "array_creation_expression": array,
    "match_expression": match,
}
