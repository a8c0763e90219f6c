"""Are there first steps of protection?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checks.api._endpoints import BESIDE, OTHER_STYLE, WRITES, answering, is_aside, judged, served, server_signs
from checks.api._hints import hints
from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At, Place
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.host import host_of
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
NAMED = {
    "by-hand": "validated input",
    "validation": "validated input",
    "limit": "rate limits",
    "hash": "hashed passwords",
    "guard": "guarded routes",
    "role": "checks of ownership",
    "env": "settings from the environment",
}
"""The same where names or refusals speak of it."""
SIGNING_IN = re.compile(r"log_?in|sign_?(?:in|up)|regist|password", re.IGNORECASE)
"""What finds out who one is; that keeps nobody out yet."""
REFUSALS = ("401", "403")
READS = ("GET", "HEAD", "OPTIONS")
MUTATION = "mutation"
QUERIES = ("query", "subscription")
FOLDER = re.compile(r"/(?:\{(?:path|\*|rest|any|filepath|wildcard)\w{0,20}\}|\*\w{0,40})$")
"""How a path ends that stands for all below it."""
ENOUGH = 2

CHECK = Check(
    title_shown="First steps of protection are there",
    title_not_shown="No protection was found",
    title_partly="One step of protection is there",
    looks_for="Guarded routes, hashed passwords, verified tokens, checks of ownership, validated input, security"
    " headers, rate limits, settings from the environment.",
    why="The absence of mistakes shows nothing where nothing was protected.",
    advice="Guard the routes that write, and validate what they are given.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least two of these; partly with one.",
    does_not_count="Libraries that are only imported; APIs that are only read from, where little needs protection.",
    computed="Eight kinds of protection are looked for in the parsed code; those that are found at least once are"
    " counted, and two make it shown. The number is a choice of this tool: one may be an accident. Input of a mutation"
    " of GraphQL counts as validated, by the types of its schema.",
    limits="How many routes a step protects is not weighed here; api-auth and api-validation do that. Protection by a"
    " gateway in front of the server is not seen.",
    links=("https://owasp.org/www-project-api-security/",),
    skills=("Security",),
    needs=(Depth.ROUTES,),
    before="app.post('/notes', (req, res) => {\n  res.json(db.insert(req.body));\n});",
    pattern="app.post('/notes', signedIn, validate(noteSchema), (req, res) => {\n  res.json(db.insert(req.body));\n});",
)


def run(api: Api, code: Code, project: Project) -> Verdict:
    """Which steps there are."""
    endpoints = served(api) or [item for item in answering(api) if item.method in (*WRITES, "ANY")]
    if not endpoints and not api.operations:
        return not_applicable("Nothing is served that would be protected.")
    found = _kinds(endpoints, api, code)
    summary = f"{count(len(found), 'kind')} of protection: {', '.join(found)}." if found else "None was found."
    places: list[Evidence] = [place for name, signs in found.items() for place in evidence(signs[:1], name)]
    if len(found) >= ENOUGH:
        return shown(summary, places[:5], LIKELY)
    if not judged(endpoints, code) and not api.operations:
        return not_applicable(BESIDE)
    host = host_of(project)
    if host:
        return not_applicable(f"It is an extension of {host}, which protects its own site.")
    if _only_read(endpoints, api):
        return not_applicable("What is served is only read.")
    if found:
        return partly(f"{summary[:-1]}; {ENOUGH} needed.", places, LIKELY)
    return not_shown(summary, evidence(_unprotected(endpoints), "no protection found"), LIKELY)


def _kinds(endpoints: Sequence[Endpoint], api: Api, code: Code) -> dict[str, Sequence[At[Sign] | Endpoint | Place]]:
    """The kinds of protection, known or spoken of by name, with their places."""
    found = _steps(endpoints, code)
    for subject, name in NAMED.items():
        if subject == "hash" and code.of(SignKind.PASSWORD_WEAK):
            continue
        if name not in found and (named := _telling(subject, code)):
            found[name] = named
    if typed := _typed(api):
        found.setdefault(STEPS[SignKind.VALIDATION], typed)
    return found


def _typed(api: Api) -> list[Place]:
    """Mutations of GraphQL, whose engine refuses input of other types than the schema says."""
    return [Place(path=item.file, line=item.line) for item in api.operations if item.kind == MUTATION]


def _only_read(endpoints: Sequence[Endpoint], api: Api) -> bool:
    """Whether no method and no operation changes anything; what answers queries alone is posted to and reads."""
    asked = [item for item in _told(endpoints) if not api.operations or not OTHER_STYLE.search(item.path[-80:])]
    return all(item.method in READS for item in asked) and all(item.kind in QUERIES for item in api.operations)


def _told(endpoints: Sequence[Endpoint]) -> Sequence[Endpoint]:
    """Those whose method is known; where a whole folder of paths is handed on beside them, they speak for it."""
    known = [item for item in endpoints if item.method != "ANY" or not FOLDER.search(item.path[-80:])]
    return known or endpoints


def _steps(endpoints: Sequence[Endpoint], code: Code) -> dict[str, Sequence[At[Sign] | Endpoint | Place]]:
    """The kinds of protection that are known, with their places."""
    found: dict[str, Sequence[At[Sign] | Endpoint | Place]] = {}
    for kind, name in STEPS.items():
        if signs := server_signs(code, kind):
            found[name] = signs
    refusals = [item for item in server_signs(code, SignKind.STATUS) if item.fact.detail in REFUSALS]
    refusing = [item for item in refusals if not SIGNING_IN.search(f"{item.path}/{item.fact.function}"[-200:])]
    guarded = [item for item in endpoints if item.authenticated] or refusing
    if guarded and STEPS[SignKind.AUTH_GUARD] not in found:
        found[STEPS[SignKind.AUTH_GUARD]] = guarded
    return found


def _telling(subject: str, code: Code) -> list[At[Sign]]:
    """The hints of a subject, without those of guards that stand where people sign in."""
    named = hints(code, subject)
    if subject != "guard":
        return named
    return [item for item in named if not SIGNING_IN.search(f"{item.fact.function} {item.fact.detail}"[-200:])]


def _unprotected(endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """Two endpoints that matter most: those that write, of the application itself, with a method that is known."""
    own = [item for item in endpoints if not is_development(item.file) and not is_aside(item) and item.method != "ANY"]
    return sorted(own, key=lambda item: item.method not in WRITES)[:2]
