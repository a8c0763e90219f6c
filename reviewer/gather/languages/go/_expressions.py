"""Expressions of Go in the common syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages import _operators
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.go._walker import (
    Handler,
    Walker,
    inner,
    skip,
    text,
    type_text,
)
from reviewer.gather.syntax import Attribute, Expr, Name, Number, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
DECISIONS = frozenset({"&&", "||"})
TRANSPARENT = frozenset({"&", "*"})
"""Operators that give the same thing: the address of a value, and what an address leads to."""
BYTES = frozenset({"[]byte", "[]rune", "[]uint8"})
"""Conversions that keep a text a text."""
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
LAST_CODE_POINT = 0x10FFFF


def unescaped(raw: str) -> str:
    """The text that an interpreted string literal stands for."""
    return ESCAPE.sub(_escape, raw) if "\\" in raw else raw


def _escape(match: re.Match[str]) -> str:
    body = match[1]
    if body[0] in "xuU" and len(body) > 1:
        code = int(body[1:], 16)
    elif len(body) == 3:
        code = int(body, 8)
    else:
        return ESCAPES.get(body, body)
    return chr(code) if code <= LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def name(_walker: Walker, node: Node) -> Expr:
    """A name, also that of a type or a package."""
    return Name(text(node), node.start_point[0] + 1)


def selector(walker: Walker, node: Node) -> Expr:
    """``a.b``."""
    value = walker.visit(node.child_by_field_name("operand"))
    field = node.child_by_field_name("field")
    if isinstance(value, Name):
        return Name(f"{value.dotted}.{text(field)}", value.line)
    return Attribute(value, text(field), (field or node).start_point[0] + 1)


def qualified(_walker: Walker, node: Node) -> Expr:
    """``http.Handler`` as a type."""
    return Name(text(node), node.start_point[0] + 1)


def index(walker: Walker, node: Node) -> Expr:
    """``a["b"]``."""
    value = walker.visit(node.child_by_field_name("operand"))
    return Other("subscript", node.start_point[0] + 1, (value, walker.visit(node.child_by_field_name("index"))))


def cut(walker: Walker, node: Node) -> Expr:
    """``a[1:2]``."""
    value = walker.visit(node.child_by_field_name("operand"))
    line = node.start_point[0] + 1
    bounds = [node.child_by_field_name(field) for field in ("start", "end", "capacity")]
    given = tuple([walker.visit(bound) for bound in bounds if bound is not None])
    return Other("subscript", line, (value, Other("slice", line, given)))


def string(walker: Walker, node: Node) -> Expr:
    """A string, interpreted or raw."""
    raw = text(node)
    found = raw[1:-1] if raw[:1] == "`" else unescaped(raw[1:-1])
    made = Text((found,) if found else (), node.start_point[0] + 1, node.end_point[0] + 1)
    walker.texts.append((made, walker.scope.index))
    return made


def number(_walker: Walker, node: Node) -> Expr:
    """A number, or a constant of the language."""
    return Number(text(node), node.start_point[0] + 1)


def binary(walker: Walker, node: Node) -> Expr:
    """See `reviewer.gather.languages._operators.binary`."""
    return _operators.binary(walker, node, _operators.operator_of(node), DECISIONS, COMPARISONS)


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``<-a``; a negative number is a number, and ``&a`` and ``*a`` are ``a``."""
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else ""
    value = walker.visit(node.child_by_field_name("operand"))
    if operator in TRANSPARENT:
        return value
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other("unary_expression", node.start_point[0] + 1, (value,), operator)


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Parentheses."""
    return walker.visit(inner(node))


def asserted(walker: Walker, node: Node) -> Expr:
    """``x.(T)``."""
    value = walker.visit(node.child_by_field_name("operand"))
    kind = type_text(node.child_by_field_name("type"))
    return Other("type_assertion", node.start_point[0] + 1, (value,), kind)


def a_type(_walker: Walker, node: Node) -> Expr:
    """A type where a value stands: the argument of ``make`` and ``new``."""
    if node.type == "pointer_type":
        return Name(type_text(node).lstrip("* "), node.start_point[0] + 1)
    return Other("type", node.start_point[0] + 1, (), type_text(node))


TYPES = (
    *("pointer_type", "slice_type", "map_type", "array_type", "struct_type", "interface_type", "function_type"),
    *("channel_type", "implicit_length_array_type", "generic_type", "parenthesized_type", "negated_type"),
)

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        ("identifier", "field_identifier", "package_identifier", "type_identifier", "blank_identifier"), name
    ),
    **dict.fromkeys(
        ("int_literal", "float_literal", "imaginary_literal", "rune_literal", "true", "false", "nil", "iota"), number
    ),
    **dict.fromkeys(("interpreted_string_literal", "raw_string_literal"), string),
    **dict.fromkeys(("comment", "label_name", "escape_sequence"), skip),
    **dict.fromkeys(("parenthesized_expression", "literal_element", "variadic_argument"), unwrapped),
    **dict.fromkeys(TYPES, a_type),
    "selector_expression": selector,
    "qualified_type": qualified,
    "index_expression": index,
    "slice_expression": cut,
    "binary_expression": binary,
    "unary_expression": unary,
    "type_assertion_expression": asserted,
}
__all__ = ["HANDLERS", "NOTHING", "unescaped"]
