"""Are outcomes told apart by status code?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

GROUPS = {
    "created or no content": ("201", "202", "204"),
    "bad request": ("400", "409", "422"),
    "not found": ("404", "410"),
    "unauthorised": ("401", "403"),
}
ENOUGH, SOME = 3, 2

CHECK = Check(
    title_shown="Status codes tell outcomes apart",
    title_not_shown="Few status codes",
    looks_for="201 or 204, 400 or 422, 404, and 401 or 403 in handlers and error classes.",
    why="A client that gets 200 for everything has to guess from the body what happened.",
    advice="Answer 201 for created, 404 for an unknown id, 400 or 422 for a bad body, 401 without a token.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least three of the four groups are used; partly with two.",
    does_not_count="Codes in tests and clients.",
    links=("https://developer.mozilla.org/en-US/docs/Web/HTTP/Status",),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """The groups of status codes in use."""
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    signs = code.of(SignKind.STATUS)
    firsts = {name: next((item for item in signs if item.fact.detail in codes), None) for name, codes in GROUPS.items()}
    used = {name: item for name, item in firsts.items() if item is not None}
    missing = [name for name in GROUPS if name not in used]
    if not used:
        return not_shown("No status code besides the default is answered.", confidence=LIKELY, at=served(api)[0].file)
    proof = [place for name, item in used.items() for place in evidence([item], name)]
    if len(used) >= ENOUGH:
        return shown(f"Told apart: {', '.join(used)}.", proof)
    summary = f"Told apart: {', '.join(used)}; not: {', '.join(missing)}."
    return partly(summary, proof) if len(used) >= SOME else not_shown(summary, proof, LIKELY)
