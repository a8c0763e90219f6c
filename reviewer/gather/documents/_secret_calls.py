"""Calls that take a secret as a plain argument: ``jwt.sign(payload, "...")``, ``new mysqli(host, user, "...")``."""

from __future__ import annotations

import re

from reviewer.gather.documents._secret_context import LOCAL
from reviewer.gather.documents._secret_tables import CALLS
from reviewer.gather.documents._secret_values import standing_of
from reviewer.model.facts.documents import SecretStanding

WORDS = ("jwt", "mysql", "symmetricsecuritykey", "new pdo", "getconnection")
CALL_MARKS = {word: tuple(mark for mark in CALLS if word in mark) for word in WORDS}
"""The calls under a word that each of them holds."""

WINDOW, ABOVE = 600, 400
"""Characters that are looked at from a call on, and before it for the host."""
LITERAL = re.compile(
    r"\s*(?:[\w.]*GetBytes\(\s*|\[\]byte\(\s*|b|@)?(?P<quote>[\"'`])(?P<value>[^\"'`\n]{3,200})(?P=quote)"
)


def called_with(text: str, position: int, mark: str) -> tuple[str, SecretStanding, int] | None:
    """What the secret argument of a call is, how real it looks, and where it stands; None for no literal."""
    index, what = CALLS[mark]
    window = text[position + len(mark) : position + len(mark) + WINDOW]
    offset = _argument(window, index)
    found = LITERAL.match(window, offset) if offset >= 0 else None
    noun = "password" if "password" in what else "secret"
    standing = standing_of(found["value"], noun, noun) if found else None
    if "password" in what and found and LOCAL.search(text[max(0, position - ABOVE) : position + len(mark) + offset]):
        standing = SecretStanding.TEST
    return (what, standing, position + len(mark) + found.start("value")) if found and standing else None


def _argument(window: str, index: int) -> int:
    """Where the argument with that index begins; -1 where the call ends before it."""
    depth, quote, count = 0, "", 0
    for place, character in enumerate(window):
        if count == index:
            return place
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'`":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                return -1
        elif character == "," and depth == 0:
            count += 1
    return -1
