"""Does CI run on changes?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Code, Operations
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, not_shown, partly, shown

USEFUL = ("test", "lint", "types", "build", "coverage")
SEARCHED = "GitHub Actions, GitLab CI, CircleCI, Travis CI, Jenkins and Azure Pipelines"

CHECK = Check(
    title_shown="CI runs on changes",
    title_not_shown="No CI",
    looks_for="A CI configuration with steps that test, check or build.",
    why="CI is how a team knows that the main branch works.",
    advice="Add a workflow that installs the project and runs its tests on every push.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="A CI file has a step that tests, lints, checks types or builds; partly for other steps.",
    does_not_count="Stale bots, labels, pages.",
    links=("https://docs.github.com/en/actions/quickstart",),
    skills=("CI/CD",),
)


def run(operations: Operations, code: Code) -> Verdict:
    """Looks for useful steps."""
    steps = [
        Evidence(path=item.path, line=step.line, end_line=step.line, note=step.purpose)
        for item in operations.ci
        for step in item.fact.steps
        if step.purpose in USEFUL
    ]
    if steps:
        kinds = ", ".join(dict.fromkeys(place.note for place in steps))
        return shown(f"CI steps for: {kinds}.", steps[:4])
    if operations.ci:
        places = [
            Evidence(path=item.path, line=1, end_line=1, note="no step that checks") for item in operations.ci[:2]
        ]
        return partly("CI is set up, but no step tests, checks or builds.", places)
    if not code.functions:
        return not_applicable("There is no code of the candidate's own.")
    return not_shown(f"No CI configuration; looked for {SEARCHED}.", at=".github/workflows/ci.yml")
