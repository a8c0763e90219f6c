"""The written word agrees with the program: catalogue, commands, links, tables, and examples that are run."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

import checks.documentation
import reviewer.gather.frameworks.python
from bench import precision_page
from docs import generate, picture
from reviewer import cli, engine
from reviewer.gather import registry
from reviewer.gather.credit import credited
from reviewer.gather.read import read_file
from reviewer.skills.taxonomy import Taxonomy
from tests.hostile import make_hostile
from tests.project import facts_of
from tests.readers.render import render

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
WRITTEN = [*PAGES, *sorted((ROOT / "docs").glob("*.py")), ROOT / "docs" / "sample.yml"]
WIDTH = 120
PICTURE_MOST = 200_000
"""Bytes: a page of text opens no slower for its picture."""
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
HOME = re.compile(r"(?<![\w.~-])/(?:work|root|home|tmp|Users|opt|mnt)/\S*")
"""A path that only one machine has."""
EXAMPLE = re.compile(r"^`([\w/.-]+)`:\n\n```(?:python|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _examples(page: str) -> dict[str, str]:
    """The files that a page spells out, by their paths."""
    return dict(EXAMPLE.findall(_text(ROOT / "docs" / page)))


def test_the_page_of_checks_is_fresh() -> None:
    assert _text(generate.PAGE) == generate.page(engine.catalogue()), "run python -m docs.generate"


def test_the_page_of_named_faults_is_fresh() -> None:
    assert _text(precision_page.PAGE) == precision_page.page(
        precision_page.judged_samples(), precision_page.judged_samples(precision_page.PRAISE)
    ), "run python -m bench.precision_page"


def test_every_check_is_on_the_page_families_once() -> None:
    listed = generate.entries(engine.catalogue())
    members = sum(max(1, len(entry.names)) for entry in listed)
    ours = [item for item in engine.catalogue() if item.run.__module__.startswith("checks.")]
    assert members == len(ours)
    assert len({entry.id for entry in listed}) == len(listed) < members


@pytest.mark.parametrize("path", PAGES, ids=_named)
def test_relative_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(_text(path)):
        if "://" in link:
            continue
        place, _, anchor = link.partition("#")
        target = path.parent / place if place else path
        assert target.exists(), link
        assert not anchor or anchor in {_anchor(heading) for heading in HEADING.findall(_text(target))}, link


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", WRITTEN, ids=_named)
def test_no_path_of_one_machine_is_mentioned(path: Path) -> None:
    assert HOME.findall(_text(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=_named)
def test_lines_fit_the_width(path: Path) -> None:
    long = [
        line for line in _text(path).splitlines() if len(line) > WIDTH and "](" not in line and "<https" not in line
    ]
    assert long == []


def _commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before} {name}")


@pytest.mark.parametrize("name", [name for name, _ in _commands(cli.cli, "reviewer")])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`{re.escape(name)}\b", _text(ROOT / "README.md"))


def test_every_option_of_review_is_in_the_readme() -> None:
    command = dict(_commands(cli.cli, "reviewer"))["reviewer review"]
    options = {name for item in command.params if isinstance(item, click.Option) for name in item.opts}
    readme = _text(ROOT / "README.md")
    assert {name for name in options if not re.search(rf"`{name}\b", readme)} == set()


@pytest.mark.parametrize("target", ["review", "test", "lint"])
def test_make_targets_that_are_promised_exist(target: str) -> None:
    assert f"`make {target}`" in _text(ROOT / "README.md") + _text(ROOT / "CONTRIBUTING.md")
    assert re.search(rf"^{target}:", _text(ROOT / "Makefile"), re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/safety.md"])
def test_the_number_of_hostile_repositories_is_right(page: str) -> None:
    assert re.search(
        rf"\b{len(make_hostile.CASES)}\b(?= \w*(?: |\n)?repositories|(?: |\n)(?:hostile))", _text(ROOT / page)
    )


def test_every_test_that_safety_names_is_there() -> None:
    text = _text(ROOT / "docs" / "safety.md")
    files = re.findall(r"`(tests/[\w/]+\.py)`", text)
    assert files and all((ROOT / name).is_file() for name in files)
    idents = [case["id"] for case in make_hostile.CASES]
    for pattern in re.findall(r"`((?:git|path|parse|rep|res)-[\w*-]+)`", text):
        matching = re.compile(re.escape(pattern).replace(r"\*", ".*"))
        assert any(matching.fullmatch(ident) for ident in idents), pattern


def test_limits_name_every_language_and_framework_that_is_read() -> None:
    text = _text(ROOT / "docs" / "limits.md")
    listed = {name for name, framework in registry.frameworks().items() if framework.listed}
    read = {language.name for language in registry.languages().values()} | listed
    assert {name for name in read if name not in text} == set()


def test_rooms_import_only_what_the_architecture_says() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| ?(.*?) ?\|$", _text(ROOT / "docs" / "architecture.md"), re.MULTILINE)
    rooms = {name for name, _ in rows}
    for name, allowed in rows:
        named = set(re.findall(r"`(\w+)`", allowed))
        may = rooms - named - {name} if "but" in allowed else named
        assert _imports(name) - may == set(), name
    assert rooms == {path.stem for path in (ROOT / "reviewer").iterdir() if _is_room(path)} | {"checks"}


def _is_room(path: Path) -> bool:
    return not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").is_file())


def _imports(room: str) -> set[str]:
    """The rooms that a room's modules import."""
    place = ROOT / room if room == "checks" else ROOT / "reviewer" / room
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(_text(file))):
            if isinstance(node, ast.ImportFrom):
                names = [f"reviewer.{item.name}" for item in node.names] if node.module == "reviewer" else [node.module]
            else:
                names = [item.name for item in node.names] if isinstance(node, ast.Import) else []
            found |= {_room_of(name) for name in names if name}
    return found - {room, ""}


