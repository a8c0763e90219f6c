"""Are there queries beyond reading rows?"""

from __future__ import annotations

from checks.sql._application import application, own_tables, parsed
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

RICH = (Feature.GROUP, Feature.SUBQUERY, Feature.CTE, Feature.WINDOW)
FEW = 10
MOST = 0.8
"""The share of reads that must be parsed SQL before absence is said."""
WHOLE = ("Prisma", "GORM")
"""Mappers whose means of grouping and nesting are few and all known."""

CHECK = Check(
    title_shown="Queries group, aggregate or nest",
    title_partly="Queries aggregate, without grouping",
    title_not_shown="No query groups, aggregates or nests",
    looks_for="GROUP BY with aggregates, subqueries, CTEs or window functions, or the ORM's equal.",
    why="Reports, rankings and totals belong into the database; interviewers ask for them.",
    advice="Answer one question of the domain with a grouped query, such as totals per customer or per month.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A query groups, nests, or uses a CTE or window function; partly with a plain aggregate.",
    does_not_count="Totals computed in a loop in code; queries of seeds and migrations.",
    computed="Features of parsed SQL, and of the ORM's methods by name (group_by, annotate, whereHas, GroupBy, a query "
    "inside a condition). Something is said only of ten reads or more, on two tables or more: a lack, where four "
    "fifths of them are parsed SQL; partly, where parsed SQL, Prisma or GORM aggregate. Of other mappers nothing "
    "is said.",
    limits="Views and stored procedures that are not in the repository, and queries put together across several "
    "functions, are not seen whole.",
    links=("https://www.postgresql.org/docs/current/tutorial-agg.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="SELECT customer_id, total FROM orders;   -- summed in a loop afterwards",
    pattern="SELECT customer_id, count(*) AS orders, sum(total) AS spent\nFROM orders\nGROUP BY customer_id\n"
    "HAVING sum(total) > 100\nORDER BY spent DESC;",
)


def run(data: Data, code: Code) -> Verdict:
    """Looks for features beyond filter and order."""
    rich = [item for item in data.statements if set(RICH) & set(item.fact.features)]
    if rich:
        used = sorted({feature.value for item in rich for feature in item.fact.features if feature in RICH})
        return shown(f"{count(len(rich), 'query', 'queries')} with {', '.join(used)}.", evidence(rich[:4]))
    parts = code.of(SignKind.QUERY_PART)
    if parts and (data.statements or data.tables):
        names = ", ".join(sorted({item.fact.detail for item in parts})[:4])
        return shown(f"Queries group or nest in {count(len(parts), 'place')} ({names}).", evidence(parts[:4]), LIKELY)
    served = application(data.statements)
    reads = [item for item in served if item.fact.verb == "select"]
    raw = parsed(reads)
    known = len(raw) + sum(item.fact.layer in WHOLE for item in reads)
    counted = [item for item in reads if Feature.AGGREGATE in item.fact.features]
    if len(reads) < FEW or len(own_tables(data.tables)) < 2:
        return not_applicable("Too few queries to expect more than reading rows.")
    if counted and known >= MOST * len(reads):
        said = f"{count(len(counted), 'aggregate')}; no grouping or nesting was found."
        return partly(said, evidence(counted[:3], "an aggregate"), LIKELY)
    if counted or len(raw) < MOST * len(reads):
        return not_applicable("Most queries go through a mapper; that none of them groups or nests is not known.")
    said = f"No grouping, aggregate or nesting was found in {count(len(reads), 'query', 'queries')}."
    return not_shown(said, evidence(reads[:2], "reads rows"), LIKELY)
