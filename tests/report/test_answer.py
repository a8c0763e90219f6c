"""The first screen in words: the answer, its numbers, what was not read, and the states with a text of their own."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.model import document as doc
from reviewer.report.page.answer import answer
from reviewer.report.page.gaps import warnings
from reviewer.report.view import view
from tests.report import samples
from tests.report.parts import history, report, repository, requirement, skipped

PYTHON = doc.LanguagePart(name="Python", files=10, lines=1000, own_lines=1000, role="server")


def test_the_answer_is_a_sentence_with_counts_before_the_percentage_and_its_sum():
    found = answer(samples.candidate())
    assert found.headline == "5 of 8 required skills are met for Junior Back-end Developer"
    assert found.counts == "5 met · 1 partly · 2 not shown · 1 cannot be judged from code"
    assert found.percent == "Readiness 69 %: (5 + ½) ÷ 8 required skills."
    assert found.warning == ""


def test_one_skill_is_one_skill():
    made = report([requirement("sql", "SQL", "not_shown", 2, 0, [])], [repository("a")])
    assert answer(made).headline == "0 of 1 required skill is met for Junior Back-end Developer"


@pytest.mark.parametrize(
    ("made", "headline", "said"),
    [
        pytest.param(
            samples.strong,
            "Every required skill is met for Junior Back-end Developer",
            "Optional and not met yet: Caching.",
            id="all met",
        ),
        pytest.param(
            samples.nothing,
            "No repository of Ada Example has server code that is read",
            "To review one all the same, name it directly: `reviewer review OWNER/NAME`.",
            id="nothing to review",
        ),
        pytest.param(
            samples.nobody,
            "No commit matches Ada Example",
            "Authors found: Grace Sample, Joan Sample.",
            id="no commits",
        ),
        pytest.param(
            samples.unreachable,
            "Nothing of Ada Example could be reviewed",
            "The host answered that the limit is reached; it ends at 12:30.",
            id="host limited",
        ),
    ],
)
def test_states_have_a_text_of_their_own(made, headline, said):
    found = answer(made())
    assert found.headline == headline
    assert said in found.after


@pytest.mark.parametrize("made", [samples.nothing, samples.nobody, samples.unreachable])
def test_no_number_where_nothing_was_reviewed(made):
    page = view(made())
    assert (page.answer.percent, page.answer.counts, page.answer.bar, page.steps) == ("", "", [], [])
    assert page.ledger.total == 0


def test_no_percentage_where_no_requirement_could_be_judged():
    made = report([requirement("english", "English", "cannot_tell", 2, None, [])], [repository("a")])
    assert answer(made).headline.startswith("Not judged: no required skill")
    assert "%" not in answer(made).percent


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, [], id="everything read"),
        pytest.param(
            {"unread": ["PHP"], "unread_lines": 400},
            ["PHP is not read in depth: 400 of 1,400 lines."],
            id="a language",
        ),
        pytest.param({"unread": ["PHP"], "unread_lines": 100}, [], id="little of a language"),
        pytest.param(
            {"excluded": [doc.ExcludedPart(path="", reason="past the limit on files", files=10, lines=0)]},
            ["10 files of `orders` could not be read."],
            id="half of the files",
        ),
        pytest.param(
            {"excluded": [doc.ExcludedPart(path="lib", reason="vendored", files=1000, lines=0)]},
            [],
            id="copied files are no gap",
        ),
        pytest.param(
            {"problems": [doc.ProblemPart(path=f"{n}.py", what="too slow", clock=True) for n in range(3)]},
            ["3 files took too long and were left out (`0.py`, `1.py`, `2.py`)."],
            id="time ran out",
        ),
        pytest.param({"problems": [doc.ProblemPart(path="a.py", what="bad syntax")]}, [], id="one file"),
    ],
)
def test_big_gaps_are_said_before_the_numbers(changes, said):
    made = report([], [repository("orders", languages=[PYTHON], **changes)])
    assert warnings(made) == said


def test_a_repository_that_failed_is_a_gap_and_a_skipped_one_is_not():
    made = report([], [repository("a"), skipped("b", "no answer", "failed"), skipped("c", "a fork")])
    assert warnings(made) == ["`b` could not be read."]


def test_everyone_counts_where_nobody_is_named():
    made = report([requirement("sql", "SQL", "met", 2, 2, [])], [repository("a", own_share=None)])
    assert view(made).repositories[0].share.startswith("Nobody is named")


def test_the_newest_commit_is_that_of_the_reviewed_repositories():
    made = report([], [repository("a", history=history(last="2023-02-01")), skipped("b", "a fork")])
    assert view(made).newest == "2023-02-01"


def test_a_step_is_said_once():
    made = samples.candidate()
    doubled = msgspec.structs.replace(made, next_steps=[made.next_steps[0], *made.next_steps])
    assert [step.head for step in view(doubled).steps] == [step.head for step in view(made).steps]


def test_what_could_not_be_judged_is_not_called_met():
    rows = [requirement("sql", "SQL", "met", 2, 3, []), requirement("rest", "REST", "cannot_tell", 2, None, [])]
    said = answer(report(rows, [repository("a")])).headline
    assert said == "1 of 2 required skills are met for Junior Back-end Developer, 1 cannot be told"
