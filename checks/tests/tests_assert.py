"""Do the test cases assert something real?"""

from __future__ import annotations

import re

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

ENOUGH, SOME = 0.9, 0.6
SMOOTH = re.compile(
    r"(?:(?<![A-Za-z])(?:not|no|never|without)|Not|No|Never|Without|n'?t(?=[ _]))[ _-]?(?:[aA]ny[ _-]?)?"
    r"(?:[tT]hrow|[rR]ais|[fF]ail|[eE]rror|[eE]xception|[cC]rash|[pP]anic)"
)
"""Names of cases that only say that nothing fails: such a case asserts by running through."""
FEW = 3
"""Cases from which on it is judged what they assert."""

CHECK = Check(
    title_shown="Tests assert something real",
    title_not_shown="Tests without an assertion",
    title_partly="Some tests assert nothing",
    looks_for="Assertions in each test case that could fail for a reason in the code.",
    why="A test that cannot fail protects nothing; reviewers open a few tests and look for exactly this.",
    advice="Give each listed test an assertion on the result: the answer's status and body, the stored row.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 90 % of the test cases assert something real, one more or less; partly from 60 %. Judged from "
    "three cases on where some assert nothing.",
    does_not_count="Constant assertions such as assert True, requests whose answer is never looked at, empty bodies,"
    " and cases that a project generator left behind.",
    limits="Helpers of other files are told by their names alone; home-made assertion libraries may be missed.",
    links=("https://martinfowler.com/bliki/AssertionFreeTesting.html",),
    computed="The cases of the server's tests that are not skipped, parsed one by one: the share with at least one"
    " assertion that can fail, its own or that of a helper it calls, or a name by which nothing may fail."
    " 90 % and 60 % are this tool's own thresholds.",
    skills=("Testing",),
    needs=(Depth.TESTS,),
    before='def test_creates_note(client):\n    client.post("/notes", json={"text": "milk"})',
    pattern='def test_creates_note(client):\n    answer = client.post("/notes", json={"text": "milk"})\n'
    '    assert answer.status_code == 201\n    assert answer.json()["text"] == "milk"',
)


def run(tests: Tests) -> Verdict:
    """The share of cases with a real assertion."""
    judged = [case for case in server_cases(tests) if not case.fact.skipped]
    if not judged:
        return not_applicable("There are no test cases.")
    empty = [case for case in judged if not (case.fact.assertions or SMOOTH.search(case.fact.name[:300]))]
    if empty and len(judged) < FEW:
        return not_applicable(f"{count(len(judged), 'test case')}: too few to judge what they assert.")
    share = 1 - max(0, len(empty) - 1) / len(judged) if len(empty) < len(judged) else 0.0
    outcome = by_share(share, ENOUGH, SOME)
    asserting = len(judged) - len(empty)
    summary = f"{asserting} of {count(len(judged), 'test case')} assert something; {round(ENOUGH * 100)} % needed."
    proof = evidence(empty, "asserts nothing of the program") if empty else evidence(judged[:3], "asserts")
    first = f"{empty[0].path}:{empty[0].fact.line}" if empty else ""
    advice = f"Give {count(len(empty), 'test')} an assertion on the result; start with {first}." if empty else None
    return Verdict(outcome=outcome, summary=summary, evidence=proof, advice=advice, at=empty[0].path if empty else None)
