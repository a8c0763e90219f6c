"""Does CI run the tests on every push?"""

from __future__ import annotations

import re

from checks.operations._ci import calls_elsewhere, unread_system
from checks.tests._server import own_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Operations, Project, Tests
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_applicable, not_shown, partly, shown

ON_CHANGE = ("push", "pull_request", "merge_request")
TESTING = re.compile(
    r"(?:^|[\s/:_-])(?:run[_-]?|unit[_-]?|all[_-]?)?(?:tests?|specs?)(?:\.\w{1,4})?(?:\s|$|:)", re.IGNORECASE
)
ASIDE = re.compile(
    r"\W*(?:echo|printf|cp|mv|rm|cd|mkdir|cat|ls|test|export|pip|apt|apt-get|sudo|curl|wget|touch|chmod|createdb|psql|mysql|"
    r"git|if|npm|yarn|pnpm|npx|\[|sleep|set|aws|ssh|scp|docker|kubectl|helm|uses|\w+=)\b|\[|[\w.-]+/[\w./-]+@",
    re.IGNORECASE,
)
"""What speaks of tests without running any: files of theirs, names of environments, tools that are installed."""
CONTAINERS = re.compile(r"\bdocker\b.{0,300}\btests?\b|\bdocker[ -]compose\b.{0,200}\b(?:run|up)\b")

CHECK = Check(
    title_shown="CI runs the tests on every change",
    title_not_shown="CI does not run the tests",
    title_partly="CI runs the tests, but not on every change",
    looks_for="A CI file with a step that runs the tests on push or pull request.",
    why="Tests that run by themselves stay green; tests that somebody must remember to run rot.",
    advice="Add a workflow that installs the project and runs its test command on push and pull request.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="A step of a CI file runs the tests on push or pull request.",
    does_not_count="Commented-out steps, scripts that only say that no tests exist, builds without tests. A repository"
    " without any CI is told by ops-ci alone.",
    links=("https://docs.github.com/en/actions/automating-builds-and-tests",),
    computed="The steps of CI files, by their commands: test runners, build tools that run tests, and the scripts and"
    " targets of the repository that such a command stands for.",
    limits="Pipelines outside the repository (a Jenkins server, Vercel) are not seen, nor are runs of the past. Tests"
    " that may run inside a container which CI starts are not followed: nothing is said then.",
    skills=("Testing", "CI/CD"),
    needs=(Depth.TESTS,),
    before="on: push\njobs:\n  build:\n    steps:\n      - run: npm ci && npm run build",
    pattern="on: [push, pull_request]\njobs:\n  test:\n    steps:\n      - run: npm ci\n      - run: npm test",
)


def run(tests: Tests, operations: Operations, project: Project) -> Verdict:
    """Looks for a test step."""
    steps = [
        (Evidence(path=item.path, line=line, end_line=line, note="runs the tests"), item.fact.triggers)
        for item in operations.ci
        for line in item.fact.lines("test")
    ]
    cases = own_cases(tests)
    if steps and not cases:
        return not_applicable("A CI step would run tests, but there are no test cases.")
    on_change = [place for place, triggers in steps if not triggers or set(triggers) & set(ON_CHANGE)]
    if on_change:
        return shown("A CI step runs the tests on every change.", on_change[:3])
    if cases and calls_elsewhere(operations):
        return could_not_tell("CI calls workflows of another repository, which are not read and may run the tests.")
    if steps:
        return partly("A CI step runs the tests, but not on push or pull request.", [place for place, _ in steps])
    if not cases:
        return not_applicable("There are no test cases for CI to run.")
    if operations.ci and (place := _hidden(operations)):
        return could_not_tell(f"{place} may run the tests inside a container; that is not followed.")
    if operations.ci and (place := _own_command(operations)):
        return could_not_tell(f"{place} speaks of tests; what it runs was not recognised.")
    if operations.ci:
        return not_shown(
            "CI is set up, but no step of it runs the tests.", evidence(_heads(operations), "no test step"), LIKELY
        )
    if unread := unread_system(project):
        return could_not_tell(f"CI is configured in {unread}, which is not read and may run the tests.")
    return not_applicable("There is no CI that could run the tests (see ops-ci).")


def _hidden(operations: Operations) -> str:
    """The first CI step that runs something of tests in containers: a compose file or an image that is called so."""
    return next(
        (
            f"{item.path}:{step.line}"
            for item in operations.ci
            for step in item.fact.steps
            if CONTAINERS.search(step.text[:500])
        ),
        "",
    )


def _own_command(operations: Operations) -> str:
    """The first CI step of unknown use whose command speaks of tests: a command or script of the project's own."""
    return next(
        (
            f"{item.path}:{step.line}"
            for item in operations.ci
            for step in item.fact.steps
            if step.purpose == "other" and TESTING.search(step.text[:500]) and not ASIDE.match(step.text[:500])
        ),
        "",
    )


def _heads(operations: Operations) -> list[Evidence]:
    return [Evidence(path=item.path, line=1, end_line=1, note="no step runs the tests") for item in operations.ci]
