"""Expressions of Java in the common syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages import _operators
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    Handler,
    Walker,
    inner,
    member_of,
    skip,
    type_name,
    type_of,
)
from reviewer.gather.syntax import Compare, Expr, Items, Name, Number, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
DECISIONS = frozenset({"&&", "||"})
OPPOSITES = {"==": "!=", "!=": "=="}
ESCAPE = re.compile(r"\\(u+[0-9a-fA-F]{4}|[0-3]?[0-7]{1,2}|\r?\n|.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", "0": "\0", "\n": "", "\r\n": ""}
BLOCK_QUOTE = '"""'


def unescaped(raw: str) -> str:
    """The text that a string literal stands for."""
    if "\\" not in raw:
        return raw
    return ESCAPE.sub(_escape, raw).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    body = match[1]
    if body[0] == "u" and len(body) > 1:
        return chr(int(body.lstrip("u"), 16))
    if body.isdigit() and body.isascii():
        return chr(int(body, 8))
    return ESCAPES.get(body, body)


def block_text(raw: str) -> str:
    """A text block without the indentation that all of its lines share (JLS 3.10.6)."""
    lines = raw.partition("\n")[2].split("\n")
    counted = [line for line in lines[:-1] if line.strip()] + lines[-1:]
    indent = min(len(line) - len(line.lstrip(" \t")) for line in counted)
    return "\n".join(line[indent:].rstrip() for line in lines)


def string(walker: Walker, node: Node) -> Expr:
    """A quoted string or a text block."""
    raw = text_of(node)
    text = unescaped(block_text(raw[3:-3]) if raw.startswith(BLOCK_QUOTE) else raw[1:-1])
    found = Text((text,) if text else (), node.start_point[0] + 1, node.end_point[0] + 1)
    walker.texts.append((found, walker.scope.index))
    return found


def character(_walker: Walker, node: Node) -> Expr:
    """A character, which joins texts as a text does."""
    return Text((unescaped(text_of(node)[1:-1]),), line_of(node), line_of(node))


def identifier(_walker: Walker, node: Node) -> Expr:
    """A name."""
    return Name(text_of(node), node.start_point[0] + 1)


def member(walker: Walker, node: Node) -> Expr:
    """``a.b``."""
    value = walker.visit(node.child_by_field_name("object"))
    name = node.child_by_field_name("field")
    return member_of(value, text_of(name), line_of(name or node))


def class_literal(_walker: Walker, node: Node) -> Expr:
    """``User.class``."""
    return Name(f"{type_name(inner(node))}.class", line_of(node))


def reference(walker: Walker, node: Node) -> Expr:
    """``Users::list`` and ``User::new``."""
    parts = [child for child in node.children if child.type not in COMMENTS and child.type != "::"]
    head = parts[0] if parts else None
    value = Name(type_name(head), line_of(node)) if _is_type(head) else walker.visit(head)
    return member_of(value, text_of(parts[-1]) if len(parts) > 1 else "", line_of(node))


def _is_type(node: Node | None) -> bool:
    return node is not None and node.type.endswith("_type")


def number(_walker: Walker, node: Node) -> Expr:
    """A number, or a constant of the language; without the letter that tells its type."""
    text = text_of(node)
    return Number(text.rstrip("lL") if text[:1].isdigit() else text, node.start_point[0] + 1)


def array(walker: Walker, node: Node) -> Expr:
    """The values of an array, or of an annotation that takes several."""
    values = [walker.visit(child) for child in node.named_children if child.type not in COMMENTS]
    return Items(tuple(values), line_of(node))


def new_array(walker: Walker, node: Node) -> Expr:
    """``new String[]{"a"}``; without values, its sizes."""
    value = node.child_by_field_name("value")
    if value is not None:
        return array(walker, value)
    sizes = [walker.visit(inner(child)) for child in node.named_children if child.type == "dimensions_expr"]
    return Other(node.type, line_of(node), tuple(sizes))


def subscript(walker: Walker, node: Node) -> Expr:
    """``a[i]``."""
    parts = (walker.visit(node.child_by_field_name("array")), walker.visit(node.child_by_field_name("index")))
    return Other(node.type, line_of(node), parts)


