"""The files of one language that the candidate wrote for the server."""

from __future__ import annotations

from reviewer.model.facts.repository import Code, FileRole, LanguageUse, Project, SourceFile

COUNTED = (FileRole.SERVER, FileRole.TESTS, FileRole.SCHEMA, FileRole.SCRIPTS)


def uses(project: Project, language: str) -> list[LanguageUse]:
    """The language's rows that count for a backend job."""
    return [use for use in project.languages if use.name == language and use.role in COUNTED]


def own_lines(project: Project, language: str) -> int:
    """Own lines of a language on the server side."""
    return sum(use.own_lines for use in uses(project, language))


def modules(code: Code, language: str) -> list[SourceFile]:
    """Own server modules of a language."""
    return [file for file in code.modules if file.language == language]
