"""Is more of {name} used than its routing?"""

from __future__ import annotations

import re

from checks.languages._of import is_by_components
from checks.languages._reach import joined
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

FEATURES = {
    SignKind.VALIDATION: "validation",
    SignKind.ERROR_HANDLER: "error handling",
    SignKind.AUTH_GUARD: "authentication",
    SignKind.ENV_READ: "configuration",
    SignKind.CORS: "CORS",
    SignKind.PAGINATION: "pages",
    SignKind.SPEC_GENERATOR: "API description",
    SignKind.RATE_LIMIT: "rate limits",
    SignKind.BODY_LIMIT: "body limits",
    SignKind.SECURITY_HEADERS: "security headers",
    SignKind.TRANSACTION: "transactions",
    SignKind.JOB: "jobs",
    SignKind.CACHE: "caching",
    SignKind.HEALTH: "health checks",
    SignKind.METRICS: "metrics",
    SignKind.GRAPHQL: "GraphQL",
    SignKind.SOAP: "SOAP",
}
"""Parts that every framework has in some way; what is each framework's own says `SignKind.FRAMEWORK_PART`."""
ENOUGH, OPEN = 3, 2
"""Parts that are asked for, and those beside which a third may be one that the lists do not know."""
ROUTES, LARGE = 2, 12
"""Endpoints below which a framework is a helper beside a program of so many modules."""
SMALL = 5
"""Endpoints below which a program may well need no more than one part."""

LISTED = frozenset({
    "Django", "Django REST framework", "Flask", "FastAPI", "CherryPy", "Express", "NestJS", "Fastify", "Koa",
    "Ruby on Rails", "Sinatra", "Laravel", "Symfony", "Slim", "CodeIgniter", "ASP.NET Core", "Spring Boot",
    "Spring MVC", "Spring WebFlux", "Quarkus", "Jakarta REST", "Ktor", "Gin", "Echo", "chi",
})  # fmt: skip
"""Frameworks whose own parts are listed: of others too little is known to say that little of them is used."""
WITHIN = {"Spring MVC": "Spring Boot", "Spring WebFlux": "Spring Boot"}
"""Frameworks that are set up by another one: what lacks is said once, of the one around."""
BY_IMPORTS = frozenset({"Flask", "FastAPI", "CherryPy", "Express", "Koa", "Fastify"})
"""Frameworks whose programs hang together by imports, and so can be told from others beside them."""
FAMILY = {"TypeScript": "JavaScript"}
"""Languages whose files work together."""
BY_HAND = re.compile(r"(?:.*/)?(?:\w*seed(?:s|ers?|ing)?|fixtures?|factories)/|.*seeds?(?:er)?\.\w+\Z", re.IGNORECASE)
"""Files that fill tables: what they use is no part of what is served."""

CHECK = Check(
    title_shown="{name} is used in depth",
    title_partly="Some of {name} beside its routing",
    title_not_shown="Few parts of {name} beside its routing",
    looks_for="Validation, error handling, authentication, configuration, and the parts that are {name}'s own: "
    "middleware, "
    "hooks, providers, serializers, events, sessions and the like.",
    why="The first weeks of a job are spent in these parts of a framework.",
    advice="Add the framework's validation and its error handler to the API.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least three of these parts; partly with one. With two it is left open, since the third may be one "
    "that the lists do not know; with one as well where fewer than five endpoints are served.",
    does_not_count="Packages that are only imported and belong to no part; what a generator wrote; the parts of a "
    "framework of another language beside it; a second time for Spring MVC or WebFlux what is said of Spring Boot; "
    "programs of the repository that no import joins to those of {name}; a framework of which only single components "
    "are used.",
    computed="Counts the different parts that own server code of the framework's language uses, by the calls, "
    "decorators, "
    "base classes and imports that belong to each part. The thresholds are this project's own.",
    limits="The parts are lists of names for each language: a part that the lists do not name, or that is "
    "reached through "
    "helpers of the project's own, is not seen; of less usual frameworks only praise is given."
    " Files of settings and seeds are not counted.",
    links=("https://12factor.net/", "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html"),
    needs=(Depth.FUNCTIONS,),
    family="framework",
)


