"""Does the code ask the database for no more than it needs?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Queries name their columns and connections are pooled",
    title_not_shown="SELECT * or connections without a pool",
    looks_for="SELECT * in application code, a connection pool, and locks where rows are contended.",
    why="It tells somebody who has run a database under load from somebody who has not yet.",
    advice="Name the columns in each query, and configure the size of the connection pool.",
    effort=Effort.HOURS,
    level=4,
    shown_when="No SELECT * in application code and a pool or a lock is configured; partly with one of the two.",
    does_not_count="COUNT(*), EXISTS, ad hoc scripts.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data, code: Code) -> Verdict:
    """SELECT * against pools and locks."""
    reads = [item for item in data.statements if item.fact.verb == "select" and item.fact.function]
    if not reads:
        return not_applicable("No query in application code.")
    stars = [item for item in reads if Feature.STAR in item.fact.features]
    care = [*code.of(SignKind.POOL), *(item for item in reads if Feature.LOCK in item.fact.features)]
    if not stars and care:
        return shown("Columns are named, and connections or locks are configured.", evidence(care[:3]), LIKELY)
    if stars and not care:
        summary = f"{count(len(stars), 'query', 'queries')} with SELECT *; no pool is configured."
        return not_shown(summary, evidence(stars[:4], "SELECT *"), LIKELY)
    what = f"{count(len(stars), 'query', 'queries')} with SELECT *." if care else "No pool or lock is configured."
    return partly(what, evidence([*stars[:3], *care[:2]]), LIKELY)
