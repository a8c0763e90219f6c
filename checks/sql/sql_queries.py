"""Are there queries beyond reading rows?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

RICH = (Feature.GROUP, Feature.SUBQUERY, Feature.CTE, Feature.WINDOW)
FEW = 6

CHECK = Check(
    title_shown="Queries group, aggregate or nest",
    title_not_shown="Queries only read and write rows",
    looks_for="GROUP BY with aggregates, subqueries, CTEs or window functions, or the ORM's equal.",
    why="Reports, rankings and totals belong into the database; interviewers ask for them.",
    advice="Answer one question of the domain with a grouped query, such as totals per customer or per month.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A query groups, nests, or uses a CTE or window function; partly with a plain aggregate.",
    does_not_count="Totals computed in a loop in code.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data) -> Verdict:
    """Looks for features beyond filter and order."""
    rich = [item for item in data.statements if set(RICH) & set(item.fact.features)]
    if rich:
        used = sorted({feature.value for item in rich for feature in item.fact.features if feature in RICH})
        return shown(f"{count(len(rich), 'query', 'queries')} with {', '.join(used)}.", evidence(rich[:4]))
    counted = [item for item in data.statements if Feature.AGGREGATE in item.fact.features]
    if counted:
        return partly(f"{count(len(counted), 'aggregate')}, without grouping.", evidence(counted[:3], "an aggregate"))
    reads = [item for item in data.statements if item.fact.verb == "select"]
    if len(reads) < FEW or len(data.tables) < 2:
        return not_applicable("Too few queries to expect more than reading rows.")
    return not_shown(f"None of {count(len(reads), 'query', 'queries')} groups or nests.", evidence(reads[:2]), LIKELY)
