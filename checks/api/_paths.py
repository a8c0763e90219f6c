"""What the words of a path say."""

from __future__ import annotations

import re

from reviewer.model.facts.routing import Endpoint

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
AMBIGUOUS = frozenset("store post list set process view show change make new check read".split())
"""Nouns as well: verbs only where another word follows (``/post/{id}`` but ``/postArticle``)."""


def first_words(endpoint: Endpoint) -> list[str]:
    """The first word of each literal segment, in lower case; ambiguous ones only where another word follows."""
    found = []
    for segment in endpoint.path.split("/"):
        words = [word.lower() for word in WORD.findall(segment)] if "{" not in segment else []
        if words and (len(words) > 1 or words[0] not in AMBIGUOUS):
            found.append(words[0])
    return found
