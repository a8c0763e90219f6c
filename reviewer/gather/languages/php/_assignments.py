"""Assignments to variables, properties, entries and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    member_of,
    variable,
)
from reviewer.gather.syntax import Expr, Items, Mapping, Name, Number, Other, dotted, plain

if TYPE_CHECKING:
    from tree_sitter import Node

LISTS = ("list_literal", "array_creation_expression")


def assignment(walker: Walker, node: Node) -> Expr:
    """``$target = value``; the expression is the value."""
    left = node.child_by_field_name("left")
    expr = walker.visit(node.child_by_field_name("right"))
    if left is not None:
        bind(walker, left, expr, node)
    return expr


def augmented(walker: Walker, node: Node) -> Expr:
    """``$target .= value``."""
    left = walker.visit(node.child_by_field_name("left"))
    expr = walker.visit(node.child_by_field_name("right"))
    operator = text_of(node.child_by_field_name("operator"))
    walker.halstead.add(operator, (left, expr), walker.scope.qualname)
    if target := dotted(left):
        walker.assign(target, expr, node, augmented=operator != "??=")
    return expr


def bind(walker: Walker, target: Node, expr: Expr, node: Node) -> None:
    """Gives a value to a name or, part by part, to a list; an entry is added (``$a[] = 1``, ``$a[$b] = 1``)."""
    if target.type in LISTS:
        _bind_parts(walker, target, expr, node)
        return
    left = walker.visit(target)
    if name := dotted(left):
        walker.assign(name, expr, node)
        return
    while isinstance(left, Other) and left.kind == "subscript_expression":
        key = left.operands[1:]
        line = line_of(node)
        expr = Mapping(((key[0], expr),), line) if key else Items((expr,), line)
        left = left.operands[0]
        if isinstance(left, Name):
            walker.assign(left.dotted, expr, node, augmented=True)


def _bind_parts(walker: Walker, target: Node, expr: Expr, node: Node) -> None:
    """``[$a, $b] = value`` and ``['key' => $a] = value``."""
    children = [child for child in target.children if child.is_named or child.type in (",", "=>")]
    place, key = 0, ""
    for position, child in enumerate(children):
        if child.type == ",":
            place, key = place + 1, ""
            continue
        if child.type in ("=>", "comment"):
            continue
        if position + 1 < len(children) and children[position + 1].type == "=>":
            key = plain(walker.visit(child)) or ""
            continue
        inner = child.named_children[0] if child.type in ("by_ref", "array_element_initializer") else child
        line = line_of(inner)
        part = member_of(expr, key, line) if key else _element(expr, place, line)
        bind(walker, inner, part, node)


def _element(expr: Expr, place: int, line: int) -> Expr:
    if isinstance(expr, Items) and place < len(expr.values):
        return expr.values[place]
    return Other("subscript_expression", line, (expr, Number(str(place), line)))


def static_variables(walker: Walker, node: Node) -> Expr:
    """``static $count = 0;``."""
    for item in node.named_children:
        value = item.child_by_field_name("value")
        if value is not None:
            walker.assign(variable(item.child_by_field_name("name")), walker.visit(value), item)
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("assignment_expression", "reference_assignment_expression"), assignment),
    "augmented_assignment_expression": augmented,
    "function_static_declaration": static_variables,
}
