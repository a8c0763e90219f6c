"""Are routes, rules and data access apart?"""

from __future__ import annotations

import re
from posixpath import basename

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Api, Code, Data, FileRole
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

FEW_FILES = 3
RARE = 0.1
"""Share of the files with routes and handlers that may query all the same."""
DUMMIES = frozenset({"dual", "sysibm.sysdummy1", "sysdummy1"})
"""Tables that databases have for statements that read none."""
MODELS = frozenset("model models entity entities repository repositories dao daos".split())
"""Folders of models and of what reads and writes them."""
PROBES = re.compile(r"(?:health|ping|status|ready|readiness|liveness|alive|heartbeat)[\w.-]*\Z", re.IGNORECASE)
"""Names of files that ask the database whether it is there."""
PAGES = (".php", ".phtml", ".inc")
"""Suffixes of a language whose pages query outside of any function."""

CHECK = Check(
    title_shown="Routes and data access are apart",
    title_partly="Routes or handlers query the database, models stand apart",
    title_not_shown="Routes and data access share their files",
    looks_for="Files that declare or handle routes against files that query the database.",
    why="Layers let each be tested and changed alone; it is the first structure a team agrees on.",
    advice="Move the queries of one route file into a module of their own and call that.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At most one in ten files with routes or handlers queries the database; partly where models at least "
    "stand apart.",
    does_not_count="SQL files, migrations, seeds and tests, which are no layer of the program; statements "
    "that only ask whether the database answers; projects without "
    "routes or "
    "without data access.",
    computed="Sets the files that declare or handle resolved routes against those with SQL, calls of an ORM or "
    "document store, "
    "and models. One or two files in all are one layer. Told by file, so likely, never certain.",
    limits="Layers inside one file are not seen, nor is business logic in handlers. Routes and queries that do "
    "not resolve are "
    "not counted, so the numbers may be low.",
    links=("https://martinfowler.com/bliki/PresentationDomainDataLayering.html",),
    skills=("Code quality",),
    needs=(Depth.ROUTES, Depth.DATA),
    before="""\
@app.get("/orders/{id}")
def order(id: int):
    return db.execute("SELECT ... WHERE id = ?", [id]).fetchone()""",
    pattern="""\
@router.get("/orders/{id}")
def order(id: int, orders: Orders = Depends(get_orders)) -> OrderOut:
    return orders.load(id)""",
)


def run(api: Api, code: Code, data: Data) -> Verdict:
    """Files with routes and handlers, and files with data access."""
    routes = {item.file for item in api.endpoints}
    handlers = {item.handler.path for item in api.endpoints if item.handler}
    modules = {file.path for file in code.modules if file.role is FileRole.SERVER}
    queries = {
        item.path
        for item in data.statements
        if (item.fact.function or item.path.endswith(PAGES)) and not _is_probe(item.fact)
    }
    queries |= {item.path for item in code.of(SignKind.NOSQL_QUERY)}
    models = {item.path for item in data.tables} | {item.path for item in code.of(SignKind.NOSQL_SCHEMA)}
    if queries or models:
        models |= {path for path in modules if not MODELS.isdisjoint(path.casefold().split("/")[:-1])}
    queries, models = {path for path in queries & modules if not PROBES.match(basename(path))}, models & modules
    access = queries | models
    if not routes or not access:
        return not_applicable("Not both routes and data access are there.")
    if len(modules) < FEW_FILES:
        return not_shown("Everything stands in one or two files.", [_at(sorted(routes)[0], "routes")], LIKELY)
    mixed, direct = sorted(routes & queries), sorted((handlers - routes) & queries)
    apart = sorted(access - routes - handlers)
    summary = f"{len(mixed)} of {count(len(routes), 'file')} with routes {_verb(mixed)} queries of the database"
    if apart and len(mixed) + len(direct) <= RARE * len(routes | handlers):
        places = [_at(sorted(routes)[0], "routes"), _at(apart[0], "data access")]
        return shown(
            f"{summary}; {count(len(apart), 'other file')} with queries or models stand apart.", places, LIKELY
        )
    places = [_at(path, "routes and queries") for path in mixed[:4]]
    places += [_at(path, "handlers and queries") for path in direct[:4]]
    others = count(len(handlers - routes), "other file")
    summary = f"{summary}, {len(direct)} of {others} with handlers" if handlers - routes else summary
    if apart:
        apart_from = f"{count(len(apart), 'file')} with queries or models {'stands' if len(apart) == 1 else 'stand'}"
        return partly(f"{summary}; {apart_from} apart.", places or [_at(apart[0], "data access")], LIKELY)
    if len(mixed) + len(direct) <= RARE * len(routes | handlers):
        return not_applicable(f"{summary}: too few files query to tell layers apart.")
    return not_shown(f"{summary}; no file with queries or models stands apart.", places, LIKELY)


def _verb(found: list[str]) -> str:
    return "holds" if len(found) == 1 else "hold"


def _is_probe(statement: Statement) -> bool:
    """Whether a statement only asks if the database answers: it reads no table of the application."""
    tables = {name.casefold() for name in statement.tables}
    return statement.verb == "select" and statement.layer == "sql" and statement.understood and tables <= DUMMIES


def _at(path: str, note: str) -> Evidence:
    return Evidence(path=path, line=1, end_line=1, note=note)