def _room_of(module: str) -> str:
    first, _, rest = module.partition(".")
    room = rest.partition(".")[0] if first == "reviewer" else first if first == "checks" else ""
    return "" if room.startswith("_") else room


def test_the_picture_is_small() -> None:
    assert picture.PICTURE.read_bytes().startswith(b"\x89PNG")
    assert picture.PICTURE.stat().st_size <= PICTURE_MOST


def test_the_sample_in_the_picture_can_be_reviewed(tmp_path: Path) -> None:
    page = picture.sample_report(tmp_path)
    assert "bookshop-api" in page
    assert "Do these three first" in page


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Puts a module of an example beside those of a package, for one test."""
    made: list[str] = []

    def add(package: ModuleType, path: str, source: str) -> None:
        file = tmp_path / Path(path).name
        file.write_text(source, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        made.append(f"{package.__name__}.{file.stem}")
        _forget()

    yield add
    monkeypatch.undo()
    _forget()
    for name in made:
        sys.modules.pop(name, None)
        package, _, stem = name.rpartition(".")
        vars(sys.modules[package]).pop(stem, None)


def _forget() -> None:
    for name in ("_languages_of", "languages", "readers", "_frameworks_of", "documents"):
        getattr(registry, name).cache_clear()


def test_the_example_of_a_check_runs(added) -> None:
    (path, source), (cases_path, cases) = _examples("add-a-check.md").items()
    assert (path, cases_path) == ("checks/documentation/docs_licence.py", "tests/cases/docs-licence.yml")
    added(checks.documentation, path, source)
    loaded = [item for item in engine.load_checks(Taxonomy.built_in()) if item.id == "docs-licence"]
    assert [item.area for item in loaded] == ["documentation"]
    for case in yaml.safe_load(cases):
        finding = engine.run_checks(tuple(loaded), credited(facts_of(case["files"])), {})[0]
        assert finding.outcome == case["outcome"], case["id"]
        assert case.get("says", "") in finding.summary
        found = [f"{place.path}:{place.line}" for place in finding.evidence]
        assert found == case.get("places", found)


def test_the_example_of_a_framework_runs(added) -> None:
    (path, source), (cases_path, cases) = _examples("add-a-framework.md").items()
    assert (path, cases_path) == ("reviewer/gather/frameworks/python/robyn.py", "tests/readers/robyn.yml")
    assert "Robyn" not in registry.frameworks(), "it is read now: choose another example"
    added(reviewer.gather.frameworks.python, path, source)
    assert "Robyn" in registry.frameworks()
    read = yaml.safe_load(cases)
    for case in read:
        rendered = render(read_file(case["kind"], case["source"].encode()))
        assert {group: rendered[group] for group in case["expect"]} == case["expect"], case["id"]
    served = facts_of({"app.py": read[0]["source"]}).api.endpoints
    assert [(item.method, item.path, item.authenticated) for item in served] == [
        ("DELETE", "/books/{id}", True),
        ("GET", "/books/{id}", False),
        ("GET", "/health", False),
    ]
