"""Are bodies and parameters validated before use?"""

from __future__ import annotations

import re

from checks.api._endpoints import WITH_BODY, for_programs, server_signs, within
from checks.api._hints import around, hints
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import ClassDef, Sign, SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.facts.values import At
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

BY_HAND = ("hand-written", "by-hand")
GENERIC = re.compile(r"(?:^|\.)(?:\w*ModelViewSet|(?!API)\w+APIView|(?:Create|Update)ModelMixin)$")
BARE = re.compile(
    r"/(?:log-?out|sign-?out|logout[-_]?all)$|\}/(?:un)?(?:like|follow|favou?rite|bookmark|subscribe|archive|publish)$|"
    r"\}/(?:(?:de)?activate|enable|disable|cancel|toggle|restore|approve|read)$",
    re.IGNORECASE,
)
"""Paths of what takes no body: who asks, and the path, say everything."""
MERE_CALL = re.compile(
    r"/(?:open|close|start|stop|pause|resume|run|sync|lock|unlock|reset|reload|refresh|trigger|ping|clear|complete|finish"
    r"|done|confirm|accept|reject|decline|join|leave|mark\w{0,20}|\w{0,20}toggle\w{0,20}|increment|decrement|seed)(?:/\{\w{1,40}\})?/?$"
    r"|/(?:like|follow|favou?rites?|bookmark|subscribe|archive|publish|cancel|approve|restore)/\{\w{1,40}\}/?$",
    re.IGNORECASE,
)
"""Paths of commands, which take a body only where their handlers read one."""
STATED = ("Spring MVC", "Spring WebFlux", "Micronaut", "NestJS")
"""Frameworks whose handlers say that they take a body, by an annotation of a parameter."""
OF_SIGNING_IN = re.compile(r"auth|jwt|token|passport|credential|session", re.IGNORECASE)
"""Files and functions whose checks are of who asks."""
TOOLS = re.compile(
    r"(?:^|/)(?:config|scripts?|seed\w*|migrations?|cli|tools?|util(?:s|ities)?|helpers?)(?:/|\.)", re.IGNORECASE
)
ENOUGH = 0.5

CHECK = Check(
    title_shown="Request bodies are validated",
    title_not_shown="Request bodies are used as they come",
    title_partly="Some request bodies are validated",
    looks_for="Schemas, DTOs, serializers, form requests or explicit checks on what clients send.",
    why="Everything a client sends may be missing, of another type or hostile.",
    advice="Declare a schema for each body, and answer 400 or 422 with the fields that are wrong.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A validation library or schema is used where bodies are taken; partly with checks written by hand.",
    does_not_count="Constraints of the database, checks in the client, forms of pages; logging out, likes and such.",
    computed="Endpoints that take a body are held against the uses of validation libraries, schemas and hand-written "
    "refusals in their handlers, from parsed code. A library that is used outside of handlers covers the API; with "
    "checks by hand more than half of the endpoints have to be covered, or as many functions check as endpoints take "
    "one. Rules of Sequelize's models count too. Functions and middleware that are named after "
    "validating count for the endpoint that uses them; that a row is not there is no check of a body.",
    limits="Validation in a package of one's own, or that a generator adds, is not seen. Where functions beside the "
    "handlers refuse values, which bodies these stand for is not followed, and less than enough is not "
    "judged. Whether the rules are the right ones is not judged.",
    links=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html",
        "https://json-schema.org/",
    ),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
    before="""router.post('/notes', async (req, res) => {
  const note = await Note.create(req.body);
  res.status(201).json(note);
});""",
    pattern="""const NewNote = z.object({ title: z.string().min(1).max(200) });
router.post('/notes', async (req, res) => {
  const body = NewNote.parse(req.body); // the error handler answers 422
  res.status(201).json(await Note.create(body));
});""",
)


def run(api: Api, code: Code) -> Verdict:
    """Validation signs against endpoints that take a body."""
    reading = hints(code, "body")
    posted = [item for item in for_programs(api) if item.method in WITH_BODY and not BARE.search(item.path)]
    taking = [item for item in posted if item.framework not in STATED or not item.handler or within(item, reading)]
    signs = _of_the_api(api, [*server_signs(code, SignKind.VALIDATION), *hints(code, "by-hand")])
    taking = _without_mere_calls(taking, [*reading, *signs])
    if not taking:
        return not_applicable("No endpoint takes a body.")
    named = _of_the_api(api, hints(code, "validation"))
    declared = [item for item in signs if item.fact.detail not in BY_HAND]
    bodies = count(len(taking), "endpoint that takes a body", "endpoints that take a body")
    if not signs:
        found = [item for item in taking if within(item, reading)] or taking
        if not reading and all(item.handler for item in found):
            return could_not_tell(f"{bodies}, by the method; where a body is read was not found.")
        return _elsewhere(api, code, bodies, signs) or _by_name(found, bodies, named)
    views = _generic_views(code)
    covered = [item for item in taking if within(item, signs) or around(item, named) or _is_in(item, views)]
    handlers = [item for item in for_programs(api) if item.handler]
    apart = [sign for sign in declared if not any(within(item, [sign]) for item in handlers)]
    libraries = ", ".join(sorted({item.fact.detail for item in declared})[:3]) or "hand"
    if apart:
        return shown(f"{bodies}; validated by {libraries}.", evidence([*apart[:3], *declared[:2]], "validates"))
    summary = f"{bodies}; {len(covered)} validated, by {libraries}."
    known = [item for item in taking if item in covered or not item.handler or within(item, reading)]
    if len(covered) > ENOUGH * len(known):
        proof = [place for item in covered for place in (within(item, signs) or around(item, named))[:1]]
        return shown(summary, evidence((proof or signs)[:4], "validates"), LIKELY)
    called = [sign for sign in signs if not any(within(item, [sign]) for item in handlers)]
    if called or not covered:
        by = [*signs, *(item for item in named if (item.path, item.fact.function) not in _functions(signs))]
        by = [item for item in by if not OF_SIGNING_IN.search(_leaf(item))] or by
        beside = [item for item in handlers if item not in taking]
        checking = len(_functions([item for item in by if not any(within(other, [item]) for other in beside)]))
        places = count(len(_functions(by)), "function")
        first = list({(item.path, item.fact.function): item for item in reversed(by)}.values())[::-1]
        by_hand = evidence(first[:4], "checks by hand")
        if checking >= len(taking):
            return shown(f"{bodies}; checked by hand in {places}.", by_hand, LIKELY)
        if unknown := _elsewhere(api, code, bodies, signs):
            return unknown
        return partly(f"{bodies}; checked by hand in {places}.", by_hand, LIKELY)
    bare = [item for item in taking if item not in covered and within(item, reading)]
    held = [sign for item in covered for sign in (within(item, signs) or around(item, named))[:1]]
    return _elsewhere(api, code, bodies, signs) or _some(bare, held or signs, summary)


