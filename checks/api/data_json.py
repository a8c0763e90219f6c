"""Does the API answer JSON that a client can rely on?"""

from __future__ import annotations

from checks.api._endpoints import for_programs, server_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

BY_ITSELF = (
    *("FastAPI", "NestJS", "Django REST framework", "Django Ninja", "Litestar"),
    *("Spring MVC", "Spring WebFlux", "Jakarta REST", "Micronaut", "ASP.NET Core", "FastEndpoints", "Huma"),
    *("WordPress", "Magento", "Joomla"),
)
"""Frameworks that turn what a handler returns into JSON."""

CHECK = Check(
    title_shown="The API answers JSON",
    title_not_shown="The API does not answer JSON",
    looks_for="JSON answers: serializers, jsonify, res.json, response models.",
    why="JSON over HTTP is what front ends and phones consume.",
    advice="Answer JSON objects of one shape from every endpoint, errors included.",
    effort=Effort.HOURS,
    level=1,
    shown_when="Handlers answer JSON.",
    computed="Calls and returned values that answer JSON are looked for in parsed code, in all server files together; "
    "one is enough. Frameworks that answer nothing else count by themselves.",
    limits="Objects that a framework turns into JSON by itself are not always recognised; then nothing is said.",
    links=("https://www.rfc-editor.org/rfc/rfc8259", "https://developer.mozilla.org/en-US/docs/Glossary/JSON"),
    does_not_count="Pages of HTML, plain text.",
    skills=("JSON APIs",),
    needs=(Depth.ROUTES,),
    before="""@app.get("/notes")
def notes():
    return ", ".join(note.title for note in Note.query)""",
    pattern="""@app.get("/notes")
def notes():
    return jsonify([{"id": note.id, "title": note.title} for note in Note.query])""",
)


def run(api: Api, code: Code) -> Verdict:
    """JSON answers, or a framework that answers nothing else."""
    found = for_programs(api)
    if not found:
        return not_applicable("No API endpoint is declared.")
    native = [item for item in found if item.framework in BY_ITSELF]
    signs = server_signs(code, SignKind.JSON_RESPONSE)
    if signs or native:
        number = count(len(found), "endpoint")
        return shown(f"JSON answers from {number}.", evidence([*signs[:3], *native[:2]], "answers JSON"), LIKELY)
    summary = f"No JSON answer was recognised among {count(len(found), 'endpoint')}."
    return not_shown(summary, confidence=Confidence.GUESS)
