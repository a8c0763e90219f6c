"""The bench of named faults: what is drawn, what the list keeps, and what the table says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bench.judged import Sampled, read_samples, write_samples
from bench.precision import main, table
from bench.sampling import PRAISE, draw, findings


def finding(check: str, outcome: str = "not_shown", **more: object) -> dict[str, object]:
    """A finding as it stands in a report."""
    place = {"path": "app.py", "line": 3, "commit": "c" * 40, "note": "here"}
    return {
        "check": check,
        "outcome": outcome,
        "confidence": "likely",
        "summary": "It lacks.",
        "evidence": [place],
    } | more


def repository(stem: str, *findings: dict[str, object]) -> dict[str, object]:
    """A repository as it stands in a report."""
    return {"stem": stem, "commit": "c" * 40, "findings": list(findings)}


def test_what_is_shown_or_was_not_judged_is_no_fault() -> None:
    outcomes = ("shown", "partly", "not_shown", "not_applicable", "not_supported", "could_not_tell")
    some = repository("dana__shop", *(finding(f"api-{outcome}", outcome) for outcome in outcomes))
    assert [item.check for item in findings([some], 0)] == ["api-partly", "api-not_shown"]
    assert [item.check for item in findings([some], 0, PRAISE)] == ["api-shown"]


def test_a_fault_keeps_its_place_without_the_reviewed_commit() -> None:
    history = {"path": "old.env", "line": 1, "commit": "d" * 40, "note": ""}
    here, before = findings([repository("dana__shop", finding("a"), finding("b", evidence=[history]))], 0)
    assert here.places == ("app.py:3 here",)
    assert before.places == (f"old.env:1@{'d' * 10}",)


def test_checks_of_a_family_count_as_one() -> None:
    found = findings([repository("dana__shop", finding("lang-python-idiom"), finding("lang-go-idiom"))], 0)
    assert [(item.check, item.subject) for item in found] == [("lang-idiom", "Python"), ("lang-idiom", "Go")]


POOLS = [
    findings([repository(f"{folder}{n}__shop", *(finding(f"check-{k}") for k in range(12))) for n in range(9)], 0)
    for folder in "ab"
]


def test_a_sample_keeps_its_bounds_and_takes_half_of_each_folder() -> None:
    drawn = draw(POOLS, size=40, most=5, per_repository=4, seed=1)
    assert len(drawn) == 40
    assert max(Counter(item.check for item in drawn).values()) <= 5
    assert max(Counter(item.repository for item in drawn).values()) <= 4
    assert Counter(item.repository[0] for item in drawn) == {"a": 20, "b": 20}
    assert [item.number for item in drawn] == list(range(1, 41))


def test_a_seed_decides_the_sample() -> None:
    once, again, other = (draw(POOLS, 20, 5, 4, seed) for seed in (1, 1, 2))
    assert once == again != other


def test_a_check_that_is_rare_gives_what_it_has() -> None:
    pools = [
        findings([repository("dana__shop", finding("a"))], 0),
        findings([repository("kim__blog", finding("a"))], 1),
    ]
    assert len(draw(pools, 40, 5, 4, 1)) == 2


ROW = Sampled(1, "dana/shop", "c" * 40, "api-auth", "", "not_shown", "likely", "No guard: none.", ("a.py:1 open",))


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [ROW, replace(ROW, number=2, verdict="wrong", reason="It's in app.py:3, “guarded”.", places=())]
    write_samples(tmp_path / "list.yaml", rows)
    assert read_samples(tmp_path / "list.yaml") == rows


def test_the_table_counts_by_check_and_names_what_is_not_judged() -> None:
    rows = [
        replace(ROW, verdict="right"),
        replace(ROW, number=2, verdict="wrong"),
        replace(ROW, number=3, check="sql-used", verdict="right"),
        replace(ROW, number=4, check="sql-used"),
    ]
    assert table(rows).splitlines() == [
        "check          sample  right  wrong",
        "api-auth            2      1      1",
        "sql-used            2      1      0",
        "all 2 checks        4      2      1",
        "precision 0.667 of 3 judged",
        "not judged: 4",
    ]


FILES = {
    "absent": (None, "No such file"),
    "no list": ("a: 1\n", "no list of findings"),
    "no finding": ("- [1]\n", "entry 1 is no finding"),
    "an unknown key": ("- {number: 1, colour: red}\n", "entry 1 is no finding"),
}


@pytest.mark.parametrize(("text", "why"), FILES.values(), ids=FILES)
def test_a_list_that_cannot_be_used_is_named_in_one_line(
    text: str | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    assert main(["table", "--list", str(path)]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1


def test_a_verdict_is_right_or_wrong(tmp_path: Path) -> None:
    write_samples(tmp_path / "list.yaml", [replace(ROW, verdict="maybe")])
    with pytest.raises(ValueError, match="entry 1 has the verdict maybe"):
        read_samples(tmp_path / "list.yaml")


def test_draw_reads_reports_and_table_reads_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for stem in ("dana__shop", "kim__blog"):
        report = {"repositories": [repository(stem, finding("api-auth"), finding("sql-used"))]}
        (tmp_path / f"{stem}.json").write_text(json.dumps(report), "utf-8")
    listed = tmp_path / "out" / "list.yaml"
    assert main(["draw", "--reports", str(tmp_path), "--list", str(listed), "--most", "1"]) == 0
    assert "2 findings of 2 checks" in capsys.readouterr().out
    assert main(["table", "--list", str(listed)]) == 0
    assert "not judged: 1, 2" in capsys.readouterr().out
