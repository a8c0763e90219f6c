"""Does CI run on changes?"""

from __future__ import annotations

import re

from checks.operations._ci import UNREAD_SERVICE, calls_elsewhere, unread_system
from reviewer.model.check import Check
from reviewer.model.facts.repository import Code, Operations, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, not_applicable, not_shown, partly, shown

USEFUL = ("test", "lint", "types", "build", "coverage")
SEARCHED = "GitHub Actions, GitLab CI, CircleCI, Travis CI, Jenkins, Azure Pipelines and others"
BELOW = re.compile(r".+/(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|\.travis\.yml)")
"""CI files that lie in a folder, where their host does not look for them."""

CHECK = Check(
    title_shown="CI runs on changes",
    title_not_shown="No CI",
    title_partly="CI without a step that checks",
    looks_for="A CI configuration with steps that test, check or build.",
    why="CI is how a team knows that the main branch works.",
    advice="Add a workflow that installs the project and runs its tests on every push.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="A CI file has a step that tests, lints, checks types or builds; partly for other steps, a"
    " deployment among them, whatever the host builds for it.",
    does_not_count="Stale bots, labels, pages; CI files in a folder where their host does not look for them.",
    computed=(
        "The CI files of ten systems are parsed, and each command is told by its program (about 300 are known), also "
        "through make, npm and the repository's own scripts."
    ),
    limits=(
        "CI that is set up outside of the repository is not seen, and whether a run passes is not known. Workflows of "
        "other repositories that are only called, and the command that a compose file gives a service, are not read."
    ),
    links=("https://docs.github.com/en/actions/quickstart",),
    skills=("CI/CD",),
    before="on: {schedule: [{cron: '0 0 * * *'}]}\njobs: {stale: {steps: [{uses: actions/stale@v9}]}}",
    pattern="on: [push, pull_request]\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v4\n      - run: tox",
)


def run(operations: Operations, code: Code, project: Project) -> Verdict:
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
    if calls_elsewhere(operations):
        return could_not_tell("CI calls workflows of another repository, which are not read.")
    whose = (Standing.OWN, Standing.SCAFFOLD)
    paths = [item.path for item in project.files if item.standing in whose and len(item.path) < 300]
    if any(UNREAD_SERVICE.fullmatch(step.text[:500]) for item in operations.ci for step in item.fact.steps):
        return could_not_tell("CI runs a service of a compose file, whose command is not read.")
    if operations.ci and not any(item.fact.steps for item in operations.ci):
        first = operations.ci[0].path
        place = Evidence(path=first, line=1, end_line=1, note="no step")
        return not_shown(f"{first} holds no step that could run.", [place], LIKELY)
    if operations.ci:
        places = [
            Evidence(path=item.path, line=1, end_line=1, note="no step that checks") for item in operations.ci[:2]
        ]
        deploys = any(step.purpose == "deploy" for item in operations.ci for step in item.fact.steps)
        said = (
            "CI deploys; no step that tests or checks"
            if deploys
            else "CI is set up; no step that tests, checks or builds"
        )
        return partly(f"{said} was recognised.", places, LIKELY)
    if not code.functions:
        return not_applicable("There is no code of the candidate's own.")
    unread = unread_system(project)
    if unread:
        return could_not_tell(f"CI is configured in {unread}, which is not read.")
    below = next((path for path in paths if BELOW.fullmatch(path)), None)
    if below:
        place = Evidence(path=below, line=1, end_line=1, note="below the root")
        return partly(f"A CI file lies in {below.partition('/')[0]}/, where its host does not run it.", [place], LIKELY)
    return not_shown(f"No CI configuration; looked for {SEARCHED}.", confidence=LIKELY, at=".github/workflows/ci.yml")
