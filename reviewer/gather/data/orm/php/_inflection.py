"""Table names that Eloquent and others make of class names: ``OrderItem`` is kept in ``order_items``.

The endings are those of Doctrine's inflector for English, which Laravel, Doctrine and API Platform spell names with.
"""

from __future__ import annotations

import re

from reviewer.gather.data.orm._models import snake_case

IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice", "tooth": "teeth",
    "foot": "feet", "goose": "geese", "ox": "oxen", "leaf": "leaves", "quiz": "quizzes", "criterion": "criteria",
    "move": "moves", "sex": "sexes", "cafe": "cafes", "hoof": "hoofs", "loaf": "loaves", "staff": "staff",
    "matrix": "matrices", "index": "indices", "vertex": "vertices", "datum": "data", "chief": "chiefs",
}  # fmt: skip
UNCOUNTED = frozenset(
    "equipment information rice money species series fish sheep news police data media feedback audio software "
    "people music traffic advice luggage weather hardware evidence knowledge stuff".split()
)
ENDINGS = (
    (re.compile(r"(alias|status|us)\Z"), r"\1es"),
    (re.compile(r"(x|ch|ss|sh)\Z"), r"\1es"),
    (re.compile(r"([^aeiouy]|qu)y\Z"), r"\1ies"),
    (re.compile(r"([^f])fe\Z|([lr])f\Z"), r"\1\2ves"),
    (re.compile(r"sis\Z"), "ses"),
    (re.compile(r"([ti])um\Z"), r"\1a"),
    (re.compile(r"(buffal|her|potat|tomat|volcan)o\Z"), r"\1oes"),
    (re.compile(r"(test|ax|cris)is\Z"), r"\1es"),
    (re.compile(r"s\Z"), "s"),
)
"""Endings and what becomes of them, first match; any other word gets an ``s``."""


def plural(word: str) -> str:
    """The plural of an English noun in lower case, as far as table names go; a plural stays as it is."""
    if word in UNCOUNTED:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    for pattern, ending in ENDINGS:
        if pattern.search(word):
            return pattern.sub(ending, word)
    return f"{word}s"


def table_of_class(name: str) -> str:
    """``App.Models.OrderItem`` as ``order_items``: the last word is put into the plural."""
    head, _, last = snake_case(name.rpartition(".")[2]).rpartition("_")
    return f"{head}_{plural(last)}" if head else plural(last)