def run(project: Project, code: Code, api: Api, subject: str) -> Verdict:
    """Which parts of the framework are used."""
    if all(use.name != subject for use in project.frameworks):
        return not_applicable(f"{subject} is not used.")
    found = _parts(project, code, api, subject)
    if not found and not code.functions:
        return not_applicable(f"{subject} code is not read in depth.")
    places = [place for name, item in found.items() for place in evidence([item], name)]
    if not found:
        summary = f"Beside routing none of the parts of {subject} that are looked for is seen; {ENOUGH} are looked for."
    else:
        summary = f"{count(len(found), 'part')} in use: {', '.join(found)}"
        summary = f"{summary}." if len(found) >= ENOUGH else f"{summary}; {ENOUGH} are looked for."
    if len(found) >= ENOUGH:
        return shown(summary, places[:6], LIKELY)
    if excused := _excused(project, code, api, subject, len(found)):
        return not_applicable(excused if subject in LISTED else f"{summary} {excused}")
    if len(found) >= OPEN:
        return could_not_tell(f"{summary} Others may be used in ways that are not read.")
    if found and len(api.endpoints) < SMALL:
        return could_not_tell(f"{summary} So few endpoints may not need them.")
    return partly(summary, places, LIKELY) if found else not_shown(summary, places, LIKELY)


def _parts(project: Project, code: Code, api: Api, subject: str) -> dict[str, At[Sign]]:
    """The parts in use, each where it is first seen."""
    languages = _languages(project, subject)
    paths = {
        file.path
        for file in code.modules
        if not languages or FAMILY.get(file.language or "", file.language) in languages
    }
    if subject in BY_IMPORTS:
        paths = _of_program(project, code, api, subject, paths)
    found: dict[str, At[Sign]] = {}
    for item in code.of(*FEATURES, SignKind.FRAMEWORK_PART):
        if item.path in paths and not BY_HAND.match(item.path):
            found.setdefault(FEATURES.get(item.fact.kind, item.fact.detail), item)
    return found


def _excused(project: Project, code: Code, api: Api, subject: str, parts: int) -> str:
    """Why more parts are not asked for, if so."""
    if is_by_components(project, subject):
        return f"Only single components of {subject} are used."
    if subject not in LISTED:
        return f"The parts that are {subject}'s own are not listed."
    around = WITHIN.get(subject)
    if any(use.name == around for use in project.frameworks):
        return f"{subject} is set up by {around}, where its parts are judged."
    served = sum(subject in (item.framework, WITHIN.get(item.framework or "")) for item in api.endpoints)
    if not api.endpoints and not api.operations:
        return f"No route of {subject} was read."
    if api.endpoints and not served:
        return f"The routes are declared by another framework than {subject}."
    if parts < OPEN and served < ROUTES and len(code.modules) >= LARGE:
        return f"{subject} serves too little here to judge."
    return ""


def _of_program(project: Project, code: Code, api: Api, subject: str, paths: set[str]) -> set[str]:
    """The files that belong to the program of a framework; all where it does not show where that is."""
    starts = {place.path for use in project.frameworks if use.name == subject for place in use.evidence}
    starts |= {item.file for item in api.endpoints if item.framework == subject}
    package = subject.casefold()
    own = (f"{package}.", f"@{package}/", f"{package}-plugin")
    starts |= {item.path for item in code.imports if item.fact.module == package or item.fact.module.startswith(own)}
    return joined(code, paths, starts) or paths


def _languages(project: Project, subject: str) -> set[str]:
    """The languages of the files in which the framework shows itself; none where only a manifest names it."""
    shown_in = {place.path for use in project.frameworks if use.name == subject for place in use.evidence}
    names = {file.language for file in project.files if file.path in shown_in and file.language}
    return {FAMILY.get(name, name) for name in names}
