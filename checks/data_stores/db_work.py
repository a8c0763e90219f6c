"""Is real work done on {name}?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checks.data_stores._queries import documents, once
from checks.sql._application import BY_LIBRARY, OTHER_STORES
from checks.sql._purpose import runs_once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

DATA_VERBS = frozenset({"select", "insert", "update", "delete", "merge", "replace", "upsert", "with", "call", "exec"})
QUERIES, TABLES, MODULES = 6, 3, 2

CHECK = Check(
    title_shown="Real work is done on {name}",
    title_partly="Some work is done on {name}",
    title_not_shown="Little is done on {name}",
    looks_for="Queries on {name}, and tables or collections.",
    why="A connection alone shows no more than a tutorial's first page.",
    advice="Let the next feature read and write several tables or collections.",
    effort=Effort.DAYS,
    level=2,
    shown_when="At least six queries and three tables or collections; of a cache, use in two modules.",
    does_not_count="Queries of tests and seeders; tables of a library's generator; DDL.",
    computed="Queries of the application (parsed statements, or calls on documents) and declared tables or "
    "collections. Six and three are this project's own measure of more than a first page of a tutorial.",
    links=("https://www.postgresql.org/docs/current/tutorial.html",),
    limits="Where several relational databases are used, queries are not told apart, and little is not said.",
    needs=(Depth.DATA,),
    family="database",
)


def run(data: Data, code: Code, subject: str) -> Verdict:
    """Queries and tables."""
    found = next((item for item in data.databases if item.name == subject and item.role is Role.USED), None)
    if found is None:
        return not_applicable(f"{subject} is not used.")
    if found.kind in (DataKind.CACHE, DataKind.SEARCH):
        return _keys_and_values(code.of(SignKind.NOSQL_QUERY, SignKind.CACHE), subject)
    queries: Sequence[At[Any]] = [
        item
        for item in data.statements
        if item.fact.verb in DATA_VERBS and item.fact.layer != "cql" and not runs_once(item.path, item.fact.function)
    ]
    own = [item for item in data.tables if item.fact.source not in OTHER_STORES]
    tables: Sequence[At[Any]] = [item for item in own if not BY_LIBRARY.match(item.fact.name)]
    what = "table"
    if found.kind is not DataKind.SQL:
        queries, tables = [item for item in documents(code) if not once(item)], code.of(SignKind.NOSQL_SCHEMA)
        what = "model or collection"
    if not queries and not tables:
        return not_applicable(f"What is done on {subject} is not read.")
    plural = "models or collections" if what != "table" else "tables"
    summary = f"{count(len(queries), 'query', 'queries')} and {count(len(tables), what, plural)} were found."
    tops = {item.path.partition("/")[0] if "/" in item.path else "" for item in queries}
    near = [item for item in tables if item.path.partition("/")[0] in tops] if tops else list(tables)
    places = evidence([*queries[:2], *near[:2]])
    many, wide = len(queries) >= QUERIES, len(tables) >= TABLES
    if many and wide:
        return shown(summary, places, LIKELY)
    relational = [item for item in data.databases if item.kind is DataKind.SQL and item.role is Role.USED]
    if found.kind is DataKind.SQL and len(relational) > 1:
        return not_applicable(f"{summary[:-1]}; which of them are on {subject} is not known.")
    return partly(summary, places, LIKELY) if many or wide else not_shown(summary, places, LIKELY)


def _keys_and_values(uses: tuple[At[Sign], ...], subject: str) -> Verdict:
    """A store that has no tables: the modules that use it."""
    named = [item for item in uses if subject.lower() in item.fact.detail.lower()] or list(uses)
    if not named:
        return not_applicable(f"{subject} is used through a library; what is done on it is not read.")
    modules = len({item.path for item in named})
    summary = f"{subject} is used in {count(modules, 'module')}."
    return (shown if modules >= MODULES else partly)(summary, evidence(named[:3]), LIKELY)
