"""Does the schema refuse bad rows?"""

from __future__ import annotations

import re

from checks.sql._application import OF_A_PERSON, own_tables
from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Column, Table
from reviewer.model.facts.repository import Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

IDENTIFIER = re.compile(r"(?:slug|isbn(?:_?1[03])?|sku|cpf|cnpj)", re.I)
"""Columns that tell one row from all others, whatever the table."""
PEOPLE = re.compile(r"(?:\w{1,40}_)?(?:app_?|tb_?l?_?)?(?:users?|accounts?|members?|admins?|subscribers?)", re.I)
"""Tables of those who log in, or are written to."""
SECRET = re.compile(r"(?:\w{0,40}_)?(?:hashed_?)?(?:pass(?:word|wd)?|pwd|senha)(?:_?(?:hash|digest|salt))?", re.I)
"""A column that is there for those who log in."""

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
    "alone or together with others, or none calls for it by its name (the e-mail of a user, the "
    "name beside a password that somebody logs in by, slug, isbn, sku).",
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
    enough = 2 * len(strict) + 1 >= len(judged)
    loose = [item for item, _ in judged if item not in strict]
    unique = [column for _, columns in judged for column in columns if column.unique or column.checked]
    together = sum(len({_together(names) for names in item.fact.uniques}) for item in tables)
    have = f"{len(strict)} of {count(len(judged), 'table')} have constraints beyond keys"
    also = f", {count(together, 'group')} unique together" if together else ""
    summary = f"{have}; {count(len(unique), 'column')} unique or checked{also}."
    if enough and strict and (unique or together):
        return shown(summary, evidence(strict[:4], "has constraints"))
    elsewhere = _named_by_others(tables)
    identified = [(item, name) for item in tables if (name := _identifier(item.fact, elsewhere))]
    if enough and strict and not identified:
        return shown(summary, evidence(strict[:4], "has required columns"), LIKELY)
    advice = "Mark required columns NOT NULL and natural identifiers UNIQUE"
    advice += f"; start with {loose[0].fact.name} ({loose[0].path}:{loose[0].fact.line})." if loose else "."
    if not strict:
        return not_shown(summary, evidence(loose[:4], "no constraint beyond keys"), advice=advice)
    if not enough:
        return partly(summary, evidence(loose[:4], "no constraint beyond keys"), advice=advice)
    names = ", ".join(f"{item.fact.name}.{name}" for item, name in identified[:4])
    return partly(
        f"{summary[:-1]}; not unique: {names}.",
        evidence([item for item, _ in identified[:4]], "what tells its rows apart is not unique"),
        LIKELY,
        advice=f"Mark natural identifiers UNIQUE; start with {names}.",
    )


def _named_by_others(tables: list[At[Table]]) -> dict[str, set[str]]:
    """The tables by the identifiers that tell their rows apart; in other tables such a column only points there."""
    found: dict[str, set[str]] = {}
    for item in tables:
        for column in item.fact.columns:
            if (column.primary or column.unique) and IDENTIFIER.fullmatch(column.name):
                found.setdefault(column.name.lower(), set()).add(item.fact.name)
    return found


def _identifier(table: Table, elsewhere: dict[str, set[str]]) -> str:
    """The column that tells rows apart by its name; empty where there is none."""
    held = any(SECRET.fullmatch(column.name) for column in table.columns)
    person = held or bool(PEOPLE.fullmatch(table.name.rpartition(".")[2]))
    names = [column.name for column in table.columns if not column.primary and not column.references]
    told = [
        name for name in names if IDENTIFIER.fullmatch(name) and not elsewhere.get(name.lower(), set()) - {table.name}
    ]
    mails = [name for name in names if person and OF_A_PERSON.fullmatch(name) and "mail" in name.lower()]
    logins = [name for name in names if held and OF_A_PERSON.fullmatch(name)]
    return next(iter((*told, *mails, *logins)), "")


def _is_strict(column: Column) -> bool:
    return not column.nullable or column.unique or column.checked


def _is_key(column: Column) -> bool:
    """Whether a column is a primary key, or a reference that says no more than that."""
    return column.primary or bool(column.references and not (column.unique or column.checked))


def _together(names: tuple[str, ...]) -> tuple[str, ...]:
    """Columns that are unique together, alike as a step and a model write them."""
    return tuple(sorted(name.replace("_", "").lower() for name in names))
