"""Does the API protect itself?"""

from __future__ import annotations

from checks.api._endpoints import served, server_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="The API limits what clients can do",
    title_not_shown="No limits on clients",
    looks_for="Rate limits, body limits and CORS narrowed to known origins.",
    why="One script can otherwise keep a small server busy, or guess passwords all night.",
    advice="Add a rate limiter to the login first, and narrow CORS to the front end's origin.",
    effort=Effort.HOURS,
    level=4,
    shown_when="At least two of rate limit, body limit and narrowed CORS; partly with one.",
    does_not_count="CORS open to every origin.",
    skills=("REST", "Security"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Which limits there are."""
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    rate, body = server_signs(code, SignKind.RATE_LIMIT), server_signs(code, SignKind.BODY_LIMIT)
    cors = [item for item in server_signs(code, SignKind.CORS) if item.fact.detail not in ("*", "")]
    found = {"rate limit": rate[:1], "body limit": body[:1], "narrowed CORS": cors[:1]}
    present = {name: items for name, items in found.items() if items}
    proof = [place for name, items in present.items() for place in evidence(items, name)]
    if len(present) > 1:
        return shown(f"Limits in place: {', '.join(present)}.", proof, LIKELY)
    if present:
        return partly(f"One limit in place: {', '.join(present)}.", proof, LIKELY)
    return not_shown("No rate limit, body limit or narrowed CORS was found.", confidence=LIKELY)
