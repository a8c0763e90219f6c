"""Are routes, rules and data access apart?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

FEW_FILES = 3

CHECK = Check(
    title_shown="Routes and data access are apart",
    title_not_shown="Routes and data access share their files",
    looks_for="Files that declare or handle routes against files that query the database.",
    why="Layers let each be tested and changed alone; it is the first structure a team agrees on.",
    advice="Move the queries of one route file into a module of their own and call that.",
    effort=Effort.DAYS,
    level=3,
    shown_when="No file with routes or handlers queries the database; partly where models at least stand apart.",
    does_not_count="Projects of one or two files with nothing to separate.",
    skills=("Code quality",),
    needs=(Depth.ROUTES, Depth.DATA),
)


def run(api: Api, code: Code, data: Data) -> Verdict:
    """Files with routes and handlers, and files with data access."""
    routes = {item.file for item in api.endpoints}
    handlers = {item.handler.path for item in api.endpoints if item.handler}
    queries = {item.path for item in data.statements if item.fact.function}
    queries |= {item.path for item in code.of(SignKind.NOSQL_QUERY)}
    models = {item.path for item in data.tables} | {item.path for item in code.of(SignKind.NOSQL_SCHEMA)}
    access = queries | models
    if not routes or not access:
        return not_applicable("Not both routes and data access are there.")
    if len(code.modules) < FEW_FILES:
        return not_shown("Everything stands in one or two files.", [_at(sorted(routes)[0], "routes")], LIKELY)
    mixed, direct = sorted(routes & queries), sorted((handlers - routes) & queries)
    apart = sorted(access - routes - handlers)
    summary = f"Of {count(len(routes), 'file')} with routes {len(mixed)} query the database"
    if not mixed and not direct and apart:
        places = [_at(sorted(routes)[0], "routes"), _at(apart[0], "data access")]
        return shown(f"{summary}; {len(apart)} others do.", places, LIKELY)
    places = [_at(path, "routes and queries") for path in mixed[:4]]
    places += [_at(path, "handlers and queries") for path in direct[:4]]
    summary = f"{summary}, of the other handler files {len(direct)}."
    if apart:
        return partly(summary, places or [_at(apart[0], "data access")], LIKELY)
    return not_shown(summary, places, LIKELY)


def _at(path: str, note: str) -> Evidence:
    return Evidence(path=path, line=1, end_line=1, note=note)
