"""The small commands, and what all of them have in common."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner

from reviewer import __version__
from reviewer.cli import COMMANDS, cli
from reviewer.engine import catalogue
from tests.e2e import samples
from tests.e2e.running import Place, Ran

SCREEN = 40


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("cli"))


@pytest.fixture(scope="module")
def reviewed(home: Place) -> Ran:
    """A review to draw again."""
    samples.shop(home.root / "shop")
    return home.review(home.root / "shop", "--format", "markdown")


def said(*words: str) -> str:
    """What a command prints, run inside this process."""
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_one_screen_and_says_what_the_table_says(command: str) -> None:
    lines = said(*command.split(), "--help").splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("Usage: ")
    assert all(name in said("--help") for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    found = cli.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    assert found.help
    assert all(parameter.help for parameter in found.params if isinstance(parameter, click.Option))


def test_the_version_is_printed(place: Place) -> None:
    assert place.reviewer("--version").out == f"reviewer, version {__version__}\n"


USAGE = {
    "an unknown command": (["revue"], "No such command 'revue'"),
    "an unknown check": (["explain", "tests-asserts"], "no check 'tests-asserts': did you mean tests-assert"),
    "nothing like a check": (["explain", "qqq"], "no check 'qqq': reviewer checks lists them"),
    "an unknown area": (["checks", "--area", "juggling"], "no area 'juggling': there are api"),
    "an unknown profile": (["profiles", "show", "juggler"], "no profile 'juggler': there are backend"),
    "an unknown schema": (["schema", "revue"], "'revue' is not"),
    "no report": (["render", "absent.json"], "absent.json: no such file"),
    "a folder as a report": (["render", "."], ".: no such file"),
}


@pytest.mark.parametrize(("words", "line"), USAGE.values(), ids=USAGE.keys())
def test_wrong_usage_is_one_line_and_2(words: list[str], line: str, place: Place) -> None:
    assert line in place.reviewer(*words).refused(2)


def test_checks_lists_every_check_once_by_area() -> None:
    lines = said("checks").splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(listed) == sorted(item.id for item in catalogue())
    assert lines[-1] == f"{len(listed)} checks; reviewer explain ID says more about one."


def test_checks_of_one_area_are_listed_alone() -> None:
    listed = [line.split()[0] for line in said("checks", "--area", "sql").splitlines() if line.startswith("  ")]
    assert listed == [item.id for item in catalogue() if item.area == "sql"]


@pytest.mark.parametrize("ident", [item.id for item in catalogue()])
def test_every_check_is_explained_on_two_screens(ident: str) -> None:
    lines = said("explain", ident).splitlines()
    assert lines[0].startswith(f"{ident}: ")
    assert all(heading in lines for heading in ("Looks for", "Why employers care", "Shown when", "Next step"))
    assert len(lines) <= 75
    assert max(len(line) for line in lines if "://" not in line) <= 110


def test_a_profile_is_copied_changed_and_used(reviewed: Ran, home: Place) -> None:
    assert said("profiles").startswith("backend ")
    text = said("profiles", "show", "backend")
    (home.here / "same.toml").write_text(text, encoding="utf-8")
    same = home.review(home.root / "shop", "--profile", "same.toml", "--format", "markdown")
    assert same.written() == reviewed.written()
    (home.here / "mine.toml").write_text(text.replace('id = "backend"', 'id = "mine"'), encoding="utf-8")
    mine = home.review(home.root / "shop", "--profile", "mine.toml").report
    assert mine["profile"]["id"] == "mine"
    assert len(mine["requirements"]) == len(tomllib.loads(text)["requirements"])


PROFILES = {
    "no TOML": ("= =", "bad.toml: "),
    "no requirements": ('title = "x"', "bad.toml: Object missing required field `requirements`"),
    "an unknown skill": (
        'title = "x"\n[[requirements]]\nid = "a"\ntitle = "A"\nskills = ["Juggling"]\n'
        'importance = "required"\nwanted_level = 1\n',
        "'Juggling' is not in the vocabulary",
    ),
}


@pytest.mark.parametrize(("text", "line"), PROFILES.values(), ids=PROFILES.keys())
def test_a_bad_profile_is_one_line_and_2(text: str, line: str, reviewed: Ran, home: Place) -> None:
    (home.here / "bad.toml").write_text(text, encoding="utf-8")
    assert line in home.review(home.root / "shop", "--profile", "bad.toml").refused(2)


def test_the_schema_is_a_schema() -> None:
    schema = json.loads(said("schema", "review"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].startswith("report.json")


def test_render_draws_the_same_report_again(reviewed: Ran, place: Place) -> None:
    ran = place.reviewer("render", reviewed.folder / "report.json", "-o", place.root / "again", "--format", "markdown")
    assert (ran.code, ran.err) == (0, "")
    assert {path.name: path.read_bytes() for path in (place.root / "again").iterdir()} == reviewed.written()
    assert ran.out.splitlines()[:10] == reviewed.out.splitlines()[:10]


def test_render_draws_a_report_of_nothing(place: Place) -> None:
    (place.root / "notes").mkdir()
    nothing = place.review(place.root / "notes")
    ran = place.reviewer("render", nothing.folder / "report.json", "-o", place.root / "again", "-q")
    assert (ran.code, ran.out) == (0, f"{place.root}/again/report.html\n")
    assert (place.root / "again" / "report.html").read_bytes() == nothing.written()["report.html"]


DOCUMENTS = {
    "no JSON": (b"{", "no report of this program"),
    "not UTF-8": (b'{"schema_version": "\xff"}', "no report of this program"),
    "another document": (b'{"schema_version": "1"}', "Object missing required field"),
    "deep": (b"[" * 100_000, "no report of this program"),
    "nothing": (b"", "no report of this program"),
}


@pytest.mark.parametrize(("data", "line"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_that_is_no_report_is_one_line_and_2(data: bytes, line: str, place: Place) -> None:
    (place.here / "report.json").write_bytes(data)
    assert line in place.reviewer("render", "report.json").refused(2)
    assert not (place.here / "readiness-report").exists()


def test_a_report_of_another_version_is_one_line_and_2(reviewed: Ran, place: Place) -> None:
    (place.here / "report.json").write_text(json.dumps(reviewed.report | {"schema_version": "99"}), encoding="utf-8")
    assert "of schema version 99; this program reads 1" in place.reviewer("render", "report.json").refused(2)


def test_the_cache_says_where_it_lies_and_is_cleared(place: Place) -> None:
    samples.shop(place.root / "shop")
    place.review(place.root / "shop")
    (place.cache / "clones").mkdir()
    assert not place.reviewer("cache", "info").out.startswith(f"{place.cache}: 0 files read")
    assert place.reviewer("cache", "clear").out == f"{place.cache}: cleared\n"
    assert place.reviewer("cache", "info").out.startswith(f"{place.cache}: 0 files read")
    assert not (place.cache / "clones").exists()


@pytest.mark.parametrize("how", ["option", "variable"])
def test_the_cache_may_lie_elsewhere(how: str, place: Place) -> None:
    folder = place.root / "elsewhere"
    words, env = (["--cache-dir", str(folder)], {}) if how == "option" else ([], {"REVIEWER_CACHE_DIR": str(folder)})
    assert place.reviewer("cache", *words, "info", **env).out.startswith(f"{folder}: 0 files read")


def test_a_cache_that_is_switched_off_is_one_line_and_2(place: Place) -> None:
    (place.here / "reviewer.toml").write_text("no-cache = true\n", encoding="utf-8")
    assert "there is no cache" in place.reviewer("cache", "info").refused(2)


def test_a_pipe_that_is_closed_early_ends_in_silence(place: Place) -> None:
    command = f"{sys.executable} -m reviewer schema review | head -n 1"
    ran = subprocess.run(
        command, shell=True, capture_output=True, env=place.environment({}), cwd=place.here, check=True
    )
    assert (ran.stdout, ran.stderr) == (b"{\n", b"")
