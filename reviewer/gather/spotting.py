"""Finds the lines of a text that hold one of some words, without a look at every line for every word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spotter:
    """The lines of one text by the words on them, in any case.

    A pattern is dear and few lines can match it: readers ask for the lines that hold a word of it first.
    """

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._ends: list[int] = []
        self._known: dict[str, frozenset[int]] = {}

    def lines_with(self, words: Iterable[str]) -> list[int]:
        """The numbers (1 is the first) of the lines that hold one of the words, which are in lower case, in order."""
        found: set[int] = set()
        for word in words:
            if word not in self._known:
                self._known[word] = frozenset(self._lines_of(word))
            found |= self._known[word]
        return sorted(found)

    def _lines_of(self, word: str) -> Iterable[int]:
        at = self._text.find(word)
        while at != -1:
            line = bisect_right(self._line_ends(), at)
            yield line + 1
            at = self._text.find(word, self._ends[line])

    def _line_ends(self) -> list[int]:
        """Where each line ends, its line feed included."""
        if not self._ends:
            self._ends = list(accumulate(len(line) + 1 for line in self._text.split("\n")))
        return self._ends
