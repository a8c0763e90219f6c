"""Texts of Ruby: strings, symbols, here-documents, word lists, and texts that are put together."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.ruby._walker import (
    Handler,
    Walker,
    inner,
)
from reviewer.gather.syntax import Expr, Items, Mapping, Other, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "0": "\0", "e": "\x1b", "\n": ""}
HOLE = re.compile(r"%(?:<(\w{1,60})>)?-?[\d.]{0,10}[sdifgxp]|%\{(\w{1,60})\}")
HOLES_MOST = 200
"""Holes of one format that are filled."""


def string(walker: Walker, node: Node) -> Expr:
    """A string, with what is interpolated into it."""
    return walker.add_text(_text(walker, node))


def symbol_text(text: str, node: Node) -> Text:
    """A symbol: a text that is not counted among the strings."""
    return Text((text,) if text else (), line_of(node), line_of(node))


def symbol(_walker: Walker, node: Node) -> Expr:
    """``:name``."""
    return symbol_text(text_of(node).removeprefix(":"), node)


def key_symbol(_walker: Walker, node: Node) -> Expr:
    """``name:`` of a hash or an argument."""
    return symbol_text(text_of(node).rstrip(":").strip("\"'"), node)


def quoted_symbol(walker: Walker, node: Node) -> Expr:
    """``:"name with #{part}"``."""
    return _text(walker, node)


def heredoc(walker: Walker, node: Node) -> Expr:
    """``<<~SQL``: the text that follows below."""
    body = walker.heredocs.get(node.start_byte)
    if body is None:
        return Text((), line_of(node), line_of(node))
    return walker.add_text(_text(walker, body, squiggly=text_of(node)[:3] == "<<~", line=line_of(node)))


def _text(walker: Walker, node: Node, squiggly: bool = False, line: int = 0) -> Text:
    """The parts of anything that is written like a string."""
    parts: list[str | Expr] = []
    for child in node.named_children:
        match child.type:
            case "string_content" | "heredoc_content":
                raw = text_of(child)
                parts.append(_dedented(raw) if squiggly else raw)
            case "escape_sequence":
                parts.append(_unescaped(text_of(child)))
            case "interpolation":
                parts.append(_interpolated(walker, child))
            case _:
                pass
    joined = _joined(parts)
    known = all(isinstance(part, str) for part in joined)
    return Text(joined, line or line_of(node), node.end_point[0] + 1, "plain" if known else "interpolated")


def _joined(parts: list[str | Expr]) -> tuple[str | Expr, ...]:
    """The parts with neighbouring texts made one."""
    found: list[str | Expr] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def _dedented(raw: str) -> str:
    """``<<~`` takes the indent away; how much of it stays makes no difference to any reader."""
    return re.sub(r"\n[ \t]+", "\n", raw)


def _unescaped(raw: str) -> str:
    body = raw[1:]
    return ESCAPES.get(body[:1], body) if len(body) <= 1 else raw


def _interpolated(walker: Walker, node: Node) -> Expr:
    last: Expr = NOTHING
    for child in node.named_children:
        last = walker.visit(child)
    return last


def chained(walker: Walker, node: Node) -> Expr:
    """``"a" "b"`` as one text."""
    parts: list[str | Expr] = []
    for child in node.named_children:
        if child.type == "string":
            parts.extend(_text(walker, child).parts)
    joined = _joined(parts)
    known = all(isinstance(part, str) for part in joined)
    how = "plain" if known else "interpolated"
    return walker.add_text(Text(joined, line_of(node), node.end_point[0] + 1, how))


def words(walker: Walker, node: Node) -> Expr:
    """``%w[a b]`` and ``%i[a b]``."""
    return Items(tuple([_text(walker, child) for child in node.named_children]), line_of(node))


def shell(walker: Walker, node: Node) -> Expr:
    """A command in backticks: a call of the shell."""
    text = _text(walker, node)
    return Other("subshell", line_of(node), (text,))


def regex(walker: Walker, node: Node) -> Expr:
    """A regular expression: its pattern as an operand."""
    return Other("regex", line_of(node), (_text(walker, node),))


def concatenated(walker: Walker, left: Expr, right: Expr, mark: int) -> Text:
    """``"a" + b`` as one text in place of its pieces.

    Args:
        mark: how many texts there were before the two sides.
    """
    parts = [part for side in (left, right) for part in (side.parts if isinstance(side, Text) else (side,))]
    walker.texts[mark:] = [item for item in walker.texts[mark:] if item[0] is not left and item[0] is not right]
    joined = _joined(parts)
    known = all(isinstance(part, str) for part in joined)
    end = right.end_line if isinstance(right, Text) else right.line
    found = Text(joined, left.line, max(left.line, end), "plain" if known else "concatenated")
    return walker.add_text(found)


def formatted(walker: Walker, text: Text, values: list[Expr], mark: int) -> Text:
    """``"%s" % value`` and ``format("%s", value)``: the text with its holes filled in order, or by name.

    Args:
        mark: how many texts there were before the text.
    """
    walker.texts[mark:] = [item for item in walker.texts[mark:] if item[0] is not text]
    given = [part for value in values for part in (value.values if isinstance(value, Items) else (value,))]
    named = {plain(key): entry for value in given if isinstance(value, Mapping) for key, entry in value.pairs}
    rest: list[Expr] = [value for value in given if not isinstance(value, Mapping)]
    parts: list[str | Expr] = []
    for part in text.parts:
        parts.extend(_filled(part, rest, named) if isinstance(part, str) else [part])
    return walker.add_text(Text(_joined(parts), text.line, text.end_line, "formatted"))


def _filled(text: str, values: list[Expr], named: dict[str | None, Expr]) -> list[str | Expr]:
    found: list[str | Expr] = []
    position = 0
    for match in islice(HOLE.finditer(text), HOLES_MOST):
        found.append(text[position : match.start()])
        position = match.end()
        name = match[1] or match[2]
        if name in named:
            found.append(named[name])
        elif values and not name:
            found.append(values.pop(0) if len(values) > 1 else values[0])
    return [*found, text[position:]]


def character(_walker: Walker, node: Node) -> Expr:
    """``?a``."""
    return Text((text_of(node)[1:],), line_of(node), line_of(node))


def splat(walker: Walker, node: Node) -> Expr:
    """``*values``: the values."""
    return walker.visit(inner(node))


HANDLERS: dict[str, Handler] = {
    "string": string,
    "bare_string": string,
    "simple_symbol": symbol,
    "bare_symbol": quoted_symbol,
    "hash_key_symbol": key_symbol,
    "delimited_symbol": quoted_symbol,
    "heredoc_beginning": heredoc,
    "chained_string": chained,
    "string_array": words,
    "symbol_array": words,
    "subshell": shell,
    "regex": regex,
    "character": character,
    "splat_argument": splat,
}
