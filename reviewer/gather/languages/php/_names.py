"""Names: variables, constants, classes, and what is reached through ``->``, ``::`` and constant subscripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    inner,
    member_of,
    with_dots,
)
from reviewer.gather.syntax import Expr, Name, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

KEY = re.compile(r"[A-Za-z_][\w-]*")
"""Constant keys that make ``$a['key']`` the name ``a.key``."""


def variable(_walker: Walker, node: Node) -> Expr:
    """``$name``."""
    return Name(text_of(node)[1:], node.start_point[0] + 1)


def name(_walker: Walker, node: Node) -> Expr:
    """A constant, function or class, with or without namespaces."""
    return Name(with_dots(text_of(node)), node.start_point[0] + 1)


def dynamic_variable(walker: Walker, node: Node) -> Expr:
    """``${name}`` inside a text is a plain variable; ``$$name`` may be any."""
    value = inner(node)
    if value is not None and text_of(node).startswith("${"):
        return walker.visit(value)
    return Other(node.type, node.start_point[0] + 1, (walker.visit(value),))


def member(walker: Walker, node: Node) -> Expr:
    """``$a->b`` and ``$a?->b``."""
    return member_named(walker, walker.visit(node.child_by_field_name("object")), node)


def static_member(walker: Walker, node: Node) -> Expr:
    """``A::$b``."""
    return member_named(walker, walker.visit(node.child_by_field_name("scope")), node)


def member_named(walker: Walker, value: Expr, node: Node) -> Expr:
    """The member of ``value`` that the node's field ``name`` says; one that a variable names may be any."""
    part = node.child_by_field_name("name")
    line = node.start_point[0] + 1 if part is None else part.start_point[0] + 1
    static = node.type.startswith("scoped_property") and part is not None and part.type == "variable_name"
    if part is not None and (static or part.type == "name"):
        return member_of(value, text_of(part).removeprefix("$"), line)
    named = walker.visit(part)
    if isinstance(named, Text) and named.how == "plain":
        return member_of(value, "".join(str(item) for item in named.parts), line)
    return Other("dynamic_member", line, (value, named))


def class_constant(walker: Walker, node: Node) -> Expr:
    """``A::B`` and ``A::class``."""
    children = node.named_children
    if len(children) < 2:
        return NOTHING
    return member_of(walker.visit(children[0]), text_of(children[-1]), children[-1].start_point[0] + 1)


def subscript(walker: Walker, node: Node) -> Expr:
    """``$a['b']`` is ``a.b``; any other index stays an operand."""
    children = [child for child in node.named_children if child.type != "comment"]
    value = walker.visit(children[0]) if children else NOTHING
    if len(children) < 2:
        return Other("subscript_expression", node.start_point[0] + 1, (value,))
    index = children[1]
    key = text_of(index).strip("'\"")
    in_text = index.type == "name" and node.parent is not None and node.parent.type in TEXTS
    if isinstance(value, Name) and (index.type in QUOTED or in_text) and KEY.fullmatch(key):
        return Name(f"{value.dotted}.{key}", value.line)
    return Other("subscript_expression", node.start_point[0] + 1, (value, walker.visit(index)))


TEXTS = frozenset({"encapsed_string", "heredoc_body", "shell_command_expression"})
QUOTED = frozenset({"string", "encapsed_string"})

HANDLERS: dict[str, Handler] = {
    "variable_name": variable,
    **dict.fromkeys(("name", "qualified_name", "namespace_name", "relative_name", "relative_scope"), name),
    **dict.fromkeys(("named_type", "primitive_type"), name),
    "dynamic_variable_name": dynamic_variable,
    **dict.fromkeys(("member_access_expression", "nullsafe_member_access_expression"), member),
    "scoped_property_access_expression": static_member,
    "class_constant_access_expression": class_constant,
    "subscript_expression": subscript,
}
