"""Answers to findings: which finding they are for, and what they can never do."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewer.model.finding import Evidence, Finding, Outcome
from reviewer.model.requirement import State
from reviewer.model.waiver import WAIVERS_MOST, Waiver, WaiverError, read_waivers
from reviewer.planning import ledger
from reviewer.readiness import judge_all, readiness, skill_levels
from reviewer.strength import strength
from reviewer.waiving import unused, waived
from tests import ladders
from tests.ladders import profile, requirement

ANSWER = Waiver(check="sql-keys", reason="The tables belong to another system.", source="reviewer.toml", number=1)


def finding(*paths: str, outcome: Outcome = Outcome.NOT_SHOWN, **more: Any) -> Finding:
    """A finding of sql-keys at some paths."""
    places = tuple(Evidence(path=path, line=1) for path in paths)
    return ladders.finding("sql-keys", 2, outcome, evidence=places, **more)


FITS = {
    "the same check": (ANSWER, finding("db.sql"), True),
    "another check": (msgspec.structs.replace(ANSWER, check="sql-joins"), finding("db.sql"), False),
    "what is partly there": (ANSWER, finding("db.sql", outcome=Outcome.PARTLY), True),
    "what is shown needs no answer": (ANSWER, finding("db.sql", outcome=Outcome.SHOWN), False),
    "nor what was not judged": (ANSWER, finding(outcome=Outcome.COULD_NOT_TELL), False),
    "a path that everything lies in": (
        msgspec.structs.replace(ANSWER, path="old/*"), finding("old/a.sql", "old/deep/b.sql"), True,
    ),
    "a path that something lies outside of": (
        msgspec.structs.replace(ANSWER, path="old/*"), finding("old/a.sql", "new.sql"), False,
    ),
    "a path where places are left unsaid": (
        msgspec.structs.replace(ANSWER, path="old/*"), finding("old/a.sql", more_evidence=3), False,
    ),
    "a path, and a finding without a place": (msgspec.structs.replace(ANSWER, path="old/*"), finding(), False),
    "a path, and a finding that starts in a file": (
        msgspec.structs.replace(ANSWER, path="old/*"), finding(at="old/a.sql"), True,
    ),
    "this repository": (msgspec.structs.replace(ANSWER, repository="shop-*"), finding("db.sql"), True),
    "another repository": (msgspec.structs.replace(ANSWER, repository="blog"), finding("db.sql"), False),
}  # fmt: skip


@pytest.mark.parametrize(("waiver", "item", "fits"), FITS.values(), ids=FITS)
def test_what_a_waiver_answers(waiver: Waiver, item: Finding, fits: bool) -> None:
    (answered,) = waived([item], [waiver], "shop-api")
    assert answered.waiver == (waiver if fits else None)
    assert unused([waiver], [answered]) == ([] if fits else [waiver])


def test_the_first_of_two_answers_stands() -> None:
    second = msgspec.structs.replace(ANSWER, reason="Another.", number=2)
    (answered,) = waived(waived([finding("db.sql")], [ANSWER], "shop"), [second], "shop")
    assert answered.waiver == ANSWER
    assert unused([ANSWER, second], [answered]) == [second]


JOB = profile(requirement("sql", level=2))
JUDGEABLE = {"sql": True}


def answered(steps: str, *places: int, counts: bool = False) -> dict[str, list[Finding]]:
    """A ladder of one skill; the findings at some places of it are waived."""
    answer = msgspec.structs.replace(ANSWER, counts=counts)
    items = ladders.ladder(steps)
    return {
        "shop": [msgspec.structs.replace(item, waiver=answer) if n in places else item for n, item in enumerate(items)]
    }


SUMS = {
    # steps, which are waived: the level and the state with a wanted level of 2
    "waiving the last gap never makes it met": ("1+ 2-", (1,), 1, State.PARTLY),
    "nor from nothing": ("1- 2+", (0,), 1, State.PARTLY),
    "what is met stays met": ("1+ 2+~", (2,), 2, State.MET),
    "a level below the wanted one may be reached by it": ("1+- 2-", (1,), 1, State.PARTLY),
    "waiving everything leaves nothing to judge": ("1- 2-", (0, 1), None, State.CANNOT_TELL),
}


@pytest.mark.parametrize(("steps", "places", "level", "state"), SUMS.values(), ids=SUMS)
def test_a_waiver_never_makes_a_requirement_met(
    steps: str, places: tuple[int, ...], level: int | None, state: State
) -> None:
    (judged,) = judge_all(JOB, JUDGEABLE, answered(steps, *places))
    assert (judged.level, judged.state) == (level, state)


def test_an_answer_of_the_repository_itself_changes_nothing() -> None:
    told, before = answered("1+ 2-", 1, counts=True), answered("1+ 2-")
    (judged,), (plain,) = judge_all(JOB, JUDGEABLE, told), judge_all(JOB, JUDGEABLE, before)
    assert (judged.level, judged.state) == (plain.level, plain.state) == (1, State.PARTLY)
    assert strength(told["shop"]) == strength(before["shop"])


def test_a_waived_finding_is_part_of_no_strength_and_no_next_step() -> None:
    told, before = answered("1+ 2-", 1), answered("1+ 2-")
    assert strength(told["shop"]).weight == strength(before["shop"]).weight - 1
    assert [step.check for step in ledger(JOB, JUDGEABLE, before).next_steps] == ["sql-20"]
    assert ledger(JOB, JUDGEABLE, told).next_steps == ()


def test_levels_of_skills_that_gates_ask_for_do_not_rise_by_it() -> None:
    levels = [skill_levels(["sql"], {}, found)[0].level for found in (answered("1+ 2-", 1), answered("1+ 2-"))]
    assert levels == [1, 1]
    percents = [readiness(judge_all(JOB, JUDGEABLE, found)).met for found in (answered("1+ 2-", 1), answered("1+ 2-"))]
    assert percents == [0, 0]


FAULTY = {
    "no table": ("x", "waivers are written as"),
    "a list of texts": (["x"], "waivers are written as"),
    "no check": ([{"reason": "Because."}], "waiver 1: no check"),
    "no reason": ([{"check": "a", "reason": "b"}, {"check": "sql-keys"}], "waiver 2: no reason"),
    "an empty reason": ([{"check": "sql-keys", "reason": "  "}], "waiver 1: no reason"),
    "an unknown key": ([{"check": "a", "reason": "b", "until": "2027"}], "waiver 1: unknown key 'until'"),
    "a number": ([{"check": "a", "reason": 3}], "waiver 1: reason is no text"),
    "too many": ([{"check": "a", "reason": "b"}] * (WAIVERS_MOST + 1), "more than 500"),
}


@pytest.mark.parametrize(("rows", "why"), FAULTY.values(), ids=FAULTY)
def test_a_waiver_that_cannot_be_used_says_why(rows: object, why: str) -> None:
    with pytest.raises(WaiverError, match=why):
        read_waivers(rows, "reviewer.toml")
