"""The speed bench: that it measures what it says. How fast anything is, no test asserts."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench import speed
from bench.peers import export_python
from bench.processes import measure
from tests.bench.samples import make_samples
from tests.project import make_repository

MIB = 1 << 20
GROW = "x = b'x' * (60 << 20); import time; time.sleep(.4)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GROW!r}])"


def test_memory_of_children_counts():
    run = measure([sys.executable, "-c", CHILD])
    assert run.status == 0
    assert run.peak > 60 * MIB
    assert run.seconds >= 0.4


def test_exit_status_and_last_words():
    run = measure([sys.executable, "-c", "import sys; sys.exit('no luck')"])
    assert (run.status, run.said) == (1, "no luck")


def test_tokens_are_not_handed_on(monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    run = measure([sys.executable, "-c", "import os, sys; sys.stderr.write(str(os.environ.get('GITHUB_TOKEN')))"])
    assert run.said == "None"


def test_python_files_are_written_by_number_and_nothing_else(tmp_path):
    files = {"a.py": "x = 1\n", "b c/ü.py": "y = 2\n", "c.js": "z", "d.py.txt": "w"}
    repository = make_repository(tmp_path / "git", [{"message": "Add files", "files": files}])
    assert export_python(str(repository), _git(repository, "rev-parse", "main"), tmp_path / "out") == 2
    written = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir()}
    assert sorted(written) == ["0.py", "1.py"]
    assert sorted(written.values()) == ["x = 1\n", "y = 2\n"]


def test_a_path_that_leads_out_of_the_folder_leads_nowhere(tmp_path):
    repository = make_repository(tmp_path / "git", [{"message": "Add a file", "files": {"a.py": "x = 1\n"}}])
    blob = _git(repository, "rev-parse", "main:a.py")
    inner = _git(repository, "mktree", given=f"100644 blob {blob}\tout.py\n120000 blob {blob}\tlink.py\n")
    outer = _git(repository, "mktree", given=f"040000 tree {inner}\t..\n")
    author = ["-c", "user.name=Dana", "-c", "user.email=dana@example.invalid"]
    commit = _git(repository, *author, "commit-tree", "-m", "Climb", outer)
    assert export_python(str(repository), commit, tmp_path / "deep" / "out") == 1
    assert [file.name for file in (tmp_path / "deep").rglob("*.py")] == ["0.py"]
    assert not list(tmp_path.rglob("out.py"))


def test_a_whole_run(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(speed, "STARTS", 1)
    repos, _ = make_samples(tmp_path)
    given = ["--repos", str(repos), "--of", "ada/shop", "--json", str(tmp_path / "figures.json")]
    assert speed.main(given) == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    (shop,) = figures["repositories"]
    assert (shop["name"], shop["python_files"], shop["commits"]) == ("ada/shop", 3, 2)
    assert set(speed.STEPS) <= set(shop["cold_split"])
    assert [figures["hosted"][name] for name in ("reviewed", "clones_failed", "problems")] == [1, [], []]
    assert figures["hosted"]["api"] > 0
    assert set(figures["start"]) == {"python -c pass", "reviewer --help"}
    said = capsys.readouterr().out
    assert all(word in said for word in ("ada/shop, cold", "ada/shop, warm", "1 of 1 from a local host"))


def test_a_repository_that_is_not_there(tmp_path, capsys):
    assert speed.main(["--repos", str(tmp_path), "--of", "ada/shop"]) == 2
    assert "ada/shop" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--runs", "0"], ["--of", "shop"]], ids=["no-runs", "no-owner"])
def test_wrong_use(tmp_path, more):
    with pytest.raises(SystemExit, match="2"):
        speed.main(["--repos", str(tmp_path), *more])


def _git(repository, *args, given=""):
    asked = ["git", "--git-dir", str(repository), *args]
    return subprocess.run(asked, input=given, capture_output=True, check=True, text=True).stdout.strip()
