"""The rubric's arithmetic: levels of skills, states of requirements, the percentage and its sum."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from reviewer.model.finding import Finding, Outcome
from reviewer.model.requirement import JudgedRequirement, State
from reviewer.readiness import judge, judge_all, level_of, reach, readiness, share_at, skill_levels
from reviewer.strength import BEGIN_WITH, strength
from tests.ladders import finding, ladder, ladders, profile, requirement

LEVELS = {
    # steps of one repository: the level that they reach
    "": None,
    "1. 2?": None,
    "1x": None,
    "1-": 0,
    "1+": 1,
    "1~": 0,
    "1+ 2+": 2,
    "1+ 2+ 3+ 4+": 4,
    "1- 2+ 3+ 4+": 0,
    "1+ 2- 3+ 4+": 1,
    # seven in ten are enough, partly counts half
    "1++++++++++ 2+++++++---": 2,
    "1++++++++++ 2++++++----": 1,
    "1++ 2++-": 1,
    "1++ 2+++-": 2,
    "1++ 2+~": 2,
    "1++ 2~~": 1,
    "1++ 2+++~--": 1,
    "1++ 2++++~~--": 1,
    "1++ 2++++~-": 2,
    # a level without applicable checks is passed over, and never reached by itself
    "1+ 2.. 3++": 3,
    "1+ 2?? 3--": 1,
    "1+ 3-": 1,
    "1. 2++": 2,
    "1+ 2. 3. 4.": 1,
    # over one of which nothing could be told nobody climbs higher than that
    "1++ 2+++ 3? 4+": 3,
    "1++ 2+++ 3x 4++": 3,
    "1++ 2? 3++ 4++": 2,
    "1++ 2+++ 3. 4+": 4,
    # what is not judged counts for nothing
    "1+ 2++...": 2,
    "1+ 2+???": 2,
    "1+ 2-xxx": 1,
    # a single check of several speaks for no level above the first by itself; what could not be told is not asked
    "1+ 2+...": 1,
    "1+ 2+.": 1,
    "1++ 2+. 3++": 3,
    # as many shown checks as the level is high, where there are so many checks
    "3+": 3,
    "1. 2. 3+": 1,
    "2+.": 1,
    "2++": 2,
    "1+ 2. 3+ 4.": 2,
    "1+ 2+ 3+": 3,
    "1.... 2.... 3+": 1,
}


@pytest.mark.parametrize(("steps", "level"), LEVELS.items(), ids=[steps or "nothing" for steps in LEVELS])
def test_the_level_of_a_skill_in_one_repository(steps: str, level: int | None) -> None:
    assert level_of(ladder(steps)) == level
    reached = reach("sql", {"shop": ladder(steps)})
    assert reached.level == level
    assert reached.best == (None if level is None else "shop")


WEIGHTS = [
    ([(2.0, Outcome.SHOWN), (1.0, Outcome.NOT_SHOWN)], 2 / 3),
    ([(3.0, Outcome.SHOWN), (1.0, Outcome.NOT_SHOWN)], 0.75),
    ([(2.0, Outcome.PARTLY), (2.0, Outcome.SHOWN)], 0.75),
    ([(0.5, Outcome.SHOWN), (5.0, Outcome.NOT_APPLICABLE), (5.0, Outcome.NOT_SUPPORTED)], 1.0),
    ([(1.0, Outcome.COULD_NOT_TELL)], None),
    ([], None),
]


@pytest.mark.parametrize(("checks", "share"), WEIGHTS)
def test_the_share_of_a_level_is_weighed(checks: list[tuple[float, Outcome]], share: float | None) -> None:
    items = [finding(f"c{number}", 1, outcome, weight=weight) for number, (weight, outcome) in enumerate(checks)]
    assert share_at([*items, finding("other", 2, Outcome.SHOWN, weight=9)], 1) == share


SEVERAL = {
    "one repository alone adds nothing to itself": ({"a": "1+ 2. 3+"}, 2, "a"),
    "a second one of that level that shows what is missing adds a level": (
        {"a": "1+ 2+ 3+-", "b": "1+ 2+ 3-+"}, 3, "a",
    ),
    "a second one adds one level at most": ({"a": "1+ 2+ 3+- 4+-", "b": "1+ 2+ 3-+ 4-+"}, 3, "a"),
    "a tenth one adds no more than the second": (
        {"a": "1+ 2+ 3+- 4+-", **dict.fromkeys("bcdefghij", "1+ 2+ 3-+ 4-+")}, 3, "a",
    ),
    "a second one of a lower level adds nothing": ({"a": "1+ 2+ 3--", "b": "1+ 2- 3++"}, 2, "a"),
    "two that show nothing add nothing": ({"a": "1+-", "b": "1-+"}, 0, "a"),
    "one that shows less adds nothing": ({"a": "1+ 2+ 3-", "b": "1+ 2- 3-"}, 2, "a"),
    "one in which nothing applies lowers nothing": ({"a": "1+ 2+", "b": "1. 2?"}, 2, "a"),
    "one that shows nothing lowers nothing": ({"a": "1+ 2+", "b": "1- 2-"}, 2, "a"),
    "of two that reach the same the one that shows more is best": ({"a": "1+ 2+ 3--", "b": "1+ 2+ 3+-"}, 2, "b"),
    "of two that are equal the first by name is best": ({"b": "1+", "a": "1+"}, 1, "a"),
}  # fmt: skip


@pytest.mark.parametrize(("repositories", "level", "best"), SEVERAL.values(), ids=SEVERAL)
def test_the_level_of_a_skill_over_repositories(repositories: dict[str, str], level: int, best: str) -> None:
    reached = reach("sql", {name: ladder(steps) for name, steps in repositories.items()})
    assert (reached.level, reached.best) == (level, best)


STATES = {
    # steps: wanted level 2, the state and level
    "1+ 2+": (State.MET, 2),
    "1+ 2+ 3+": (State.MET, 3),
    "1+ 2-": (State.PARTLY, 1),
    "1- 2-": (State.NOT_SHOWN, 0),
    "1. 2.": (State.NOT_SHOWN, 0),
    "1. 2?": (State.CANNOT_TELL, None),
    "1? 2?": (State.CANNOT_TELL, None),
    "1x 2x": (State.CANNOT_TELL, None),
    "1. 2x": (State.CANNOT_TELL, None),
    "1+ 2-x": (State.CANNOT_TELL, 1),
    "1+ 2- 3x": (State.PARTLY, 1),
    "1+ 2+ 2x": (State.MET, 2),
    "": (State.CANNOT_TELL, None),
}


@pytest.mark.parametrize(("steps", "state"), STATES.items(), ids=[steps or "nothing" for steps in STATES])
def test_the_state_of_a_requirement(steps: str, state: tuple[State, int | None]) -> None:
    judged = judge(requirement("sql"), True, {"shop": ladder(steps)})
    assert (judged.state, judged.level) == state


def test_what_code_cannot_show_is_never_judged() -> None:
    judged = judge(requirement("english"), False, {"shop": ladder("1- 2-", "english")})
    assert (judged.state, judged.level, judged.repository) == (State.CANNOT_TELL, None, None)


def test_of_several_skills_the_best_one_will_do() -> None:
    found = {"shop": ladders({"django": "1+ 2+ 3-", "flask": "1+ 2-", "spring": "1x"})}
    judged = judge(requirement("flask", "django", "spring", level=3), True, found)
    assert (judged.state, judged.skill, judged.level) == (State.PARTLY, "django", 2)
    one = judge(requirement("flask", "ghost", level=1), True, found)
    assert (one.state, one.skill) == (State.MET, "flask")


def of_states(
    met: int, partly: int, not_shown: int, cannot_tell: int = 0, optional: int = 0
) -> list[JudgedRequirement]:
    counts = {
        State.MET: met, State.PARTLY: partly, State.NOT_SHOWN: not_shown, State.CANNOT_TELL: cannot_tell,
    }  # fmt: skip
    required = [state for state, count in counts.items() for _ in range(count)]
    judged = [JudgedRequirement(requirement=requirement("sql"), level=None, state=state) for state in required]
    left_out = requirement("sql", importance="optional")
    return judged + [JudgedRequirement(requirement=left_out, level=None, state=State.NOT_SHOWN)] * optional


PERCENTS = {
    "all": (of_states(3, 0, 0), 100, "3 ÷ 3 required skills"),
    "none": (of_states(0, 0, 4), 0, "0 ÷ 4 required skills"),
    "half of one": (of_states(0, 1, 0), 50, "(0 + ½) ÷ 1 required skills"),
    "a half is rounded up": (of_states(0, 1, 3), 13, "(0 + ½) ÷ 4 required skills"),
    "two thirds": (of_states(2, 0, 1), 67, "2 ÷ 3 required skills"),
    "several halves": (of_states(6, 3, 3), 63, "(6 + 3 · ½) ÷ 12 required skills"),
    "what cannot be told counts nowhere": (of_states(1, 0, 1, cannot_tell=8), 50, "1 ÷ 2 required skills"),
    "what is optional counts nowhere": (of_states(1, 0, 0, optional=5), 100, "1 ÷ 1 required skills"),
    "nothing to judge": (
        of_states(0, 0, 0, cannot_tell=2), None, "No required skill could be judged, so there is no percentage.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("judged", "percent", "said"), PERCENTS.values(), ids=PERCENTS)
def test_the_percentage_and_its_sum(judged: list[JudgedRequirement], percent: int | None, said: str) -> None:
    made = readiness(judged)
    assert (made.percent, made.sum) == (percent, said)
    total = made.met + made.partly + made.not_shown + made.cannot_tell
    assert total == sum(item.requirement.importance == "required" for item in judged)


def test_skills_are_listed_by_name_with_the_repositories_that_show_them() -> None:
    found = {"b": ladders({"sql": "1+ 2+", "rest": "1-"}), "a": ladders({"sql": "1+", "go": "1."})}
    levels = skill_levels(["sql", "rest", "go", "never"], {"sql": "data"}, found)
    assert [(item.name, item.level, item.group, item.repositories) for item in levels] == [
        ("rest", 0, "other", ()),
        ("sql", 2, "data", (("a", 1), ("b", 2))),
    ]
    assert levels[1].findings == ("sql-10", "sql-20")


STRENGTHS = {
    # checks of one repository, and of its tests: the strength of both together
    "nothing": ("", "", 0),
    "what does not apply": ("1..... 2????? 3xxxxx", "", 0),
    "the one thing that applies": ("1+", "", 9),
    "everything of much": ("1++++++++++++++++++++ 2++++++++++++++++++++", "", 80),
    "half of much": ("1++++++++++---------- 2~~~~~~~~~~~~~~~~~~~~", "", 40),
    "tests count twice": ("1----------", "1++++++++++", 50),
    "missing tests too": ("1++++++++++", "1----------", 25),
}


@pytest.mark.parametrize(("others", "tests", "wanted"), STRENGTHS.values(), ids=STRENGTHS.keys())
def test_the_strength_of_a_repository(others: str, tests: str, wanted: int) -> None:
    ours = [msgspec.structs.replace(item, area="tests") for item in ladder(tests)]
    assert strength([*ladder(others), *ours]).score == wanted


def test_a_strength_is_the_sum_of_its_areas() -> None:
    ours = [msgspec.structs.replace(item, area="tests") for item in ladder("1+~-")]
    found = strength([*ladder("1++-"), *ours])
    area = found.areas[0].area
    assert [(item.area, item.shown, item.weight) for item in found.areas] == [(area, 2.0, 3.0), ("tests", 3.0, 6.0)]
    assert (found.shown, found.weight, found.score) == (5.0, 9.0, round(100 * 5 / (9 + BEGIN_WITH)))


SKILLS = ["sql", "rest"]
JUDGEABLE = dict.fromkeys(SKILLS, True)
JOB = profile(requirement("sql", level=3), requirement("rest"), requirement("sql", "rest", level=4))


@some.composite
def worlds(draw: some.DrawFn, outcomes: str) -> dict[str, list[Finding]]:
    """Up to three repositories, each with the same checks."""
    checks = draw(
        some.lists(
            some.tuples(some.sampled_from(SKILLS), some.integers(1, 4), some.sampled_from([1.0, 3.0])),
            min_size=1,
            max_size=9,
        )
    )
    names = draw(some.sampled_from(["a", "ab", "abc"]))
    kinds = [item for item in Outcome if item.value in outcomes.split()]
    return {
        name: [
            finding(f"c{number}", level, draw(some.sampled_from(kinds)), skill, weight)
            for number, (skill, level, weight) in enumerate(checks)
        ]
        for name in names
    }


def with_one_more_shown(world: dict[str, list[Finding]], choose: some.DataObject) -> dict[str, list[Finding]]:
    name = choose.draw(some.sampled_from(sorted(world)))
    number = choose.draw(some.integers(0, len(world[name]) - 1))
    if world[name][number].outcome not in (Outcome.NOT_SHOWN, Outcome.PARTLY):
        return world
    changed = [*world[name]]
    changed[number] = msgspec.structs.replace(changed[number], outcome=Outcome.SHOWN)
    return world | {name: changed}


READ = "shown partly not_shown not_applicable could_not_tell"


@given(worlds(f"{READ} not_supported"), some.data())
def test_one_more_check_that_is_shown_never_lowers_a_level(world: dict[str, list[Finding]], choose) -> None:
    after = with_one_more_shown(world, choose)
    for skill in SKILLS:
        before_level, after_level = reach(skill, world).level, reach(skill, after).level
        assert (after_level or 0) >= (before_level or 0)


@given(worlds(READ), some.data())
def test_one_more_check_that_is_shown_never_lowers_the_percentage(world: dict[str, list[Finding]], choose) -> None:
    before = readiness(judge_all(JOB, JUDGEABLE, world)).percent
    after = readiness(judge_all(JOB, JUDGEABLE, with_one_more_shown(world, choose))).percent
    assert (after or 0) >= (before or 0)


@given(worlds(f"{READ} not_supported"))
def test_a_repository_without_anything_to_judge_changes_no_level(world: dict[str, list[Finding]]) -> None:
    more = [msgspec.structs.replace(item, outcome=Outcome.NOT_APPLICABLE) for item in world["a"]]
    for skill in SKILLS:
        assert reach(skill, world | {"z": more}).level == reach(skill, world).level


@given(worlds(f"{READ} not_supported"), some.randoms())
def test_the_order_of_arrival_changes_nothing(world: dict[str, list[Finding]], chance) -> None:
    names = list(world)
    chance.shuffle(names)
    assert judge_all(JOB, JUDGEABLE, {name: world[name] for name in names}) == judge_all(JOB, JUDGEABLE, world)
