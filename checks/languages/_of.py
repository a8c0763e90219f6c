"""The files of one language that the candidate wrote for the server."""

from __future__ import annotations

from collections import Counter

from reviewer.model.facts.repository import Code, FileRole, LanguageUse, Project, SourceFile, Standing
from reviewer.model.finding import Evidence
from reviewer.model.verdict import count

COUNTED = (FileRole.SERVER, FileRole.TESTS, FileRole.SCHEMA, FileRole.SCRIPTS)
BACKEND_LANGUAGES = frozenset(
    {"Python", "JavaScript", "TypeScript", "SQL", "Ruby", "PHP", "C#", "Java", "Kotlin", "Go"}
)
BESIDE = 0.05
"""Share of the own lines of backend languages below which a language is a tool beside a project of another one."""
FEW = 100
"""Lines below which a language stands beside any other one that has more."""
SISTERS = {"JavaScript": "TypeScript", "TypeScript": "JavaScript"}
PACKAGES_OF = {
    "Symfony": (
        frozenset({"symfony/framework-bundle", "symfony/symfony", "symfony/http-kernel", "symfony/runtime"}),
        "symfony/",
    ),
}
"""The packages that bring a framework as a whole, and how those of its maker begin."""
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

    So it is where it has a few lines of the whole, where it only tests, seeds or helps by scripts what is written in
    another, and where it is the lesser of JavaScript and TypeScript, whose files work together.
    """
    backend = [use for use in project.languages if use.name in BACKEND_LANGUAGES]
    lines = own_lines(project, language)
    if lines < BESIDE * sum(use.own_lines for use in backend):
        return True
    if language in SCHEMA_LANGUAGES:
        return False
    serving = Counter[str]()
    for use in project.languages:
        if use.role is FileRole.SERVER and use.name not in SCHEMA_LANGUAGES:
            serving[use.name] += use.own_lines
    mine, others = serving[language], serving.total() - serving[language]
    few = mine < BESIDE * (mine + others) or (lines < FEW and lines < others)
    return bool(others) and (few or mine < serving.get(SISTERS.get(language, ""), 0))


def is_by_components(project: Project, framework: str) -> bool:
    """Whether only single packages of a framework's maker are installed, not the framework."""
    whole, maker = PACKAGES_OF.get(framework, (frozenset[str](), ""))
    names = {item.name for manifest in project.manifests for item in manifest.fact.dependencies}
    return bool(maker) and any(name.startswith(maker) for name in names) and names.isdisjoint(whole)


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
    """The longest files as evidence, those of the program before its tests and migrations."""
    asides = (FileRole.TESTS, FileRole.SCHEMA, FileRole.SCRIPTS)
    found = sorted(found, key=lambda file: file.role in asides)
    return [
        Evidence(path=file.path, line=1, end_line=1, note=count(file.facts.lines, "line"))
        for file in found[:3]
        if file.facts
    ]


def modules(code: Code, language: str) -> list[SourceFile]:
    """Own server modules of a language."""
    return [file for file in code.modules if file.language == language]
