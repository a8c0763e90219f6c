"""Does a fix come with a test?"""

from __future__ import annotations

from checks.commits._own import place
from checks.problem_solving._fixes import fixes, touches_tests
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

ENOUGH = 2

CHECK = Check(
    title_shown="Fixes come with a test",
    title_not_shown="Fixes without a test",
    looks_for="Fix commits that also change a test.",
    why="A test with the fix keeps the fault from coming back, and proves that it was understood.",
    advice="Write the test that fails first, then the fix, and commit both together.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two fixes change a test too; partly with one.",
    does_not_count="Fixes of tests alone.",
    skills=("Problem solving", "Testing"),
)


def run(history: History, tests: Tests) -> Verdict:
    """Fixes with tests."""
    found = fixes(history)
    if not found or not tests.cases:
        return not_applicable("No fixes, or no tests that could come with them.")
    tested = [commit for commit in found if touches_tests(commit)]
    summary = f"{len(tested)} of {count(len(found), 'fix', 'fixes')} change a test too."
    places = [place(commit) for commit in (tested or found)[:3]]
    if len(tested) >= ENOUGH:
        return shown(summary, places, LIKELY)
    return partly(summary, places, LIKELY) if tested else not_shown(summary, places, LIKELY)
