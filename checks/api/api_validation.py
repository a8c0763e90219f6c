"""Are bodies and parameters validated before use?"""

from __future__ import annotations

from checks.api._endpoints import WITH_BODY, served, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

BY_HAND = "hand-written"

CHECK = Check(
    title_shown="Request bodies are validated",
    title_not_shown="Request bodies are used as they come",
    looks_for="Schemas, DTOs, serializers, form requests or explicit checks on what clients send.",
    why="Everything a client sends may be missing, of another type or hostile.",
    advice="Declare a schema for each body, and answer 400 or 422 with the fields that are wrong.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A validation library or schema is used where bodies are taken; partly with checks written by hand.",
    does_not_count="Constraints of the database, checks in the client.",
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Validation signs against endpoints that take a body."""
    taking = [item for item in served(api) if item.method in WITH_BODY]
    if not taking:
        return not_applicable("No endpoint takes a body.")
    signs = code.of(SignKind.VALIDATION)
    declared = [item for item in signs if item.fact.detail != BY_HAND]
    by_hand = [item for item in signs if item.fact.detail == BY_HAND]
    bodies = count(len(taking), "endpoint that takes", "endpoints that take")
    if declared:
        libraries = ", ".join(sorted({item.fact.detail for item in declared})[:3])
        return shown(f"{bodies} a body; validated by {libraries}.", evidence(declared[:4], "validates"))
    covered = [item for item in taking if within(item, by_hand)]
    if by_hand:
        summary = f"{bodies} a body; {count(len(by_hand), 'check')} by hand, in {len(covered)} of the handlers."
        if 2 * len(covered) > len(taking):
            return shown(summary, evidence(by_hand[:4], "checks what was sent"), LIKELY)
        return partly(summary, evidence(by_hand[:4], "checks what was sent"), LIKELY)
    return not_shown(f"{bodies} a body; no validation was found.", evidence(taking[:4], "takes a body"), LIKELY)
