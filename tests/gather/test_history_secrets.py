"""Secrets that were taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reviewer.gather.history import HistoryOptions, read_history
from reviewer.gather.history_secrets import COMMIT_LIMIT, HistorySecrets, read_history_secrets
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.sources.git import output
from tests.gather.histories import head
from tests.project import make_repository

MARK = "SECRET-"


def find(kind: str, text: str) -> tuple[Secret, ...]:
    """Stands in for the reader of secrets: ``SECRET-real`` and ``SECRET-test``."""
    standings = {"real": SecretStanding.REAL, "test": SecretStanding.TEST}
    return tuple(
        Secret(kind=f"{kind} password", line=number, standing=standings[line.partition(MARK)[2][:4]])
        for number, line in enumerate(text.split("\n"), 1)
        if MARK in line
    )


def searched(folder: Path, commits: list[Mapping[str, object]], **more: object) -> tuple[str, HistorySecrets]:
    git_dir = str(make_repository(folder / "repo.git", [{"message": "Step", **commit} for commit in commits]))
    raw = read_history(git_dir, head(git_dir), HistoryOptions())
    oids = [commit.oid for commit in raw.commits]
    return git_dir, read_history_secrets(git_dir, oids, find=find, **more)  # type: ignore[arg-type]


def shown(found: HistorySecrets) -> list[str]:
    return [f"{item.path}:{item.line} {item.kind} {item.standing}" for item in found.secrets]


def test_a_secret_is_found_where_it_came_in(tmp_path: Path) -> None:
    git_dir, found = searched(
        tmp_path,
        [
            {"files": {"a.py": "one\ntwo\n"}},
            {"files": {"a.py": "one\nhalf\ntwo\nkey = SECRET-real\n"}},
            {"files": {"a.py": "one\nhalf\ntwo\nkey = environ\n"}},
        ],
    )
    assert shown(found) == ["a.py:4 python password history"]
    assert found.secrets[0].commit == head(git_dir, "main~1")
    assert found.reason is None


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("a.py", "SECRET-test\n", id="test-value"),
        pytest.param("tests/test_a.py", "SECRET-real\n", id="real-looking-in-a-test"),
        pytest.param("node_modules/a.js", "SECRET-real\n", id="vendored"),
        pytest.param("package-lock.json", "SECRET-real\n", id="lock-file"),
        pytest.param("large.py", "SECRET-real\n" + "x" * 600_000, id="too-large"),
    ],
)
def test_what_is_no_secret_of_the_candidate_is_left_out(path: str, content: str, tmp_path: Path) -> None:
    _, found = searched(tmp_path, [{"files": {path: content}}, {"files": {path: None}}])
    assert shown(found) == []


def test_a_secret_that_still_stands_there_is_not_repeated(tmp_path: Path) -> None:
    _, found = searched(
        tmp_path,
        [{"files": {"a.py": "SECRET-real\n", "b.py": "SECRET-real\n"}}, {"files": {"b.py": None}}],
        at_head={("a.py", "python password")},
    )
    assert shown(found) == ["b.py:1 python password history"]


def test_a_secret_that_came_and_went_twice_is_told_once(tmp_path: Path) -> None:
    git_dir, found = searched(
        tmp_path, [{"files": {".env": text}} for text in ("SECRET-real\n", "\n", "A\nSECRET-real\n", "\n")]
    )
    assert shown(found) == [".env:1 env password history"]
    assert found.secrets[0].commit == head(git_dir, "main~3")


def test_content_cannot_pass_for_a_header(tmp_path: Path) -> None:
    lines = ["a", "++ b/node_modules/x.js", "@@ -1 +1,9 @@", "f" * 40, "SECRET-real", "-- a"]
    _, found = searched(tmp_path, [{"files": {"a.py": "\n".join(lines)}}, {"files": {"a.py": "-- b\n"}}])
    assert shown(found) == ["a.py:5 python password history"]


def test_paths_with_spaces_and_other_letters(tmp_path: Path) -> None:
    _, found = searched(tmp_path, [{"files": {"my café.py": "SECRET-real\n"}}])
    assert shown(found) == ["my café.py:1 python password history"]


def test_missing_contents_are_said_and_the_rest_is_searched(tmp_path: Path) -> None:
    commits = [{"files": {f"m{number}.py": f"{number}\n"}} for number in range(4)]
    commits[1] = {"files": {"a.py": "SECRET-real\n"}}
    git_dir, _ = searched(tmp_path, commits)
    lost = output(["rev-parse", "main:m2.py"], git_dir).decode().strip()
    Path(git_dir, "objects", lost[:2], lost[2:]).unlink()
    oids = [head(git_dir, f"main~{number}") for number in range(4)]
    found = read_history_secrets(git_dir, oids, find=find)
    assert shown(found) == ["a.py:1 python password history"]
    assert found.reason == (
        "secrets were not looked for in 1 commit: contents are missing, or git could not compare them"
    )


def test_the_clock_is_said(tmp_path: Path) -> None:
    _, found = searched(tmp_path, [{"files": {"a.py": "SECRET-real\n"}}], seconds=0)
    assert found.clock
    assert found.reason == "secrets were not looked for in 1 commit: time ran out"


def test_commits_past_the_limit_are_said(tmp_path: Path) -> None:
    git_dir, _ = searched(tmp_path, [{"files": {"a.py": "1\n"}}])
    found = read_history_secrets(git_dir, [head(git_dir)] * (COMMIT_LIMIT + 1), find=find)
    assert found.reason == "secrets were looked for in the newest 2,000 of 2,001 commits"
