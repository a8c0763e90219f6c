"""Does CI check more than the tests?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Operations
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, not_shown, partly, shown

KINDS = ("test", "lint", "types", "build", "coverage", "deploy")
ENOUGH, SOME = 3, 2

CHECK = Check(
    title_shown="CI checks quality",
    title_not_shown="CI checks little",
    looks_for="Tests, lint, types, a build, coverage and a deployment among the CI steps.",
    why="What CI checks needs no discussion in review.",
    advice="Add the linter and the type checker as steps before the tests.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="At least three of test, lint, types, build, coverage and deploy; partly with two.",
    does_not_count="Tools that are configured but that no step runs.",
    skills=("CI/CD",),
)


def run(operations: Operations) -> Verdict:
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
    summary = f"CI steps: {', '.join(found) or 'none of those looked for'}; 3 of 6 kinds needed."
    if len(found) >= ENOUGH:
        return shown(summary, found.values())
    return partly(summary, found.values()) if len(found) >= SOME else not_shown(summary, found.values())
