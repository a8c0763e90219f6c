"""Does a fix come with a test?"""

from __future__ import annotations

from checks.problem_solving._fixes import at_program, testable, tested
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

ENOUGH = 2
PLENTY, FEW = 5, 8
"""Fixes from which on it is said that none came with a test, and that one with a test is too little."""

CHECK = Check(
    title_shown="Fixes come with a test",
    title_partly="One fix comes with a test",
    title_not_shown="Fixes without a test",
    looks_for="Fix commits that change the program and a test together.",
    why="A test with the fix keeps the fault from coming back, and proves that it was understood.",
    advice="Write the test that fails first, then the fix, and commit both together.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two fixes come with a test; partly with one of eight or more. That none does is said from "
    "five fixes on.",
    skills=("Problem solving", "Testing"),
    does_not_count="Fixes of tests, builds, documents and settings alone; fixes that do not say of "
    "what, or that only take lines away; fewer than five fixes.",
    computed="Of the own commits that say they mend a fault and that touch source code, those are counted that "
    "also add to a test, told by its path, or beside which a commit adds to tests alone. "
    "Fixes count that are as new as the first of the tests that are there today; "
    "a generator's tests are none. Two with a test are enough.",
    limits="A test in a commit of its own is seen directly before or after the fix alone. Whether the test fails "
    "without the fix is not tried.",
    links=("https://martinfowler.com/bliki/SelfTestingCode.html",),
    before="fix: total of an empty cart      src/cart.ts",
    pattern="fix: total of an empty cart      src/cart.ts\n"
    "                                 test/cart.test.ts\n"
    '  it("sums an empty cart to 0", ...)',
)


def run(history: History, tests: Tests) -> Verdict:
    """Fixes with tests."""
    own_tests = {item.path for item in tests.cases if not item.fact.stock}
    since = _with_tests(history, own_tests)
    found = [commit for commit in testable(history) if commit.oid in since]
    accompanied = tested(history, found)
    few = len(found) < (FEW if accompanied else PLENTY)
    if (few and len(accompanied) < ENOUGH) or not own_tests:
        return not_applicable("Hardly any fixes of the program, or no own tests yet that could come with them.")
    summary = f"{len(accompanied)} of {count(len(found), 'fix', 'fixes')} come with a test."
    places = [at_program(commit) for commit in (accompanied or found)[:3]]
    if len(accompanied) >= ENOUGH:
        return shown(summary, places, LIKELY)
    return partly(summary, places, LIKELY) if accompanied else not_shown(summary, places, LIKELY)


def _with_tests(history: History, own_tests: set[str]) -> frozenset[str]:
    """The commits that are newer than the first with a test of one's own, and that one where it is a fix."""
    found: list[str] = []
    begun = False
    for commit in reversed(history.commits):
        begun = begun or any(change.path in own_tests for change in commit.changes)
        if begun:
            found.append(commit.oid)
    return frozenset(found)
