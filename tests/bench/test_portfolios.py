"""The portfolio bench: agreement on reports written by hand, and a real report of a login on a local server."""

from __future__ import annotations

import json

import pytest
import yaml

from bench.portfolio_reports import repository_names
from bench.portfolios import compare, main
from tests.bench.samples import make_samples

LABEL = {
    "account": "ada",
    "repositories": [{"name": "shop"}],
    "not_fetched": ["gone (no copy; a fork of bob/gone (old))"],
    "requirements": [
        {"id": "language", "level": 2, "state": "partly", "best_repository": "shop"},
        {"id": "framework", "level": 3, "state": "met", "best_repository": "shop"},
        {"id": "soap", "level": 0, "state": "not_shown", "best_repository": None},
    ],
}


def report(**states):
    """A report that answers each requirement with a state, level and repository."""
    names = ("state", "level", "repository")
    return {"requirements": [{"id": name, **dict(zip(names, said, strict=True))} for name, said in states.items()]}


@pytest.mark.parametrize(
    ("given", "agree", "apart", "level", "best"),
    [
        pytest.param(
            report(language=("partly", 2, "ada/shop"), framework=("met", 3, "ada/shop"), soap=("not_shown", 0, None)),
            *(3, 0, 0.0, 1.0),
            id="all-agree",
        ),
        pytest.param(
            report(language=("met", 3, "ada/blog"), framework=("not_shown", 0, "ada/shop"), soap=("met", 1, None)),
            *(0, 2, 5 / 3, 0.5),
            id="met-against-not-shown-is-two-apart",
        ),
        pytest.param(
            report(language=("cannot_tell", None, None), framework=("met", 3, None), soap=("not_shown", 0, None)),
            *(2, 0, 0.0, None),
            id="cannot-tell-is-never-two-apart",
        ),
        pytest.param({}, *(0, 0, None, None), id="no-report"),
    ],
)
def test_agreement(given, agree, apart, level, best):
    found = compare(LABEL, given)
    figures = found.figures()
    assert (found.agree, found.two_apart, figures["level_difference"], figures["best"]) == (agree, apart, level, best)


def test_each_difference_is_named():
    found = compare(LABEL, report(framework=("not_shown", 0, None)))
    assert found.lines[1] == "framework: truth met (level 3), report not_shown (level 0)  TWO APART"
    assert found.lines[2] == "soap: truth not_shown (level 0), report missing (level None)"


def test_repositories_that_the_reader_left_out_are_served_too():
    assert repository_names(LABEL) == ["shop", "gone"]


def test_a_login_is_served_reviewed_and_scored(tmp_path, capsys):
    repos, _ = make_samples(tmp_path)
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "ada.yaml").write_text(yaml.safe_dump(LABEL), encoding="utf-8")
    given = ["--truth", str(tmp_path / "labels"), "--repos", str(repos), "--reports", str(tmp_path / "reports")]
    assert main([*given, "--serve", "--json", str(tmp_path / "figures.json")]) == 0
    made = json.loads((tmp_path / "reports" / "ada.json").read_text(encoding="utf-8"))
    assert [(item["name"], item["status"]) for item in made["repositories"]] == [("ada/shop", "reviewed")]
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    (times,) = figures["times"]
    assert (figures["rows"], times["account"], times["absent"], times["clones_failed"]) == (3, "ada", ["gone"], [])
    assert times["api"] > 0
    assert times["git"] > 0
    assert "not there: gone" in capsys.readouterr().out


@pytest.mark.parametrize("more", [["--serve"], ["--repos", "."]], ids=["serve-alone", "repos-alone"])
def test_serving_needs_repositories(more):
    with pytest.raises(SystemExit, match="2"):
        main(["--reports", "reports", *more])
