"""The corpus bench: real reviews of two tiny repositories, and reports that lie there already."""

from __future__ import annotations

import json

import pytest

from bench.corpus import main
from tests.bench.samples import make_samples


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What a run over both repositories left: its folder, with the reports and the figures."""
    folder = tmp_path_factory.mktemp("corpus")
    repos, truth = make_samples(folder)
    given = ["--truth", str(truth), "--repos", str(repos), "--reports", str(folder / "reports"), "--jobs", "1"]
    assert main([*given, "--json", str(folder / "figures.json")]) == 0
    return folder


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("languages", (2, 0, 0), id="languages"),
        pytest.param("frameworks", (2, 0, 0), id="frameworks"),
        pytest.param("endpoints", (3, 1, 0), id="endpoints-of-the-labelled-commit-alone"),
        pytest.param("test_frameworks", (1, 0, 0), id="test-frameworks"),
        pytest.param("databases", (0, 0, 0), id="databases"),
    ],
)
def test_figures_of_real_reviews(ran, row, expected):
    figures = json.loads((ran / "figures.json").read_text(encoding="utf-8"))[row]
    assert (figures["hit"], figures["missed"], figures["wrong"]) == expected


def test_reports_are_kept_and_scored_again_without_repositories(ran, capsys):
    assert main(["--truth", str(ran / "truth"), "--reports", str(ran / "reports")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 of 2 repositories reported\n")
    assert "endpoints                        1.000   0.750   0.857      3       1      0" in said
    assert "ada__shop (1)\n  endpoints: missed DELETE /items" in said


def test_only_some_of_the_labels(ran, capsys):
    assert main(["--truth", str(ran / "truth"), "--reports", str(ran / "reports"), "--only", "*nobody*,bob*"]) == 0
    assert capsys.readouterr().out.startswith("1 of 1 repositories reported\n")


def test_a_repository_that_is_not_there_counts_as_an_empty_answer(ran, tmp_path, capsys):
    given = ["--truth", str(ran / "truth"), "--repos", str(tmp_path), "--only", "bob*"]
    assert main(given) == 0
    said = capsys.readouterr()
    assert said.out.startswith("0 of 1 repositories reported\n")
    assert "bob__books: absent" in said.err


def test_a_broken_report_is_named(ran, tmp_path, capsys):
    (tmp_path / "bob__books.json").write_text("{", encoding="utf-8")
    assert main(["--truth", str(ran / "truth"), "--reports", str(tmp_path), "--only", "bob*"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("0 of 1 repositories reported\n")
    assert "unreadable report: Expecting property name" in said


def test_no_label_matches(ran, capsys):
    assert main(["--truth", str(ran / "truth"), "--reports", str(ran), "--only", "nobody"]) == 2
    assert "no labels in" in capsys.readouterr().err


def test_neither_repositories_nor_reports():
    with pytest.raises(SystemExit, match="2"):
        main([])
