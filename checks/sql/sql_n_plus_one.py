"""Are there queries inside loops over rows?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

SEEDING = ("seed", "fixture", "migration", "import", "populate", "load_data", "script", "factory")

CHECK = Check(
    title_shown="No query inside a loop",
    title_not_shown="Queries inside loops",
    looks_for="A read inside a loop over rows.",
    why="One query per row (N+1) is the most common reason for a slow endpoint.",
    advice="Read the rows before the loop: a join, an IN list, or the ORM's eager loading.",
    effort=Effort.HOURS,
    level=3,
    shown_when="No query stands in a loop, with at least three queries to judge.",
    does_not_count="Loops of seeders, imports and migrations; writes.",
    limits="Lazy relations that a template or serializer touches are not traced.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)
FEW = 3


def run(data: Data) -> Verdict:
    """Reads inside loops."""
    reads = [item for item in data.statements if item.fact.verb == "select" and item.fact.function]
    looped = [item for item in reads if item.fact.in_loop and not _seeds(item.path, item.fact.function)]
    if looped:
        summary = f"{count(len(looped), 'query', 'queries')} run once per turn of a loop."
        return not_shown(summary, evidence(looped, "runs in a loop"), LIKELY, at=looped[0].path)
    if len(reads) < FEW:
        return not_applicable("Too few queries in functions to judge.")
    return shown(f"None of {count(len(reads), 'query', 'queries')} runs in a loop.", evidence(reads[:2]), LIKELY)


def _seeds(path: str, function: str) -> bool:
    return any(word in f"{path}/{function}".lower() for word in SEEDING)
