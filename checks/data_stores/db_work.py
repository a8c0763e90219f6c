"""Is real work done on {name}?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from checks.data_stores._queries import documents, once
from checks.sql._application import BY_LIBRARY, OTHER_STORES, is_catalogue, key_of
from checks.sql._purpose import runs_once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataKind, Role, Statement, Table
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

DATA_VERBS = frozenset({"select", "insert", "update", "delete", "merge", "replace", "upsert", "with", "call", "exec"})
QUERIES, TABLES, MODULES = 5, 2, 2
NEARLY = 4
"""Queries from which on a single table is partly: one more or less is a matter of how they are counted."""
SHARED = re.compile(r"(?:^|\b(?:self|this|cls)\.)_?(?:model|collection|repository|schema|entity|super)\.|\A\w+\Z", re.I)
"""What queries are called on in a base class, and those called on what a call gives, ``comments().findOne()``."""
BY_PATH = (".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".tsx")
"""Endings of files whose users import them by their path."""
COMMON = frozenset("index main app server utils util helpers src __init__ cache client".split())
"""Names of files that do not tell one module from another."""
KEYED = re.compile(r"cache|redis|search|elastic|client", re.I)
"""Words in the names of clients of caches and search engines."""

CHECK = Check(
    title_shown="Real work is done on {name}",
    title_partly="Some work is done on {name}",
    title_not_shown="Little is done on {name}",
    looks_for="Queries on {name}, and tables or collections.",
    why="A connection alone shows no more than a tutorial's first page.",
    advice="Let the next feature read and write several tables or collections.",
    effort=Effort.DAYS,
    level=2,
    shown_when="At least five queries, and two tables or collections; partly where four or more ask a single one; "
    "of a cache, use in two modules, or in one that "
    "others import.",
    does_not_count="Queries of tests and seeders; tables of a library's generator; DDL.",
    computed="Queries of the application (parsed statements, or calls on documents) and tables or collections that are "
    "declared, or that statements name. Five and two are this project's own measure of more than a first "
    "page of a tutorial.",
    links=("https://www.postgresql.org/docs/current/tutorial.html",),
    limits="Where several relational databases are used, queries are not told apart, and little is not said; nor where "
    "queries are sent by functions that serve any table, or few are known beside several tables. Of a cache in one "
    "module, little is said only of Python and Node, where those that use the module import it by its path.",
    needs=(Depth.DATA,),
    family="database",
)


def run(data: Data, code: Code, subject: str) -> Verdict:
    """Queries and tables."""
    found = next((item for item in data.databases if item.name == subject and item.role is Role.USED), None)
    if found is None:
        return not_applicable(f"{subject} is not used.")
    if found.kind in (DataKind.CACHE, DataKind.SEARCH):
        return _keys_and_values(code, subject)
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
    if not queries:
        return not_applicable(f"What is done on {subject} is not read.")
    named = _named(queries) if found.kind is DataKind.SQL else set()
    tables = list({_name_of(item.fact): item for item in reversed(tables)}.values())[::-1]
    wide = max(len(tables), len(named))
    summary = _summary(len(queries), len(tables), len(named), what)
    tops = {item.path.partition("/")[0] if "/" in item.path else "" for item in queries}
    near = [item for item in tables if item.path.partition("/")[0] in tops] if tops else list(tables)
    places = evidence([*queries[:2], *near[:2]])
    if len(queries) >= QUERIES and wide >= TABLES:
        return shown(summary, places, LIKELY)
    relational = [item for item in data.databases if item.kind is DataKind.SQL and item.role is Role.USED]
    if found.kind is DataKind.SQL and len(relational) > 1:
        return not_applicable(f"{summary[:-1]}; which of them are on {subject} is not known.")
    if found.kind is DataKind.SQL and not all(item.fact.tables for item in queries):
        return not_applicable(f"{summary[:-1]}; some serve any table, and what is asked through them is not known.")
    if wide >= TABLES or not wide or (found.kind is not DataKind.SQL and any(map(_is_shared, queries))):
        return not_applicable(f"{summary[:-1]}; what a library or code for any table asks is not known.")
    return _little(queries, found.kind, code, summary, places)


def _little(
    queries: Sequence[At[Any]], kind: DataKind, code: Code, summary: str, places: tuple[Evidence, ...]
) -> Verdict:
    """What to say of a single table."""
    if len(queries) >= NEARLY:
        return partly(summary, places, LIKELY)
    if kind is DataKind.SQL and code.of(SignKind.TRANSACTION):
        return not_applicable(f"{summary[:-1]}; what is written through a session is not counted.")
    return not_shown(summary, places, LIKELY)


def _is_shared(query: At[Sign]) -> bool:
    """Whether a query on documents stands in code that serves any collection."""
    return bool(SHARED.search(query.fact.detail))


def _summary(queries: int, tables: int, named: int, what: str) -> str:
    """What was found, in a sentence; the tables that statements name where these are more than those declared."""
    asked, was = count(queries, "query", "queries"), "was" if queries == 1 else "were"
    if named > tables:
        return f"{asked} on {count(named, 'table')} {was} found."
    if not tables:
        return f"{asked} {was} found, and no declared {what}."
    plural = "tables" if what == "table" else "models or collections"
    return f"{asked} and {count(tables, what, plural)} were found."


def _named(statements: Sequence[At[Statement]]) -> set[str]:
    """The tables that statements ask."""
    return {key_of(name) for item in statements for name in item.fact.tables if not is_catalogue(name)}


def _name_of(fact: Table | Sign) -> str:
    """What tells a table or a document from others, however it is written."""
    return key_of(fact.name) if isinstance(fact, Table) else key_of(fact.detail) or f"line {fact.line}"


def _keys_and_values(code: Code, subject: str) -> Verdict:
    """A store that has no tables: the modules that use it."""
    uses = code.of(SignKind.NOSQL_QUERY, SignKind.CACHE)
    named = [item for item in uses if subject.lower() in item.fact.detail.lower()]
    named = named or [item for item in uses if item.fact.kind is SignKind.CACHE or KEYED.search(item.fact.detail)]
    if not named:
        return not_applicable(f"{subject} is used through a library; what is done on it is not read.")
    modules = {item.path for item in named}
    others = _importers(modules, code) if len(modules) < MODULES else set()
    summary = f"{subject} is used in {count(len(modules), 'module')}"
    summary += f", which {count(len(others), 'other imports', 'others import')}." if others else "."
    if len(modules | others) >= MODULES:
        return shown(summary, evidence(named[:3]), LIKELY)
    if len(code.modules) > 1 and not all(_is_known_by_path(path) for path in modules):
        return not_applicable(f"{summary[:-1]}; whether others go through it is not known.")
    return partly(summary, evidence(named[:3]), LIKELY)


def _is_known_by_path(path: str) -> bool:
    """Whether those that use a module import it under the name of its file, and that name is its own."""
    file = PurePosixPath(path)
    return file.suffix in BY_PATH and file.stem not in COMMON


def _importers(modules: set[str], code: Code) -> set[str]:
    """Modules that import one of these by the name of its file, or of its folder in Go."""
    paths = [PurePosixPath(path) for path in modules]
    names = {path.parent.name if path.suffix == ".go" else path.stem for path in paths} - COMMON
    return {
        item.path
        for item in code.imports
        if item.path not in modules and not names.isdisjoint(_last_parts(item.fact.module, item.fact.name))
    }


def _last_parts(module: str, name: str | None) -> tuple[str, str, str]:
    """By what a module may be known: the end of a path, with its dots or without, and what is taken from it."""
    end = module.rpartition("/")[2].removesuffix(".js").removesuffix(".ts")
    return end, end.rpartition(".")[2], name or ""
