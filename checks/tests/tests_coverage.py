"""Is coverage measured in CI with a threshold?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Operations, Tests
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Coverage is held by CI",
    title_not_shown="Coverage is not measured in CI",
    looks_for="A coverage step in CI, and a threshold below which it fails.",
    why="A threshold keeps new code from arriving untested without anybody arguing about it.",
    advice="Measure coverage in the CI test step and let it fail under today's figure.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="CI measures coverage with a threshold; partly without one.",
    does_not_count="A badge, or a coverage tool among the dependencies that no step runs.",
    links=("https://coverage.readthedocs.io/en/latest/config.html#report-fail-under",),
    skills=("Testing",),
    needs=(Depth.TESTS,),
)


def run(tests: Tests, operations: Operations) -> Verdict:
    """Looks for a coverage step."""
    if not tests.cases:
        return not_applicable("There are no test cases whose coverage could be measured.")
    steps = [
        (Evidence(path=item.path, line=line, end_line=line, note="measures coverage"), item.fact.coverage_gate)
        for item in operations.ci
        for line in item.fact.lines("coverage")
    ]
    held = [place for place, gate in steps if gate]
    if held:
        return shown("CI measures coverage and fails below a threshold.", held[:2])
    if steps:
        return partly("CI measures coverage, without a threshold.", [place for place, _ in steps[:2]])
    return not_shown("No CI step measures coverage.")
