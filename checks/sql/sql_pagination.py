"""Are list reads bounded?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="List reads are bounded",
    title_not_shown="Lists are read whole",
    looks_for="LIMIT or the ORM's equal on queries that read many rows.",
    why="A table that has grown must not be read whole for one page of a client.",
    advice="Read lists with a limit and an offset or cursor from the request, with a largest page size.",
    effort=Effort.HOURS,
    level=3,
    shown_when="List reads take a limit, or pages are set up in code; partly where only some do.",
    does_not_count="Reads of one row, aggregates.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data, code: Code) -> Verdict:
    """Bounded against unbounded list reads."""
    lists = [item for item in data.statements if item.fact.verb == "select" and item.fact.many and item.fact.function]
    bounded = [item for item in lists if Feature.LIMIT in item.fact.features]
    bounded += [item for item in data.statements if Feature.LIMIT in item.fact.features and item not in bounded]
    pages = code.of(SignKind.PAGINATION)
    unbounded = [item for item in lists if Feature.LIMIT not in item.fact.features]
    if not lists and not bounded:
        return not_applicable("No query that reads a list.")
    if (bounded or pages) and len(unbounded) <= 2 * len(bounded) + 2 * len(pages):
        return shown(
            f"{count(len(bounded) or len(pages), 'list read')} bounded.", evidence([*bounded[:3], *pages[:2]]), LIKELY
        )
    if bounded or pages:
        summary = f"{len(bounded) or len(pages)} list reads are bounded, {len(unbounded)} are not."
        return partly(summary, evidence(unbounded[:4], "reads the whole list"), LIKELY)
    summary = f"{count(len(unbounded), 'query', 'queries')} read whole lists; none has a limit."
    return not_shown(summary, evidence(unbounded[:6], "reads the whole list"), LIKELY, at=unbounded[0].path)
