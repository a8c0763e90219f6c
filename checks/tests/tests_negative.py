"""Are error paths tested?"""

from __future__ import annotations

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

ENOUGH, SOME = 0.2, 0.05

CHECK = Check(
    title_shown="Error paths are tested",
    title_not_shown="Only the happy path is tested",
    looks_for="Test cases that expect a 4xx or 5xx answer, an exception, or a refused value.",
    why="Most production faults are error paths: bad input, missing rows, missing rights.",
    advice="For each endpoint add one case that must fail: unknown id, invalid body, no token.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least a fifth of the test cases expect an error; partly from one in twenty.",
    does_not_count="Names that mention errors without an assertion on one.",
    skills=("Testing",),
    needs=(Depth.TESTS,),
)


def run(tests: Tests) -> Verdict:
    """The share of cases that expect an error."""
    cases = server_cases(tests)
    if not cases:
        return not_applicable("There are no test cases.")
    negative = [case for case in cases if case.fact.negative]
    total = len(cases)
    return Verdict(
        outcome=by_share(len(negative) / total, ENOUGH, SOME),
        summary=f"{len(negative)} of {count(total, 'test case')} expect an error; a fifth needed.",
        evidence=evidence(negative[:4], "expects an error"),
        confidence=Confidence.LIKELY,
        at=cases[0].path,
    )
