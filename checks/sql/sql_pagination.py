"""Are list reads bounded?"""

from __future__ import annotations

from checks.sql._purpose import runs_once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

MOST = 2
"""Whole lists for each bounded one, such as those of a few categories, that nobody objects to."""

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
    lists = [item for item in data.statements if item.fact.function and _reads_many(item.fact)]
    bounded = [item for item in data.statements if Feature.LIMIT in item.fact.features and item.fact.many is not False]
    unbounded = [item for item in lists if Feature.LIMIT not in item.fact.features]
    unbounded = [item for item in unbounded if not runs_once(item.path, item.fact.function)]
    modules = {module.path for module in code.modules}
    pages = [item for item in code.of(SignKind.PAGINATION) if item.path in modules]
    if not unbounded and not bounded:
        return not_applicable("No query that reads a list.")
    many = count(len(unbounded), "list read")
    proof = evidence([*bounded[:3], *pages[:2]], "bounds a list")
    if bounded and len(unbounded) <= MOST * len(bounded):
        return shown(f"{count(len(bounded), 'list read')} bounded, {len(unbounded)} not.", proof, LIKELY)
    if pages and not bounded and len(unbounded) <= MOST * len(pages):
        return shown(f"Pages are taken in {count(len(pages), 'place')}, for {many}.", proof, LIKELY)
    first = f"{unbounded[0].path}:{unbounded[0].fact.line}" if unbounded else ""
    advice = f"Read lists with a limit and an offset or cursor; start with {first}."
    places = evidence(unbounded[:6], "reads the whole list")
    if bounded or pages:
        summary = f"{count(len(bounded) or len(pages), 'list read')} bounded, {len(unbounded)} not."
        return partly(summary, places, LIKELY, advice=advice)
    return not_shown(f"{many}, none with a limit.", places, LIKELY, advice=advice, at=unbounded[0].path)


def _reads_many(statement: Statement) -> bool:
    """Whether a statement reads a list; where the code around does not tell, one in order or without any filter."""
    features = set(statement.features)
    if statement.verb != "select" or statement.many is not None:
        return statement.verb == "select" and bool(statement.many)
    whole = Feature.ORDER in features or not statement.filters
    return whole and bool(statement.tables) and Feature.AGGREGATE not in features
