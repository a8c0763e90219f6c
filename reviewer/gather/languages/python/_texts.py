"""Python's strings as `Text`: plain, interpolated, joined, and filled in by ``%`` or ``.format``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages.python._builder import Builder, parts
from reviewer.gather.languages.python._strings import Part, format_parts, joined, percent_parts, unescape
from reviewer.gather.syntax import Expr, Other, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node


def string(builder: Builder, node: Node) -> Expr:
    """One string constant, an f-string with what is put into it."""
    children = node.children
    if len(children) < 2 or children[0].type != "string_start":
        return Other(kind=node.type, line=node.start_point[0] + 1)
    prefix = builder.text(children[0]).lower()
    raw = "r" in prefix
    found: list[Part] = []
    how = "plain"
    for child in children[1:]:
        if child.type == "interpolation":
            how = "interpolated"
            found.append(_interpolated(builder, child))
        elif child.type == "string_content":
            found.append(_content(builder.text(child), raw, "f" in prefix))
    return _recorded(builder, joined(found), node, how)


def _content(text: str, raw: bool, braces: bool) -> str:
    text = text if raw else unescape(text)
    return text.replace("{{", "{").replace("}}", "}") if braces else text


def _interpolated(builder: Builder, node: Node) -> Expr:
    value: Expr | None = None
    for child in parts(node):
        if child.type == "format_specifier":
            for inner in parts(child):
                builder.expression(builder, inner)
        elif child.type != "type_conversion" and value is None:
            value = builder.expression(builder, child)
    return value or Other(kind="interpolation", line=node.start_point[0] + 1)


def concatenated(builder: Builder, node: Node) -> Expr:
    """Strings side by side, which are one."""
    start = len(builder.texts)
    return _merged(builder, start, [builder.expression(builder, part) for part in parts(node)], node, "interpolated")


def binary(builder: Builder, node: Node) -> Expr:
    """A binary operator. A chain of ``+`` becomes one flat `Other`, or one `Text` where a string is in it."""
    operator = _operator(node)
    start = len(builder.texts)
    chain = _chain(node) if operator == "+" else parts(node)
    operands = tuple([builder.expression(builder, part) for part in chain])
    for position in range(1, len(operands)):
        builder.halstead.add(operator, operands[position - 1 : position + 1], builder.scope.name)
    first = operands[0] if operands else None
    if operator == "+" and any(isinstance(operand, Text) for operand in operands):
        return _merged(builder, start, list(operands), node, "concatenated")
    if operator == "%" and isinstance(first, Text) and len(operands) == 2:
        _forget(builder, start, [first])
        template = plain(first)
        filled = (*first.parts, operands[1]) if template is None else percent_parts(template, operands[1], first.line)
        return _recorded(builder, filled, node, "formatted")
    return Other(kind=node.type, line=node.start_point[0] + 1, operands=operands, operator=operator)


def _operator(node: Node) -> str:
    found = node.child_by_field_name("operator")
    return found.type if found else ""


def _chain(node: Node) -> list[Node]:
    """The operands of ``a + b + c``, which the grammar nests to the left."""
    found: list[Node] = []
    while node.type == "binary_operator" and _operator(node) == "+":
        left, *rest = parts(node)
        found += reversed(rest)
        node = left
    return [node, *reversed(found)]


def formatted(builder: Builder, template: Text, args: tuple[Expr, ...], keywords: dict[str, Expr]) -> Expr:
    """``template.format(...)``."""
    text = plain(template)
    values = (*args, *keywords.values())
    filled = (*template.parts, *values) if text is None else format_parts(text, args, keywords, template.line)
    result = Text(parts=filled, line=template.line, end_line=template.end_line, how="formatted")
    builder.texts.append((result, builder.scope.function))
    return result


def _merged(builder: Builder, start: int, operands: list[Expr], node: Node, how: str) -> Expr:
    _forget(builder, start, operands)
    found: list[Part] = []
    for operand in operands:
        found += operand.parts if isinstance(operand, Text) else (operand,)
    merged = joined(found)
    return _recorded(builder, merged, node, "plain" if all(isinstance(part, str) for part in merged) else how)


def _forget(builder: Builder, start: int, merged: list[Expr]) -> None:
    """Takes back texts recorded since ``start`` that are now part of a longer one."""
    gone = {id(text) for text in merged}
    builder.texts[start:] = [item for item in builder.texts[start:] if id(item[0]) not in gone]


def _recorded(builder: Builder, found: tuple[Part, ...], node: Node, how: str) -> Text:
    text = Text(parts=found, line=node.start_point[0] + 1, end_line=node.end_point[0] + 1, how=how)
    builder.texts.append((text, builder.scope.function))
    return text
