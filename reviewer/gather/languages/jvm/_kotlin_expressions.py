"""Expressions of Kotlin in the common syntax, calls apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.jvm import _kotlin_calls as calls
from reviewer.gather.languages.jvm._kotlin_strings import joined
from reviewer.gather.languages.jvm._kotlin_walker import (
    COMMENTS,
    Handler,
    Walker,
    inner,
    member_of,
    skip,
)
from reviewer.gather.syntax import Compare, Expr, Items, Name, Number, Other, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "===", "!=", "!==", "<", "<=", ">", ">="})
DECISIONS = frozenset({"&&", "||", "?:"})
LITERALS = frozenset({"true", "false", "null"})
JUMPS = frozenset({"break", "continue"})
IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,80}")


def identifier(walker: Walker, node: Node) -> Expr:
    """A name, or ``true``, ``false``, ``null``, which the grammar takes for names too."""
    name, line = walker.name(node), node.start_point[0] + 1
    if name in LITERALS:
        return Number(name, line)
    return NOTHING if name in JUMPS else Name(name, line)


def this(_walker: Walker, node: Node) -> Expr:
    """``this``, ``this@Outer`` and ``super``."""
    return Name("super" if node.type == "super_expression" else "this", line_of(node))


def navigation(walker: Walker, node: Node) -> Expr:
    """``a.b``, ``a?.b`` and ``A::b``."""
    parts = [child for child in node.named_children if child.type not in COMMENTS]
    value = walker.visit(parts[0]) if parts else NOTHING
    for part in parts[1:]:
        value = member_of(value, walker.name(part), line_of(part))
    return value


def reference(walker: Walker, node: Node) -> Expr:
    """``::name``."""
    return Name(walker.text(node).replace("::", ".").strip(".").strip("`"), line_of(node))


def index(walker: Walker, node: Node) -> Expr:
    """``a["b"]`` is ``a.b``; any other index stays an operand."""
    parts = [walker.visit(child) for child in node.named_children if child.type not in COMMENTS]
    if len(parts) == 2:
        key = plain(parts[1])
        if key is not None and IDENTIFIER.fullmatch(key):
            return member_of(parts[0], key, parts[1].line)
    return Other(node.type, line_of(node), tuple(parts))


def number(walker: Walker, node: Node) -> Expr:
    """A number as written, without the letters of its type."""
    return Number(walker.text(node).rstrip("LlUuFf"), node.start_point[0] + 1)


def collection(walker: Walker, node: Node) -> Expr:
    """``["a", "b"]`` in an annotation."""
    values = [walker.visit(child) for child in node.named_children if child.type not in COMMENTS]
    return Items(tuple(values), line_of(node))


def binary(walker: Walker, node: Node) -> Expr:
    """Comparisons are recorded, ``+`` next to a string joins, short-circuits and ``?:`` are decisions."""
    generic = calls.misread_generic(node)
    if generic is not None:
        return calls.generic_call(walker, node, *generic)
    operator = next((child.type for child in node.children if not child.is_named), "")
    mark = len(walker.texts)
    left = walker.visit(node.child_by_field_name("left"))
    right = walker.visit(node.child_by_field_name("right"))
    walker.halstead.add(operator, (left, right), walker.scope.qualname)
    if operator == "+" and (isinstance(left, Text) or isinstance(right, Text)):
        return joined(walker, left, right, mark)
    line = node.start_point[0] + 1
    if operator in DECISIONS:
        walker.scope.complexity += 1
    elif operator in COMPARISONS:
        walker.compares.append(Compare(left, operator, right, line, walker.scope.index))
    return Other(node.type, line, (left, right), operator)


def membership(walker: Walker, node: Node) -> Expr:
    """``a in b`` and ``a !in b``."""
    left = walker.visit(node.child_by_field_name("left"))
    right = walker.visit(node.child_by_field_name("right"))
    operator = next((child.type for child in node.children if not child.is_named), "in")
    walker.compares.append(Compare(left, operator, right, line_of(node), walker.scope.index))
    return Other(node.type, line_of(node), (left, right), operator)


def type_check(walker: Walker, node: Node) -> Expr:
    """``a is T``."""
    left = walker.visit(node.child_by_field_name("left"))
    right = Name(walker.type(node.child_by_field_name("right")), line_of(node))
    operator = next((child.type for child in node.children if not child.is_named), "is")
    walker.compares.append(Compare(left, operator, right, line_of(node), walker.scope.index))
    return Other(node.type, line_of(node), (left,), operator)


def cast(walker: Walker, node: Node) -> Expr:
    """``a as T``: the expression before it."""
    return walker.visit(node.child_by_field_name("left"))


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``a++``; a negative number is a number, ``a!!`` is ``a``."""
    value = walker.visit(node.child_by_field_name("argument"))
    operator = next((child.type for child in node.children if not child.is_named), "")
    if operator == "!!":
        return value
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Parentheses."""
    return walker.visit(inner(node))


def annotated(walker: Walker, node: Node) -> Expr:
    """``@Suppress("x") foo()``: the expression behind the annotation."""
    children = [child for child in node.named_children if child.type not in ("annotation", *COMMENTS)]
    return walker.visit(children[-1]) if children else NOTHING


SKIPPED = (
    *COMMENTS,
    *("shebang", "label", "annotation", "file_annotation", "modifiers", "type_alias", "type_parameters"),
    *("type_arguments", "type_constraints", "user_type", "nullable_type", "function_type"),
)

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED, skip),
    **dict.fromkeys(("this_expression", "super_expression"), this),
    "identifier": identifier,
    "navigation_expression": navigation,
    "callable_reference": reference,
    "index_expression": index,
    "number_literal": number,
    "float_literal": number,
    "collection_literal": collection,
    "binary_expression": binary,
    "in_expression": membership,
    "is_expression": type_check,
    "as_expression": cast,
    "unary_expression": unary,
    "parenthesized_expression": unwrapped,
    "annotated_expression": annotated,
}
