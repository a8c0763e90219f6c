"""Texts: quoted strings, heredocs, what is interpolated into them, and the placeholders of ``sprintf``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages.php._walker import Handler, Walker
from reviewer.gather.syntax import Expr, Other, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node

Part = str | Expr

CONTENT = frozenset({"string_content", "escape_sequence"})
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "e": "\x1b", "f": "\f", "\\": "\\", "$": "$", '"': '"'}
SINGLE_ESCAPE = re.compile(r"\\([\\'])")
LAST_CODE_POINT = 0x10FFFF
DROP_WITHIN = 50
"""Texts that may have come after one that a longer text takes up."""
PLACEHOLDER = re.compile(r"%(?:(\d{1,2})\$)?(?:'.|[-+ 0]){0,3}\d{0,4}(?:\.\d{1,3})?([bcdeEfFgGhHosuxX%])")
NUMERIC = frozenset("bcdeEfFgGhHouxX")
"""Conversions of ``sprintf`` that give a number whatever they are given."""


def unescaped(raw: str) -> str:
    """The text that the inside of double quotes or of a heredoc stands for."""
    return ESCAPE.sub(_character, raw) if "\\" in raw else raw


def _character(match: re.Match[str]) -> str:
    wide, two, octal, other = match.groups()
    if other is not None:
        return SIMPLE_ESCAPES.get(other, match.group())
    code = int(octal, 8) if octal else int(wide or two, 16)
    is_character = code <= LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else "\ufffd"


def kept(walker: Walker, parts: tuple[Part, ...], node: Node, how: str) -> Text:
    """A text with its parts, recorded; one of constants alone is plain."""
    known = all(isinstance(part, str) for part in parts)
    found = Text(parts, line_of(node), node.end_point[0] + 1, "plain" if known else how)
    walker.texts.append((found, walker.scope.index))
    return found


def single(walker: Walker, node: Node) -> Expr:
    """``'text'``."""
    raw = text_of(node)[1:-1] if text_of(node)[:1] == "'" else text_of(node)[2:-1]
    text = SINGLE_ESCAPE.sub(r"\1", raw) if "\\" in raw else raw
    return kept(walker, (text,) if text else (), node, "plain")


def double(walker: Walker, node: Node) -> Expr:
    """``"text $with {$values}"``."""
    start = node.start_byte + (1 if text_of(node)[:1] == '"' else 2)
    return kept(walker, _parts(walker, node, start, node.end_byte - 1), node, "interpolated")


def heredoc(walker: Walker, node: Node) -> Expr:
    """``<<<SQL`` and ``<<<'SQL'``, without the line break after the mark."""
    body = node.child_by_field_name("value")
    if body is None:
        return kept(walker, (), node, "plain")
    if node.type == "nowdoc":
        text = text_of(body).removeprefix("\r").removeprefix("\n")
        return kept(walker, (text,) if text else (), node, "plain")
    parts = _parts(walker, body, body.start_byte, body.end_byte)
    if parts and isinstance(parts[0], str):
        parts = (parts[0].removeprefix("\r").removeprefix("\n"), *parts[1:])
    return kept(walker, parts, node, "interpolated")


def _parts(walker: Walker, node: Node, start: int, end: int) -> tuple[Part, ...]:
    """Text and values between two bytes of the file; what lies between content nodes is text too."""
    whole, base = node.text or b"", node.start_byte
    found: list[Part] = []
    position, opened = start, -1

    def flush(until: int) -> None:
        if until > position:
            found.append(unescaped(whole[position - base : until - base].decode("utf-8", "replace")))

    for child in node.children:
        if child.type in CONTENT or child.start_byte < start or child.start_byte >= end:
            continue
        if child.type == "{":
            opened = child.start_byte
        elif child.type == "}":
            position = child.end_byte
        elif child.is_named and child.type != "comment":
            flush(opened if opened >= position else child.start_byte)
            found.append(walker.visit(child))
            position, opened = child.end_byte, -1
    flush(end)
    return tuple(found)


def formatted(walker: Walker, args: tuple[Expr, ...], node: Node) -> Text | None:
    """``sprintf(text, ...)`` as a text with its values put in; None where the text is not constant."""
    pattern = plain(args[0]) if args else None
    if pattern is None or "%" not in pattern:
        return None
    parts: list[Part] = []
    position, end = 0, 0
    for match in PLACEHOLDER.finditer(pattern):
        parts.append(pattern[end : match.start()])
        end = match.end()
        number, conversion = match.groups()
        if conversion == "%":
            parts.append("%")
            continue
        position += 1
        index = int(number) if number else position
        value = args[index] if 0 < index < len(args) else Other("placeholder", line_of(node))
        parts.append(Other("cast_expression", line_of(node), (value,), "int") if conversion in NUMERIC else value)
    parts.append(pattern[end:])
    drop(walker, args[0])
    return kept(walker, tuple(part for part in parts if part != ""), node, "formatted")


def drop(walker: Walker, text: Expr) -> None:
    """Forgets a text that was just kept, for a longer one that holds it."""
    for index in range(len(walker.texts) - 1, max(-1, len(walker.texts) - DROP_WITHIN), -1):
        if walker.texts[index][0] is text:
            del walker.texts[index]
            return


HANDLERS: dict[str, Handler] = {
    "string": single,
    "encapsed_string": double,
    "heredoc": heredoc,
    "nowdoc": heredoc,
}
