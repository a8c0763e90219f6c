"""Are outcomes told apart by status code?"""

from __future__ import annotations

import re

from checks.api._endpoints import BESIDE, ENTRY, WRITES, for_programs, host_of, judged, server_signs, why_none
from checks.api._hints import hints
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

GROUPS = {
    "created or no content": ("201", "202", "204"),
    "bad request": ("400", "409", "422"),
    "not found": ("404", "410"),
    "unauthorised": ("401", "403"),
}
BY_FRAMEWORK = {
    "NestJS": ("created or no content",),
    "Grape": ("created or no content", "bad request"),
    "API Platform": ("created or no content", "bad request", "not found"),
    "AdonisJS": ("bad request",),
    "Symfony": ("not found",),
    "Ruby on Rails": ("not found",),
    **dict.fromkeys(("Fastify", "Goa"), ("bad request",)),
    **dict.fromkeys(("FastAPI", "Django Ninja", "Litestar", "Huma"), ("bad request",)),
    **dict.fromkeys(("Spring MVC", "Spring WebFlux", "Micronaut", "ASP.NET Core"), ("bad request",)),
    "Laravel": ("bad request", "not found"),
    "Magento": ("bad request", "unauthorised", "not found"),
}
"""What a framework answers without being told: 400 or 422 for a body that does not fit, 201 for POST, 404 for a row
that is sought by its path and is not there."""
CALLED_BY_TYPES = "tRPC"
"""Answers with codes of its own, of which it makes a status itself."""
WHOLE = re.compile(r"\{(?:path|rest|proxy|wildcard|any|all|splat)\}/?$")
"""What takes in all below a path."""
GENERIC = re.compile(r"(?:^|\.)(?:\w*ModelViewSet|\w+APIView|\w+ModelMixin)$")
"""Views of REST framework that answer 201, 204, 400 and 404 by themselves."""
ENOUGH, SOME = 3, 2

CHECK = Check(
    title_shown="Status codes tell outcomes apart",
    title_not_shown="Few status codes",
    title_partly="Some outcomes have no status code of their own",
    looks_for="201 or 204, 400 or 422, 404, and 401 or 403 in handlers and error classes.",
    why="A client that gets 200 for everything has to guess from the body what happened.",
    advice="Answer 201 for created, 404 for an unknown id, 400 or 422 for a bad body, 401 without a token.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least three of the four groups are used, or all that can occur: no 404 where no path names an item, "
    "no 201 where nothing is made; partly with two.",
    does_not_count="Codes in tests and clients; 500 and redirects. Of an API of one endpoint nothing is missing.",
    computed="The status codes that server code answers with are read from parsed calls, returns, attributes and error "
    "classes, and put into four groups. What the framework, a guard or a validation library answers by itself counts "
    "too, and so do calls named after a code. Three of four is the rubric's measure.",
    limits="Codes that come from a table or from a package outside of the repository are not seen.",
    links=(
        "https://developer.mozilla.org/en-US/docs/Web/HTTP/Status",
        "https://www.rfc-editor.org/rfc/rfc9110#name-status-codes",
    ),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
    before="""@app.get("/orders/<int:key>")
def order(key):
    found = orders.get(key)
    return jsonify(found or {"error": "unknown order"})  # 200 either way""",
    pattern="""@app.get("/orders/<int:key>")
def order(key):
    found = orders.get(key)
    if found is None:
        abort(404)
    return jsonify(found)""",
)


def run(api: Api, code: Code, project: Project) -> Verdict:
    """The groups of status codes in use."""
    if not judged(for_programs(api), code):
        return not_applicable(BESIDE if for_programs(api) else why_none(api))
    if all(item.framework == CALLED_BY_TYPES for item in for_programs(api)):
        return not_applicable(f"{CALLED_BY_TYPES} has codes of its own.")
    if not any(item.method in WRITES or _names_one(item) for item in for_programs(api)):
        return not_applicable("Only fixed reads are served, which have little else to answer than 200.")
    signs = server_signs(code, SignKind.STATUS)
    firsts = {name: next((item for item in signs if item.fact.detail in codes), None) for name, codes in GROUPS.items()}
    used = {name: item for name, item in firsts.items() if item is not None}
    given = _given(api, code) | _hinted(code)
    told = [name for name in GROUPS if name in used or name in given]
    missing = [name for name in GROUPS if name not in told and not _is_beside(name, api)]
    if len(told) < ENOUGH and len(judged(for_programs(api), code)) == 1:
        return not_applicable("One endpoint has few outcomes to tell apart.")
    if len(told) < ENOUGH and (host := host_of(project)):
        return not_applicable(f"The code extends {host}, which answers with codes by itself.")
    if not told:
        return not_shown(
            "No status code besides the default was found.", confidence=LIKELY, at=for_programs(api)[0].file
        )
    proof = [place for name, item in used.items() for place in evidence([item], name)]
    reads = all(item.method not in WRITES for item in for_programs(api))
    if len(told) >= ENOUGH or (reads and "not found" in told) or not set(missing) - {"unauthorised"}:
        by_itself = evidence(for_programs(api)[:2], "its framework answers with codes")
        return shown(f"Told apart: {', '.join(told)}.", proof or by_itself)
    summary = f"Told apart: {', '.join(told)}; not seen: {', '.join(missing)}."
    return partly(summary, proof, LIKELY) if len(told) >= SOME else not_shown(summary, proof, LIKELY)


def _is_beside(group: str, api: Api) -> bool:
    """Whether nothing that is served could answer so: no path names one item, or nothing is written."""
    found = for_programs(api)
    if group == "not found":
        return not any(_names_one(item) for item in found)
    return group == "created or no content" and not any(_creates(item) for item in found)


def _names_one(endpoint: Endpoint) -> bool:
    """Whether a path says which item is meant; one that takes in all below it does not."""
    return "{" in WHOLE.sub("", endpoint.path[:300])


def _creates(endpoint: Endpoint) -> bool:
    """Whether something may be made: by POST beside signing in. What is changed or removed may be told with 200."""
    return endpoint.method == "POST" and not ENTRY.search(endpoint.path[:300])


def _hinted(code: Code) -> set[str]:
    """The groups that calls are named after, or whose numbers are given to what answers, or held for it."""
    subjects = ("status", "status held") if hints(code, "status given") else ("status",)
    said = {item.fact.detail.rpartition(" ")[2] for subject in subjects for item in hints(code, subject)}
    return {name for name, codes in GROUPS.items() if said.intersection(codes)}


def _given(api: Api, code: Code) -> set[str]:
    """The groups that a framework, a guard or a validation library answers by itself."""
    by_hand = bool(server_signs(code, SignKind.JSON_RESPONSE))
    found = {
        group
        for item in for_programs(api)
        for group in BY_FRAMEWORK.get(item.framework, ())
        if not (by_hand and item.framework == "NestJS")
    }
    if (
        server_signs(code, SignKind.AUTH_GUARD)
        or hints(code, "guard")
        or any(item.authenticated for item in for_programs(api))
    ):
        found.add("unauthorised")
    if any(item.fact.detail != "hand-written" for item in server_signs(code, SignKind.VALIDATION)):
        found.add("bad request")
    if any(item.fact.module.partition(".")[0] == "rest_framework" for item in code.imports):
        generic = any(
            GENERIC.search(base) and not base.endswith(".APIView") for item in code.classes for base in item.fact.bases
        )
        found |= {"created or no content", "bad request", "not found"} if generic else set()
    return found
