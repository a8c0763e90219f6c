"""Are endpoints documented for people?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Documents
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Endpoints are documented",
    title_not_shown="Endpoints are not documented",
    looks_for="A table of endpoints or examples in the README, or a served API description.",
    why="Somebody who wants to try the API needs one request that works.",
    advice="List the endpoints in the README, with one request and its answer as an example.",
    effort=Effort.HOURS,
    level=2,
    shown_when="The README names endpoints or shows requests, or the code serves a description.",
    does_not_count="A sentence that there is an API.",
    skills=("Documentation",),
    needs=(Depth.ROUTES,),
)


def run(documents: Documents, api: Api, code: Code) -> Verdict:
    """README lines and generators."""
    found = served(api)
    if not found and not api.operations:
        return not_applicable("No API endpoint is declared.")
    readme = documents.readme
    if readme and readme.fact.api_lines:
        lines = readme.fact.api_lines
        places = [Evidence(path=readme.path, line=line, end_line=line, note="an endpoint") for line in lines[:3]]
        return shown(f"The README names endpoints in {count(len(lines), 'line')}.", places)
    generators = code.of(SignKind.SPEC_GENERATOR)
    if generators or api.descriptions:
        files = [Evidence(path=item.path, line=1, end_line=1, note="API description") for item in api.descriptions[:2]]
        return shown("The API is described by a document.", [*evidence(generators[:1], "serves a description"), *files])
    return not_shown(f"{count(len(found), 'endpoint')}; the README names none of them.", at="README.md")
