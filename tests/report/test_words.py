"""The wording: headings, counts, lists."""

from __future__ import annotations

import pytest

from reviewer.report import words


@pytest.mark.parametrize(
    ("text", "head", "rest"),
    [
        pytest.param("Run the tests.", "Run the tests.", "", id="one sentence"),
        pytest.param("Run them. One file is enough.", "Run them.", "One file is enough.", id="two sentences"),
        pytest.param(
            "Use e.g. `a.py` for it. Then go on.", "Use e.g. `a.py` for it.", "Then go on.", id="abbreviation"
        ),
        pytest.param("Edit app.py. then stop", "Edit app.py. then stop", "", id="a dot inside a sentence"),
        pytest.param("Fix it: now", "Fix it: now", "", id="short enough"),
        pytest.param(
            "Add a Dockerfile: a small base, dependencies first, then the sources, then the start command. Done.",
            "Add a Dockerfile",
            "A small base, dependencies first, then the sources, then the start command. Done.",
            id="long, cut at its colon",
        ),
        pytest.param(
            "Set `a: b` " + "in every file " * 8, "Set `a: b` " + "in every file " * 8, "", id="not inside code"
        ),
    ],
)
def test_a_step_has_a_line_that_is_read_first(text, head, rest):
    assert words.headed(text) == (head, rest)


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (4120, "4,120 files")])
def test_counts_agree_with_their_noun(number, said):
    assert words.count(number, "file") == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_read_as_a_sentence(items, said):
    assert words.listed(items) == said


@pytest.mark.parametrize(("text", "said"), [("Done", "Done."), ("Done.", "Done."), ("Why?", "Why?"), ("", "")])
def test_sentences_end(text, said):
    assert words.sentence(text) == said


def test_levels_beyond_the_ladder_stay_on_it():
    assert [words.level(number) for number in (0, 3, 9)] == ["0 not shown", "3 job-ready", "9 strong"]
