"""Are routes, rules and data access apart?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, not_applicable, not_shown, partly, shown

FEW_FILES = 3

CHECK = Check(
    title_shown="Routes and data access are apart",
    title_not_shown="Routes and data access share their files",
    looks_for="Files that declare routes against files that query the database.",
    why="Layers let each be tested and changed alone; it is the first structure a team agrees on.",
    advice="Move the queries of one route file into a module of their own and call that.",
    effort=Effort.DAYS,
    level=3,
    shown_when="Routes, and statements or models, stand in different files; partly where some files hold both.",
    does_not_count="Projects of one or two files with nothing to separate.",
    skills=("Code quality",),
    needs=(Depth.ROUTES, Depth.DATA),
)


def run(api: Api, code: Code, data: Data) -> Verdict:
    """Files with routes and files with data access."""
    routes = {item.file for item in api.endpoints}
    queries = {item.path for item in data.statements if item.fact.function}
    access = queries | {item.path for item in data.tables}
    if not routes or not access:
        return not_applicable("Not both routes and data access are there.")
    if len(code.modules) < FEW_FILES:
        return not_shown("Everything stands in one or two files.", [_at(sorted(routes)[0], "routes")], LIKELY)
    mixed = sorted(routes & queries)
    apart = sorted(access - routes)
    summary = f"{len(routes)} files hold routes, {len(access)} data access, {len(mixed)} both."
    places = [_at(path, "routes and queries") for path in mixed[:4]]
    if not mixed and apart:
        return shown(summary, [_at(sorted(routes)[0], "routes"), _at(apart[0], "data access")], LIKELY)
    if apart:
        return partly(summary, places, LIKELY)
    return not_shown(summary, places, LIKELY, at=mixed[0] if mixed else None)


def _at(path: str, note: str) -> Evidence:
    return Evidence(path=path, line=1, end_line=1, note=note)
