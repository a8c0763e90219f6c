"""Are there tests in proportion to the code?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code, Tests
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable, not_shown

ENOUGH, SOME = 0.5, 0.2
CASES_PER_MODULE = 3
LOGIC = 2
"""Complexity from which a function holds a decision worth testing."""

CHECK = Check(
    title_shown="Tests in proportion to the code",
    title_not_shown="Few tests for the amount of code",
    looks_for="Test files and cases against the modules that hold decisions.",
    why="A single test file beside twenty modules says that tests were tried once, not that work is tested.",
    advice="Add a test file for the next untested module with decisions in it.",
    effort=Effort.DAYS,
    level=2,
    shown_when="A test file, or three cases, for at least half of the modules with decisions; partly from a fifth.",
    does_not_count="Modules without any branch, configuration, migrations.",
    limits="Counts, not coverage: which module a test exercises is not traced.",
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.FUNCTIONS),
)


def run(tests: Tests, code: Code) -> Verdict:
    """Test files and cases against modules with logic."""
    logic = sorted({item.path for item in code.functions if item.fact.complexity >= LOGIC})
    if not logic:
        return not_applicable("No module of the candidate's own holds a decision to test.")
    if not tests.cases:
        return not_shown(f"No test case for {count(len(logic), 'module')} with decisions.", at=logic[0])
    covered = max(len(tests.files), len(tests.cases) // CASES_PER_MODULE)
    share = min(1.0, covered / len(logic))
    summary = (
        f"{count(len(tests.cases), 'test case')} in {count(len(tests.files), 'file')} "
        f"for {count(len(logic), 'module')} with decisions; one file for half of them needed."
    )
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=summary,
        evidence=evidence(tests.cases[:2], "a test"),
        confidence=Confidence.LIKELY,
        at=logic[0],
    )
