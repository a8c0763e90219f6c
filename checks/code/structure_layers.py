"""Are routes, rules and data access apart?"""

from __future__ import annotations

import re
from collections import Counter
from posixpath import basename, dirname

from checks.code._judged import SEVERAL
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Api, Code, Data, FileRole, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

FEW_FILES = 3
RARE = 0.2
"""Share of the files with routes and handlers that may query all the same."""
SMALL = 5
"""Endpoints below which a program is too small to be laid out in layers."""
BY_DESIGN = {
    "Active Record": frozenset({"Ruby on Rails"}),
    "Eloquent": frozenset({"Laravel", "Lumen"}),
    "Django ORM": frozenset({"Django", "Django REST framework", "Django Ninja"}),
    "Lucid": frozenset({"AdonisJS"}),
    "WordPress posts": frozenset({"WordPress"}),
}
"""Layers whose models are the data access that their framework has its handlers call."""
DUMMIES = frozenset({"dual", "sysibm.sysdummy1", "sysdummy1"})
"""Tables that databases have for statements that read none."""
MODELS = frozenset("model models entity entities repository repositories dao daos".split())
"""Folders of models and of what reads and writes them."""
DOCUMENTS = re.compile(r"/(?:docs|redoc|swagger|openapi)\b", re.IGNORECASE)
"""Paths by which a framework documents the others."""
NAMED = re.compile(
    r"(?:[a-z0-9](?:Model|Entity|Repository|Dao|DAO)|(?:/|[._-])(?:models?|entity|entities|repository|dao)|/schema)\.\w+\Z"
)
"""How files are called that hold models, or what reads and writes them."""
PROBES = re.compile(r"(?:health|ping|status|ready|readiness|liveness|alive|heartbeat)[\w.-]*\Z", re.IGNORECASE)
"""Names of files that ask the database whether it is there."""
LIFECYCLE = re.compile(r"(?:un)?install(?:er)?\.php|[\w-]{0,40}?(?:de)?activat(?:e|or|ion)\.php", re.IGNORECASE)
"""Names of files that a content management system runs once, when an extension comes or goes."""
SCHEMA = ".prisma"
"""The suffix of a schema from which the models are made."""
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
    shown_when="At most one in five files with routes or handlers queries the database; partly where models at least "
    "stand apart.",
    does_not_count="SQL files, migrations, seeds and tests, which are no layer of the program; statements "
    "that only ask whether the database answers; projects with fewer than five endpoints or without data access, "
    "each of several plugins in one repository for itself; the models of Rails, Laravel, Lumen, AdonisJS and Django "
    "and WordPress's functions over posts, which these have their controllers, views and callbacks ask; what sets a "
    "plugin up or removes it. A single one of three or more files that asks the database beside others of models is "
    "left open.",
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


