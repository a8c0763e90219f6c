"""What a repository is: languages, frameworks, data, tests and operations, each with the place where it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewer.model.document import LanguagePart, NamedPart, RepositoryPart
from reviewer.model.finding import Evidence
from reviewer.report import sanitise, words
from reviewer.report.page.pieces import EvidenceView, evidence_view

ITEMS = 8
"""Entries of one kind that are named, the rest as a count."""


@dataclass(frozen=True, slots=True)
class Item:
    """A name with what is said of it, and the first place where it shows."""

    name: str
    said: str = ""
    place: EvidenceView | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the description: what it is about, and the items."""

    label: str
    items: list[Item] = field(default_factory=list)


def about(repository: RepositoryPart) -> list[Line]:
    """The lines that have something to say."""
    lines = [
        Line("Languages", _languages(repository.languages)),
        Line("Frameworks", _named(repository.frameworks)),
        Line("Content management", _named(repository.cms)),
        Line("Databases", _databases(repository)),
        Line("Data layer", _named(repository.data_layers) + _migrations(repository)),
        Line("Tests", _tests(repository)),
        Line("CI", _ci(repository)),
        Line("Containers", _some(Item(sanitise.visible(path)) for path in repository.containers.paths)),
    ]
    return [line for line in lines if line.items]


def _some(items: Iterable[Item]) -> list[Item]:
    every = list(items)
    rest = len(every) - ITEMS
    return every if rest <= 0 else [*every[:ITEMS], Item(f"{rest} more")]


def _languages(parts: list[LanguagePart]) -> list[Item]:
    named: dict[str, list[LanguagePart]] = {}
    for part in sorted(parts, key=lambda part: -part.lines):
        named.setdefault(part.name, []).append(part)
    return _some(Item(sanitise.visible(name), _roles(found)) for name, found in named.items())


def _roles(parts: list[LanguagePart]) -> str:
    return ", ".join(f"{words.ROLES.get(part.role, part.role)} {part.lines:,} lines" for part in parts)


def _named(parts: list[NamedPart]) -> list[Item]:
    return _some(
        Item(sanitise.visible(part.name), sanitise.visible(part.version or "", 40), _first(part.evidence))
        for part in parts
    )


def _databases(repository: RepositoryPart) -> list[Item]:
    return _some(
        Item(sanitise.visible(part.name), words.DATABASE_ROLES.get(part.role, part.role), _first(part.evidence))
        for part in repository.databases
    )


def _migrations(repository: RepositoryPart) -> list[Item]:
    return [
        Item(
            sanitise.visible(part.tool), f"{words.count(part.steps, 'migration step')} in {sanitise.visible(part.path)}"
        )
        for part in repository.migrations[:ITEMS]
    ]


def _tests(repository: RepositoryPart) -> list[Item]:
    found = repository.tests
    if not found.functions:
        return []
    said = f"{words.count(found.functions, 'case')} in {words.count(found.files, 'file')}"
    if found.without_assertion:
        said += f", {found.without_assertion:,} without an assertion"
    names = [sanitise.visible(use.name) for use in found.frameworks[:ITEMS]]
    return [Item(words.listed(names) or "Test cases", said)]


def _ci(repository: RepositoryPart) -> list[Item]:
    return _some(
        Item(
            sanitise.visible(part.system),
            ("runs tests" if part.runs_tests else "runs no tests") + (", deploys" if part.deploys else ""),
            EvidenceView(sanitise.visible(part.path), None, ""),
        )
        for part in repository.ci
    )


def _first(evidence: list[Evidence]) -> EvidenceView | None:
    return evidence_view(evidence[0], with_lines=False) if evidence else None
