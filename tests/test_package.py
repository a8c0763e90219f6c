"""The built package: installed elsewhere, it reviews and draws as the checkout does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from reviewer import __version__
from tests.e2e import samples
from tests.e2e.running import ROOT, Place

NAME = f"portfolio_reviewer-{__version__}"
DATA = (
    "reviewer/templates/report.html",
    "reviewer/templates/report.css",
    "reviewer/skills/skills.toml",
    "reviewer/py.typed",
)

OURS = {"checks", "reviewer"}
BELONGS_TO = {"requests": "pygithub", "urllib3": "pygithub", "markupsafe": "jinja2"}
"""Parts of the interface of what is declared: the exceptions that PyGithub lets through, Jinja's safe text."""
NAMED = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Built:
    """The two archives."""

    folder: Path

    @property
    def wheel(self) -> Path:
        return self.folder / f"{NAME}-py3-none-any.whl"

    @property
    def sdist(self) -> Path:
        return self.folder / f"{NAME}.tar.gz"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source archive, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(words, check=True, capture_output=True, cwd=folder)
    return Built(folder)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere") / "packages"
    words = ["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([sys.executable, *words, "--target", folder, built.wheel], check=True, capture_output=True)
    return folder


@pytest.fixture
def away(installed: Path, tmp_path: Path) -> Place:
    """A place that sees the installed package alone."""
    return Place(tmp_path, {"PYTHONPATH": str(installed)})


def test_the_archives_hold_what_they_should(built: Built) -> None:
    names = zipfile.ZipFile(built.wheel).namelist()
    assert not [name for name in DATA if name not in names]
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"reviewer", "checks", f"{NAME}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name.removeprefix("checks/tests")]
    with tarfile.open(built.sdist) as archive:
        packed = set(archive.getnames())
    wanted = ("README.md", "LICENSE", "Makefile", "tests/test_package.py", "templates/report.html", "pyproject.toml")
    assert not [name for name in wanted if f"{NAME}/{name}" not in packed]


def test_every_file_of_the_packages_is_in_the_wheel(built: Built) -> None:
    names = set(zipfile.ZipFile(built.wheel).namelist())
    ours = [path for folder in ("reviewer", "checks") for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths = {path.relative_to(ROOT).as_posix() for path in ours if "__pycache__" not in path.parts}
    assert paths - names == set()


def test_the_installed_command_says_its_version(away: Place, installed: Path) -> None:
    env = away.environment({})
    ran = subprocess.run(
        [installed / "bin" / "reviewer", "--version"], env=env, cwd=away.here, capture_output=True, check=True
    )
    assert ran.stdout.decode() == f"reviewer, version {__version__}\n"
    where = [sys.executable, "-c", "import checks, reviewer; print(reviewer.__file__, checks.__file__)"]
    said = subprocess.run(where, env=env, cwd=away.here, capture_output=True, check=True).stdout.decode().split()
    assert [Path(path).is_relative_to(installed) for path in said] == [True, True]


def test_the_installed_package_reviews_and_draws_as_the_checkout_does(away: Place, tmp_path: Path) -> None:
    folder = samples.shop(tmp_path / "shop")
    here = Place(tmp_path / "checkout").review(folder, "--format", "markdown")
    there = away.review(folder, "--format", "markdown")
    assert (there.code, there.err) == (0, "")
    assert there.written() == here.written()
    drawn = away.reviewer("render", here.folder / "report.json", "-o", tmp_path / "drawn", "-q")
    assert (drawn.code, drawn.out) == (0, f"{tmp_path}/drawn/report.html\n")
    assert (tmp_path / "drawn" / "report.html").read_bytes() == here.written()["report.html"]


def imported(folder: Path) -> set[str]:
    """The first part of every absolute import below a folder."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def test_whatever_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project.get("optional-dependencies", {}).values() for line in lines]
    declared = {NAMED.match(line)[0].lower() for line in [*project["dependencies"], *extras]}  # type: ignore[index]
    owners = metadata.packages_distributions()
    foreign = (imported(ROOT / "reviewer") | imported(ROOT / "checks")) - set(sys.stdlib_module_names) - OURS
    wanted = {owners[name][0].lower() if name in owners else name for name in foreign}
    assert {BELONGS_TO.get(name, name) for name in wanted} - declared == set()
