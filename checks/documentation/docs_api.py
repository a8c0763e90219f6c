"""Are endpoints documented for people?"""

from __future__ import annotations

import re

from checks.api._endpoints import BESIDE, for_programs, judged, served, why_none
from checks.api._hints import hints
from checks.documentation._readme import closed, written
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Documents, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

FEW = 2
OPERATION_ONLY = re.compile(
    r"/(?:graphql|graphiql|playground|soap|wsdl|health\w{0,6}|ping|metrics|favicon\.ico)/?$", re.IGNORECASE
)
"""Paths that are no list of endpoints to describe."""
PAGES = 4
"""Templates from which on an application is a site."""
TEMPLATE = re.compile(
    r"(?:^|/)(?:views|templates|pages)/.{1,200}\.(?:erb|ejs|pug|jade|hbs|handlebars|haml|slim|twig|njk|nunjucks|mustache|"
    r"blade\.php|jinja2?|j2|cshtml|jsp|ftl|gohtml|tmpl|html)$",
    re.IGNORECASE,
)
NO_PAGE = re.compile(
    r"(?:^|/)(?:\w{0,20}mail\w{0,10}|layouts?|partials?|shared|components?|errors?)/|(?:^|/)_", re.IGNORECASE
)
API_PATH = re.compile(r"^/?(?:api|v\d{1,2}|rest|json)(?:/|$)|/api/|\.json$", re.IGNORECASE)
DESCRIBED = frozenset({"Magento", "Spring Data REST"})
"""Frameworks that serve a description of what they answer to by themselves."""
API_FILE = re.compile(
    r"(?:^|/)[^/]{0,60}"
    r"(?:postman|insomnia|thunder[-_ ]?\w{0,12}|swagger|openapi|bruno)[^/]{0,60}\.(?:json|ya?ml|html)$|"
    r"\.(?:http|rest|bru|apib|raml)$|(?:^|/)\.optic/|(?:^|/)(?:api[-_/])?spec(?:ification)?\.(?:json|ya?ml)$|"
    r"(?:^|/)(?:apidocs?|api[-_]docs?|api[-_]documentation|endpoints?|routes)"
    r"(?:/[^/]+\.html|\.(?:md|rst|txt|adoc|pdf|docx|html))$",
    re.IGNORECASE,
)
"""Files that hold requests or a description, by their names."""
DESCRIBES = re.compile(r"swagger|openapi|redoc\b|\bscalar\b|apidoc", re.IGNORECASE)
"""Parts of the names of libraries that describe an API."""

CHECK = Check(
    title_shown="Endpoints are documented",
    title_partly="Endpoints are documented in part",
    title_not_shown="Endpoints are not documented",
    looks_for="Lists of endpoints, requests or addresses in a README or another document, a served API "
    "description, request files.",
    why="Somebody who wants to try the API needs one request that works.",
    advice="List the endpoints in the README, with one request and its answer as an example.",
    effort=Effort.HOURS,
    level=2,
    skills=("Documentation",),
    needs=(Depth.ROUTES,),
    shown_when="A README or another document names an endpoint or shows a request, the code or its framework serves "
    "a description, or a file with requests or an API description is committed; "
    "partly where comments above the routes do.",
    does_not_count="A sentence that there is an API; health checks, GraphQL and SOAP paths; a single endpoint; what "
    "answers the application's own pages.",
    computed="Lines of every README and written document that hold a method with a path, a call (curl), an "
    "address of the application, or, in a section on the API, a listed path. One is enough. Description "
    "generators are told by their calls, other files by their names.",
    limits="Wikis and pages outside the repository are not seen. PDF and Word files are not read; where there "
    "are any, the check does not judge.",
    links=(
        "https://www.makeareadme.com/",
        "https://swagger.io/resources/articles/documenting-apis-with-swagger/",
    ),
    before="# Notes\n\nA REST API for notes.",
    pattern="## Endpoints\n"
    "\n"
    "| Method | Path        | Does              |\n"
    "| ------ | ----------- | ----------------- |\n"
    "| GET    | /notes      | lists, page by page |",
)


def run(documents: Documents, api: Api, code: Code, project: Project) -> Verdict:
    """Documents' lines, generators, and files on the API."""
    found = [item for item in served(api) if not OPERATION_ONLY.search(item.path)]
    if not found and not api.operations:
        return not_applicable("No API endpoint is declared.")
    told = next((item for item in written(documents) if item.fact.api_lines or item.fact.published_line), None)
    if told:
        lines = told.fact.api_lines or (told.fact.published_line,)
        places = [Evidence(path=told.path, line=line, end_line=line, note="an endpoint") for line in lines[:3]]
        what = "The README" if documents.readme and told.path == documents.readme.path else told.path
        number = f" ({len(found)} are declared)" if found else ""
        return shown(f"{what} names endpoints in {count(len(lines), 'line')}{number}.", places)
    described_by = next((item for item in found if item.framework in DESCRIBED), None)
    generators = code.of(SignKind.SPEC_GENERATOR)
    if generators or api.descriptions:
        described = [Evidence(path=item.path, line=1, end_line=1, note="description") for item in api.descriptions[:2]]
        proof = [*evidence(generators[:1], "serves a description"), *described]
        return shown("The API is described by a document.", proof)
    if described_by:
        where = Evidence(path=described_by.file, line=described_by.line, end_line=described_by.line, note="an endpoint")
        return shown(f"{described_by.framework} serves a description of the endpoints by itself.", [where], LIKELY)
    files = [
        file.path for file in project.files if file.standing is not Standing.VENDORED and API_FILE.search(file.path)
    ]
    if files:
        named = [Evidence(path=path, note="by its name, on the API") for path in files[:2]]
        return shown(f"{files[0]} is, by its name, on the API.", named, LIKELY)
    library = next((item for item in code.imports if DESCRIBES.search(item.fact.module)), None)
    if library:
        return could_not_tell(f"{library.fact.module} is imported in {library.path}; what it serves is not known.")
    programs = for_programs(api)
    if not programs:
        return not_applicable(why_none(api))
    own = judged(programs, code)
    if not own or _renders(project, [item.path for item in own]):
        return not_applicable(BESIDE)
    comments = hints(code, "route comment")
    if 2 * len(comments) >= len(own) >= FEW:
        said = f"Comments above the routes name method and path, in {count(len(comments), 'place')}; no document does."
        return partly(said, evidence(comments[:3], "a comment"), LIKELY)
    return _lacking(len(own), documents, project)


def _renders(project: Project, paths: list[str]) -> bool:
    """Whether templates of pages are what the endpoints answer with: as many as a site has, and no path of an API."""
    if any(API_PATH.search(path) for path in paths):
        return False
    pages = [file.path for file in project.files if TEMPLATE.search(file.path) and not NO_PAGE.search(file.path)]
    return len(pages) >= PAGES and 2 * len(pages) >= len(paths)


def _lacking(number: int, documents: Documents, project: Project) -> Verdict:
    if number < FEW:
        return not_applicable(f"{count(number, 'endpoint')} with a path of its own: too few to list.")
    unread = closed(project)
    if unread:
        return could_not_tell(f"{unread[0]} is not read; it may hold what the README lacks.")
    linked = next((item.path for item in written(documents) if item.fact.specified_line), "")
    if linked:
        return could_not_tell(f"{linked} links to a description kept elsewhere, which is not fetched.")
    said = "the README names none of them" if documents.readme else "there is no README that could name them"
    where = documents.readme.path if documents.readme else "README.md"
    return not_shown(f"{count(number, 'endpoint')}; {said}.", confidence=LIKELY, at=where)
