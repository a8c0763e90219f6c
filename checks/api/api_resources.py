"""Do paths name resources?"""

from __future__ import annotations

import re

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

VERBS = frozenset(
    "get add create update delete remove edit insert fetch save store post put list find show view make set change "
    "modify new do handle process submit".split()
)
"""First words of a segment that name an action where a resource is meant."""
ACTIONS = frozenset(
    "login logout register signup signin search refresh verify health ping webhook upload import".split()
)
"""Actions that have no better noun; nobody objects to them."""
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
ENOUGH, SOME = 0.85, 0.6

CHECK = Check(
    title_shown="Paths name resources",
    title_not_shown="Paths name actions",
    looks_for="Paths made of nouns, with what is done to them left to the HTTP method.",
    why="Clients can guess GET /orders/7; they have to look up /getOrderById.",
    advice="Name the resource in the path and let the method say what happens: GET /orders instead of /getOrders.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 85 % of the paths hold no verb; partly from 60 %.",
    does_not_count="login, search, health and other actions without a better noun.",
    links=("https://learn.microsoft.com/en-us/azure/architecture/best-practices/api-design",),
    skills=("REST",),
    needs=(Depth.ROUTES,),
)


def run(api: Api) -> Verdict:
    """The share of paths without verbs."""
    found = served(api)
    if not found:
        return not_applicable("No API endpoint is declared.")
    verbs = [item for item in found if verb_in(item)]
    return Verdict(
        outcome=by_share(1 - len(verbs) / len(found), ENOUGH, SOME),
        summary=f"{len(found) - len(verbs)} of {count(len(found), 'path')} name a resource, not an action.",
        evidence=evidence(verbs[:8], "a verb in the path") if verbs else evidence(found[:3]),
        confidence=Confidence.LIKELY,
    )


def verb_in(endpoint: Endpoint) -> str | None:
    """The verb that a path's literal segments begin with, if any."""
    for segment in endpoint.path.split("/"):
        if segment and "{" not in segment:
            words = [word.lower() for word in WORD.findall(segment)]
            first: str = words[0] if words else ""
            if first in VERBS and first not in ACTIONS:
                return first
    return None
