"""Table names that Eloquent and others make of class names: ``OrderItem`` is kept in ``order_items``."""

from __future__ import annotations

import re

from reviewer.gather.data.orm._models import snake_case

IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice", "tooth": "teeth",
    "foot": "feet", "goose": "geese", "ox": "oxen", "leaf": "leaves", "quiz": "quizzes", "criterion": "criteria",
}  # fmt: skip
UNCOUNTED = frozenset("equipment information rice money species series fish sheep news police data media".split())
VOWEL_Y = re.compile(r"[aeiou]y\Z")
HISSING = re.compile(r"(s|x|z|ch|sh)\Z")


def plural(word: str) -> str:
    """The plural of an English noun in lower case, as far as table names go."""
    if word in UNCOUNTED:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("y") and not VOWEL_Y.search(word):
        return f"{word[:-1]}ies"
    if word.endswith("is") and len(word) > 3:
        return f"{word[:-2]}es"
    return f"{word}es" if HISSING.search(word) else f"{word}s"


def table_of_class(name: str) -> str:
    """``App.Models.OrderItem`` as ``order_items``: the last word is put into the plural."""
    head, _, last = snake_case(name.rpartition(".")[2]).rpartition("_")
    return f"{head}_{plural(last)}" if head else plural(last)
