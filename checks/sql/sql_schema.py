"""Is the schema in version control?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

CATALOGUES = ("information_schema", "pg_", "sqlite_", "mysql.", "sys.", "performance_schema")
CATALOGUE_TABLES = frozenset("tables columns schemata routines key_column_usage table_constraints dual".split())
"""Tables that a server brings along, by prefix and by name."""

CHECK = Check(
    title_shown="The schema is in version control",
    title_not_shown="The schema is not in version control",
    looks_for="DDL, migrations or ORM models that create the tables.",
    why="Without the schema nobody can run the project, and no change to it can be reviewed.",
    advice="Commit the CREATE TABLE statements, or better a first migration.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Tables are declared by DDL, a migration or a model.",
    does_not_count="Tables that only statements mention, database files.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data) -> Verdict:
    """Looks for table declarations."""
    if data.tables:
        sources = ", ".join(sorted({item.fact.source for item in data.tables}))
        return shown(
            f"{count(len(data.tables), 'table')} declared ({sources}).", evidence(data.tables[:4], "declares it")
        )
    raw = [item for item in data.statements if item.fact.layer == "sql" and item.fact.understood and _own(item.fact)]
    if not raw:
        return not_applicable("No statement against a relational database.")
    names = sorted({name for item in raw for name in _own(item.fact)})
    return not_shown(
        f"Statements use {', '.join(names[:5])}; nothing in the repository declares them.",
        evidence(raw[:3], "uses a table that is not declared"),
        at=raw[0].path,
    )


def _own(statement: Statement) -> list[str]:
    """The tables of a statement that are no catalogue of the server."""
    names = [name.lower() for name in statement.tables]
    return [name for name in names if not name.startswith(CATALOGUES) and name not in CATALOGUE_TABLES]
