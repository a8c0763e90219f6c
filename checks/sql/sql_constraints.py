"""Does the schema refuse bad rows?"""

from __future__ import annotations

from checks.sql._application import own_tables
from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Column
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Constraints keep bad rows out",
    title_partly="Few constraints beyond keys",
    title_not_shown="No constraints beyond keys",
    looks_for="NOT NULL, UNIQUE and CHECK, or the ORM's equal, on columns that are no keys.",
    why="Validation in code is forgotten in one place; a constraint holds everywhere, races included.",
    advice="Mark required columns NOT NULL and natural identifiers (e-mail, slug) UNIQUE.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least half of the tables have a constraint beyond keys, and some column is UNIQUE or checked, "
    "alone or together with others.",
    does_not_count="Primary keys, validation in code; tables of libraries and those that a tool makes for a relation.",
    computed="Tables with a NOT NULL, UNIQUE or checked column (or one of an enum) that is no key, out of the tables "
    "with columns that are no keys, "
    "from DDL, migrations and models. Half of the tables is this project's own threshold.",
    limits="Constraints added by hand in the running database, and unique indexes under names that do not say their "
    "columns, are not seen.",
    links=("https://www.postgresql.org/docs/current/ddl-constraints.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="CREATE TABLE notes (\n  id integer PRIMARY KEY,\n  slug text\n);",
    pattern="CREATE TABLE notes (\n  id integer PRIMARY KEY,\n  slug text NOT NULL UNIQUE,\n"
    "  stars integer NOT NULL CHECK (stars BETWEEN 0 AND 5)\n);",
)


def run(data: Data) -> Verdict:
    """Counts tables with constraints beyond keys."""
    tables = own_tables(data.tables)
    if not tables:
        return not_applicable("No table with columns is declared.")
    judged = [(item, plain) for item in tables if (plain := [c for c in item.fact.columns if not _is_key(c)])]
    if not judged:
        return not_applicable("No table has columns beyond keys.")
    strict = [item for item, columns in judged if item.fact.uniques or any(map(_is_strict, columns))]
    loose = [item for item, _ in judged if item not in strict]
    unique = [column for _, columns in judged for column in columns if column.unique or column.checked]
    together = sum(len({_together(names) for names in item.fact.uniques}) for item in tables)
    have = f"{len(strict)} of {count(len(judged), 'table')} have constraints beyond keys"
    also = f", {count(together, 'group')} unique together" if together else ""
    summary = f"{have}; {count(len(unique), 'column')} unique or checked{also}."
    if 2 * len(strict) + 1 >= len(judged) and (unique or together):
        return shown(summary, evidence(strict[:4], "has constraints"))
    advice = "Mark required columns NOT NULL and natural identifiers UNIQUE"
    advice += f"; start with {loose[0].fact.name} ({loose[0].path}:{loose[0].fact.line})." if loose else "."
    if not strict:
        return not_shown(summary, evidence(loose[:4], "no constraint beyond keys"), advice=advice)
    if unique or together:
        return partly(summary, evidence(loose[:4], "no constraint beyond keys"), advice=advice)
    return partly(summary, evidence(strict[:4], "has required columns, none unique or checked"), advice=advice)


def _is_strict(column: Column) -> bool:
    return not column.nullable or column.unique or column.checked


def _is_key(column: Column) -> bool:
    """Whether a column is a primary key, or a reference that says no more than that."""
    return column.primary or bool(column.references and not (column.unique or column.checked))


def _together(names: tuple[str, ...]) -> tuple[str, ...]:
    """Columns that are unique together, alike as a step and a model write them."""
    return tuple(sorted(name.replace("_", "").lower() for name in names))
