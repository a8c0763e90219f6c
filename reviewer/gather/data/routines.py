"""The statements inside a stored procedure, function or trigger, found without reading its procedural language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.dialect import TSQL
from reviewer.gather.data.split import Piece, split

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
BODY = re.compile(r"\bas\b(?=\s)", re.IGNORECASE)
"""What parts the head of a routine in T-SQL from its body."""
QUOTED_OR_COMMENT = re.compile(r"'[^']*+'|--[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
CASE_OR_END = re.compile(
    r"'[^']*+'|\[[^\]\n]*+\]|\"[^\"\n]*+\"|\b(?P<case>case)\b|(?<![.@])\b(?P<end>end)\b(?!\s*[.(])", re.IGNORECASE
)
NOT_BREAK = re.compile(r"[^\n]")
TRANSACTIONS = (
    re.compile(r"\b(begin)\s+tran(?:saction)?\b", re.IGNORECASE),
    re.compile(r"\b(start)\s+transaction\b", re.IGNORECASE),
    re.compile(r"\b(savepoint)\s+\w", re.IGNORECASE),
    re.compile(r"\b(rollback)\b", re.IGNORECASE),
    re.compile(r"\b(commit)\s*(?:;|work\b|tran)", re.IGNORECASE),
)
LIMIT = 100


def routine_name(piece: Piece) -> str:
    """The name of a stored procedure, function, trigger or package, ``""`` where it has none."""
    found = NAMED.match(piece.text)
    return found[1] if found else ""


def inner_statements(piece: Piece, dialect: str = "") -> Iterator[Piece]:
    """Up to a hundred statements of a routine's body, with their lines; those of T-SQL need no semicolons."""
    text = without_comments(piece.text)
    parts = [Piece(text, piece.line, piece.end_line)]
    if dialect == TSQL and (body := BODY.search(text)):
        above = piece.line + text.count("\n", 0, body.end()) - 1
        parts = [
            Piece(part.text, part.line + above, part.end_line + above) for part in split(text[body.end() :], dialect)
        ]
    found = 0
    for part in parts:
        for inner in _statements(part):
            found += 1
            if found > LIMIT:
                return
            yield inner


def _statements(piece: Piece) -> Iterator[Piece]:
    offset, line = 0, piece.line
    for match in INNER.finditer(piece.text):
        text = before_end(match["text"]).rstrip()
        if ROW_TRIGGER.match(text):
            continue
        line += piece.text.count("\n", offset, match.start("text"))
        offset = match.start("text")
        yield Piece(text, line, line + text.count("\n"))


def before_end(text: str) -> str:
    """A statement up to the END of the block that it stands in, which needs no semicolon before it in T-SQL."""
    if "end" not in text.lower():
        return text
    cases = 0
    for word in CASE_OR_END.finditer(text):
        if word["case"]:
            cases += 1
        elif word["end"] and not cases:
            return text[: word.start()]
        elif word["end"]:
            cases -= 1
    return text


def without_comments(text: str) -> str:
    """The text with blanks for its comments, so that every character stays where it is."""
    return QUOTED_OR_COMMENT.sub(_blank, text) if "--" in text or "/*" in text else text


def _blank(match: re.Match[str]) -> str:
    return match[0] if match[0][0] == "'" else NOT_BREAK.sub(" ", match[0])


def transaction_of(piece: Piece) -> tuple[str, int]:
    """How a routine deals with transactions, and on which line: it opens one, or else undoes or ends its caller's."""
    text = without_comments(piece.text)
    for pattern in TRANSACTIONS:
        if found := pattern.search(text):
            return found[1].lower(), piece.line + text.count("\n", 0, found.start())
    return "", 0
