"""String constants of C#: escapes, interpolation, and the placeholders of ``string.Format``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages.dotnet._walker import Handler, Walker
from reviewer.gather.syntax import Expr, Other, Text

if TYPE_CHECKING:
    from tree_sitter import Node

ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,4})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "e": "\x1b"}
LAST_CHARACTER = 0x10FFFF
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\d{1,3})(?:,[^{}:]{0,20})?(?::[^{}]{0,80})?\}")
Part = str | Expr


def unescaped(raw: str) -> str:
    """The text that a regular string literal stands for."""
    return ESCAPE.sub(_character, raw) if "\\" in raw else raw


def _character(match: re.Match[str]) -> str:
    two, four, eight, other = match.groups()
    if other is not None:
        return ESCAPES.get(other, str(other))
    code = int(two or four or eight, 16)
    return chr(code) if code <= LAST_CHARACTER and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def string(walker: Walker, node: Node) -> Expr:
    """``"text"``."""
    return _plain(walker, node, unescaped(text_of(node).removesuffix("u8")[1:-1]))


def verbatim(walker: Walker, node: Node) -> Expr:
    """``@"text"``: only a quote is doubled."""
    return _plain(walker, node, text_of(node).removesuffix("u8")[2:-1].replace('""', '"'))


def raw(walker: Walker, node: Node) -> Expr:
    '''``"""text"""``: nothing is escaped, and the line ends next to the quotes do not count.'''
    text = text_of(node).removesuffix("u8").strip('"')
    return _plain(walker, node, text.strip("\r\n") if "\n" in text else text)


def _plain(walker: Walker, node: Node, text: str) -> Text:
    return walker.add_text(Text((text,) if text else (), line_of(node), node.end_point[0] + 1))


def interpolated(walker: Walker, node: Node) -> Expr:
    """``$"text {value}"`` and its verbatim and raw sisters."""
    quotes = text_of(node)[:3]
    is_raw = '"""' in text_of(node)[:12]
    is_verbatim = "@" in quotes
    parts: list[Part] = []
    for child in node.named_children:
        if child.type == "interpolation":
            _put_in(parts, walker.visit(_expression(child)))
        elif child.type == "string_content":
            _append(parts, _content(text_of(child), is_raw, is_verbatim))
        elif child.type == "escape_sequence":
            _append(parts, unescaped(text_of(child)))
    known = all(isinstance(part, str) for part in parts)
    how = "plain" if known else "interpolated"
    return walker.add_text(Text(tuple(parts), line_of(node), node.end_point[0] + 1, how))


def _put_in(parts: list[Part], value: Expr) -> None:
    """A value between braces; a constant (``nameof(User)``) is text."""
    if isinstance(value, Text) and value.how == "plain":
        _append(parts, "".join(part for part in value.parts if isinstance(part, str)))
    else:
        parts.append(value)


def _expression(node: Node) -> Node | None:
    marks = ("interpolation_brace", "interpolation_format_clause", "interpolation_alignment_clause", "comment")
    return next((child for child in node.named_children if child.type not in marks), None)


def _content(text: str, is_raw: bool, is_verbatim: bool) -> str:
    if is_raw:
        return text
    text = text.replace("{{", "{").replace("}}", "}")
    return text.replace('""', '"') if is_verbatim else text


def _append(parts: list[Part], text: str) -> None:
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    elif text:
        parts.append(text)


def formatted(text: Text, values: tuple[Expr, ...]) -> Text:
    """``string.Format(text, values)`` in parts; the same text where it is no constant or holds no placeholder."""
    template = "".join(part for part in text.parts if isinstance(part, str))
    if text.how != "plain" or not values or not PLACEHOLDER.search(template):
        return text
    parts: list[Part] = []
    end = 0
    for match in PLACEHOLDER.finditer(template):
        _append(parts, template[end : match.start()])
        if match[1] is None:
            _append(parts, match[0][0])
        else:
            index = int(match[1])
            parts.append(values[index] if index < len(values) else Other("placeholder", text.line))
        end = match.end()
    _append(parts, template[end:])
    return Text(tuple(parts), text.line, text.end_line, "formatted")


def character(_walker: Walker, node: Node) -> Expr:
    """``'c'`` as a short text."""
    return Text((unescaped(text_of(node)[1:-1]),), line_of(node), line_of(node))


HANDLERS: dict[str, Handler] = {
    "string_literal": string,
    "verbatim_string_literal": verbatim,
    "raw_string_literal": raw,
    "interpolated_string_expression": interpolated,
    "character_literal": character,
}
