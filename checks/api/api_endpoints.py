"""Are endpoints declared?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

FEW = 2

CHECK = Check(
    title_shown="An HTTP API is declared",
    title_not_shown="No HTTP API",
    looks_for="Routes of a web framework, resolved through every prefix to their full paths.",
    why="Building endpoints is the daily work of a backend developer.",
    advice="Build a small API around one resource: list, read, create, change, delete.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least two endpoints are declared in server code; partly with one.",
    does_not_count="Routes of tests, clients, documentation, vendored code, and pages.",
    skills=("REST",),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Counts endpoints."""
    found = served(api)
    if len(found) >= FEW:
        return shown(f"{count(len(found), 'endpoint')} declared.", evidence(found[:4]))
    if found:
        return partly("One endpoint declared.", evidence(found))
    pages = [item for item in api.endpoints if item.kind is EndpointKind.PAGE]
    if pages:
        return not_shown(f"{count(len(pages), 'route')} declared, all of which answer with pages.", evidence(pages[:4]))
    if not code.functions:
        return not_applicable("There is no server code of the candidate's own.")
    return not_shown(f"No route of a framework that is read, in {count(len(code.modules), 'module')}.")
