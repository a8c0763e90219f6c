"""Which lines hold a word: in any case, each once, in order."""

from __future__ import annotations

import pytest

from reviewer.gather.spotting import Spotter

CASES = {
    "each line once": ("page page\nnone\nPage", ("page",), [1, 3]),
    "in any case": ("LIMIT\nLimit\nlimit", ("limit",), [1, 2, 3]),
    "any of the words, in order": ("b\na\nc\nb", ("a", "b"), [1, 2, 4]),
    "a part of a longer word": ("currentUser", ("user",), [1]),
    "the last line without a line feed": ("x\n\nuser", ("user",), [3]),
    "no word over two lines": ("us\ner", ("user",), []),
    "only a line feed divides": ("a\rb\x0cuser\u2028\nuser", ("user",), [1, 2]),
    "letters that grow in lower case": ("\u0130\u0130\nuser", ("user",), [2]),
    "nothing in nothing": ("", ("user",), []),
    "no words": ("user", (), []),
}


@pytest.mark.parametrize(("text", "words", "lines"), CASES.values(), ids=CASES)
def test_the_lines_that_hold_a_word(text: str, words: tuple[str, ...], lines: list[int]) -> None:
    assert Spotter(text).lines_with(words) == lines


def test_a_word_that_was_sought_before_is_found_again() -> None:
    spotter = Spotter("user\nrole\nuser")
    assert spotter.lines_with(("user",)) == [1, 3]
    assert spotter.lines_with(("role", "user")) == [1, 2, 3]
