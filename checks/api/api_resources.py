"""Do paths name resources?"""

from __future__ import annotations

from checks.api._endpoints import served
from checks.api._paths import first_words
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

VERBS = frozenset(
    "get add create update delete remove edit insert fetch save store post put list find show view make set change "
    "modify new do handle process submit connect disconnect calculate generate retrieve read destroy send check".split()
)
"""First words of a segment that name an action where a resource is meant."""
ACTIONS = frozenset(
    "login logout register signup signin search refresh verify health ping webhook upload import".split()
)
"""Actions that have no better noun; nobody objects to them."""
ENOUGH, SOME = 0.85, 0.6

CHECK = Check(
    title_shown="Paths name resources",
    title_not_shown="Paths name actions",
    looks_for="Paths made of nouns, with what is done to them left to the HTTP method.",
    why="Clients can guess GET /orders/7; they have to look up /getOrderById.",
    advice="Name the resource and let the method say what happens: GET /orders instead of /getOrders.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 85 % of the paths hold no verb; partly from 60 %.",
    does_not_count="login, search, health and other actions without a noun; POST to an action on one item.",
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
    first = f"{verbs[0].method} {verbs[0].path} ({verbs[0].file}:{verbs[0].line})" if verbs else ""
    return Verdict(
        outcome=by_share(1 - len(verbs) / len(found), ENOUGH, SOME),
        summary=f"{len(found) - len(verbs)} of {count(len(found), 'path')} name a resource, not an action.",
        evidence=evidence(verbs[:8], "a verb in the path") if verbs else evidence(found[:3]),
        confidence=Confidence.LIKELY,
        advice=f"Name the resource and let the method say what happens; start with {first}." if verbs else None,
        at=verbs[0].file if verbs else None,
    )


def verb_in(endpoint: Endpoint) -> str | None:
    """The verb that one of a path's literal segments begins with, if any."""
    return next((word for word in first_words(endpoint) if word in VERBS and word not in ACTIONS), None)
