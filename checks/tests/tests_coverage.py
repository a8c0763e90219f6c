"""Is coverage measured in CI with a threshold?"""

from __future__ import annotations

from checks.operations._ci import calls_elsewhere, unread_system
from checks.tests._server import own_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Documents, Operations, Project, Tests
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, not_applicable, not_shown, partly, shown

BY_ITSELF = frozenset({"simplecov", "undercover", "excoveralls"})
"""Dependencies that measure coverage from within the tests, whatever the command that runs them."""

CHECK = Check(
    title_shown="Coverage is held by CI",
    title_not_shown="Coverage is not measured in CI",
    title_partly="Coverage is measured, but nothing holds it",
    looks_for="A coverage step in CI, and a threshold below which it fails.",
    why="A threshold keeps new code from arriving untested without anybody arguing about it.",
    advice="Measure coverage in the CI test step and let it fail under today's figure.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="CI measures coverage with a threshold in its step or in the settings; partly without one.",
    does_not_count="A badge, or a coverage tool among the dependencies that no step runs. A repository without any"
    " CI is told by ops-ci alone.",
    links=("https://coverage.readthedocs.io/en/latest/config.html#report-fail-under",),
    computed="The steps of CI files by their commands and actions: a coverage tool, and a threshold in the step or in"
    " the settings that it reads. Any threshold counts, however low.",
    limits="A threshold that is set on a service's web page (Codecov, SonarCloud) cannot be seen, nor can what a script"
    " outside the repository does.",
    skills=("Testing",),
    needs=(Depth.TESTS,),
    before="- run: pytest",
    pattern="- run: pytest --cov=notes --cov-fail-under=80",
)


def run(tests: Tests, operations: Operations, documents: Documents, project: Project) -> Verdict:
    """Looks for a coverage step, and a threshold in it or in the project's settings."""
    if not own_cases(tests):
        return not_applicable("There are no test cases whose coverage could be measured.")
    steps = _steps(operations, "coverage")
    held = [place for place, gate in steps if gate]
    if held:
        return shown("CI measures coverage and fails below a threshold.", held[:2])
    settings = [
        Evidence(path=item.path, note="holds the threshold")
        for item in documents.others
        if item.fact.coverage_threshold
    ]
    runs = [place for place, _ in steps or _steps(operations, "test")]
    if settings and runs:
        return shown("CI runs the tests; settings hold a coverage threshold.", [*settings[:1], *runs[:2]], LIKELY)
    if calls_elsewhere(operations):
        return could_not_tell("CI calls workflows of another repository, which are not read and may measure coverage.")
    measured = [
        Evidence(path=item.path, note="measures coverage") for item in documents.others if item.fact.coverage_measured
    ]
    if measured and runs and not steps:
        return partly(
            "CI runs the tests, which measure coverage by their settings, without a threshold.",
            [*measured[:1], *runs[:2]],
            LIKELY,
        )
    if runs and not steps and (tool := _by_itself(project)):
        return could_not_tell(f"{tool} is among the dependencies and may measure coverage whenever CI runs the tests.")
    if steps:
        return partly("CI measures coverage, without a threshold.", [place for place, _ in steps[:2]])
    if settings:
        return partly("A coverage threshold is set, but no CI step runs the tests.", settings[:2])
    return _unmeasured(operations, project)


def _unmeasured(operations: Operations, project: Project) -> Verdict:
    """What is said where nothing measures coverage: without any CI there is nothing that could."""
    if operations.ci:
        return not_shown("No CI step measures coverage.", confidence=LIKELY)
    if unread := unread_system(project):
        return could_not_tell(f"CI is configured in {unread}, which is not read and may measure coverage.")
    return not_applicable("There is no CI that could measure coverage (see ops-ci).")


def _by_itself(project: Project) -> str:
    """The tool among the dependencies that measures in every run of the tests, once a line of code starts it."""
    return next(
        (
            item.name
            for manifest in project.manifests
            for item in manifest.fact.dependencies
            if item.name.lower() in BY_ITSELF or "kover" in item.name.lower()
        ),
        "",
    )


def _steps(operations: Operations, purpose: str) -> list[tuple[Evidence, bool]]:
    """The CI steps that serve a purpose, with whether their file holds a threshold."""
    return [
        (Evidence(path=item.path, line=line, end_line=line, note="runs in CI"), item.fact.coverage_gate)
        for item in operations.ci
        for line in item.fact.lines(purpose)
    ]
