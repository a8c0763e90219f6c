"""Python's string constants: escapes, and the placeholders of ``%`` and ``.format``."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from reviewer.gather.syntax import Expr, Items, Mapping, Other

ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r?\n|[^\r\n]))")
SIMPLE_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
    "\\": "\\", "'": "'", '"': '"', "\n": "", "\r\n": "",
}  # fmt: skip
LAST_CHARACTER = 0x10FFFF

PERCENT = re.compile(
    r"%(?:\(([^()%]{0,80})\))?[-#0 +]{0,4}(?:\*|\d{1,4})?(?:\.(?:\*|\d{1,4}))?[hlL]?([diouxXeEfFgGcrsa%])"
)
BRACES = re.compile(r"\{\{|\}\}|\{([^{}!:]{0,80})(?:![rsa])?(?::[^{}]{0,40}(?:\{[^{}]{0,40}\}[^{}]{0,40})?)?\}")

Part = str | Expr


def unescape(text: str) -> str:
    """A string's source as the text it stands for; an escape that says nothing stays as it is."""
    return ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    two, four, eight, octal, other = match.groups()
    if other is not None:
        return SIMPLE_ESCAPES.get(other, match.group())
    code = int(octal, 8) if octal else int(two or four or eight, 16)
    is_character = code <= LAST_CHARACTER and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else match.group()


def percent_parts(text: str, value: Expr, line: int) -> tuple[Part, ...]:
    """``text % value`` in parts: literal text and the expressions put in."""
    values = value.values if isinstance(value, Items) else (value,)
    position = -1

    def filled(match: re.Match[str]) -> Part:
        nonlocal position
        name, conversion = match.groups()
        if conversion == "%":
            return "%"
        if name is not None:
            found = value.get(name) if isinstance(value, Mapping) else None
            return found or Other(kind="subscript", line=line, operands=(value,))
        position += 1
        return values[position] if position < len(values) else Other(kind="placeholder", line=line)

    return _split(PERCENT, text, filled)


def format_parts(text: str, args: tuple[Expr, ...], keywords: dict[str, Expr], line: int) -> tuple[Part, ...]:
    """``text.format(*args, **keywords)`` in parts."""
    position = -1

    def filled(match: re.Match[str]) -> Part:
        nonlocal position
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        name = re.split(r"[.\[]", match.group(1), maxsplit=1)[0].strip()
        if not name:
            position += 1
        index = int(name) if name.isdecimal() else position
        found = keywords.get(name) if name and not name.isdecimal() else args[index] if index < len(args) else None
        return found or Other(kind="placeholder", line=line)

    return _split(BRACES, text, filled)


def _split(pattern: re.Pattern[str], text: str, filled: Callable[[re.Match[str]], Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    end = 0
    for match in pattern.finditer(text):
        found += [text[end : match.start()], filled(match)]
        end = match.end()
    return joined([*found, text[end:]])


def joined(parts: list[Part]) -> tuple[Part, ...]:
    """The parts with neighbouring texts made one and empty ones left out."""
    if len(parts) == 1:
        return (parts[0],)
    found: list[Part] = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        if not is_text:
            found += run
        elif text := "".join(part for part in run if isinstance(part, str)):
            found.append(text)
    return tuple(found) or ("",)
