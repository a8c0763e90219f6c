"""Kotlin's strings as `Text`: plain, with templates in them, joined by ``+``, and filled in by ``format``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages.jvm._kotlin_walker import Handler, Walker, inner
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Text

if TYPE_CHECKING:
    from tree_sitter import Node

PIECE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)|\$(?:([A-Za-z_]\w*)|`([^`\n]{1,80})`)", re.DOTALL)
RAW_PIECE = re.compile(r"(?!)()()|\$(?:([A-Za-z_]\w*)|`([^`\n]{1,80})`)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b"}
DIRECTIVE = re.compile(r"%(?:\d{1,3}\$)?[-#+ 0,(]{0,6}\d{0,4}(?:\.\d{1,4})?(?:[bBhHsScCdoxXeEfgGaA%n]|[tT][A-Za-z])")
SAME = frozenset({"trimIndent", "trimMargin", "trim", "replaceIndent", "intern"})
"""Methods that give a text back, but for its white space."""

Part = str | Expr


def string(walker: Walker, node: Node) -> Expr:
    """A string literal. The grammar leaves ``$name`` in quoted ones as plain content, so it is found here."""
    multiline = node.type == "multiline_string_literal"
    quotes = 3 if multiline else 1
    start = node.start_byte
    whole = walker.source[start : node.end_byte]
    parts: list[Part] = []
    position = quotes
    for child in node.named_children:
        if child.type == "interpolation":
            _add(parts, whole[position : child.start_byte - start], multiline, line_of(child))
            parts.append(walker.visit(inner(child)))
            position = child.end_byte - start
    _add(parts, whole[position : len(whole) - quotes], multiline, line_of(node))
    return recorded(walker, parts, line_of(node), node.end_point[0] + 1, "interpolated")


def _add(parts: list[Part], raw: bytes, multiline: bool, line: int) -> None:
    if not raw:
        return
    text = raw.decode("utf-8", "replace")
    position = 0
    for match in (RAW_PIECE if multiline else PIECE).finditer(text):
        parts.append(text[position : match.start()])
        code, escaped, name, quoted = match.groups()
        if name or quoted:
            parts.append(Name(name or quoted, line))
        else:
            parts.append(chr(int(code, 16)) if code else ESCAPES.get(escaped, escaped))
        position = match.end()
    parts.append(text[position:])


def recorded(walker: Walker, parts: list[Part], line: int, end_line: int, how: str) -> Text:
    """A text of these parts, neighbouring strings joined; one without unknown parts is plain."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    known = all(isinstance(part, str) for part in joined)
    found = Text(tuple(joined), line, end_line, "plain" if known else how)
    walker.texts.append((found, walker.scope.index))
    return found


def forget(walker: Walker, mark: int, gone: tuple[Expr, ...]) -> None:
    """Takes back texts recorded since a mark that are now part of a longer one."""
    kept = [item for item in walker.texts[mark:] if not any(item[0] is text for text in gone)]
    walker.texts[mark:] = kept


def joined(walker: Walker, left: Expr, right: Expr, mark: int) -> Text:
    """``"a" + b`` as one text in place of its pieces."""
    parts = [part for side in (left, right) for part in (side.parts if isinstance(side, Text) else (side,))]
    forget(walker, mark, (left, right))
    end = max(left.line, right.end_line if isinstance(right, Text) else right.line)
    return recorded(walker, parts, left.line, end, "concatenated")


def filled(walker: Walker, call: Call, mark: int) -> Text | None:
    """The text behind ``"...".trimIndent()``, ``"...".format(x)`` and ``String.format("...", x)``; None elsewhere."""
    template = call.callee.value if isinstance(call.callee, Attribute) else None
    args = call.args
    if call.name == "String.format" and args:
        template, args = args[0], args[1:]
    if not isinstance(template, Text):
        return None
    if call.last in SAME:
        return template
    if call.last != "format":
        return None
    forget(walker, mark, (template,))
    return recorded(walker, _filled(template, args), template.line, call.end_line, "formatted")


def _filled(template: Text, args: tuple[Expr, ...]) -> list[Part]:
    parts: list[Part] = []
    values = list(args)
    for part in template.parts:
        if not isinstance(part, str):
            parts.append(part)
            continue
        position = 0
        for match in DIRECTIVE.finditer(part):
            parts.append(part[position : match.start()])
            position = match.end()
            if match[0][-1] in "%n":
                parts.append("%" if match[0].endswith("%") else "\n")
            elif values:
                parts.append(values.pop(0))
        parts.append(part[position:])
    return parts


def character(walker: Walker, node: Node) -> Expr:
    """``'c'``."""
    return recorded(walker, [walker.text(node)[1:-1]], line_of(node), line_of(node), "plain")


HANDLERS: dict[str, Handler] = {
    "string_literal": string,
    "multiline_string_literal": string,
    "character_literal": character,
}
