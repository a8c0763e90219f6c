"""Are security headers set?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Security headers are set",
    title_not_shown="No security headers",
    looks_for="helmet, Talisman, Django's SECURE settings and the like.",
    why="A few headers close whole classes of attacks in the browser for one line of code.",
    advice="Add the framework's header middleware with its defaults.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="A library or settings for security headers are in use.",
    does_not_count="CORS.",
    links=("https://owasp.org/www-project-secure-headers/",),
    skills=("Security",),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Looks for header libraries."""
    found = code.of(SignKind.SECURITY_HEADERS)
    if found:
        return shown(f"Set by {found[0].fact.detail}.", evidence(found[:2], "sets headers"), LIKELY)
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    return not_shown("No middleware or setting for security headers was found.", confidence=LIKELY)
