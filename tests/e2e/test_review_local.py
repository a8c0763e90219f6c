"""``reviewer review PATH``: what is written and printed, and what of a repository is read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.e2e import samples
from tests.e2e.running import Place, Ran
from tests.project import make_repository


def names(ran: Ran) -> list[str]:
    return [item["name"] for item in ran.report["repositories"]]


def test_the_report_is_written_and_fits_the_published_schema(reviewed: Ran, place: Place) -> None:
    assert (reviewed.code, reviewed.err) == (0, "")
    assert list(reviewed.written()) == ["report.html", "report.json", "report.md"]
    schema = json.loads(place.reviewer("schema", "review").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(reviewed.report, schema)
    assert "<h1>" in (reviewed.folder / "report.html").read_text("utf-8")


def test_the_report_holds_what_the_repository_shows(reviewed: Ran) -> None:
    shop = reviewed.repository("shop")
    assert (shop["status"], shop["branch"], shop["own_share"]) == ("reviewed", "main", 1.0)
    assert (shop["history"]["commits"], shop["history"]["first"][:10]) == (4, "2024-01-05")
    routes = {(item["method"], item["path"]) for item in shop["api"]["endpoints"]}
    assert routes == {("GET", "/orders"), ("POST", "/orders")}
    assert shop["tests"]["functions"] == 2
    assert shop["sql"]["tables"] == ["orders"]
    assert reviewed.report["readiness"]["percent"] > 0


def test_the_summary_is_one_plain_screen_that_ends_with_the_report(reviewed: Ran) -> None:
    lines = reviewed.out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines[:-1])) <= 80
    assert reviewed.out.isascii()
    assert reviewed.out.isprintable() or set(reviewed.out) - {"\n"} <= set(map(chr, range(32, 127)))
    assert reviewed.out.rstrip().replace("\n" + " " * len("Report: "), "").endswith(f"{reviewed.folder}/report.html")


def test_addresses_of_people_stand_in_no_output(reviewed: Ran) -> None:
    assert all(b"ada@example.org" not in data for data in reviewed.written().values())


def test_quiet_prints_the_path_alone(shop: Path, place: Place) -> None:
    ran = place.review(shop, "-q")
    assert (ran.out, ran.err) == (f"{ran.folder}/report.html\n", "")


def test_verbose_says_every_step_on_stderr(shop: Path, place: Place) -> None:
    ran = place.review(shop, "--verbose")
    assert ran.err.splitlines() == ["shop: reading", "shop: reviewed"]


def test_the_report_lies_in_readiness_report_unless_told_otherwise(shop: Path, place: Place) -> None:
    assert place.reviewer("review", shop, "-q").out == "readiness-report/report.html\n"
    assert (place.here / "readiness-report" / "report.json").is_file()


def test_several_targets_make_one_report(shop: Path, place: Place, tmp_path: Path) -> None:
    other = samples.shop(tmp_path / "bakery.git", name="bakery")
    ran = place.review(other, shop)
    assert ran.code == 0
    assert names(ran) == ["bakery", "shop"]
    assert ran.report["subject"] == {
        "name": "2 repositories", "kind": "repositories", "url": None, "identities": [], "named": False,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["bare", "git directory", "detached", "shallow"])
def test_every_form_of_a_local_repository_is_read(form: str, place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop", bare=form == "bare")
    if form == "detached":
        samples.git(folder, "checkout", "-q", "--detach", "HEAD~1")
    if form == "shallow":
        samples.git(tmp_path, "clone", "-q", "--depth=2", f"file://{folder}", "short/shop")
        folder = tmp_path / "short" / "shop"
    ran = place.review(folder / ".git" if form == "git directory" else folder)
    assert (ran.code, ran.statuses()) == (0, {"shop": "reviewed"})
    assert ran.repository("shop")["history"]["complete"] is (form != "shallow")


@pytest.mark.parametrize(
    ("revision", "commits"), [("HEAD~1", None), ("v1", 1), ("feature/x", 2), ("tip", 4), ("short id", 4)]
)
def test_a_revision_may_follow_the_path(revision: str, commits: int | None, place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop", bare=False)
    samples.git(folder, "tag", "v1", "HEAD~3")
    samples.git(folder, "branch", "feature/x", "HEAD~2")
    tip = samples.git(folder, "rev-parse", "HEAD")
    named = {"tip": tip, "short id": tip[:9]}.get(revision, revision)
    ran = place.review(f"{folder}@{named}")
    if commits is None:
        assert "is no branch, tag or commit" in ran.refused(2)
    else:
        assert ran.repository("shop")["history"]["commits"] == commits


def test_a_folder_whose_name_holds_an_at_sign_is_the_folder(place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop@v1")
    assert names(place.review(folder)) == ["shop@v1"]


def test_code_cells_of_notebooks_are_read(place: Place, tmp_path: Path) -> None:
    ran = place.review(samples.of_files(tmp_path / "prices", {"prices.ipynb": samples.notebook()}))
    (language,) = [item for item in ran.repository("prices")["languages"] if item["name"] == "Python"]
    assert (ran.code, language["files"], language["lines"]) == (0, 1, 2)


def test_uncommitted_changes_are_not_read_and_that_is_said(place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop", bare=False)
    before = place.review(folder).written()
    (folder / "app.py").write_text("eval(input())\n", encoding="utf-8")
    (folder / "more.py").write_text("eval(input())\n", encoding="utf-8")
    samples.git(folder, "add", "more.py")
    ran = place.review(folder)
    assert ran.written() == before
    assert any("not committed" in note for note in ran.report["notes"])
    assert "not committed" in (ran.folder / "report.html").read_text("utf-8")


def test_nothing_is_written_into_the_reviewed_folder(place: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop", bare=False)
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    place.review(folder)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before
    assert list((place.root / "tmp").iterdir()) == []


def test_only_skip_and_max_choose_and_the_rest_is_listed_with_the_reason(place: Place, tmp_path: Path) -> None:
    for name in ("api", "api-old", "web"):
        samples.shop(tmp_path / name, name=name)
    ran = place.review(*(tmp_path / name for name in ("api", "api-old", "web")), "--only", "API*", "--skip", "*-old")
    assert ran.statuses() == {"api": "reviewed", "api-old": "skipped", "web": "skipped"}
    assert [ran.repository(name)["reason"] for name in ("api-old", "web")] == ["named by --skip", "not among --only"]
    ran = place.review(*(tmp_path / name for name in ("api", "api-old", "web")), "--max", "1")
    assert sorted(ran.statuses().values()) == ["reviewed", "skipped", "skipped"]
    assert any("past the limit of 1 repositories" in (item["reason"] or "") for item in ran.report["repositories"])


def test_one_history_that_is_given_twice_counts_once(place: Place, tmp_path: Path) -> None:
    samples.shop(tmp_path / "one" / "shop")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    ran = place.review(tmp_path / "one" / "shop", tmp_path / "two" / "shop")
    assert [item["status"] for item in ran.report["repositories"]] == ["reviewed", "skipped"]
    assert (
        ran.report["repositories"][1]["reason"]
        == "its history is contained in one/shop, which is reviewed: counted once"
    )


def test_me_says_whose_work_counts(place: Place, tmp_path: Path) -> None:
    team = [*samples.commits(), {"message": "Add a cart", "author": "Bob B <bob@example.net>", "day": "2024-02-09",
                                 "files": {"cart.py": "def cart() -> list:\n    return []\n" * 30}}]  # fmt: skip
    folder = make_repository(tmp_path / "shop", team)
    shares = [place.review(folder, "--me", who).repository("shop")["own_share"] for who in ("Bob B", "ADA@example.org")]
    assert shares[0] > 0.4
    assert sum(shares) == pytest.approx(1)
