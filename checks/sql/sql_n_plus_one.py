"""Are there queries inside loops over rows?"""

from __future__ import annotations

from checks.sql._application import application
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEW = 3
RARE = 10
"""Other queries for each looped one, from which on the loop is an exception."""

CHECK = Check(
    title_shown="No query inside a loop",
    title_partly="A query inside a loop",
    title_not_shown="Queries inside loops",
    looks_for="A read inside a loop over rows.",
    why="One query per row (N+1) is the most common reason for a slow endpoint.",
    advice="Read the rows before the loop: a join, an IN list, or the ORM's eager loading.",
    effort=Effort.HOURS,
    level=3,
    shown_when="No query stands in a loop, with at least three to judge; partly with one in more than ten.",
    does_not_count="Loops of seeders, imports and migrations; writes; the query that a loop goes over; the condition "
    "of a while loop, retries, and loops over constants.",
    computed="Reads of a known table by a parsed call inside a loop or an iterating block of the same function, out of "
    "all reads in functions. One in more than ten is taken for an exception.",
    limits="Lazy relations that a template or serializer touches are not traced; nor are queries in a function that a "
    "loop calls.",
    links=("https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="for order in orders:\n    order.lines = find_lines(order.id)",
    pattern="lines = find_lines_of([order.id for order in orders])   # WHERE order_id IN (...)\n"
    'by_order = group_by(lines, "order_id")\nfor order in orders:\n    order.lines = by_order[order.id]',
)


def run(data: Data) -> Verdict:
    """Reads of a known table inside loops."""
    reads = [item for item in application(data.statements) if item.fact.verb == "select"]
    looped = [item for item in reads if item.fact.in_loop and item.fact.tables]
    if looped:
        first = f"{looped[0].path}:{looped[0].fact.line}"
        say = partly if len(looped) * RARE < len(reads) else not_shown
        return say(
            f"{len(looped)} of {count(len(reads), 'query', 'queries')} in a loop, once per turn.",
            evidence(looped, "runs in a loop"),
            LIKELY,
            advice=f"Read the rows before the loop, by a join, an IN list or eager loading; start with {first}.",
            at=looped[0].path,
        )
    if len(reads) < FEW:
        return not_applicable("Too few queries in functions to judge.")
    return shown(f"None of {count(len(reads), 'query', 'queries')} runs in a loop.", evidence(reads[:2]), LIKELY)
