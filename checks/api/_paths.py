"""What the words of a path say."""

from __future__ import annotations

import re

from reviewer.model.facts.routing import Endpoint

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
AMBIGUOUS = frozenset("store post list set process view show change make new check read".split())
"""Nouns as well: verbs only where another word follows without a hyphen (``/postArticle``, not ``/post-types``)."""
NOUNS = re.compile(
    r"(?:add[-_]?ons?|checkouts?|check[-_]?ins?|show[-_]?times?|set[-_]?ups?|make[-_]?ups?|list[-_]?items?"
    r"|(?:change|process|post|view)[-_]?(?:logs?|orders?|counts?|requests?|types?|categor(?:y|ies)|comments?))\Z",
    re.IGNORECASE,
)
"""Names of two words that begin like a verb."""


def first_words(endpoint: Endpoint) -> list[str]:
    """The first word of each literal segment, in lower case; ambiguous ones only where another word follows."""
    return [word for segment in _segments(endpoint) if (word := first_word(segment))]


def first_word(segment: str) -> str:
    """The first word of a literal segment, in lower case; ``""`` for a parameter and for an ambiguous one."""
    words = [word.lower() for word in WORD.findall(segment[:100])] if "{" not in segment else []
    if not words or NOUNS.match(segment[:100]):
        return ""
    ambiguous = words[0] in AMBIGUOUS and (len(words) == 1 or "-" in segment)
    return "" if ambiguous else words[0]


def _segments(endpoint: Endpoint) -> list[str]:
    return [part for part in endpoint.path.split("/") if part]
