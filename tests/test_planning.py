"""Next steps: what each gains is the same arithmetic with that check shown, and the best come first."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reviewer.model.finding import Effort, Finding, Outcome
from reviewer.model.requirement import Ledger, NextStep, Profile
from reviewer.planning import NEXT_PER_REQUIREMENT, PLAN_LENGTH, STEPS_MOST, ledger
from reviewer.readiness import judge_all, readiness
from tests.ladders import finding, ladder, ladders, profile, requirement

SKILLS = ("sql", "rest", "docker", "english")
JUDGEABLE = {"sql": True, "rest": True, "docker": True, "english": False}


def made(job: Profile, world: dict[str, list[Finding]]) -> Ledger:
    return ledger(job, JUDGEABLE, world)


def checks(steps: tuple[NextStep, ...]) -> list[str]:
    return [step.check for step in steps]


def percent(job: Profile, world: dict[str, list[Finding]], shown: tuple[tuple[str, str], ...] = ()) -> int:
    """The readiness, with some checks (repository, check) shown."""
    changed = {
        name: [
            msgspec.structs.replace(item, outcome=Outcome.SHOWN) if (name, item.check) in shown else item
            for item in items
        ]
        for name, items in world.items()
    }
    return readiness(judge_all(job, JUDGEABLE, changed)).percent or 0


def test_of_what_is_open_only_what_a_requirement_wants_is_a_step() -> None:
    world = {"shop": ladders({"sql": "1+ 2-~ 3- 4-", "rest": "1+ 2+ 3-", "docker": "1-"})}
    plan = made(profile(requirement("sql", level=2), requirement("rest", level=2)), world)
    assert sorted(checks(plan.next_steps)) == ["sql-20", "sql-21"]
    assert [checks(item.next) for item in plan.requirements] == [["sql-20", "sql-21"], []]


NOTHING = {
    "everything is met": {"sql": "1+ 2+ 3-"},
    "nothing can be told": {"sql": "1? 2x"},
    "nothing was found": {},
}


@pytest.mark.parametrize("world", NOTHING.values(), ids=NOTHING)
def test_where_nothing_is_open_there_are_no_steps(world: dict[str, str]) -> None:
    plan = made(profile(requirement("sql"), requirement("english")), {"shop": ladders(world)})
    assert plan.next_steps == ()


def test_no_repositories_at_all_leave_no_steps() -> None:
    assert made(profile(requirement("sql")), {}).next_steps == ()


def test_a_step_is_made_in_the_repository_that_shows_the_skill_best() -> None:
    world = {"old": ladder("1+ 2--"), "best": ladder("1+ 2+-"), "other": ladders({"rest": "1+ 2+"})}
    (step,) = made(profile(requirement("sql")), world).next_steps
    assert (step.repository, step.check, step.advice) == ("best", "sql-21", "advice of sql-21")


def test_a_skill_that_nothing_shows_is_begun_where_its_check_is_open() -> None:
    world = {"a": ladders({"docker": "1-"}), "b": ladders({"sql": "1+ 2+", "docker": "1-"})}
    (step,) = made(profile(requirement("docker", level=1)), world).next_steps
    assert step.check == "docker-10"


def test_the_gain_of_the_first_step_and_what_is_reached_after_three() -> None:
    world = {"shop": ladders({"sql": "1+ 2-", "rest": "1+ 2--", "docker": "1-"})}
    job = profile(requirement("sql"), requirement("rest"), requirement("docker", level=1))
    plan = made(job, world)
    assert plan.readiness.percent == 33
    assert [(step.check, step.gain_percent, step.readiness_after) for step in plan.next_steps] == [
        ("docker-10", 34, 67),
        ("sql-20", 16, 83),
        ("rest-21", 0, 83),
        ("rest-20", 17, None),
    ]


EFFORTS = {
    "minutes before hours": ({"a": Effort.HOURS, "b": Effort.MINUTES}, "b"),
    "hours before days": ({"a": Effort.DAYS, "b": Effort.HOURS}, "b"),
}


@pytest.mark.parametrize(("efforts", "first"), EFFORTS.values(), ids=EFFORTS)
def test_of_two_steps_that_gain_the_same_the_quicker_comes_first(efforts: dict[str, Effort], first: str) -> None:
    world = {"shop": [finding(name, 1, Outcome.NOT_SHOWN, name, effort=effort) for name, effort in efforts.items()]}
    job = profile(requirement("a", level=1), requirement("b", level=1))
    assert ledger(job, {"a": True, "b": True}, world).next_steps[0].check == first


def test_a_gain_counts_more_than_a_step_without_one() -> None:
    world = {
        "shop": [
            finding("far", 1, Outcome.NOT_SHOWN, "a", effort=Effort.MINUTES),
            finding("further", 1, Outcome.NOT_SHOWN, "a", effort=Effort.MINUTES),
            finding("near", 1, Outcome.NOT_SHOWN, "b", effort=Effort.DAYS),
        ]
    }
    job = profile(requirement("a", level=1), requirement("b", level=1))
    assert ledger(job, {"a": True, "b": True}, world).next_steps[0].check == "near"


def test_lists_have_an_end() -> None:
    world = {"shop": ladder("1" + "-" * 50)}
    plan = made(profile(requirement("sql")), world)
    assert len(plan.next_steps) == STEPS_MOST
    assert [len(item.next) for item in plan.requirements] == [NEXT_PER_REQUIREMENT]


@some.composite
def worlds(draw: some.DrawFn) -> dict[str, list[Finding]]:
    outcomes = [Outcome.SHOWN, Outcome.PARTLY, Outcome.NOT_SHOWN, Outcome.NOT_APPLICABLE]
    kinds = draw(some.lists(some.tuples(some.sampled_from(SKILLS[:3]), some.integers(1, 3)), min_size=1, max_size=8))
    return {
        name: [
            finding(
                f"c{number}", level, draw(some.sampled_from(outcomes)), skill, effort=draw(some.sampled_from(Effort))
            )
            for number, (skill, level) in enumerate(kinds)
        ]
        for name in draw(some.sampled_from(["a", "ab"]))
    }


JOB = profile(requirement("sql", level=3), requirement("rest"), requirement("docker", "sql"), requirement("english"))


@given(worlds())
@settings(deadline=None)
def test_every_gain_is_the_same_arithmetic_with_that_check_shown(world: dict[str, list[Finding]]) -> None:
    plan = made(JOB, world)
    done: tuple[tuple[str, str], ...] = ()
    now = percent(JOB, world)
    assert (plan.readiness.percent or 0) == now
    for number, step in enumerate(plan.next_steps):
        here = (*done, (step.repository, step.check))
        assert step.gain_percent == percent(JOB, world, here) - now >= 0
        if number < PLAN_LENGTH:
            done, now = here, percent(JOB, world, here)
            assert step.readiness_after == now
        else:
            assert step.readiness_after is None


@given(worlds())
@settings(deadline=None)
def test_every_step_is_open_and_named_once(world: dict[str, list[Finding]]) -> None:
    steps = [(step.repository, step.check) for step in made(JOB, world).next_steps]
    assert len(set(steps)) == len(steps)
    open_ = {
        (name, item.check)
        for name, items in world.items()
        for item in items
        if item.outcome in (Outcome.NOT_SHOWN, Outcome.PARTLY)
    }
    assert set(steps) <= open_


@given(worlds(), some.randoms())
@settings(deadline=None)
def test_the_order_of_arrival_changes_nothing(world: dict[str, list[Finding]], chance) -> None:
    shuffled = {name: chance.sample(world[name], len(world[name])) for name in sorted(world, reverse=True)}
    assert checks(made(JOB, shuffled).next_steps) == checks(made(JOB, world).next_steps)
