"""The ledger's rows: their order, what is said of each, and the evidence behind it."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.report.page.anchors import Anchors
from reviewer.report.page.density import density
from reviewer.report.page.ledger import CHOICES, LedgerView, ledger
from reviewer.report.page.pieces import gain, step_view
from reviewer.report.view import view
from tests.report import samples
from tests.report.parts import evidence, finding, report, repository, requirement, step


def rows(*requirements, repositories=()) -> LedgerView:
    return ledger(requirements, list(repositories), density(1), Anchors())


def test_missing_comes_first_required_before_optional_then_the_order_of_the_posting():
    states = ("met", "not_shown", "cannot_tell", "partly", "not_shown", "not_shown")
    importance = ("required", "optional", "required", "required", "required", "required")
    found = rows(
        *(
            requirement(f"r{n}", f"R{n}", state, 2, 0, [], importance=kind)
            for n, (state, kind) in enumerate(zip(states, importance, strict=True))
        )
    )
    assert [row.title for row in found.rows] == ["R4", "R5", "R1", "R3", "R2", "R0"]
    assert found.counts == [
        ("not_shown", "Not shown", 3),
        ("partly", "Partly", 1),
        ("cannot_tell", "Cannot tell", 1),
        ("met", "Met", 1),
    ]


@pytest.mark.parametrize(("met", "folded"), [(8, 0), (9, 9)])
def test_many_met_rows_fold(met, folded):
    found = rows(*(requirement(f"r{n}", f"R{n}", "met", 2, 2, []) for n in range(met)))
    assert (len(found.folded), found.total) == (folded, met)


def test_levels_are_said_in_words():
    found = rows(requirement("sql", "SQL", "partly", 3, 2, []))
    assert found.rows[0].levels == "Wanted 3 job-ready, reached 2 working"
    assert found.rows[0].repository == "orders-api"


def test_of_several_skills_the_one_that_counted_is_marked():
    row = rows(requirement("l", "A language", "met", 2, 2, [], skills=["Python", "Java"], skill="Java")).rows[0]
    assert [(choice.name, choice.counted) for choice in row.choices] == [("Python", False), ("Java", True)]


def test_of_very_many_skills_the_first_are_named_and_the_one_that_counted():
    skills = [f"skill {number}" for number in range(CHOICES + 5)]
    row = rows(requirement("f", "A framework", "met", 2, 2, [], skills=skills, skill=skills[-1])).rows[0]
    assert [choice.name for choice in row.choices] == [*skills[:CHOICES], skills[-1], "and 4 more"]
    assert [choice.name for choice in row.choices if choice.counted] == [skills[-1]]


def test_the_checks_are_those_of_the_repository_that_counts():
    here = repository("orders-api", findings=[finding("c", "tests", "partly", "T", "here")])
    better = repository("other", findings=[finding("c", "tests", "shown", "T", "there")])
    row = rows(requirement("t", "Testing", "partly", 3, 2, ["c"]), repositories=[better, here]).rows[0]
    assert [check.summary for check in row.checks] == ["here."]


def test_elsewhere_the_best_finding_is_taken_and_its_repository_named():
    found = [
        repository(n, findings=[finding("c", "tests", o, "T", n)]) for n, o in (("a", "not_shown"), ("b", "shown"))
    ]
    row = rows(requirement("t", "Testing", "not_shown", 3, 0, ["c"]), repositories=found).rows[0]
    assert [(check.summary, check.repository) for check in row.checks] == [("b.", "b")]


@pytest.mark.parametrize(("state", "first"), [("not_shown", "Not shown"), ("met", "Shown")])
def test_what_decided_comes_first(state, first):
    outcomes = ("partly", "shown", "not_shown", "not_applicable")
    home = repository("orders-api", findings=[finding(o, "tests", o, f"title {o}", "") for o in outcomes])
    row = rows(requirement("t", "Testing", state, 3, 1, list(outcomes)), repositories=[home]).rows[0]
    assert row.checks[0].word == first
    assert row.not_applicable == ["title not_applicable"]


def test_three_pieces_of_evidence_are_open_and_the_rest_is_counted():
    places = [evidence("a.py", n, "x\ny") for n in range(2, 10)]
    home = repository(
        "orders-api", findings=[finding("c", "tests", "partly", "T", "", evidence=places, more_evidence=4)]
    )
    check = rows(requirement("t", "Testing", "partly", 3, 2, ["c"]), repositories=[home]).rows[0].checks[0]
    assert (len(check.evidence), len(check.more), check.further, check.more_label) == (3, 5, 4, "9 more places")


def test_the_decisive_line_is_marked_under_its_own_number():
    home = repository(
        "orders-api", findings=[finding("c", "t", "shown", "T", "", evidence=[evidence("a.py", 31, "a\nb\nc")])]
    )
    piece = rows(requirement("t", "T", "met", 3, 3, ["c"]), repositories=[home]).rows[0].checks[0].evidence[0]
    assert (piece.label, piece.start) == ("a.py:31", 30)
    assert [line.hit for line in piece.lines] == [False, True, False]


@pytest.mark.parametrize(("confidence", "note"), [("certain", ""), ("likely", "likely: matched by pattern")])
def test_certain_and_likely_are_told_apart(confidence, note):
    home = repository("orders-api", findings=[finding("c", "t", "shown", "T", "", confidence=confidence)])
    row = rows(requirement("t", "T", "met", 3, 3, ["c"]), repositories=[home]).rows[0]
    assert row.checks[0].note == note


def test_what_no_check_speaks_of_says_so():
    row = rows(requirement("cache", "Caching", "not_shown", 1, 0, [])).rows[0]
    assert row.nothing == "Looked in every reviewed repository: nothing shows it."


def test_what_code_cannot_show_says_what_would():
    row = rows(requirement("english", "English", "cannot_tell", 2, None, [])).rows[0]
    assert row.reason == "Code does not show this."
    assert row.steps == []


def test_what_failed_says_why_and_what_would_make_it_tellable():
    failed = finding(
        "c", "t", "could_not_tell", "T", "The history is shallow", advice="Fetch the whole history.", skills=["Git"]
    )
    row = rows(
        requirement("git", "Git", "cannot_tell", 2, None, [], skills=["Git"]),
        repositories=[repository("a", findings=[failed])],
    ).rows[0]
    assert (row.reason, row.tellable) == ("The history is shallow.", "Fetch the whole history.")


def test_a_step_starts_with_its_first_sentence_and_names_file_effort_and_gain():
    found = step_view(step("Run the tests. One file, e.g. a workflow, is enough.", "ci.yml", "minutes", 6, 75))
    assert (found.head, found.rest) == ("Run the tests", "One file, e.g. a workflow, is enough.")
    assert (found.path, found.effort, found.gain) == ("ci.yml", "minutes", "69 → 75 %")


@pytest.mark.parametrize(("percent", "after", "said"), [(6, None, "+6 %"), (0, 75, ""), (6, 6, "0 → 6 %")])
def test_a_gain_is_said_where_there_is_one(percent, after, said):
    assert gain(step("x", None, "hours", percent, after)) == said


def test_first_three_steps_stand_apart():
    page = view(samples.candidate())
    assert (page.steps_heading, len(page.steps), len(page.more_steps)) == ("Do these three first", 3, 2)


def test_one_step_is_not_called_three():
    made = report([requirement("sql", "SQL", "not_shown", 2, 0, [])], [repository("a")], samples.steps()[:1])
    assert view(made).steps_heading == "Do this first"


@pytest.mark.parametrize(
    ("names", "anchors"),
    [
        (["orders-api", "orders-api"], ["repo-orders-api", "repo-orders-api-2"]),
        (["ada/orders"], ["repo-ada-orders"]),
        (['"><svg onload=x>'], ["repo-svg-onload-x"]),
        (["", "東京"], ["repo-unnamed", "repo-unnamed-2"]),
    ],
)
def test_anchors_are_readable_safe_and_given_once(names, anchors):
    given = Anchors()
    assert [given.claim("repo", name) for name in names] == anchors


def test_a_document_from_elsewhere_with_an_unknown_state_is_not_judged():
    odd = msgspec.structs.replace(requirement("x", "X", "met", 2, 2, []), state="excellent")
    assert rows(odd).rows[0].word == "Cannot tell"
