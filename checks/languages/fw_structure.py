"""Is a {name} application built in parts?"""

from __future__ import annotations

import re

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

ENDPOINTS, FILES = 5, 2
HANDLING = re.compile(r"controller|handler|resource|action|view|service", re.IGNORECASE)
LARGE = 20
"""Modules of a program that hardly has four endpoints: more likely its routes are registered by means of its own."""

CHECK = Check(
    title_shown="The {name} application is built in parts",
    title_partly="The {name} application is small or in one file",
    title_not_shown="The {name} application is a few routes in one file",
    looks_for="Routes of {name}, or the handlers that they lead to, over several files.",
    why="Blueprints, routers and modules are how a framework's applications grow.",
    advice="Give each resource a router of its own and mount it in one place.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least five endpoints in at least two files; partly with one of the two.",
    does_not_count="Endpoints that a library adds; what tests, examples and front ends declare.",
    computed="Counts the endpoints that resolve to {name}, and the files that declare or handle them. The "
    "thresholds are "
    "this project's own.",
    limits="Routes that are registered from tables or by helpers of the project's own may not be seen; then the "
    "count is "
    "too low.",
    links=("https://martinfowler.com/bliki/PresentationDomainDataLayering.html",),
    needs=(Depth.ROUTES,),
    family="framework",
)


def _brought_in(code: Code, declared: set[str]) -> set[str]:
    """What files with routes import by the name of a handler's part: controllers that are bound at run time."""
    imports = (item for item in code.imports if item.path in declared and item.fact.module.startswith("."))
    return {item.fact.module for item in imports if HANDLING.search(item.fact.module)}


def _is_carrier(api: Api, found: list[Endpoint]) -> bool:
    """Whether most routes of the program are declared by a framework on top of this one."""
    declared = [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]
    return len(declared) > 3 * len(found)


def run(project: Project, api: Api, code: Code, subject: str) -> Verdict:
    """Endpoints and files of one framework."""
    if all(use.name != subject for use in project.frameworks):
        return not_applicable(f"{subject} is not used.")
    found = [item for item in api.endpoints if item.framework == subject and item.kind is not EndpointKind.IMPLICIT]
    declared = {item.file for item in found}
    handled = {item.handler.path if item.handler else item.file for item in found}
    if not found:
        return not_applicable(f"No endpoint of {subject} is declared.")
    many = len(found) >= ENDPOINTS
    files = declared | handled | _brought_in(code, declared) if many else max(declared, handled, key=len)
    spread = len(files) >= FILES
    summary = f"{count(len(found), 'endpoint')} in {count(len(files), 'file')}"
    if many and spread:
        return shown(f"{summary}.", evidence(found[:3]))
    if not many and _is_carrier(api, found):
        return not_applicable(f"{summary}; the other routes are declared by another framework.")
    if not many and len(code.modules) >= LARGE:
        return not_applicable(f"{summary}; routes may be registered in a way that is not read.")
    summary = f"{summary}; {ENDPOINTS} in {FILES} files are looked for."
    return (
        partly(summary, evidence(found[:3]), LIKELY)
        if many or spread
        else not_shown(summary, evidence(found[:3]), LIKELY)
    )
