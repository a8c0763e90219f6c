"""The statements inside a stored procedure, function or trigger, found without reading its procedural language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.split import Piece

INNER = re.compile(
    r"(?:^|;|\)|\bbegin\b|\bthen\b|\belse\b|\bas\b|\bloop\b|\bdo\b|\$\$)\s*+(?:return\s+query\s+)?"
    r"(?P<text>(?:select|insert|update|delete|with|merge|truncate\s+table)\b[^;$]*+)",
    re.IGNORECASE,
)
ROW_TRIGGER = re.compile(r"(?:update|insert|delete)\s*(?:on|or|of)\b", re.IGNORECASE)
NAMED = re.compile(
    r"(?:create|alter)\s+(?:or\s+(?:replace|alter)\s+)?(?:definer\s*=\s*\S+\s+)?(?:\w+\s+)??"
    r"(?:procedure|function|trigger|event|package(?:\s+body)?|proc)\s+(?:if\s+not\s+exists\s+)?"
    r"(?:[\[\"`]?\w+[\]\"`]?\s*\.\s*){0,2}[\[\"`]?(\w+)",
    re.IGNORECASE,
)
LIMIT = 100


def routine_name(piece: Piece) -> str:
    """The name of a stored procedure, function, trigger or package, ``""`` where it has none."""
    found = NAMED.match(piece.text)
    return found[1] if found else ""


def inner_statements(piece: Piece) -> Iterator[Piece]:
    """Up to a hundred statements of a routine's body, with their lines."""
    offset, line, found = 0, piece.line, 0
    for match in INNER.finditer(piece.text):
        text = match["text"].rstrip()
        if ROW_TRIGGER.match(text):
            continue
        found += 1
        if found > LIMIT:
            return
        line += piece.text.count("\n", offset, match.start("text"))
        offset = match.start("text")
        yield Piece(text, line, line + text.count("\n"))
