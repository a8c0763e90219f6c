"""Are bodies and parameters validated before use?"""

from __future__ import annotations

import re

from checks.api._endpoints import WITH_BODY, served, server_signs, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

BY_HAND = "hand-written"
BARE = re.compile(
    r"/(?:log-?out|sign-?out|logout[-_]?all)$|\}/(?:un)?(?:like|follow|favou?rite|bookmark|subscribe|archive|publish)$|"
    r"\}/(?:(?:de)?activate|enable|disable|cancel|toggle|restore|approve|read)$",
    re.IGNORECASE,
)
"""Paths of what takes no body: who asks, and the path, say everything."""
ENOUGH = 0.5

CHECK = Check(
    title_shown="Request bodies are validated",
    title_not_shown="Request bodies are used as they come",
    looks_for="Schemas, DTOs, serializers, form requests or explicit checks on what clients send.",
    why="Everything a client sends may be missing, of another type or hostile.",
    advice="Declare a schema for each body, and answer 400 or 422 with the fields that are wrong.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A validation library or schema is used where bodies are taken; partly with checks written by hand.",
    does_not_count="Constraints of the database, checks in the client, forms of pages; logging out, likes and such.",
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Validation signs against endpoints that take a body."""
    taking = [item for item in served(api) if item.method in WITH_BODY and not BARE.search(item.path)]
    if not taking:
        return not_applicable("No endpoint takes a body.")
    signs = _of_the_api(api, server_signs(code, SignKind.VALIDATION))
    declared = [item for item in signs if item.fact.detail != BY_HAND]
    bodies = count(len(taking), "endpoint that takes a body", "endpoints that take a body")
    if not signs:
        return _none(taking, bodies)
    covered = [item for item in taking if within(item, signs)]
    handlers = [item for item in served(api) if item.handler]
    apart = [sign for sign in declared if not any(within(item, [sign]) for item in handlers)]
    libraries = ", ".join(sorted({item.fact.detail for item in declared})[:3]) or "hand"
    if apart:
        return shown(f"{bodies}; validated by {libraries}.", evidence([*apart[:3], *declared[:2]], "validates"))
    summary = f"{bodies}; {len(covered)} validated, by {libraries}."
    if len(covered) > ENOUGH * len(taking):
        return shown(summary, evidence(signs[:4], "validates"), LIKELY)
    bare = [item for item in taking if item not in covered]
    first = f"{bare[0].method} {bare[0].path} ({bare[0].file}:{bare[0].line})"
    advice = f"Validate the body of {len(bare)} endpoints; start with {first}."
    return partly(summary, evidence([*bare[:4], *signs[:2]]), LIKELY, advice=advice, at=bare[0].file)


def _of_the_api(api: Api, signs: list[At[Sign]]) -> list[At[Sign]]:
    """Signs outside of the handlers of pages, whose forms say nothing of the API."""
    pages = [item for item in api.endpoints if item.kind is EndpointKind.PAGE]
    return [sign for sign in signs if not any(within(page, [sign]) for page in pages)]


def _none(taking: list[Endpoint], bodies: str) -> Verdict:
    first = f"{taking[0].method} {taking[0].path} ({taking[0].file}:{taking[0].line})"
    advice = f"Declare a schema for the body of {first}; answer 400 or 422 with the fields that are wrong."
    places = evidence(taking[:4], "takes a body")
    return not_shown(f"{bodies}; no validation was found.", places, LIKELY, advice=advice, at=taking[0].file)
