"""The rules of the house that a program can hold: which room imports which, and how large files and functions are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE_LINES = 300
FUNCTION_LINES = 50
VOCABULARIES = {"reviewer.model.document", "reviewer.gather.syntax"}
"""One small type or question after another: longer, and read as a table."""

ALLOWED = {
    # room: what of ours it may import besides itself
    "reviewer.model": (),
    "checks": ("reviewer.model",),
    "reviewer.skills": ("reviewer.model",),
    "reviewer.grave": ("reviewer.model",),
    "reviewer.readiness": ("reviewer.model", "reviewer.grave"),
    "reviewer.planning": ("reviewer.model", "reviewer.readiness", "reviewer.grave"),
    "reviewer.store": (),
    "reviewer.settings": ("reviewer.model",),
    "reviewer.jobs": ("reviewer.model", "reviewer.skills"),
    "reviewer.sources": ("reviewer.model", "reviewer.settings", "reviewer.__version__"),
    "reviewer.gather": ("reviewer.model", "reviewer.sources", "reviewer.store"),
    "reviewer.engine": ("reviewer.model", "reviewer.skills", "checks"),
    "reviewer.report": ("reviewer.model",),
}
"""Rooms that are not listed (the command line, the composition root and its helpers) may know the others."""


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for path in sorted([*ROOT.glob("reviewer/**/*.py"), *ROOT.glob("checks/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text("utf-8"))


def imports(name: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of ours that a module imports, wherever in it."""
    package = name if modules()[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names if ours(base))


def ours(name: str) -> bool:
    return name.split(".")[0] in ("reviewer", "checks", "bench", "tests")


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_what_lies_downstream_alone(room: str) -> None:
    inside = [name for name in modules() if within(name, room)]
    assert inside or room == "reviewer.jobs"
    wrong = [
        f"{name}:{line} imports {imported}"
        for name in inside
        for line, imported in imports(name)
        if not any(within(imported, allowed) for allowed in (room, *ALLOWED[room]))
    ]
    assert wrong == []


def test_nothing_of_ours_imports_its_tests_or_benches() -> None:
    assert [name for name in modules() for _, imported in imports(name) if within(imported, "tests")] == []
    assert [name for name in modules() for _, imported in imports(name) if within(imported, "bench")] == []


def test_only_the_command_line_imports_the_composition_root() -> None:
    users = {name for name in modules() for _, imported in imports(name) if within(imported, "reviewer.review")}
    assert users - {"reviewer.review"} <= {name for name in modules() if within(name, "reviewer.cli")}


def test_a_check_imports_no_other_check() -> None:
    """What two checks share stands in a module whose name begins with an underscore."""
    wrong = [
        f"{name} imports {imported}"
        for name in modules()
        if within(name, "checks")
        for _, imported in imports(name)
        if within(imported, "checks") and not any(part.startswith("_") for part in imported.split("."))
    ]
    assert wrong == []


PROCESSES = {"subprocess", "multiprocessing", "git", "os.system", "pty"}
MAY_START = {"reviewer.sources.git", "reviewer.sources.token", "reviewer.sources.remote", "reviewer.gather.worker"}


def test_processes_are_started_in_few_places() -> None:
    starting = {
        name
        for name in modules()
        for node in ast.walk(tree(name))
        for imported in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if imported.split(".")[0] in PROCESSES
    }
    assert starting <= MAY_START


def test_nothing_of_ours_runs_between_fork_and_exec() -> None:
    """With threads about, it may wait there forever for a lock that another of them held."""
    given = [
        (name, node.lineno)
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.keyword) and node.arg == "preexec_fn"
    ]
    assert given == []


def test_nothing_is_evaluated_or_unpickled() -> None:
    """Names that run text or bytes as code."""
    forbidden = {"eval", "exec", "compile", "__import__"}
    wrong = [
        f"{name}:{node.lineno}"
        for name in modules()
        for node in ast.walk(tree(name))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in forbidden)
        or (isinstance(node, ast.Import) and {alias.name for alias in node.names} & {"pickle", "marshal", "shelve"})
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["reviewer", "checks"])
def test_files_and_functions_stay_short(folder: str) -> None:
    long_files = {
        name: count
        for name, path in modules().items()
        if within(name, folder) and (count := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    long_functions = {
        f"{name}.{node.name}": node.end_lineno - node.lineno + 1
        for name in modules()
        if within(name, folder)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }
    assert (set(long_files) - VOCABULARIES, long_functions) == (set(), {})
