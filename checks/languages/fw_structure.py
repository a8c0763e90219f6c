"""Is a {name} application built in parts?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Project
from reviewer.model.facts.routing import EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

ENDPOINTS, FILES = 5, 2

CHECK = Check(
    title_shown="The {name} application is built in parts",
    title_not_shown="The {name} application is one file",
    looks_for="Routes of {name}, or the handlers that they lead to, over several files.",
    why="Blueprints, routers and modules are how a framework's applications grow.",
    advice="Give each resource a router of its own and mount it in one place.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least five endpoints in at least two files; partly with one of the two.",
    does_not_count="Endpoints that a library adds.",
    needs=(Depth.ROUTES,),
    family="framework",
)


def run(project: Project, api: Api, subject: str) -> Verdict:
    """Endpoints and files of one framework."""
    if all(use.name != subject for use in project.frameworks):
        return not_applicable(f"{subject} is not used.")
    found = [item for item in api.endpoints if item.framework == subject and item.kind is not EndpointKind.IMPLICIT]
    declared = {item.file for item in found}
    handled = {item.handler.path if item.handler else item.file for item in found}
    files = max(declared, handled, key=len)
    if not found:
        return not_applicable(f"No endpoint of {subject} is declared.")
    many, spread = len(found) >= ENDPOINTS, len(files) >= FILES
    summary = f"{count(len(found), 'endpoint')} in {count(len(files), 'file')}"
    summary = f"{summary}." if many and spread else f"{summary}; {ENDPOINTS} in {FILES} needed."
    if many and spread:
        return shown(summary, evidence(found[:3]))
    return partly(summary, evidence(found[:3])) if many or spread else not_shown(summary, evidence(found[:3]))
