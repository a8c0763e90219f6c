"""Are error paths tested?"""

from __future__ import annotations

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

ENOUGH = 0.2
NEAR, SMALL, MISSED = 2, 10, 0.05
"""Cases that expect an error from which on some more are taken for granted, and the cases below which one alone is
enough for that: one may be missed, of many one in twenty."""
FEW = 3
"""Cases from which on it is said that none of them expects an error."""

CHECK = Check(
    title_shown="Error paths are tested",
    title_not_shown="Only the happy path is tested",
    title_partly="Few error paths are tested",
    looks_for="Test cases that expect a 4xx or 5xx answer, an exception, or a refused value.",
    why="Most production faults are error paths: bad input, missing rows, missing rights.",
    advice="For each endpoint add one case that must fail: unknown id, invalid body, no token.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least a fifth of the test cases expect an error, one in twenty more or less; partly where any does.",
    does_not_count="Names that mention errors without an assertion on one. Fewer than three cases are not judged.",
    computed="Parsed cases that expect a 4xx or 5xx, an exception or an error value, those whose rows of data do,"
    " and those"
    " whose name says so and that assert something, over all cases. A fifth is this tool's own"
    " threshold.",
    limits="A refusal that a case expects under a neutral name, by a plain value, may be missed.",
    links=("https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx",),
    skills=("Testing",),
    needs=(Depth.TESTS,),
    before='def test_reads(client):\n    assert client.get("/notes/1").status_code == 200',
    pattern='def test_unknown_note(client):\n    assert client.get("/notes/999").status_code == 404\n\n'
    'def test_empty_text(client):\n    assert client.post("/notes", json={"text": ""}).status_code == 422',
)


def run(tests: Tests) -> Verdict:
    """The share of cases that expect an error."""
    cases = server_cases(tests)
    if not cases:
        return not_applicable("There are no test cases.")
    negative = [case for case in cases if case.fact.negative]
    total = len(cases)
    if total < FEW and not negative:
        return not_applicable(f"{count(total, 'test case')}: too few to judge which paths they take.")
    sure = len(negative) >= NEAR or (negative and total < SMALL)
    near = len(negative) + max(1, round(total * MISSED)) if sure else len(negative)
    expecting = "expects" if len(negative) == 1 else "expect"
    return Verdict(
        outcome=by_share(near / total, ENOUGH, 0.5 / total),
        summary=f"{len(negative)} of {count(total, 'test case')} {expecting} an error; a fifth needed.",
        evidence=evidence(negative[:4], "expects an error or a refusal"),
        confidence=Confidence.LIKELY,
        at=cases[0].path,
    )
