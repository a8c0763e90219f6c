"""Does the API carry a version?"""

from __future__ import annotations

import re

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

VERSION = re.compile(r"/v\d+(?:\.\d+)?(?:/|$)")
MOST = 0.8

CHECK = Check(
    title_shown="The API carries a version",
    title_not_shown="The API carries no version",
    looks_for="A version in the paths, applied throughout.",
    why="Clients that cannot be updated at once need the old shape to stay.",
    advice="Mount all routes below /v1 in one place.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="At least 80 % of the paths carry a version; partly where some do.",
    does_not_count="Health checks and pages.",
    limits="Versions in headers are not seen.",
    skills=("REST",),
    needs=(Depth.ROUTES,),
)


def run(api: Api) -> Verdict:
    """The share of paths with a version."""
    found = served(api)
    if not found:
        return not_applicable("No API endpoint is declared.")
    versioned = [item for item in found if VERSION.search(item.path)]
    summary = f"{len(versioned)} of {count(len(found), 'path')} carry a version."
    if len(versioned) >= MOST * len(found):
        return shown(summary, evidence(versioned[:3]))
    if versioned:
        return partly(summary, evidence([item for item in found if item not in versioned][:4], "no version"))
    return not_shown(summary, evidence(found[:2], "no version"))
