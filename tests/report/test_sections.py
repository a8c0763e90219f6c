"""Repository sections: what is said of a repository, and how much of it on a page with many."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.model import document as doc
from reviewer.report.page.anchors import Anchors
from reviewer.report.page.density import density
from reviewer.report.page.section import section
from reviewer.report.view import view
from tests.report import samples
from tests.report.parts import finding, history, report, repository, skipped


def drawn(item: doc.RepositoryPart, reviewed: int = 1):
    return section(item, density(reviewed), Anchors())


@pytest.mark.parametrize(
    ("strength", "said"),
    [(80, "80 of 100, strong evidence"), (48, "48 of 100, some evidence"), (0, "0 of 100, little evidence"),
     (None, "not judged")],
)  # fmt: skip
def test_strength_is_said_in_words_and_number(strength, said):
    assert drawn(repository("a", strength=strength)).strength == said


def test_the_candidate_s_share_and_what_was_read():
    found = drawn(samples.orders())
    assert found.share == "79 of 80 commits are the candidate's, and 98 % of the lines."
    assert found.read == "commit 3f1c2d4 on main from 2024-05-03"
    assert found.history.matched == "79 commits matched to the candidate · 1 other"


def test_languages_come_by_role_and_databases_by_use():
    lines = {line.label: line.items for line in drawn(samples.orders()).about}
    assert [(item.name, item.said) for item in lines["Languages"]] == [
        ("Python", "server 4,120 lines, tests 980 lines"),
        ("SQL", "database schema 120 lines"),
    ]
    assert [item.said for item in lines["Databases"]] == ["used by the server", "named, not used by code"]
    assert lines["Databases"][0].place.label == "orders/db.py:9"
    assert "Content management" not in lines


def test_the_api_in_a_sentence_with_its_numbers():
    found = drawn(samples.orders()).api
    assert found.sentence == "19 endpoints, 11 reached by a test, 12 behind authentication."
    assert found.legend.startswith("Filled: a test reaches it (11). Outlined: no test reaches it (7). Dashed:")
    assert len(found.rows) == len(found.grid.cells) == 19
    assert found.drift == ["In the code alone: DELETE /users.", "In the description alone: GET /status."]


def test_findings_by_area_bad_first():
    found = drawn(samples.orders()).areas
    assert [area.title for area in found][:3] == ["Tests", "SQL and relational data", "API design"]
    assert [view.word for view in found[0].findings] == ["Not shown", "Partly", "Shown"]
    assert found[0].counts == "1 not shown · 1 partly · 1 shown"
    assert found[0].not_applicable == ["Coverage is measured in CI"]


def test_an_area_in_which_nothing_could_be_judged_says_so():
    found = drawn(repository("a", findings=[finding("x", "front_end", "not_applicable", "T", "")]))
    assert [(area.title, area.counts) for area in found.areas] == [("Front end", "not applicable")]


def test_an_area_that_is_not_in_the_table_has_its_own_name():
    found = drawn(repository("a", findings=[finding("x", "machine_learning", "shown", "T", "")]))
    assert [area.title for area in found.areas] == ["Machine learning"]


def test_what_is_not_read_in_depth_is_said_at_the_top_of_the_repository():
    said = drawn(repository("a", unread=["PHP"])).unread
    assert said == "PHP is not read in depth: checks that need it cannot tell, and count for nothing."


def test_what_was_left_out_comes_with_counts():
    assert drawn(samples.orders()).left_out_text == "13 files left out: generated 12, vendored 1"


def test_problems_are_listed_and_the_rest_counted():
    many = [doc.ProblemPart(path=f"{n}.py", what="could not be parsed") for n in range(30)]
    found = drawn(repository("a", problems=many, left_out={"problems": 5})).problems
    assert (len(found), found[0], found[-1]) == (11, "0.py: could not be parsed.", "25 more in report.json.")


def test_an_incomplete_history_is_said():
    found = drawn(repository("a", history=history(complete=False, reason="history is shallow")))
    assert found.history.sentence.endswith("The history is not complete: history is shallow.")


def test_skipped_repositories_come_with_a_sentence():
    made = view(report([], [repository("a"), skipped("linux", "a fork without own commits")]))
    assert [(item.name, item.reason) for item in made.skipped] == [("linux", "A fork without own commits.")]
    assert made.reviewed == "1 of 2 repositories reviewed"


def test_pages_with_many_repositories_say_less_of_each():
    few, many = (drawn(samples.orders(), count).areas[0] for count in (1, 30))
    assert len(few.findings[1].evidence) == 3
    assert len(many.findings[1].evidence) == 1
    assert [view.title for view in many.in_short] == ["Automated tests exist"]


@pytest.mark.parametrize(("count", "links", "ends"), [(5, False, False), (6, True, False), (10, True, True)])
def test_links_through_the_page_and_the_end_of_print_come_with_the_number_of_repositories(count, links, ends):
    made = view(samples.many(count))
    assert (made.on_this_page, made.print_ends) == (links, ends)


def test_further_jobs_are_told_in_short():
    made = samples.candidate()
    other = msgspec.structs.replace(
        made.jobs[0], profile=doc.ProfilePart(id=None, title="Python Developer", source="posting", seniority=None)
    )
    found = view(msgspec.structs.replace(made, jobs=[*made.jobs, other])).other_jobs
    assert [job.headline for job in found] == ["5 of 8 required skills are met for Python Developer"]
