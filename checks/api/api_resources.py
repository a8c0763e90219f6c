"""Do paths name resources?"""

from __future__ import annotations

from checks.api._endpoints import BESIDE, OWN_CLIENT, TYPED, for_programs, is_aside, resources, why_none
from checks.api._paths import first_word
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

CRUD = frozenset(
    "get add create update delete remove edit insert fetch save store post put list find show view modify new retrieve"
    " read destroy".split()
)
"""Verbs that a method of HTTP says already."""
VERBS = CRUD | frozenset(
    "make set change do handle process submit connect disconnect calculate generate send check".split()
)
"""First words of a segment that name an action where a resource is meant."""
ACTIONS = frozenset(
    "login logout register signup signin search refresh verify health ping webhook upload import export".split()
)
"""Actions that have no better noun; nobody objects to them."""
WITHOUT_NOUN = ("password", "passwd", "email", "otp", "checkout", "payment-intent", "paymentintent")
"""What is sent, changed or set by an action that has no better noun."""
ENOUGH, SOME, FEW = 0.85, 0.6, 4
LEAST = 3
"""So many paths tell whether one of them is the rule."""

CHECK = Check(
    title_shown="Paths name resources",
    title_not_shown="Paths name actions",
    title_partly="Some paths name actions",
    looks_for="Paths made of nouns, with what is done to them left to the HTTP method.",
    why="Clients can guess GET /orders/7; they have to look up /getOrderById.",
    advice="Name the resource and let the method say what happens: GET /orders instead of /getOrders.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 85 % of the paths hold no verb; partly from 60 %.",
    does_not_count="login, search, health and other actions without a noun; changing a password; a POST, PUT or PATCH "
    "to an action on one item (POST /orders/7/submit); GraphQL; procedures of tRPC.",
    computed="Each endpoint's literal segments are split into words; a segment that begins with a verb of a fixed list "
    "counts, and one of them is overlooked where there are four paths and more; of one or two paths one tells nothing. "
    "Words that are nouns too (post, list, view) count only where another word is joined to them.",
    limits="English words alone. 85 % leaves room for a few actions that no noun fits.",
    links=("https://learn.microsoft.com/en-us/azure/architecture/best-practices/api-design",),
    skills=("REST",),
    needs=(Depth.ROUTES,),
    before="GET  /getOrders\nPOST /createOrder\nPOST /deleteOrder/7",
    pattern="GET    /notes\nPOST   /notes\nDELETE /notes/7",
)


def run(api: Api) -> Verdict:
    """The share of paths without verbs."""
    found = resources(api)
    if not found:
        return not_applicable(why_none(api))
    if all(is_aside(item) for item in found):
        return not_applicable(BESIDE)
    found = [item for item in for_programs(api) if item.framework not in TYPED]
    if not found:
        return not_applicable(OWN_CLIENT if for_programs(api) else why_none(api))
    verbs = [item for item in found if verb_in(item)]
    if len(verbs) == 1 and len(found) < LEAST:
        return not_applicable(f"{count(len(found), 'path')}, too few to tell whether actions are the rule.")
    first = f"{verbs[0].method} {verbs[0].path} ({verbs[0].file}:{verbs[0].line})" if verbs else ""
    return Verdict(
        outcome=by_share(1 - max(0, len(verbs) - _spare(found)) / len(found), ENOUGH, SOME),
        summary=f"{len(found) - len(verbs)} of {count(len(found), 'path')} "
        f"{'names' if len(found) == 1 else 'name'} a resource, not an action.",
        evidence=evidence(verbs[:8], "a verb in the path") if verbs else evidence(found[:3]),
        confidence=Confidence.LIKELY,
        advice=f"Name the resource and let the method say what happens; start with {first}." if verbs else None,
        at=verbs[0].file if verbs else None,
    )


def _spare(found: list[Endpoint]) -> int:
    """One action more or less decides nothing."""
    return 1 if len(found) >= FEW else 0


def verb_in(endpoint: Endpoint) -> str | None:
    """The verb that one of a path's literal segments begins with, if any."""
    segments = [part for part in endpoint.path.split("/") if part]
    for place, segment in enumerate(segments):
        word = first_word(segment)
        if word not in VERBS or word in ACTIONS or any(noun in segment.lower() for noun in WITHOUT_NOUN):
            continue
        on_one = place > 0 and "{" in segments[place - 1]
        if on_one and word not in CRUD and endpoint.method in ("POST", "PUT", "PATCH"):
            continue
        return word
    return None
