"""Python's manifests: requirements, pyproject.toml, setup.cfg, Pipfile and conda environments. Names are normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reviewer.gather.documents._ini import load_ini
from reviewer.gather.documents._manifest import DEPENDENCY_LIMIT, dependency, is_dev, pypi_name, with_manifest
from reviewer.gather.documents._toml import load_toml
from reviewer.gather.documents._trees import LineFinder, Tree, line_of, mapping, sequence, text
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Dependency, Document
from reviewer.model.facts.file import FileFacts

LINE_LIMIT = 500
NAMED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)")
EGG = re.compile(r"[#&]egg=([A-Za-z0-9._-]+)")
TOOLS = {
    "ruff": "Ruff",
    "black": "Black",
    "isort": "isort",
    "flake8": "Flake8",
    "pylint": "Pylint",
    "mypy": "mypy",
    "pyright": "Pyright",
    "basedpyright": "Pyright",
    "yapf": "YAPF",
    "bandit": "Bandit",
}


def requirement(line: str, number: int, dev: bool = False) -> Dependency | None:
    """One line of a requirements file, or one entry of a list of requirements (PEP 508)."""
    spec = line[:LINE_LIMIT].strip().rstrip("\\").strip()
    egg = EGG.search(spec)
    if egg:
        return dependency(pypi_name(egg.group(1)), None, number, dev)
    found = NAMED.match(spec)
    if found is None or "://" in spec.partition("@")[0]:
        return None
    version = found.group(2).partition(" --")[0].partition("@")[0]
    return dependency(pypi_name(found.group(1)), version, number, dev)


def read_requirements(source: str, base: FileFacts) -> FileFacts:
    """requirements.txt, constraints and the like; the kind says whether they are for development."""
    dev = base.kind == "requirements-dev"
    found = (requirement(line, number, dev) for number, line in enumerate(source.split("\n"), start=1))
    return with_manifest(base, "pypi", (item for item in found if item))


def read_pyproject(source: str, base: FileFacts) -> FileFacts:
    """PEP 621 and PEP 735 tables, Poetry's, uv's and PDM's, and which tools are configured."""
    loaded = load_toml(source)
    tree = mapping(loaded.tree)
    project, tool = mapping(tree.get("project")), mapping(tree.get("tool"))
    poetry = mapping(tool.get("poetry"))
    scripts = {**_texts(project.get("scripts")), **_texts(poetry.get("scripts"))}
    scripts.update(_texts(mapping(tool.get("taskipy")).get("tasks")))
    report = mapping(mapping(tool.get("coverage")).get("report"))
    pytest_options = str(mapping(mapping(tool.get("pytest")).get("ini_options")).get("addopts", ""))
    linters = ", ".join(dict.fromkeys(TOOLS[name] for name in TOOLS if name in tool))
    return with_manifest(
        base,
        "pypi",
        (*_project_lists(source, tree, project, tool), *_poetry_tables(source, poetry)),
        loaded.problem,
        Document(
            lint_config=linters or None,
            coverage_threshold="fail_under" in report or "--cov-fail-under" in pytest_options,
            coverage_measured="--cov" in pytest_options,
        ),
        scripts=scripts,
        name=text(project.get("name")) or text(poetry.get("name")) or None,
        description=text(project.get("description")) or text(poetry.get("description")) or None,
    )


def _texts(value: Tree) -> dict[str, str]:
    return {key: item for key, item in mapping(value).items() if isinstance(item, str)}


def _project_lists(
    source: str, tree: dict[str, Tree], project: dict[str, Tree], tool: dict[str, Tree]
) -> Iterator[Dependency]:
    groups: list[tuple[str, Tree, bool]] = [("dependencies", project.get("dependencies"), False)]
    for section, table in (
        ("[project.optional-dependencies]", project.get("optional-dependencies")),
        ("[dependency-groups]", tree.get("dependency-groups")),
    ):
        groups += [(section, items, is_dev(name)) for name, items in mapping(table).items()]
    groups.append(("dev-dependencies", mapping(tool.get("uv")).get("dev-dependencies"), True))
    pdm = mapping(mapping(tool.get("pdm")).get("dev-dependencies"))
    groups += [("[tool.pdm.dev-dependencies]", items, True) for items in pdm.values()]
    for section, items, dev in groups:
        lines = LineFinder(source, section)
        for item in islice(sequence(items), DEPENDENCY_LIMIT):
            quoted = f'"{item}"' if f'"{item}"' in source else f"'{item}'"
            found = requirement(text(item), lines.find(quoted), dev) if text(item) else None
            if found:
                yield found


