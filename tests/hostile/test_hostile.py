"""Hostile repositories: every case of make_hostile.py, one test each, through the command line as a user runs it.

A case holds when the run ends by itself within its time and memory with exit code 0, 2 or 3, says what it left out,
reviews what can be reviewed, runs nothing, writes nothing elsewhere, and passes no payload on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import make_hostile
from tests.hostile.measured import Ran, run

CASES = [spec["id"] for spec in make_hostile.CASES]
NOTHING_TO_JUDGE = (
    "git-dotgit-paths",
    "git-tree-dotdot",
    "git-gitfile-redirect",
    "path-symlink-escape",
    "res-tree-dag",
    "res-deep-tree-5k",
    "res-deep-tree-30k",
)
"""Cases whose tree holds no own file in a language that is read: they are skipped with that reason, not refused."""
OUTPUTS = ("report.html", "report.json", "report.md")
MIB = 1 << 20
CONTROL = {chr(code) for code in range(32)} - {"\n", "\t"} | {chr(code) for code in range(0x7F, 0xA0)}


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("hostile")


@pytest.fixture
def case(request: pytest.FixtureRequest, root: Path) -> dict:
    """Builds one case in a folder of its own."""
    folder = root / request.param
    make_hostile.build_all(str(folder), {request.param}, 1.0, quiet=True)
    made = json.loads((folder / "manifest.json").read_text())["cases"][0]
    return made | {"folder": folder}


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TMPDIR": str(home / "tmp")}


def _review(target: str, work: Path, limit: float) -> Ran:
    for name in ("home/tmp", "cwd", "out"):
        (work / name).mkdir(parents=True)
    words = [sys.executable, "-m", "reviewer", "review", target, "-o", str(work / "out"), "--format", "markdown"]
    return run(words, work / "cwd", limit + 10, _environment(work / "home"))


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_case_holds(case: dict, tmp_path: Path) -> None:
    expect, given = case["expect"], case["input"]
    if given["kind"] == "url":
        for number, value in enumerate(given["values"]):
            ran = _review(value, tmp_path / str(number), expect["max_seconds"])
            _refused(ran)
            _clean(ran, case, tmp_path / str(number))
        return
    target = case["folder"] / given["path"]
    before = _listing(target)
    ran = _review(str(target), tmp_path / "run", expect["max_seconds"])
    assert ran.status in ((0,) if expect["exit"] == "ok" else (0, 2, 3)), ran.stderr[-500:]
    assert ran.seconds < expect["max_seconds"]
    assert ran.memory < expect["max_rss_mib"] * MIB
    _clean(ran, case, tmp_path / "run")
    assert _listing(target) == before, "the input was changed"
    _says(case, tmp_path / "run", ran)


def _refused(ran: Ran) -> None:
    assert ran.status in (2, 3)
    assert len(ran.stderr.strip().splitlines()) == 1
    assert len(ran.stderr) < 1000


def _clean(ran: Ran, case: dict, work: Path) -> None:
    """Nothing ran, nothing was written elsewhere, and no payload came through."""
    assert "Traceback" not in ran.stdout + ran.stderr
    assert not (case["folder"] / case["expect"]["canary"]).exists()
    assert [item.name for item in (work / "cwd").iterdir() if item.name not in (".stdout", ".stderr")] == []
    outputs = {name: (work / "out" / name).read_text("utf-8") for name in OUTPUTS if (work / "out" / name).is_file()}
    said = {"stdout": ran.stdout, "stderr": ran.stderr} | outputs
    for name, text in said.items():
        for payload in case["expect"]["never"]:
            assert payload not in text, f"{payload!r} in {name}"
        assert not set(text) & CONTROL, f"control characters in {name}"
        assert not any(line.startswith(("::", "##[")) for line in text.splitlines()) or name == "report.html"
    for item in (work / "home").rglob("*"):
        if item.is_file():
            assert make_hostile.SENTINEL.encode() not in item.read_bytes()
    assert {item.name for item in (work / "out").iterdir()} <= set(OUTPUTS)
    assert list((work / "home" / "tmp").iterdir()) == []


def _says(case: dict, work: Path, ran: Ran) -> None:
    """What the report must say: reviewed where it can be, and what was left out."""
    expect = case["expect"]
    path = work / "out" / "report.json"
    assert path.is_file(), ran.stderr
    repository = json.loads(path.read_text("utf-8"))["repositories"][0]
    if expect["report"]:
        assert repository["status"] == "reviewed" or case["id"] in NOTHING_TO_JUDGE, repository["reason"]
        assert repository["status"] != "failed"
    left_out = json.dumps([repository["problems"], repository["excluded"], repository["reason"]]).lower()
    if expect["mention_any"]:
        assert any(word.lower() in left_out for word in expect["mention_any"]), left_out[:500]
    everything = "\n".join((work / "out" / name).read_text("utf-8") for name in OUTPUTS)
    for word in expect["mention_all"]:
        assert word in everything


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    return sorted(
        (str(item.relative_to(folder)), item.lstat().st_size, item.lstat().st_mtime_ns)
        for item in folder.rglob("*")
        if not item.is_symlink()
    )
