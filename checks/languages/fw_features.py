"""Is more of {name} used than its routing?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Code, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEATURES = {
    SignKind.VALIDATION: "validation",
    SignKind.ERROR_HANDLER: "error handling",
    SignKind.AUTH_GUARD: "authentication",
    SignKind.ENV_READ: "configuration",
    SignKind.CORS: "CORS",
    SignKind.PAGINATION: "pages",
    SignKind.SPEC_GENERATOR: "API description",
    SignKind.RATE_LIMIT: "rate limits",
}
ENOUGH, SOME = 4, 2

FAMILY = {"TypeScript": "JavaScript"}
"""Languages whose files work together."""

CHECK = Check(
    title_shown="{name} is used in depth",
    title_not_shown="Little of {name} beside its routing",
    looks_for="Validation, error handling, authentication, configuration and the like.",
    why="The first weeks of a job are spent in these parts of a framework.",
    advice="Add the framework's validation and its error handler to the API.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least four of these parts; partly with two.",
    does_not_count="Parts that are only imported; those of a framework of another language beside it.",
    needs=(Depth.FUNCTIONS,),
    family="framework",
)


def run(project: Project, code: Code, subject: str) -> Verdict:
    """Which parts of the framework are used."""
    if all(use.name != subject for use in project.frameworks):
        return not_applicable(f"{subject} is not used.")
    languages = _languages(project, subject)
    paths = {
        file.path
        for file in code.modules
        if not languages or FAMILY.get(file.language or "", file.language) in languages
    }
    found: dict[str, At[Sign]] = {}
    for item in code.of(*FEATURES):
        if item.path in paths:
            found.setdefault(FEATURES[item.fact.kind], item)
    if not found and not code.functions:
        return not_applicable(f"{subject} code is not read in depth.")
    places = [place for name, item in found.items() for place in evidence([item], name)]
    summary = f"{count(len(found), 'part')} in use: {', '.join(found) or 'routing alone'}"
    summary = f"{summary}." if len(found) >= ENOUGH else f"{summary}; {ENOUGH} needed."
    if len(found) >= ENOUGH:
        return shown(summary, places[:6], LIKELY)
    return partly(summary, places, LIKELY) if len(found) >= SOME else not_shown(summary, places, LIKELY)


def _languages(project: Project, subject: str) -> set[str]:
    """The languages of the files in which the framework shows itself; none where only a manifest names it."""
    shown_in = {place.path for use in project.frameworks if use.name == subject for place in use.evidence}
    names = {file.language for file in project.files if file.path in shown_in and file.language}
    return {FAMILY.get(name, name) for name in names}
