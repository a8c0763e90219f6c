"""Is a {name} application built in parts?"""

from __future__ import annotations

import re
from posixpath import basename

from checks.languages._of import is_by_components
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

ENDPOINTS, FILES = 5, 2
FUNCTIONS = re.compile(r"functions|lambda|serverless|workers|cloud", re.I)
SCHEMA = re.compile(r"/(?:graphi?ql|graphql[-/]\w+|playground|soap|wsdl)$|\.(?:asmx|svc)$", re.I)
"""One path by design: what is split there is the schema."""
HANDLING = re.compile(r"controller|handler|resource|action|view|service", re.IGNORECASE)
BESIDE = re.compile(
    r"conf|middlewares?\Z|helper|util|database|\Adb\Z|storage|models?\Z|entit|log|docs|env|valid|types?\Z|echo|gin|chi|v\d\Z"
)
"""Packages that hold no handlers."""
OWN = (".", "@/", "~", "#", "src/", "app/", "App.")
"""How imports of a project's own files begin, by their place or by an alias."""
UNREAD = "/{value}"
"""A path that could not be read."""
OTHER_STYLE = re.compile(r"/(?:graph(?:i)?ql|playground|soap|ws|trpc|mcp|rpc)(?:/|\Z)", re.IGNORECASE)
"""Paths behind which a schema or a contract tells calls apart, so that one path is all there is."""
HANDLERS = re.compile(
    r"(?:^|/)(?:controllers?|handlers?|resources?|endpoints?)/|(?:controller|handler)s?\.\w+$", re.IGNORECASE
)
"""Files of handlers that the routes lead to, whatever way they are bound."""
LARGE = 20
"""Modules of a program that hardly has four endpoints: more likely its routes are registered by means of its own."""
WHOLE = 4
"""Endpoints with which one resource is all there: listed, made, changed and removed."""
ENTRY = re.compile(
    r"(?:app|application|main|server|index|program|startup|run|wsgi|asgi|api|routes?|urls|views|__init__|bootstrap)\.\w+",
    re.IGNORECASE,
)
"""Files that start a program or hold all of its routes, whatever they are about."""
PREFIX = re.compile(r"api|rest|public|v\d{1,3}(?:\.\d{1,3})?|\{.*\}", re.IGNORECASE)
"""Parts of paths that name no resource."""

CHECK = Check(
    title_shown="The {name} application is built in parts",
    title_partly="The routes of the {name} application are in one file",
    title_not_shown="The {name} application is a few routes in one file",
    looks_for="Routes of {name}, or the handlers that they lead to, over several files.",
    why="Blueprints, routers and modules are how a framework's applications grow.",
    advice="Give each resource a router of its own and mount it in one place.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least five endpoints in at least two files; partly where as many stand in one file.",
    does_not_count="Functions of a cloud, which stand alone; fewer endpoints that stand in several files; one resource "
    "in a file of its own; endpoints that a library adds; one path behind which a GraphQL schema or another contract "
    "answers; what tests, examples and front ends declare.",
    computed="Counts the endpoints that resolve to {name}, and the files that declare or handle them. The "
    "thresholds are "
    "this project's own.",
    limits="Routes that are registered from tables or by helpers of the project's own may not be seen; then the "
    "count is "
    "too low.",
    links=("https://martinfowler.com/bliki/PresentationDomainDataLayering.html",),
    needs=(Depth.ROUTES,),
    family="framework",
)


def _brought_in(code: Code, declared: set[str]) -> set[str]:
    """What files with routes import by the name of a handler's part: controllers that are bound at run time.

    Files of Go import whole packages, whatever they are called.
    """
    own = {part.rpartition(".")[0] or part for file in code.modules for part in file.path.split("/")[-2:]}
    imports = (item.fact.module for item in code.imports if item.path in declared)
    go = all(path.endswith(".go") for path in declared)
    return {
        module
        for module in imports
        if (HANDLING.search(module) and (module.startswith(OWN) or module.rpartition("/")[2] in own))
        or (go and module.rpartition("/")[2] in own and not BESIDE.search(module.rpartition("/")[2]))
    }


