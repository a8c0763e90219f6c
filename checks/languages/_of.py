"""The files of one language that the candidate wrote for the server."""

from __future__ import annotations

from reviewer.model.facts.repository import Code, FileRole, LanguageUse, Project, SourceFile, Standing
from reviewer.model.finding import Evidence
from reviewer.model.verdict import count

COUNTED = (FileRole.SERVER, FileRole.TESTS, FileRole.SCHEMA, FileRole.SCRIPTS)
BACKEND_LANGUAGES = frozenset(
    {"Python", "JavaScript", "TypeScript", "SQL", "Ruby", "PHP", "C#", "Java", "Kotlin", "Go"}
)
BESIDE = 0.05
"""Share of the own lines of backend languages below which a language is a tool beside a project of another one."""
SCHEMA_LANGUAGES = frozenset({"SQL"})
"""Languages that serve through others, so that having no server file of their own says nothing."""


def uses(project: Project, language: str) -> list[LanguageUse]:
    """The language's rows that count for a backend job."""
    return [use for use in project.languages if use.name == language and use.role in COUNTED]


def own_lines(project: Project, language: str) -> int:
    """Own lines of a language on the server side."""
    return sum(use.own_lines for use in uses(project, language))


def is_beside(project: Project, language: str) -> bool:
    """Whether a language only stands beside a project of another one.

    So it is where it has a few lines of the whole, and where it only tests, seeds or helps by scripts what is written
    in another.
    """
    backend = [use for use in project.languages if use.name in BACKEND_LANGUAGES]
    if own_lines(project, language) < BESIDE * sum(use.own_lines for use in backend):
        return True
    serving = [use for use in backend if use.role is FileRole.SERVER and use.name not in SCHEMA_LANGUAGES]
    mine = sum(use.own_lines for use in serving if use.name == language)
    others = sum(use.own_lines for use in serving if use.name != language)
    return bool(others) and mine < BESIDE * (mine + others) and language not in SCHEMA_LANGUAGES


def files(project: Project, language: str) -> list[SourceFile]:
    """Own files of a language on the server side that hold something, longest first."""
    found = [
        file
        for file in project.files
        if file.language == language
        and file.role in COUNTED
        and file.standing is Standing.OWN
        and file.facts
        and file.facts.lines
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
