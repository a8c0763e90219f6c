"""Do the tests stand on their own?"""

from __future__ import annotations

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

SKIPPED_MOST = 0.5
FEW = 5
SHAKY_SHARE, SHAKY_MOST = 0.05, 2
"""How many cases may wait or call out: up to one in twenty and one more, that tells nothing of the tests."""

CHECK = Check(
    title_shown="Tests stand on their own",
    title_not_shown="Tests that sleep, are skipped or need the network",
    title_partly="Tests could stand better on their own",
    looks_for="Fixtures or factories, and the absence of sleeps, skipped majorities and real hosts.",
    why="Tests that depend on time, order or other people's servers fail by chance and are soon ignored.",
    advice="Replace sleeps by waiting for the condition, and calls to real hosts by a recorded or local answer.",
    effort=Effort.HOURS,
    level=4,
    shown_when="Fixtures or factories are used, next to no case sleeps or calls a real host, at most half are skipped.",
    does_not_count="A handful of tests: from five cases on this is judged. A sleep in a loop that waits for something.",
    computed="Parsed cases: skipped ones, fixed sleeps outside a loop, and requests to real hosts; fixtures are set-up"
    " functions, factories, builders and helpers of the tests. Up to one case in twenty may wait, and"
    " one more.",
    limits="Whether cases depend on each other's order or data is not traced.",
    links=("https://martinfowler.com/articles/nonDeterminism.html",),
    skills=("Testing",),
    needs=(Depth.TESTS,),
    before="def test_sends():\n    send_mail()\n    time.sleep(2)\n    assert outbox",
    pattern="def test_sends(outbox):\n    send_mail()\n"
    '    wait_until(lambda: outbox, seconds=5)\n    assert outbox[0].subject == "Welcome"',
)


def run(tests: Tests) -> Verdict:
    """Looks for what makes tests fail by chance."""
    cases = server_cases(tests)
    if len(cases) < FEW:
        return not_applicable(f"{count(len(cases), 'test case')}: too few to judge.")
    skipped = [case for case in cases if case.fact.skipped]
    shaky = [case for case in cases if case.fact.sleeps or case.fact.real_network]
    if len(skipped) > SKIPPED_MOST * len(cases):
        return not_shown(
            f"{len(skipped)} of {len(cases)} test cases are skipped.", evidence(skipped, "skipped"), LIKELY
        )
    if len(shaky) >= SHAKY_MOST and len(shaky) - 1 > SHAKY_SHARE * len(cases):
        first = f"{shaky[0].path}:{shaky[0].fact.line}"
        return partly(
            f"{len(shaky)} of {count(len(cases), 'test case')} {'waits' if len(shaky) == 1 else 'wait'} by the clock or"
            f" {'calls' if len(shaky) == 1 else 'call'} a real host.",
            evidence(shaky, "waits by the clock or calls out"),
            LIKELY,
            advice=f"Wait for the condition, and answer calls to real hosts locally; start with {first}.",
        )
    if not tests.fixtures:
        return could_not_tell(
            "Next to no case waits or calls out; what sets the scene of the cases was not recognised."
        )
    return shown(_standing(len(shaky), len(cases)), evidence(tests.fixtures[:3]), LIKELY)


def _standing(shaky: int, total: int) -> str:
    if not shaky:
        return "Fixtures or factories set the scene; no case waits or calls a real host."
    waiting = "waits or calls" if shaky == 1 else "wait or call"
    return f"Fixtures or factories set the scene; {shaky} of {total} cases {waiting} out, which is next to none."
