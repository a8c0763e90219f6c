"""Expressions of JavaScript and TypeScript in the common syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages import _operators
from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.node import _functions as functions
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
    is_doc_comment,
    member_of,
    skip,
)
from reviewer.gather.syntax import Attribute, Expr, Items, Mapping, Name, Number, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "instanceof"})
DECISIONS = frozenset({"&&", "||", "??", "&&=", "||=", "??="})
IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
LAST_CODE_POINT = 0x10FFFF


def unescaped(raw: str) -> str:
    """The text that a string literal stands for."""
    if "\\" not in raw:
        return raw
    joined = ESCAPE.sub(_escape, raw)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    body = match[1]
    digits = body[1:].strip("{}")
    if body[0] in "ux" and digits:
        code = int(digits, 16)
        return chr(code) if code <= LAST_CODE_POINT else "\ufffd"
    return ESCAPES.get(body, body)


def identifier(_walker: Walker, node: Node) -> Expr:
    """A name."""
    return Name(text_of(node), node.start_point[0] + 1)


def member(walker: Walker, node: Node) -> Expr:
    """``a.b`` and ``a?.b``."""
    value = walker.visit(node.child_by_field_name("object"))
    name = node.child_by_field_name("property")
    if isinstance(value, Name):
        return Name(f"{value.dotted}.{text_of(name)}", value.line)
    return Attribute(value, text_of(name), line_of(name or node))


def subscript(walker: Walker, node: Node) -> Expr:
    """``a["b"]`` is ``a.b``; any other index stays an operand."""
    value = walker.visit(node.child_by_field_name("object"))
    index = node.child_by_field_name("index")
    if index is not None and index.type == "string":
        key = text_of(index)[1:-1]
        if IDENTIFIER.fullmatch(key):
            return member_of(value, key, line_of(index))
    return Other(node.type, line_of(node), (value, walker.visit(index)))


def string(walker: Walker, node: Node) -> Expr:
    """A quoted string."""
    text = unescaped(text_of(node)[1:-1])
    found = Text((text,) if text else (), node.start_point[0] + 1, node.end_point[0] + 1)
    walker.texts.append((found, walker.scope.index))
    return found


def template(walker: Walker, node: Node, how: str = "interpolated") -> Text:
    """A template literal with its substitutions."""
    parts: list[str | Expr] = []
    position = node.start_byte + 1
    whole = node.text or b""
    for child in node.named_children:
        if child.type == "template_substitution":
            _add_text(parts, whole[position - node.start_byte : child.start_byte - node.start_byte])
            parts.append(walker.visit(inner(child)))
            position = child.end_byte
    _add_text(parts, whole[position - node.start_byte : -1])
    known = all(isinstance(part, str) for part in parts)
    found = Text(tuple(parts), line_of(node), node.end_point[0] + 1, "plain" if known and how != "tagged" else how)
    walker.texts.append((found, walker.scope.index))
    return found


def _add_text(parts: list[str | Expr], raw: bytes) -> None:
    if raw:
        parts.append(unescaped(raw.decode("utf-8", "replace")))


def number(_walker: Walker, node: Node) -> Expr:
    """A number, or a constant of the language."""
    return Number(text_of(node), node.start_point[0] + 1)


def regex(_walker: Walker, node: Node) -> Expr:
    """A regular expression: its pattern as an operand, its flags as the operator."""
    pattern = Text((text_of(node.child_by_field_name("pattern")),), line_of(node), node.end_point[0] + 1)
    return Other("regex", line_of(node), (pattern,), text_of(node.child_by_field_name("flags")))


def array(walker: Walker, node: Node) -> Expr:
    """A list."""
    values = []
    for child in node.named_children:
        if child.type != "comment":
            values.append(walker.visit(child))
    return Items(tuple(values), line_of(node))


def obj(walker: Walker, node: Node, name: str = "") -> Expr:
    """An object literal; ``name`` is the variable it is given to, for the names of its functions."""
    pairs: list[tuple[Expr | None, Expr]] = []
    documented, told = False, NOWHERE
    last: Node | None = None
    for child in node.named_children:
        if child.type == "comment":
            documented, told = is_doc_comment(child), told_row(child, last, told)
            continue
        walker.documented, told, last = documented or belongs(told, child), NOWHERE, child
        pair = _pair(walker, child, f"{name}." if name not in ("", functions.DEFAULT) else "")
        if pair is not None:
            pairs.append(pair)
        documented = False
    return Mapping(tuple(pairs), line_of(node))


def _pair(walker: Walker, node: Node, prefix: str) -> tuple[Expr | None, Expr] | None:
    if node.type == "pair":
        key = _key(walker, node.child_by_field_name("key"))
        value = functions.named(walker, node.child_by_field_name("value"), prefix + _plain(key))
        return key, value
    if node.type == "shorthand_property_identifier":
        return Text((text_of(node),), line_of(node), line_of(node)), identifier(walker, node)
    if node.type == "spread_element":
        return None, walker.visit(inner(node))
    if node.type == "method_definition":
        key = _key(walker, node.child_by_field_name("name"))
        return key, functions.function(walker, node, prefix + _plain(key))
    walker.visit(node)
    return None


def _key(walker: Walker, node: Node | None) -> Expr:
    if node is None or node.type == "computed_property_name":
        return Other(
            "computed_property_name", 0 if node is None else line_of(node), (walker.visit(node and inner(node)),)
        )
    text = text_of(node)
    name = unescaped(text[1:-1]) if node.type == "string" else text
    return Text((name,), line_of(node), line_of(node))


def _plain(key: Expr) -> str:
    return str(key.parts[0]) if isinstance(key, Text) else ""


def binary(walker: Walker, node: Node) -> Expr:
    """See `reviewer.gather.languages._operators.binary`."""
    return _operators.binary(walker, node, _operators.operator_of(node), DECISIONS, COMPARISONS)


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``typeof a``, ``a++``; a negative number is a number."""
    sign = node.child_by_field_name("operator")
    value = walker.visit(node.child_by_field_name("argument"))
    operator = sign.type if sign is not None else ""
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def ternary(walker: Walker, node: Node) -> Expr:
    """``a ? b : c``, a decision."""
    walker.scope.complexity += 1
    parts = tuple(
        [walker.visit(node.child_by_field_name(name)) for name in ("condition", "consequence", "alternative")]
    )
    return Other(node.type, line_of(node), parts, "?")


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Parentheses, ``x as T``, ``x!``, ``x satisfies T``: the expression inside."""
    return walker.visit(inner(node))


def asserted(walker: Walker, node: Node) -> Expr:
    """``<T>x``: the expression after the type."""
    children = node.named_children
    return walker.visit(children[-1]) if children else NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("identifier", "this", "super", "property_identifier", "private_property_identifier"), identifier),
    **dict.fromkeys(("shorthand_property_identifier", "nested_identifier", "meta_property"), identifier),
    **dict.fromkeys(("number", "true", "false", "null", "undefined"), number),
    **dict.fromkeys(("parenthesized_expression", "as_expression", "satisfies_expression"), unwrapped),
    **dict.fromkeys(("non_null_expression", "instantiation_expression"), unwrapped),
    **dict.fromkeys(("unary_expression", "update_expression"), unary),
    **dict.fromkeys(("comment", "html_comment", "hash_bang_line", "jsx_text", "jsx_closing_element"), skip),
    "type_assertion": asserted,
    "member_expression": member,
    "subscript_expression": subscript,
    "string": string,
    "template_string": template,
    "regex": regex,
    "array": array,
    "object": obj,
    "binary_expression": binary,
    "ternary_expression": ternary,
}
