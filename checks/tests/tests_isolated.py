"""Do the tests stand on their own?"""

from __future__ import annotations

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

SKIPPED_MOST = 0.5
FEW = 5

CHECK = Check(
    title_shown="Tests stand on their own",
    title_not_shown="Tests that sleep, are skipped or need the network",
    looks_for="Fixtures or factories, and the absence of sleeps, skipped majorities and real hosts.",
    why="Tests that depend on time, order or other people's servers fail by chance and are soon ignored.",
    advice="Replace sleeps by waiting for the condition, and calls to real hosts by a recorded or local answer.",
    effort=Effort.HOURS,
    level=4,
    shown_when="Fixtures are used, no case sleeps or calls a real host, and at most half are skipped.",
    does_not_count="A handful of tests: from five cases on this is judged.",
    skills=("Testing",),
    needs=(Depth.TESTS,),
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
    if shaky:
        first = f"{shaky[0].path}:{shaky[0].fact.line}"
        return partly(
            f"{len(shaky)} of {len(cases)} test cases wait by the clock or call a real host.",
            evidence(shaky, "waits by the clock or calls out"),
            LIKELY,
            advice=f"Wait for the condition, and answer calls to real hosts locally; start with {first}.",
        )
    if not tests.fixtures:
        return partly("No case waits or calls out, but no fixtures or factories set the scene.", confidence=LIKELY)
    return shown("Fixtures set the scene; no case waits or calls a real host.", evidence(tests.fixtures[:3]), LIKELY)
