"""Sets of words written as one text, which reads better than a column of quotes."""

from __future__ import annotations


def word_set(*texts: str) -> frozenset[str]:
    """The words of the texts."""
    return frozenset(word for text in texts for word in text.split())
