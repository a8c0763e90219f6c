"""Is the schema in version control?"""

from __future__ import annotations

from checks.sql._application import is_catalogue
from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Data, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

SCHEMA_FILES = (".sql", ".sql.gz", ".dump", ".dbml", ".mwb")
"""Endings of files that may declare tables."""
SCRIPTS = (".sql", ".ipynb")
"""Endings of files whose statements somebody runs by hand, often on a database that others made."""

HOST_TABLES = frozenset(
    "posts postmeta comments commentmeta terms term_taxonomy term_relationships termmeta users usermeta options links"
    " blogs sitemeta site signups".split()
)
"""Tables that WordPress makes, by the names that it gives them without a prefix."""

CHECK = Check(
    title_shown="The schema is in version control",
    title_not_shown="The schema is not in version control",
    looks_for="DDL, migrations or ORM models that create the tables.",
    why="Without the schema nobody can run the project, and no change to it can be reviewed.",
    advice="Commit the CREATE TABLE statements, or better a first migration.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Tables are declared by DDL, a migration or a model.",
    does_not_count="Tables that only statements mention, database files; tables of a content system's host, and those "
    "that scripts and notebooks alone ask.",
    computed="Tables declared by DDL, migrations or models are counted. Said only where raw SQL uses tables, none is "
    "declared, and no SQL file was left unread.",
    limits="A dump that is too large to read, or a schema in another repository, is not judged.",
    links=("https://www.postgresql.org/docs/current/ddl-basics.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="README: create a table notes with a title and an owner.",
    pattern="-- db/schema.sql\nCREATE TABLE notes (\n  id integer PRIMARY KEY,\n  title text NOT NULL\n);",
)


def run(data: Data, project: Project) -> Verdict:
    """Looks for table declarations."""
    if data.tables:
        sources = ", ".join(sorted({item.fact.source for item in data.tables}))
        return shown(
            f"{count(len(data.tables), 'table')} declared ({sources}).", evidence(data.tables[:4], "declares it")
        )
    hosted = any(layer.name.startswith(("wpdb", "WordPress")) for layer in data.layers)
    raw = [
        item
        for item in data.statements
        if item.fact.layer == "sql"
        and item.fact.understood
        and _own(item.fact)
        and not (hosted and HOST_TABLES.issuperset(_own(item.fact)))
    ]
    if not raw:
        return not_applicable("No statement against a relational database.")
    if all(item.path.endswith(SCRIPTS) for item in raw):
        return not_applicable("Scripts alone ask tables; whose database that is, is not known.")
    unread = [file.path for file in project.files if file.path.endswith(SCHEMA_FILES) and file.facts is None]
    if unread:
        return not_applicable(f"{unread[0]} was not read, and may declare the tables.")
    names = sorted({name for item in raw for name in _own(item.fact)})
    return not_shown(
        f"Statements use {', '.join(names[:5])}; no declaration of them was found.",
        evidence(raw[:3], "uses a table that is not declared"),
        LIKELY,
        at=raw[0].path,
    )


def _own(statement: Statement) -> list[str]:
    """The tables of a statement that are no catalogue of the server."""
    return [name.lower() for name in statement.tables if not is_catalogue(name)]
