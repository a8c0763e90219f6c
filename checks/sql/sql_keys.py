"""Do tables have primary and foreign keys?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

MOST = 0.8

CHECK = Check(
    title_shown="Tables have keys and refer to one another",
    title_not_shown="Keys are missing",
    looks_for="Primary keys on tables, and foreign keys between them.",
    why="Keys are what makes a database relational: without them rows repeat and references dangle.",
    advice="Give each table a primary key and declare each reference as a foreign key.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 80 % of the tables have a primary key and, from two tables on, some table has a foreign key.",
    does_not_count="A column named user_id without a declared reference.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data) -> Verdict:
    """Looks at every declared table with columns."""
    tables = [item for item in data.tables if item.fact.columns]
    if not tables:
        return not_applicable("No table with columns is declared.")
    keyless = [item for item in tables if not any(column.primary for column in item.fact.columns)]
    linked = [item for item in tables if any(column.references for column in item.fact.columns)]
    keyed = len(tables) - len(keyless)
    summary = f"{keyed} of {count(len(tables), 'table')} have a primary key, {len(linked)} a foreign key."
    enough = keyed >= MOST * len(tables)
    if enough and (linked or len(tables) == 1):
        return shown(summary, evidence([*linked[:3], *tables[:1]], "declares its keys"))
    if keyed or linked:
        if enough:
            return partly(summary, evidence(tables[:3], "refers to no other table"))
        return partly(summary, evidence(keyless[:4] or tables[:3], "no primary key"))
    return not_shown(summary, evidence(keyless[:4], "no primary key"))
