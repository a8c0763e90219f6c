"""Are reads bounded?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Reads are bounded",
    title_not_shown="Whole collections are read",
    looks_for="Limits, projections and pages.",
    why="A collection grows; reading it whole stops working one day.",
    advice="Read lists with a limit, and only the fields that are needed.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Queries limit or project what they read.",
    does_not_count="Reads by id.",
    skills=("NoSQL",),
    needs=(Depth.DATA,),
)


def run(code: Code) -> Verdict:
    """Bounded reads against queries."""
    queries = code.of(SignKind.NOSQL_QUERY)
    found = code.of(SignKind.NOSQL_BOUNDED)
    if found:
        return shown(f"{count(len(found), 'bounded read')}.", evidence(found[:3], "bounded"), LIKELY)
    if len(queries) < 3:
        return not_applicable("Too few queries on a document store to judge.")
    return not_shown(f"{count(len(queries), 'query', 'queries')}, and none is bounded.", evidence(queries[:3]), LIKELY)
