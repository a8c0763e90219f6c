"""The summary on the terminal: one screen in plain text, whatever the repositories are called."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.report.terminal import render_summary
from tests.report import hostile, samples
from tests.report.parts import report, repository, requirement, skipped

SAMPLES = {
    "candidate": samples.candidate,
    "strong": samples.strong,
    "weak": samples.weak,
    "nothing": samples.nothing,
    "nobody": samples.nobody,
    "unreachable": samples.unreachable,
    "thirty": samples.many,
    "hostile": hostile.document,
    "forty requirements": lambda: report(
        [requirement(f"r{n}", f"A requirement with a long name {n}", "not_shown", 2, 0, []) for n in range(40)],
        [repository("a")],
        samples.steps(),
    ),
}
PATH = "readiness-report/report.html"


@pytest.mark.parametrize("name", SAMPLES)
def test_one_screen_of_plain_ascii(name):
    lines = render_summary(SAMPLES[name](), PATH, live=False).split("\n")
    assert len(lines) <= 24
    assert all(len(line) <= 80 and line.isascii() and line.isprintable() for line in lines)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
    assert lines[-1] == f"Report: {PATH}"


def test_the_whole_summary_of_a_candidate():
    assert render_summary(samples.candidate(), PATH, live=False).split("\n") == [
        "5 of 8 required skills are met for Junior Back-end Developer.",
        "Readiness 69 % = (5 + 1/2) / 8.  Cannot be judged from code: English.",
        "  not shown  CI/CD                 No step runs tests",
        "  not shown  SQL indexes           3 foreign keys have no index, db/schema.sq...",
        "  not shown  Caching               nothing shows it",
        "  partly     SQL and a relatio...  level 2 of 3, orders-api",
        "  met        A backend language, API design: REST, Docker, Testing (QA), Version",
        "             control",
        "Do these first",
        "  1. Run the tests on every push                         minutes   69 to 75 %",
        "     orders-api .github/workflows/ci.yml",
        "  2. Bind the value of the statement that holds name     minutes   75 to 81 %",
        "     orders-api orders/views.py",
        "  3. Add an index on orders.user_id                      minutes   81 to 87 %",
        "     orders-api db/schema.sql",
        "5 of 7 repositories reviewed. Not reviewed: dotfiles (no server code), linux (a",
        "fork without own commits).",
        f"Report: {PATH}",
    ]


def test_what_was_not_read_is_said_before_the_numbers():
    text = render_summary(samples.weak(), PATH, live=False)
    assert text.index("PHP is not read in depth") < text.index("Readiness")


def test_rows_that_do_not_fit_are_counted():
    text = render_summary(SAMPLES["forty requirements"](), PATH, live=False)
    assert " more, in the report" in text


def test_a_long_path_is_broken_after_a_slash_and_never_inside_a_name():
    path = "/home/somebody/" + "a-folder-with-a-name/" * 6 + "report.html"
    lines = render_summary(samples.candidate(), path, live=False).split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("Report: "))
    assert all(line.endswith("/") for line in lines[start:-1])
    assert "".join(line[len("Report: ") :] for line in lines[start:]) == path


def test_names_of_any_script_are_written_in_ascii_in_a_pipe_and_kept_on_a_terminal():
    subject = msgspec.structs.replace(samples.nothing().subject, name="José 東")
    made = msgspec.structs.replace(samples.nothing(), subject=subject)
    assert "Jose \\u6771" in render_summary(made, PATH, live=False)
    assert "José 東" in render_summary(made, PATH, live=True)


def test_colour_on_a_terminal_is_on_the_state_words_alone():
    live = render_summary(samples.candidate(), PATH, live=True)
    assert "\x1b[31mnot shown\x1b[0m  CI/CD" in live
    assert "\x1b" not in render_summary(samples.candidate(), PATH, live=False)


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_no_colour_where_the_environment_asks_for_none(variable, monkeypatch):
    monkeypatch.setenv(variable, "dumb")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b" not in render_summary(samples.candidate(), PATH)


def test_repositories_that_were_not_reviewed_are_named_with_their_reason():
    made = report([], [repository("a"), *(skipped(f"s{n}", "a fork") for n in range(5))])
    text = render_summary(made, PATH, live=False)
    assert "Not reviewed: s0 (a fork), s1 (a fork), s2 (a fork) and 2 more." in text.replace("\n", " ")
