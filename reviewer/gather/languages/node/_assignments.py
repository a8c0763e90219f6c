"""Variables, assignments and destructuring; what CommonJS imports and exports by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.node import _functions as functions
from reviewer.gather.languages.node._calls import REQUIRED
from reviewer.gather.languages.node._modules import export_assigned, exported_name
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    member_of,
    type_of,
)
from reviewer.gather.syntax import Call, Expr, Import, Name, Number, Other, Text, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

IDENTITIES = ("Object.freeze", "Object.seal")
"""Calls that give their argument back."""
ENVIRONMENT = ("process.env.", "import.meta.env.")
PATTERNS = ("object_pattern", "array_pattern")


def declarator(walker: Walker, node: Node) -> Expr:
    """``name = value`` of ``const``, ``let`` and ``var``."""
    target = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    if target is None:
        return NOTHING
    if value is None:
        walker.assign(text_of(target), None, node, type_of(node))
        return NOTHING
    name = text_of(target) if target.type == "identifier" else ""
    bind(walker, target, _value(walker, value, name), node, type_of(node))
    return NOTHING


def _value(walker: Walker, node: Node, name: str) -> Expr:
    expr = functions.named(walker, node, name)
    if isinstance(expr, Call) and len(expr.args) == 1 and expr.name in IDENTITIES:
        return expr.args[0]
    return expr


def assignment(walker: Walker, node: Node, name: str = "") -> Expr:
    """``target = value``; the expression is the value.

    Args:
        name: the variable that the whole is given to (``const app = module.exports = express()``).
    """
    left = node.child_by_field_name("left")
    right = node.child_by_field_name("right")
    if left is None or right is None:
        return NOTHING
    if left.type in PATTERNS:
        expr = walker.visit(right)
        bind(walker, left, expr, node)
        return expr
    target = dotted(walker.visit(left))
    exported = exported_name(target)
    expr = _value(walker, right, name or (target if exported is None else exported))
    if target:
        walker.assign(target, expr, node)
    if exported is not None:
        export_assigned(walker, exported, expr, name, line_of(node))
    return expr


def augmented(walker: Walker, node: Node) -> Expr:
    """``target += value``."""
    left = walker.visit(node.child_by_field_name("left"))
    expr = walker.visit(node.child_by_field_name("right"))
    target, operator = dotted(left), text_of(node.child_by_field_name("operator"))
    walker.halstead.add(operator, (left, expr), walker.scope.qualname)
    walker.scope.complexity += operator in ("&&=", "||=", "??=")
    if target:
        walker.assign(target, expr, node, augmented=True)
    return expr


def bind(walker: Walker, target: Node, expr: Expr, node: Node, kind: str = "") -> None:
    """Gives a value to a name or, part by part, to a pattern. A required module is an import."""
    if target.type == "object_pattern":
        for key, inner_target, default in _parts_of(walker, target):
            value = member_of(expr, key, line_of(inner_target))
            bind(walker, inner_target, _or_default(value, default), node)
        return
    if target.type == "array_pattern":
        for position, part in enumerate(target.named_children):
            item = Other("subscript_expression", line_of(part), (expr, Number(str(position), line_of(part))))
            bind(walker, part, item, node)
        return
    if target.type == "assignment_pattern":
        default = walker.visit(target.child_by_field_name("right"))
        left = target.child_by_field_name("left")
        if left is not None:
            bind(walker, left, _or_default(expr, default), node, kind)
        return
    name = text_of(target).lstrip(".")
    if (
        isinstance(expr, Name)
        and expr.dotted.startswith(REQUIRED)
        and _import(walker, name, expr.dotted, line_of(node))
    ):
        return
    walker.assign(name, expr, node, kind)


def _or_default(expr: Expr, default: Expr | None) -> Expr:
    """A setting that stands for a string where it is not set is written as ``process.env.NAME || "text"``."""
    if isinstance(expr, Name) and expr.dotted.startswith(ENVIRONMENT) and isinstance(default, Text):
        return Other("binary_expression", default.line, (expr, default), "||")
    return expr


def _parts_of(walker: Walker, pattern: Node) -> Iterator[tuple[str, Node, Expr | None]]:
    """The parts of an object pattern: key, target and default."""
    for child in pattern.named_children:
        if child.type == "pair_pattern":
            value = child.child_by_field_name("value")
            if value is not None:
                yield text_of(child.child_by_field_name("key")).strip("'\""), value, None
        elif child.type == "object_assignment_pattern":
            default = walker.visit(child.child_by_field_name("right"))
            left = child.child_by_field_name("left")
            if left is not None:
                yield text_of(left), left, default
        elif child.type == "shorthand_property_identifier_pattern":
            yield text_of(child), child, None


def _import(walker: Walker, alias: str, required: str, line: int) -> bool:
    """``alias = require("module")`` or a member of it; the import under the name in place is replaced."""
    head, _, member = required.partition(".")
    module = walker.required.get(head)
    if module is None or "." in member:
        return False
    if walker.imports and walker.imports[-1].alias == head:
        walker.imports.pop()
    walker.imports.append(Import(module, member or None, alias, line))
    return True


HANDLERS: dict[str, Handler] = {
    "variable_declarator": declarator,
    "assignment_expression": assignment,
    "augmented_assignment_expression": augmented,
}
