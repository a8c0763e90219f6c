"""Does the API protect itself?"""

from __future__ import annotations

import re

from checks.api._endpoints import BESIDE, for_programs, judged, server_signs, why_none
from checks.api._hints import cors as cors_of
from checks.api._hints import hints
from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_applicable, not_shown, partly, shown

NARROW = re.compile(r"://|localhost|env|^function$|^text$|^\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE)
"""What names origins: an address, the environment, a function that chooses."""
NO_ORIGINS = ("*", "")
WORD = re.compile(r"\w+")

CHECK = Check(
    title_shown="The API limits what clients can do",
    title_not_shown="No limits on clients",
    title_partly="One limit on clients",
    looks_for="Rate limits, body limits of one's own and CORS narrowed to known origins.",
    why="One script can otherwise keep a small server busy, or guess passwords all night.",
    advice="Add a rate limiter to the login first, and narrow CORS to the front end's origin.",
    effort=Effort.HOURS,
    level=4,
    shown_when="At least two of rate limit, body limit and narrowed CORS; partly with one.",
    does_not_count="CORS open to every origin; the body limit that a framework has unasked.",
    computed="Three kinds are looked for in parsed code and settings: rate limiters by library or by name, settings of "
    "the size of bodies, CORS with named origins. One makes it partly, two are enough. Where only a "
    "name stands for the origins, nothing is said, unless that name has every origin as its value.",
    limits="Limits that a proxy, gateway or host sets are seen in the settings of nginx, Apache, PHP, HAProxy and "
    "Traefik and in annotations of an ingress; those outside of the repository are not.",
    links=(
        "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
        "https://developer.mozilla.org/en-US/docs/Web/HTTP/CORS",
    ),
    skills=("REST", "Security"),
    needs=(Depth.ROUTES,),
    before="""app.use(cors());
app.use(express.json());
app.post('/login', login);""",
    pattern="""app.use(cors({ origin: process.env.SHOP_ORIGIN }));
app.use(express.json({ limit: '100kb' }));
app.post('/login', rateLimit({ windowMs: 60_000, limit: 10 }), login);""",
)


def run(api: Api, code: Code, project: Project) -> Verdict:
    """Which limits there are."""
    if not judged(for_programs(api), code):
        return not_applicable(BESIDE if for_programs(api) else why_none(api))
    rate = server_signs(code, SignKind.RATE_LIMIT) or hints(code, "limit")
    body = [item for item in server_signs(code, SignKind.BODY_LIMIT) if not is_development(item.path)]
    opened = {item.fact.detail.rpartition(" ")[2].lower() for item in hints(code, "origins")}
    cors = [item for item in cors_of(code) if not _is_open(item.fact.detail, opened)]
    found = {"rate limit": rate[:1], "body limit": body[:1], "narrowed CORS": cors[:1]}
    present = {name: items for name, items in found.items() if items}
    proof = [place for name, items in present.items() for place in evidence(items, name)]
    if len(present) > 1:
        return shown(f"Limits in place: {', '.join(present)}.", proof, LIKELY)
    if host_of(project):
        return not_applicable(f"It is an extension of {host_of(project)}: the site limits its clients.")
    if cors and not (rate or body) and not any(NARROW.search(item.fact.detail) for item in cors):
        return could_not_tell("Which origins CORS allows is not said where it is set up; no other limit was found.")
    if present:
        return partly(f"One limit in place: {', '.join(present)}.", proof, LIKELY)
    return not_shown("No rate limit, body limit of its own or narrowed CORS was found.", confidence=LIKELY)


def _is_open(detail: str, opened: set[str]) -> bool:
    """Whether CORS lets everybody in, at the place itself or where the setting that it names has its value."""
    return detail in NO_ORIGINS or any(word.lower() in opened for word in WORD.findall(detail[:200]))
