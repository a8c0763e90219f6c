"""Are there first steps of protection?"""

from __future__ import annotations

from checks.api._endpoints import WRITES, answering, served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

STEPS = {
    SignKind.PASSWORD_HASH: "hashed passwords",
    SignKind.TOKEN_VERIFIED: "verified tokens",
    SignKind.AUTH_GUARD: "guarded routes",
    SignKind.OWNER_CHECK: "checks of ownership",
    SignKind.VALIDATION: "validated input",
    SignKind.SECURITY_HEADERS: "security headers",
    SignKind.RATE_LIMIT: "rate limits",
    SignKind.ENV_READ: "settings from the environment",
}
ENOUGH = 2

CHECK = Check(
    title_shown="First steps of protection are there",
    title_not_shown="No protection to speak of",
    looks_for="Guarded routes, hashed passwords, verified tokens, validated input, headers, settings from outside.",
    why="The absence of mistakes shows nothing where nothing was protected.",
    advice="Guard the routes that write, and validate what they are given.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least two of these; partly with one.",
    does_not_count="Libraries that are only imported.",
    skills=("Security",),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Which steps there are."""
    endpoints = served(api) or [item for item in answering(api) if item.method in (*WRITES, "ANY")]
    found = {name: signs for kind, name in STEPS.items() if (signs := code.of(kind))}
    if not endpoints and not api.operations:
        return not_applicable("Nothing is served that would be protected.")
    summary = f"{count(len(found), 'kind')} of protection: {', '.join(found)}." if found else "None was found."
    places: list[Evidence] = [place for name, signs in found.items() for place in evidence(signs[:1], name)]
    if len(found) >= ENOUGH:
        return shown(summary, places[:5], LIKELY)
    if found:
        return partly(f"{summary[:-1]}; {ENOUGH} needed.", places, LIKELY)
    return not_shown(summary, evidence(endpoints[:2], "unprotected"), LIKELY)
