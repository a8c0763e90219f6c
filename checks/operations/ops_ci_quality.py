"""Does CI check more than the tests?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import FileRole, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, not_applicable, not_shown, partly, shown

KINDS = ("test", "lint", "types", "build", "coverage", "deploy")
ENOUGH, SOME = 3, 2
COMPILED = frozenset({"Java", "Kotlin", "C#", "Go", "Rust", "Scala", "Swift", "F#"})
"""Languages whose build checks the types."""

MAIN = 0.5
"""The share of the server's lines from which on a language is the one that CI builds."""

CHECK = Check(
    title_shown="CI checks quality",
    title_not_shown="CI checks one thing",
    title_partly="CI checks two things",
    looks_for="Tests, lint, types, a build, coverage and a deployment among the CI steps.",
    why="What CI checks needs no discussion in review.",
    advice="Add the linter and the type checker as steps before the tests.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="At least three of test, lint, types, build, coverage and deploy; partly with two.",
    does_not_count="Tools that are configured but that no step runs. CI without any of these is told by ops-ci alone.",
    computed=(
        "The kinds of CI steps are counted, each once; a command is told by its program, also through make, npm and "
        "scripts of the repository. Where most of the server is in a compiled language (Java, Kotlin, C#, Go), a build "
        "checks the types too. The project's own rule: three of six kinds."
    ),
    limits="Programs that are not known by name count for nothing, nor does what runs outside of the repository.",
    links=("https://docs.github.com/en/actions",),
    skills=("CI/CD",),
    before="steps:\n  - run: pytest",
    pattern="steps:\n  - run: ruff check .\n  - run: mypy shop\n  - run: pytest --cov=shop",
)


def run(operations: Operations, project: Project) -> Verdict:
    """The kinds of steps."""
    if not operations.ci:
        return not_applicable("There is no CI.")
    found: dict[str, Evidence] = {}
    for item in operations.ci:
        for step in item.fact.steps:
            if step.purpose in KINDS:
                found.setdefault(
                    step.purpose, Evidence(path=item.path, line=step.line, end_line=step.line, note=step.purpose)
                )
    if not found:
        return not_applicable("No CI step that tests, checks, builds or deploys was recognised.")
    names = list(found)
    if "build" in found and "types" not in found and _is_compiled(project):
        names.append("types (by the build)")
    summary = f"CI steps: {', '.join(names)}; 3 of 6 kinds needed."
    if len(names) >= ENOUGH:
        return shown(summary, found.values(), LIKELY)
    if len(names) >= SOME:
        return partly(summary, found.values(), LIKELY)
    return not_shown(summary, found.values(), LIKELY)


def _is_compiled(project: Project) -> bool:
    """Whether most of the server is in languages whose build checks the types."""
    server = [use for use in project.languages if use.role is FileRole.SERVER]
    lines = sum(use.lines for use in server)
    return lines > 0 and sum(use.lines for use in server if use.name in COMPILED) >= MAIN * lines