def _poetry_tables(source: str, poetry: dict[str, Tree]) -> Iterator[Dependency]:
    tables = [("[tool.poetry.dependencies]", poetry.get("dependencies"), False)]
    tables.append(("[tool.poetry.dev-dependencies]", poetry.get("dev-dependencies"), True))
    for name, group in mapping(poetry.get("group")).items():
        tables.append((f"[tool.poetry.group.{name}.dependencies]", mapping(group).get("dependencies"), is_dev(name)))
    for header, table, dev in tables:
        yield from _table(source, header, table, dev)


def _table(source: str, header: str, table: Tree, dev: bool) -> Iterator[Dependency]:
    lines = LineFinder(source, header)
    for name, value in islice(mapping(table).items(), DEPENDENCY_LIMIT):
        version = text(value) or text(mapping(value).get("version"))
        if name.lower() != "python":
            yield dependency(pypi_name(name), version, lines.find(f"\n{name}") + 1, dev)


def read_pipfile(source: str, base: FileFacts) -> FileFacts:
    """Pipenv's Pipfile."""
    loaded = load_toml(source)
    tree = mapping(loaded.tree)
    main = _table(source, "[packages]", tree.get("packages"), False)
    dev = _table(source, "[dev-packages]", tree.get("dev-packages"), True)
    return with_manifest(base, "pypi", (*main, *dev), loaded.problem, scripts=_texts(tree.get("scripts")))


def read_setup_cfg(source: str, base: FileFacts) -> FileFacts:
    """setuptools' declarative configuration, and which tools are configured beside it."""
    sections = load_ini(source)
    options = sections.get("options", {}).get("install_requires", [])
    found = [requirement(line, line.line) for line in options]
    for group, lines in sections.get("options.extras_require", {}).items():
        found += [requirement(line, line.line, is_dev(group)) for line in lines]
    linters = ", ".join(dict.fromkeys(TOOLS[name] for name in sections if name in TOOLS))
    covered = any("fail_under" in keys for name, keys in sections.items() if name.startswith(("coverage", "report")))
    options_of_tests = " ".join(str(line) for line in sections.get("tool:pytest", {}).get("addopts", []))
    name = sections.get("metadata", {}).get("name", [])
    return with_manifest(
        base,
        "pypi",
        (item for item in found if item),
        document=Document(
            lint_config=linters or None, coverage_threshold=covered, coverage_measured="--cov" in options_of_tests
        ),
        name=str(name[0]) if name else None,
    )


def read_conda(source: str, base: FileFacts) -> FileFacts:
    """A conda environment with its ``pip`` part."""
    loaded = load_yaml(source)
    tree = mapping(loaded.tree)
    found: list[Dependency | None] = []
    for item in sequence(tree.get("dependencies")):
        if text(item):
            name, _, version = text(item).rpartition("::")[2].partition("=")
            found.append(dependency(pypi_name(name), version.lstrip("="), line_of(item)))
        found += [requirement(text(line), line_of(line)) for line in sequence(mapping(item).get("pip"))]
    return with_manifest(base, "pypi", (item for item in found if item), loaded.problem)


REQUIREMENTS = DocumentReader(
    "requirements", ("requirements", "requirements-dev"), read_requirements, reads_generated=True
)
PYPROJECT = DocumentReader("pyproject", ("pyproject",), read_pyproject)
PIPFILE = DocumentReader("pipfile", ("pipfile",), read_pipfile)
SETUP_CFG = DocumentReader("setup-cfg", ("setup-cfg",), read_setup_cfg)
CONDA = DocumentReader("conda", ("conda",), read_conda)