def binary(walker: Walker, node: Node) -> Expr:
    """See `reviewer.gather.languages._operators.binary`."""
    return _operators.binary(walker, node, _operators.operator_of(node), DECISIONS, COMPARISONS)


def instance_of(walker: Walker, node: Node) -> Expr:
    """``x instanceof User user``, which declares ``user``."""
    left = walker.visit(node.child_by_field_name("left"))
    kind = node.child_by_field_name("right")
    line = line_of(node)
    right: Expr = Name(type_name(kind), line) if kind is not None else NOTHING
    name = node.child_by_field_name("name")
    if name is not None:
        walker.assign(text_of(name), left, node, text_of(kind))
    walker.compares.append(Compare(left, "instanceof", right, line, walker.scope.index))
    return Other(node.type, line, (left, right), "instanceof")


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``-a``, ``a++``; a negative number is a number, and ``!a.equals(b)`` compares the other way round."""
    mark = len(walker.compares)
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else next((c.type for c in node.children if not c.is_named), "")
    value = walker.visit(node.child_by_field_name("operand") or inner(node))
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    if operator == "!" and len(walker.compares) == mark + 1 and not isinstance(value, Other):
        last = walker.compares[-1]
        opposite = OPPOSITES.get(last.operator, last.operator)
        walker.compares[-1] = Compare(last.left, opposite, last.right, last.line, last.function)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def ternary(walker: Walker, node: Node) -> Expr:
    """``a ? b : c``, a decision."""
    walker.scope.complexity += 1
    names = ("condition", "consequence", "alternative")
    parts = tuple([walker.visit(node.child_by_field_name(name)) for name in names])
    return Other(node.type, line_of(node), parts, "?")


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Parentheses: the expression inside."""
    return walker.visit(inner(node))


def cast(walker: Walker, node: Node) -> Expr:
    """``(User) x``: the expression after the type."""
    return walker.visit(node.child_by_field_name("value"))


def assignment(walker: Walker, node: Node) -> Expr:
    """``target = value`` and ``target += value``; the expression is the value."""
    left = walker.visit(node.child_by_field_name("left"))
    value = walker.visit(node.child_by_field_name("right"))
    sign = node.child_by_field_name("operator")
    augmented = sign is not None and sign.type != "="
    if augmented and sign is not None:
        walker.halstead.add(sign.type, (left, value), walker.scope.qualname)
    if isinstance(left, Name):
        walker.assign(left.dotted, value, node, augmented=augmented)
    return value


def declaration(walker: Walker, node: Node) -> Expr:
    """Local variables."""
    kind = type_of(node)
    for child in node.children_by_field_name("declarator"):
        value = child.child_by_field_name("value")
        expr = walker.visit(value) if value is not None else None
        walker.assign(text_of(child.child_by_field_name("name")), expr, child, kind)
    return NOTHING


NUMBERS = (
    "binary_integer_literal",
    "decimal_floating_point_literal",
    "decimal_integer_literal",
    "false",
    "hex_floating_point_literal",
    "hex_integer_literal",
    "null_literal",
    "octal_integer_literal",
    "true",
)
TYPES = (
    "annotated_type",
    "array_type",
    "boolean_type",
    "dimensions",
    "floating_point_type",
    "generic_type",
    "integral_type",
    "type_arguments",
    "type_identifier",
    "type_parameters",
    "void_type",
    "wildcard",
)

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("identifier", "this", "super", "scoped_identifier", "scoped_type_identifier"), identifier),
    **dict.fromkeys(NUMBERS, number),
    **dict.fromkeys(TYPES, skip),
    **dict.fromkeys(COMMENTS, skip),
    **dict.fromkeys(("array_initializer", "element_value_array_initializer"), array),
    **dict.fromkeys(("unary_expression", "update_expression"), unary),
    "parenthesized_expression": unwrapped,
    "cast_expression": cast,
    "field_access": member,
    "class_literal": class_literal,
    "method_reference": reference,
    "string_literal": string,
    "character_literal": character,
    "array_creation_expression": new_array,
    "array_access": subscript,
    "binary_expression": binary,
    "instanceof_expression": instance_of,
    "ternary_expression": ternary,
    "assignment_expression": assignment,
    "local_variable_declaration": declaration,
}
