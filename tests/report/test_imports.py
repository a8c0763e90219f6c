"""The room's rules: it sees the model only, and its templates are found."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reviewer.report
from reviewer.report import resources

ROOM = Path(reviewer.report.__file__).parent


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_the_report_imports_the_model_and_itself_alone(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {module for module in modules if module.split(".")[0] in ("reviewer", "checks")}
    assert {m for m in ours if not m.startswith(("reviewer.model", "reviewer.report"))} == set()


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_no_clock_host_or_random_number(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"now", "today", "utcnow", "time", "gethostname", "node", "random", "cwd", "getcwd"}


def test_templates_are_found():
    assert "<!doctype html>" in resources.template("report.html")
    with pytest.raises(FileNotFoundError):
        resources.template("missing.html")


def test_templates_inside_the_package_are_taken_first(tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "report.html").write_text("from the wheel", encoding="utf-8")
    monkeypatch.setattr(resources.resources, "files", lambda package: tmp_path)
    assert resources.template("report.html") == "from the wheel"
