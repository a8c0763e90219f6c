"""The files of one language that the candidate wrote for the server."""

from __future__ import annotations

from reviewer.model.facts.repository import Code, FileRole, LanguageUse, Project, SourceFile, Standing
from reviewer.model.finding import Evidence
from reviewer.model.verdict import count

COUNTED = (FileRole.SERVER, FileRole.TESTS, FileRole.SCHEMA, FileRole.SCRIPTS)


def uses(project: Project, language: str) -> list[LanguageUse]:
    """The language's rows that count for a backend job."""
    return [use for use in project.languages if use.name == language and use.role in COUNTED]


def own_lines(project: Project, language: str) -> int:
    """Own lines of a language on the server side."""
    return sum(use.own_lines for use in uses(project, language))


def files(project: Project, language: str) -> list[SourceFile]:
    """Own files of a language on the server side, longest first."""
    found = [
        file
        for file in project.files
        if file.language == language and file.role in COUNTED and file.standing is Standing.OWN and file.facts
    ]
    return sorted(found, key=lambda file: (-(file.facts.lines if file.facts else 0), file.path))


def places(found: list[SourceFile]) -> list[Evidence]:
    """The longest files as evidence."""
    return [
        Evidence(path=file.path, line=1, end_line=1, note=count(file.facts.lines, "line"))
        for file in found[:3]
        if file.facts
    ]


def modules(code: Code, language: str) -> list[SourceFile]:
    """Own server modules of a language."""
    return [file for file in code.modules if file.language == language]