def _without_mere_calls(taking: list[Endpoint], told: list[At[Sign]]) -> list[Endpoint]:
    """Those that take a body: not ``PUT /gate/open`` whose handler reads none."""
    return [
        item for item in taking if not (item.handler and MERE_CALL.search(item.path[:300]) and not within(item, told))
    ]


def _elsewhere(api: Api, code: Code, bodies: str, signs: list[At[Sign]]) -> Verdict | None:
    """Values are refused in functions that handlers may call: which bodies these stand for is not followed."""
    handlers = [item for item in for_programs(api) if item.handler]
    found = [item for item in hints(code, "value check") if not any(within(other, [item]) for other in handlers)]
    found = [item for item in found if not OF_SIGNING_IN.search(_leaf(item)) and not TOOLS.search(item.path)]
    counted = _functions(signs)
    found = [item for item in found if (item.path, item.fact.function) not in counted]
    if not found:
        return None
    where = f"{found[0].path}:{found[0].fact.line}"
    return could_not_tell(f"{bodies}; values are refused in functions beside the handlers ({where}), not followed.")


def _leaf(sign: At[Sign]) -> str:
    return f"{sign.path.rpartition('/')[2]}/{sign.fact.function}"


def _functions(signs: list[At[Sign]]) -> set[tuple[str, str]]:
    return {(sign.path, sign.fact.function) for sign in signs}


def _some(bare: list[Endpoint], signs: list[At[Sign]], summary: str) -> Verdict:
    """Some are validated: those whose handlers read a body, and hold nothing of it, are named."""
    proof = [*evidence(bare[:4], "no validation found"), *evidence(signs[:2], "validates")]
    if not bare:
        return partly(summary, proof, LIKELY)
    first = f"{bare[0].method} {bare[0].path} ({bare[0].file}:{bare[0].line})"
    advice = f"Validate the body of {count(len(bare), 'endpoint')}; start with {first}."
    return partly(summary, proof, LIKELY, advice=advice, at=bare[0].file)


def _by_name(taking: list[Endpoint], bodies: str, named: list[At[Sign]]) -> Verdict:
    """Nothing but names speaks of validation, or nothing at all."""
    covered = [item for item in taking if around(item, named)]
    if len(covered) > ENOUGH * len(taking):
        proof = [place for item in covered[:3] for place in around(item, named)[:1]]
        return shown(
            f"{bodies}; {len(covered)} validated by functions of its own.", evidence(proof, "validates"), LIKELY
        )
    return _none(taking, bodies, Confidence.GUESS if named else LIKELY)


def _generic_views(code: Code) -> list[At[ClassDef]]:
    """Views of REST framework that validate by their serializer before they write."""
    return [item for item in code.classes if any(GENERIC.search(base) for base in item.fact.bases)]


def _is_in(endpoint: Endpoint, owners: list[At[ClassDef]]) -> bool:
    place = endpoint.handler
    return place is not None and any(
        item.path == place.path and item.fact.line <= place.line <= item.fact.end_line for item in owners
    )


def _of_the_api(api: Api, signs: list[At[Sign]]) -> list[At[Sign]]:
    """Signs outside of the handlers of pages, whose forms say nothing of the API."""
    pages = [item for item in api.endpoints if item.kind is EndpointKind.PAGE]
    return [sign for sign in signs if not any(within(page, [sign]) for page in pages)]


def _none(taking: list[Endpoint], bodies: str, sure: Confidence) -> Verdict:
    first = f"{taking[0].method} {taking[0].path} ({taking[0].file}:{taking[0].line})"
    advice = f"Declare a schema for the body of {first}; answer 400 or 422 with the fields that are wrong."
    places = evidence(taking[:4], "takes a body")
    return not_shown(f"{bodies}; no validation was found.", places, sure, advice=advice, at=taking[0].file)