def _endpoints(project: Project, api: Api, subject: str) -> list[Endpoint]:
    """What the framework declares; where it has endpoints, those as well that are read as of one that nothing uses."""
    declared = [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]
    others = {use.name for use in project.frameworks} - {subject}
    suffixes = {item.file.rpartition(".")[2] for item in declared if item.framework == subject}
    return [item for item in declared if item.framework not in others and item.file.rpartition(".")[2] in suffixes]


def _is_carrier(api: Api, found: list[Endpoint]) -> bool:
    """Whether most routes of the program are declared by a framework on top of this one."""
    declared = [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]
    return len(declared) > 3 * len(found)


def _excused(project: Project, code: Code, api: Api, found: list[Endpoint], subject: str) -> str:
    """Why parts are not asked for, if so; behind the counts where that begins with a sign."""
    many = len(found) >= ENDPOINTS
    if FUNCTIONS.search(subject):
        return "Functions of a cloud stand alone by design."
    schema = any(SCHEMA.search(item.path) for item in found) or not {"GraphQL", "SOAP", "gRPC"}.isdisjoint(api.styles)
    schema = schema or any("soap" in item.fact.name.casefold() for item in code.classes)
    if schema and not many:
        return "What is served is a schema or a contract, which has one path by design."
    if _is_one_resource(found, {item.file for item in found}):
        return ", all of one resource."
    if not many and _is_carrier(api, found):
        return "; the other routes are declared by another framework."
    if not many and len(code.modules) >= LARGE:
        return "; routes may be registered in a way that is not read."
    return f"; only single components of {subject} are used." if is_by_components(project, subject) else ""


def _is_one_resource(found: list[Endpoint], files: set[str]) -> bool:
    """Whether all endpoints are of one resource and stand in a file of that: there is nothing to take apart."""
    parts = [[part for part in item.path.split("/") if part and not PREFIX.fullmatch(part)] for item in found]
    names = {path[0] for path in parts if path}
    entry = any(ENTRY.fullmatch(basename(path)) for path in files)
    return len(found) >= WHOLE and len(names) == 1 and all(parts) and not entry


def run(project: Project, api: Api, code: Code, subject: str) -> Verdict:
    """Endpoints and files of one framework."""
    if all(use.name != subject for use in project.frameworks):
        return not_applicable(f"{subject} is not used.")
    found = _endpoints(project, api, subject)
    declared = {item.file for item in found}
    handled = {item.handler.path if item.handler else item.file for item in found}
    if not found:
        return not_applicable(f"No endpoint of {subject} is declared.")
    if all(not item.path.strip("/*") for item in found):
        return not_applicable(f"Nothing but the root is declared by {subject}.")
    unread = sum(item.path.endswith(UNREAD) or OTHER_STYLE.search(item.path) is not None for item in found)
    if 2 * unread > len(found):
        return not_applicable(f"What {subject} serves here does not show in paths.")
    many = len(found) >= ENDPOINTS
    files = declared | handled | _brought_in(code, declared) if many else max(declared, handled, key=len)
    if (many or any(item.handler is None for item in found)) and len(files) < FILES:
        files = files | {item.path for item in code.modules if HANDLERS.search(item.path)}
    spread = len(files) >= FILES
    summary = f"{count(len(found), 'endpoint')} in {count(len(files), 'file')}"
    if many and spread:
        return shown(f"{summary}.", evidence(found[:3]))
    if spread and not FUNCTIONS.search(subject):
        return not_applicable(f"{summary}: few, and in parts.")
    if excused := _excused(project, code, api, found, subject):
        return not_applicable(excused if excused[0].isalpha() else f"{summary}{excused}")
    summary = f"{summary}; {ENDPOINTS} in {FILES} files are looked for."
    return partly(summary, evidence(found[:3]), LIKELY) if many else not_shown(summary, evidence(found[:3]), LIKELY)