def run(api: Api, code: Code, data: Data, project: Project) -> Verdict:
    """Files with routes and handlers, and files with data access."""
    routes = {item.file for item in api.endpoints}
    handlers = {item.handler.path for item in api.endpoints if item.handler}
    modules = {file.path for file in code.modules if file.role is FileRole.SERVER}
    modules = {path for path in modules if not LIFECYCLE.fullmatch(basename(path))}
    lines, by_design = _queries(api, code, data, modules)
    queries = set(lines)
    models = {item.path for item in data.tables} | {item.path for item in code.of(SignKind.NOSQL_SCHEMA)}
    if queries or models:
        models |= {path for path in modules if NAMED.search(path) or not MODELS.isdisjoint(_folders(path))}
    models = {path for path in models if path in modules or path.endswith(SCHEMA)}
    access = queries | models
    if not routes or not access:
        return not_applicable("Not both routes and data access are there.")
    mixed, direct = sorted(routes & queries), sorted((handlers - routes) & queries)
    apart = sorted(access - routes - handlers)
    summary = f"{len(mixed)} of {count(len(routes), 'file')} with routes {_verb(mixed)} the database"
    rare = RARE * len(routes | handlers)
    if apart and len(mixed) + len(direct) <= rare + (len(routes | handlers) >= SEVERAL):
        places = [_at(sorted(routes)[0], "routes"), _at(apart[0], "data access")]
        return shown(
            f"{summary}; {count(len(apart), 'other file')} with queries or models stand apart.", places, LIKELY
        )
    declared = _declared(api, project)
    if declared < SMALL:
        return not_applicable(f"{count(declared, 'endpoint')}: too small for layers.")
    mostly_meant = bool(by_design) and len({*mixed, *direct} - by_design) <= rare
    if len(modules) < FEW_FILES and not mostly_meant:
        return not_shown("Everything stands in one or two files.", [_at(sorted(routes)[0], "routes")], LIKELY)
    places = [_at(path, "queries in a file with routes", lines[path]) for path in mixed[:4]]
    places += [_at(path, "queries in a file with handlers", lines[path]) for path in direct[:4]]
    others = count(len(handlers - routes), "other file")
    if handlers - routes:
        of_handlers = f"{len(direct)} of {others} with handlers {_verb(direct)} the database"
        summary = f"{of_handlers}, and {summary}" if mixed else of_handlers
    if len({*mixed, *direct} - by_design) <= rare:
        reason = "the framework has its handlers ask the models" if by_design else "too few files query"
        return not_applicable(f"{summary}: {reason}.")
    if len({*mixed, *direct}) == 1 and len(apart) > 1 and len(routes | handlers) >= FEW_FILES:
        return could_not_tell(f"{summary}, {count(len(apart), 'other')} with queries or models stand apart.")
    if apart:
        apart_from = f"{count(len(apart), 'file')} with queries or models {'stands' if len(apart) == 1 else 'stand'}"
        return partly(f"{summary}; {apart_from} apart.", places, LIKELY)
    return not_shown(f"{summary}; no file with queries or models stands apart.", places, LIKELY)


def _declared(api: Api, project: Project) -> int:
    """The endpoints of the program; of the plugin with the most where several stand in one repository."""
    files = [item.file for item in api.endpoints if not DOCUMENTS.search(item.path)]
    homes = {dirname(place.path) for use in project.cms for place in use.evidence}
    if len(homes) < 2 or "" in homes:
        return len(files)
    owners = Counter(next((home for home in homes if file.startswith(f"{home}/")), "") for file in files)
    return max(owners.values(), default=0)


def _queries(api: Api, code: Code, data: Data, modules: set[str]) -> tuple[dict[str, int], set[str]]:
    """The files that query with the line of the first query, and those that only do as their framework means it."""
    used = {item.framework for item in api.endpoints}
    found: list[tuple[str, int, bool]] = [
        (item.path, item.fact.line, not used.isdisjoint(BY_DESIGN.get(item.fact.layer, ())))
        for item in data.statements
        if (item.fact.function or item.path.endswith(PAGES)) and not _is_probe(item.fact)
    ]
    rails = "Ruby on Rails" in used
    found += [(item.path, item.fact.line, rails) for item in code.of(SignKind.NOSQL_QUERY)]
    kept = [item for item in found if item[0] in modules and not PROBES.match(basename(item[0]))]
    lines: dict[str, int] = {}
    for path, line, _ in kept:
        lines[path] = min(line, lines.get(path, line))
    return lines, set(lines) - {path for path, _, meant in kept if not meant}


def _folders(path: str) -> list[str]:
    return path.casefold().split("/")[:-1]


def _verb(found: list[str]) -> str:
    return "asks" if len(found) == 1 else "ask"


def _is_probe(statement: Statement) -> bool:
    """Whether a statement only asks if the database answers: it reads no table of the application."""
    tables = {name.casefold() for name in statement.tables}
    return statement.verb == "select" and statement.layer == "sql" and statement.understood and tables <= DUMMIES


def _at(path: str, note: str, line: int = 1) -> Evidence:
    return Evidence(path=path, line=line, end_line=line, note=note)
