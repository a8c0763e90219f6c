"""The history of a repository: who wrote what (``history.yml``), and what is said where it cannot be read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.gather.history import HistoryOptions, read_history, read_people
from reviewer.gather.history_facts import CHANGE_LIMIT, link_history
from reviewer.sources.git import output
from tests.gather.histories import build, head, linked, read, shown

CASES = yaml.safe_load(Path(__file__).with_name("history.yml").read_text(encoding="utf-8"))

THREE = [
    {"author": "Dana", "day": "2024-01-01", "files": {"a.py": 10}, "message": "Add a\n\nIt was missing."},
    {"author": "Eve", "day": "2024-01-02", "files": {"a.py": 30, "b.py": 10}, "message": "Add b"},
    {"author": "Dana", "day": "2024-01-03", "files": {"b.py": None, "c.py": 7}, "message": "Replace b"},
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_history(case: dict, tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, case["commits"])
    history = linked(read(git_dir), present, case.get("who", ()))
    assert history.complete
    assert history.reason is None
    if "shares" in case:
        assert history.shares == case["shares"]
    if "own_share" in case:
        assert history.own_share == case["own_share"]
        assert history.own_known is (case["own_share"] is not None)
    if "touches" in case:
        assert history.touches == case["touches"]
    if "commits_show" in case:
        assert [shown(history, commit) for commit in history.commits] == case["commits_show"]


def test_commits_come_newest_first_with_what_was_said_and_changed(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    newest, _, oldest = linked(read(git_dir), present).commits
    assert (newest.day, newest.subject, newest.body, newest.merge) == ("2024-01-03", "Replace b", "", False)
    assert [(change.path, change.added, change.deleted) for change in newest.changes] == [
        ("b.py", 0, 10),
        ("c.py", 7, 0),
    ]
    assert (oldest.subject, oldest.body) == ("Add a", "It was missing.")


def test_paths_of_a_commit_are_cut_but_counted(tmp_path: Path) -> None:
    many = {f"m{number}.py": 1 for number in range(CHANGE_LIMIT + 5)}
    git_dir, present = build(tmp_path, [{"author": "Dana", "files": many}])
    history = linked(read(git_dir), present, ["Dana"])
    assert len(history.commits[0].changes) == CHANGE_LIMIT
    assert history.commits[0].paths == CHANGE_LIMIT + 5
    assert set(history.shares.values()) == {1.0}


def test_a_merge_is_known_and_changes_nothing(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    tip, first = head(git_dir), head(git_dir, "main~2")
    who = ["-c", "user.name=Dana", "-c", "user.email=dana@x.org"]
    merge = (
        output([*who, "commit-tree", "-p", tip, "-p", first, "-m", "Merge", f"{tip}^{{tree}}"], git_dir)
        .decode()
        .strip()
    )
    raw = read_history(git_dir, merge, HistoryOptions())
    history = linked(raw, present, ["Eve"])
    assert (history.commits[0].merge, history.commits[0].paths) == (True, 0)
    assert all(merge != oid for person in history.people for _, _, oid in person.written)
    assert history.shares["a.py"] == 0.6667


@pytest.mark.parametrize(
    ("options", "commits", "rows", "reason"),
    [
        pytest.param({"commits": 2}, 2, 4, "history is read up to 2 commits", id="commits"),
        pytest.param({"rows": 3}, 3, 2, "what each commit changed is read up to 3 changed paths", id="rows"),
        pytest.param({"text_bytes": 10}, 0, 0, "history could not be read whole: 0 MiB of log text", id="bytes"),
    ],
)
def test_a_limit_that_is_reached_is_said(options: dict, commits: int, rows: int, reason: str, tmp_path: Path) -> None:
    git_dir, _ = build(tmp_path, THREE)
    raw = read(git_dir, **options)
    assert (len(raw.commits), sum(item.end - item.start for item in raw.commits)) == (commits, rows)
    assert not raw.complete
    assert not raw.clock
    assert reason in raw.reasons


def test_a_cut_by_the_clock_is_said_to_be_one(tmp_path: Path) -> None:
    git_dir, _ = build(tmp_path, THREE)
    raw = read(git_dir, count_seconds=0)
    assert raw.clock
    assert raw.complete
    assert raw.reasons == ["lines could not be counted for 3 commits: time ran out"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        pytest.param(
            {"count_lines": False},
            "lines are not counted per commit: the contents of the history were not fetched",
            id="blobless",
        ),
        pytest.param({"counted_commits": 2}, "lines are counted for 0 of 3 commits", id="too-many-to-count"),
    ],
)
def test_without_lines_shares_are_told_by_touches(options: dict, reason: str, tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    raw = read(git_dir, **options)
    history = linked(raw, present, ["Dana"])
    assert history.complete
    assert not history.lines_counted
    assert history.reason == reason
    assert history.shares == {"a.py": 0.5, "c.py": 1.0}
    assert [change.added for commit in history.commits for change in commit.changes] == [None] * 5


def test_of_too_many_commits_the_candidates_newest_are_counted(tmp_path: Path) -> None:
    commits = [{"author": "Eve" if number % 2 else "Dana", "files": {"a.py": number + 1}} for number in range(32)]
    git_dir, _ = build(tmp_path, commits)
    raw = read(git_dir, counted_commits=30, who=("Dana",))
    assert [number for number, commit in enumerate(reversed(raw.commits)) if commit.counted] == [28, 30]
    assert not raw.lines_counted
    assert raw.reasons == ["lines are counted for 2 of 32 commits"]


def test_a_commit_whose_contents_are_missing_is_passed_over(tmp_path: Path) -> None:
    commits = [{"author": "Dana", "files": {f"m{number}.py": 10}} for number in range(9)]
    commits.insert(4, {"author": "Eve", "files": {"lost.py": "lost 20", "a.py": "new 30"}})
    git_dir, present = build(tmp_path, commits)
    lost = output(["rev-parse", "main:lost.py"], git_dir).decode().strip()
    Path(git_dir, "objects", lost[:2], lost[2:]).unlink()
    raw = read(git_dir)
    assert raw.complete
    assert raw.lines_counted
    why = "contents are missing, or git could not compare them"
    assert raw.reasons == [f"lines could not be counted for 1 commit: {why}"]
    assert linked(raw, present, ["Dana"]).shares == {path: float(path[0] == "m") for path in present}


def test_the_oldest_commits_of_a_shallow_history_are_credited_to_nobody(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    Path(git_dir, "shallow").write_text(head(git_dir, "main~1") + "\n")
    history = linked(read(git_dir), present, ["Dana"])
    assert not history.complete
    assert history.reason == "history is shallow: fetch-depth 0"
    assert [commit.subject for commit in history.commits] == ["Replace b", "Add b"]
    assert history.shares == {"a.py": 0.5, "c.py": 1.0}


def test_what_a_forks_upstream_wrote_is_not_the_candidates(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    fork = read_history(git_dir, head(git_dir), HistoryOptions(), upstream=(head(git_dir, "main~1"), "f" * 40))
    history = linked(fork, present, ["Dana"])
    assert [commit.subject for commit in history.commits] == ["Replace b"]
    assert history.shares == {"a.py": 0.0, "c.py": 1.0}


def test_a_fork_without_a_commit_of_its_own_shows_nothing(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    fork = read_history(git_dir, head(git_dir), HistoryOptions(), upstream=(head(git_dir),))
    history = link_history(fork, read_people(fork, ["Dana"]), present)
    assert (history.commits, history.own_share, history.own_known) == ((), 0.0, True)


def test_a_commit_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    git_dir, present = build(tmp_path, THREE)
    raw = read_history(git_dir, "a" * 40, HistoryOptions())
    history = linked(raw, present, ["Dana"])
    assert (history.commits, history.own_share, history.own_known) == ((), None, False)
