"""Grave faults: one of them holds a skill below its level, whatever the best repository shows."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.grave import GRAVE_WEIGHT
from reviewer.model.finding import Confidence, Finding, Outcome
from reviewer.model.requirement import HeldBack, State
from reviewer.model.waiver import Waiver
from reviewer.planning import ledger
from reviewer.readiness import judge_all, reach
from tests.ladders import finding, ladder, profile, requirement

STRONG = ladder("1+ 2++ 3++ 4++", "security")
FAULT = finding("passwords", 2, Outcome.NOT_SHOWN, "security", GRAVE_WEIGHT)
JOB = profile(requirement("security", level=3))
JUDGEABLE = {"security": True}


def changed(**more: object) -> Finding:
    return msgspec.structs.replace(FAULT, **more)


LEVELS = {
    "a grave fault in another repository": (FAULT, 1),
    "the same, mended": (changed(outcome=Outcome.SHOWN), 4),
    "half mended": (changed(outcome=Outcome.PARTLY), 4),
    "a fault that is not certain": (changed(confidence=Confidence.LIKELY), 4),
    "a fault that weighs less": (changed(weight=2.0), 4),
    "one of a higher level": (changed(level=4), 3),
    "a fault of another skill": (changed(skills=("sql",)), 4),
    "nothing to judge": (changed(outcome=Outcome.NOT_APPLICABLE), 4),
}


@pytest.mark.parametrize(("fault", "level"), LEVELS.values(), ids=LEVELS)
def test_the_level_that_is_left(fault: Finding, level: int) -> None:
    assert reach("security", {"api": STRONG, "shop": [fault]}).level == level


def test_a_fault_holds_no_level_that_is_lower_anyway() -> None:
    reached = reach("security", {"api": ladder("1+ 2-- 3-", "security"), "shop": [FAULT]})
    assert (reached.level, reached.held) == (1, ())


def test_the_requirement_says_where_the_fault_is() -> None:
    (judged,) = judge_all(JOB, JUDGEABLE, {"api": STRONG, "shop": [FAULT]})
    assert judged.state is State.PARTLY
    assert judged.held == (HeldBack(repository="shop", check="passwords"),)


def test_mending_it_is_a_next_step_of_the_requirement() -> None:
    found = ledger(JOB, JUDGEABLE, {"api": STRONG, "shop": [FAULT]})
    steps = [(step.repository, step.check, step.gain_percent) for step in found.next_steps]
    assert steps == [("shop", "passwords", 50)]
    assert found.requirements[0].next == found.next_steps


def test_of_two_steps_that_gain_the_same_the_grave_one_comes_first() -> None:
    job = profile(requirement("security", level=3), requirement("hosting", level=2))
    world = {"api": [*STRONG, *ladder("1+ 2-", "hosting")], "shop": [FAULT]}
    found = ledger(job, JUDGEABLE | {"hosting": True}, world)
    assert [(step.check, step.gain_percent) for step in found.next_steps] == [("passwords", 25), ("hosting-20", 25)]


def test_a_fault_that_is_answered_never_makes_the_requirement_met() -> None:
    answered = changed(waiver=Waiver(check="passwords", reason="A lesson on rainbow tables."))
    (judged,) = judge_all(JOB, JUDGEABLE, {"api": STRONG, "shop": [answered]})
    assert judged.state is State.PARTLY
