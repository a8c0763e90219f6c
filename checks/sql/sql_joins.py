"""Are relations read with joins or eager loading?"""

from __future__ import annotations

from checks.sql._application import application, declared, key_of, names_of, parsed
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, Table
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

FEW, RELATED = 3, 2
"""Reads, and tables that refer to others, from which on joins are looked for."""
MOST = 0.8
"""The share of reads that must be parsed SQL before absence is said."""
BY_DEFAULT = " by default"
"""How a means of loading ends that stands in the code without a word on loading."""

CHECK = Check(
    title_shown="Relations are read with joins",
    title_not_shown="No query joins tables",
    looks_for="JOIN in statements, or the ORM's equal: joins, select_related, joinedload, include, relations.",
    why="Reading related rows in one query is what a relational database is for.",
    advice="Read a list and its related rows in one query: a join, or the ORM's eager loading.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least one query joins tables or loads a relation eagerly.",
    does_not_count="Two queries in a row, lazy attributes; tables that no query reads, and those of libraries.",
    computed="Joins in parsed SQL and the ORM's methods and settings by name (include, joinedload, fetch = EAGER). "
    "Where JPA's default alone reads related rows, the check does not apply. "
    "A lack is said where at least three queries of the application read "
    "tables that refer to one another, of which two or more refer to a table that is read as well, and four fifths of "
    "them are parsed SQL: paths of a mapper join without a word.",
    limits="Views, and eager loading set up in a library of one's own, are not seen.",
    links=("https://www.postgresql.org/docs/current/tutorial-join.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="orders = db.orders(customer)\nfor order in orders:\n    order.lines = db.lines(order.id)",
    pattern="SELECT o.id, o.placed_at, l.product, l.amount\nFROM orders o\n"
    "JOIN order_lines l ON l.order_id = o.id\nWHERE o.customer_id = ?;",
)


def run(data: Data, code: Code) -> Verdict:
    """Looks for joins where tables refer to one another."""
    joined = [item for item in data.statements if {Feature.JOIN, Feature.EAGER} & set(item.fact.features)]
    loaded = code.of(SignKind.EAGER_LOAD)
    eager = [item for item in loaded if not item.fact.detail.endswith(BY_DEFAULT)]
    if joined or (eager and (data.statements or data.tables)):
        number = len(joined) or len(eager)
        return shown(
            f"Related rows are read at once in {count(number, 'query', 'queries')}.",
            evidence([*joined[:3], *eager[:2]]),
        )
    if loaded:
        return not_applicable("Related rows are read at once by the mapper's default; nobody chose it.")
    reads = [item for item in application(data.statements) if item.fact.verb == "select"]
    related, ends = _related(declared(data.tables), {key_of(name) for item in reads for name in item.fact.tables})
    reads = [item for item in reads if not item.fact.tables or ends & {key_of(name) for name in item.fact.tables}]
    if len(related) < RELATED or len(reads) < FEW:
        return not_applicable("Too few reads of tables that refer to one another.")
    if len(parsed(reads)) < MOST * len(reads):
        return not_applicable("Most queries go through a mapper; that none of them joins is not known.")
    tables = count(len(related), "table")
    summary = f"{tables} with references; no join was found in {count(len(reads), 'query', 'queries')} of them."
    return not_shown(summary, evidence(related[:3], "refers to another table"), LIKELY, at=reads[0].path)


def _related(tables: list[At[Table]], read: set[str]) -> tuple[list[At[Table]], set[str]]:
    """Tables that selects read and that refer to others which they read as well, with the names of both."""
    related, ends = [], set()
    for item in tables:
        names = names_of(item.fact) & read
        others = {key_of(column.references.partition(".")[0]) for column in item.fact.columns if column.references}
        if names and others & (read - names):
            related.append(item)
            ends |= names | (others & read)
    return related, ends
