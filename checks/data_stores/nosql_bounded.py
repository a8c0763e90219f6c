"""Are reads bounded?"""

from __future__ import annotations

from checks.data_stores._queries import lists
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

MOST = 2
"""Unbounded reads for each bounded one that nobody objects to."""

CHECK = Check(
    title_shown="Reads are bounded",
    title_not_shown="Whole collections are read",
    looks_for="Limits, projections and pages.",
    why="A collection grows; reading it whole stops working one day.",
    advice="Read lists with a limit, and only the fields that are needed.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Queries that read many limit or project what they read; partly where fewer than a third do.",
    does_not_count="Reads by id.",
    skills=("NoSQL",),
    needs=(Depth.DATA,),
)


def run(code: Code) -> Verdict:
    """Bounded reads against queries that read many."""
    queries = lists(code)
    found = code.of(SignKind.NOSQL_BOUNDED)
    modules = {item.path for item in queries} | {item.path for item in found}
    pages = [item for item in code.of(SignKind.PAGINATION) if item.path in modules]
    places = {(item.path, item.fact.line) for item in found}
    open_ = [item for item in queries if (item.path, item.fact.line) not in places]
    if found and len(open_) <= MOST * len(found):
        return shown(f"{count(len(found), 'bounded read')}, {len(open_)} not.", evidence(found[:3], "bounded"), LIKELY)
    if not queries:
        return not_applicable("No query on a document store reads many.")
    first = f"{open_[0].path}:{open_[0].fact.line}" if open_ else ""
    advice = f"Read lists with a limit, and only the fields that are needed; start with {first}."
    proof = evidence(open_[:4], "reads without a limit")
    if found or pages:
        return partly(f"{count(len(found), 'bounded read')}, {len(open_)} not.", proof, LIKELY, advice=advice)
    return not_shown(f"{count(len(open_), 'list read')}, none bounded.", proof, LIKELY, advice=advice)
