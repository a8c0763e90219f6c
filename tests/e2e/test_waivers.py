"""Answers to findings in a `reviewer.toml`: whose file it is decides what they can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e import samples
from tests.e2e.running import Place, Ran
from tests.project import make_repository

ANSWER = '[[waive]]\ncheck = "sql-migrations"\nreason = "Coursework: **nothing** is moved."\n'
OTHER = '[[waive]]\ncheck = "sql-joins"\npath = "nowhere/*"\nreason = "Never there."\n'


def waived(ran: Ran) -> dict[str, Any]:
    """The answers in a report, by check."""
    return {item["check"]: item["waiver"] for item in ran.report["repositories"][0]["findings"] if item.get("waiver")}


def weight(ran: Ran) -> float:
    """The weight of everything that counts for the strength."""
    return sum(item["weight"] for item in ran.report["repositories"][0]["strength_areas"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("waivers"))


@pytest.fixture(scope="module")
def shop(home: Place) -> Path:
    return samples.shop(home.root / "shop")


def test_ones_own_answer_leaves_the_sum_and_stays_in_the_report(home: Place, shop: Path) -> None:
    plain = home.review(str(shop))
    (home.here / "reviewer.toml").write_text(ANSWER + OTHER, "utf-8")
    ran = home.review(str(shop))
    (home.here / "reviewer.toml").unlink()
    assert waived(plain) == {}
    assert waived(ran) == {
        "sql-migrations": {
            "reason": "Coursework: **nothing** is moved.",
            "source": "reviewer.toml",
            "number": 1,
            "counts": False,
        }
    }
    assert weight(ran) == weight(plain) - 1
    assert "reviewer.toml: the waiver of sql-joins answers nothing that was found" in ran.report["notes"]
    assert [item["state"] for item in ran.report["requirements"]].count("met") == plain.report["readiness"]["met"]
    page = (ran.folder / "report.html").read_text("utf-8")
    assert "Waived (reviewer.toml, waiver 1), part of no sum: Coursework: **nothing** is moved." in page


def test_an_answer_of_the_reviewed_repository_is_listed_and_changes_nothing(home: Place, shop: Path) -> None:
    files = {
        "files": {"reviewer.toml": ANSWER + "max = 1\nfail_under = 100\n"},
        "message": "Answer",
        "author": samples.ADA,
    }
    told = make_repository(
        home.root / "told", [{"message": "Add", "author": samples.ADA, "files": {"app.py": samples.APP}}, files]
    )
    bare = make_repository(
        home.root / "bare", [{"message": "Add", "author": samples.ADA, "files": {"app.py": samples.APP}}]
    )
    ran, plain = home.review(str(told)), home.review(str(bare))
    assert ran.code == 0
    assert "sql-migrations" not in waived(plain)
    assert ran.report["readiness"] == plain.report["readiness"]
    answers = waived(ran)
    assert all(answer["counts"] for answer in answers.values())


def test_a_faulty_file_of_the_reviewed_repository_is_named_and_ends_nothing(home: Place) -> None:
    commit = {
        "message": "Add",
        "author": samples.ADA,
        "files": {"app.py": samples.APP, "reviewer.toml": "[[waive]]\ncheck = 3\n"},
    }
    ran = home.review(str(make_repository(home.root / "faulty", [commit])))
    assert ran.code == 0
    problems = [(item["path"], item["what"]) for item in ran.report["repositories"][0]["problems"]]
    assert ("reviewer.toml", "its waivers are not read: waiver 1: check is no text") in problems


WRONG = {
    "an unknown check": (
        '[[waive]]\ncheck = "tests-cover"\nreason = "x"\n', "waiver 1: no check 'tests-cover': did you mean",
    ),
    "no reason": ('[[waive]]\ncheck = "sql-migrations"\n', "waiver 1: no reason"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
def test_ones_own_faulty_answer_is_a_usage_error(text: str, why: str, home: Place, shop: Path) -> None:
    (home.here / "own.toml").write_text(text, "utf-8")
    assert why in home.review(str(shop), "--config", "own.toml").refused(2)
