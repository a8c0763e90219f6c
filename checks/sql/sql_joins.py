"""Are relations read with joins or eager loading?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

FEW = 3

CHECK = Check(
    title_shown="Relations are read with joins",
    title_not_shown="No query joins tables",
    looks_for="JOIN in statements, or the ORM's equal: joins, select_related, joinedload, include, relations.",
    why="Reading related rows in one query is what a relational database is for.",
    advice="Read a list and its related rows in one query: a join, or the ORM's eager loading.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least one query joins tables or loads a relation eagerly.",
    does_not_count="Two queries in a row, lazy attributes.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data, code: Code) -> Verdict:
    """Looks for joins where tables refer to one another."""
    joined = [item for item in data.statements if {Feature.JOIN, Feature.EAGER} & set(item.fact.features)]
    eager = code.of(SignKind.EAGER_LOAD)
    if joined or (eager and (data.statements or data.tables)):
        number = len(joined) or len(eager)
        return shown(
            f"Related rows are read at once in {count(number, 'query', 'queries')}.",
            evidence([*joined[:3], *eager[:2]]),
        )
    related = [item for item in data.tables if any(column.references for column in item.fact.columns)]
    reads = [item for item in data.statements if item.fact.verb == "select"]
    if not related or len(reads) < FEW:
        return not_applicable("Too few reads of tables that refer to one another.")
    tables = count(len(related), "table")
    summary = f"{tables} with references; none of {count(len(reads), 'query', 'queries')} joins them."
    return not_shown(summary, evidence(related[:3], "refers to another table"), LIKELY, at=reads[0].path)
