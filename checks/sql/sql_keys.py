"""Do tables have primary and foreign keys?"""

from __future__ import annotations

import re

from checks.sql._application import declared, key_of, names_of, own_tables
from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Table
from reviewer.model.facts.repository import Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

MOST = 0.8
REFERENCE = re.compile(r"(\w{2,60}?)(?:_id|Id|ID)\Z")
"""A column that is named as one that refers to another table."""

SERVICE = re.compile(
    r"(?:[\w.-]{1,60}/){0,3}?(?:(?:micro-?)?services|apps)/[\w.-]{1,60}/|(?:[\w.-]{1,60}/){0,2}?[\w-]{0,60}(?:service|-svc|_svc|-api)/",
    re.I,
)
"""The folder of a service of its own."""

CHECK = Check(
    title_shown="Tables have their keys",
    title_partly="Some keys are missing",
    title_not_shown="Keys are missing",
    looks_for="Primary keys on tables, and foreign keys between them.",
    why="Keys are what makes a database relational: without them rows repeat and references dangle.",
    advice="Give each table a primary key and declare each reference as a foreign key.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 80 % of the tables have a primary key, and a foreign key is declared where some column is "
    "named as a reference to another of the tables.",
    does_not_count="A column named user_id without a declared reference. Tables made of references alone, structs "
    "of GORM without a key (parts of models, results of queries), tables of libraries, and stores "
    "that know no keys (ClickHouse, Cassandra) are left out; so are columns that name a table of another service.",
    computed="Tables of DDL, migrations and models are parsed and joined by name; primary and foreign keys are counted "
    "over those with known columns. The 80 % leave room for a log or staging table.",
    limits="A column that refers to another table under a name of its own, without a declared reference, is not "
    "recognised; nor are keys that a database has and the repository does not declare.",
    links=("https://www.postgresql.org/docs/current/ddl-constraints.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="CREATE TABLE notes (\n  title text,\n  owner_id integer\n);",
    pattern="CREATE TABLE notes (\n  id integer PRIMARY KEY,\n  title text NOT NULL,\n"
    "  owner_id integer NOT NULL REFERENCES users (id)\n);",
)


def run(data: Data) -> Verdict:
    """Looks at every declared table with columns."""
    tables = [item for item in own_tables(data.tables) if not _joins(item.fact) and not _is_part(item.fact)]
    if not tables:
        return not_applicable("No table with columns is declared.")
    keyless = [item for item in tables if not any(column.primary for column in item.fact.columns)]
    linked = [item for item in declared(data.tables) if any(column.references for column in item.fact.columns)]
    keyed = len(tables) - len(keyless)
    summary = f"{keyed} of {count(len(tables), 'table')} have a primary key, {len(linked)} a foreign key."
    named: dict[str, set[str]] = {}
    for item in tables:
        named.setdefault(_service(item), set()).update(names_of(item.fact))
    loose = [] if linked else [item for item in tables if _refers(item.fact, named[_service(item)])]
    if keyed < MOST * len(tables):
        say = partly if keyed or linked else not_shown
        return say(summary, evidence(keyless[:4], "no primary key"))
    if loose:
        return partly(summary, evidence(loose[:4], "names another table's id, without a foreign key"), LIKELY)
    return shown(summary, evidence([*linked[:3], *tables[:1]], "declares its keys"))


def _service(item: At[Table]) -> str:
    """Where a table's database is declared: each schema of Prisma's has its own, and so has each service or program."""
    if item.path.endswith(".prisma"):
        return item.path.rpartition("/")[0]
    found = SERVICE.match(item.path)
    return found[0] if found else item.path.partition("/")[0] if "/" in item.path else ""


def _is_part(table: Table) -> bool:
    """Whether a struct of GORM's has no key: it is embedded in a model, or takes the result of a query."""
    return table.source in ("GORM", "Bun") and not any(column.primary for column in table.columns)


def _joins(table: Table) -> bool:
    """Whether a table has nothing but references: its key is often left to the tool that makes it."""
    return len(table.columns) > 1 and all(column.references for column in table.columns)


def _refers(table: Table, named: set[str]) -> bool:
    """Whether a column is named as a reference to another one of the tables."""
    others = named - names_of(table)
    kinds = {column.name.lower() for column in table.columns}
    found = (REFERENCE.fullmatch(column.name) for column in table.columns if not column.primary)
    return any(match and key_of(match[1]) in others and kinds.isdisjoint(_kinds(match[1])) for match in found)


def _kinds(name: str) -> set[str]:
    """How the column is called that says which table a reference leads to, where each row may name another one."""
    return {f"{name.lower()}_type", f"{name.lower()}type"}
