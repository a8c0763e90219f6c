"""What several API checks ask of endpoints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from reviewer.model.facts.code import Catch, Sign, SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.facts.values import At

WRITES = ("POST", "PUT", "PATCH", "DELETE")
WITH_BODY = ("POST", "PUT", "PATCH")
NO_COLLECTIONS = frozenset(
    "stats statistics analytics settings news details docs metrics preferences status address options progress css"
    " js exists insights totals counts credits credentials series sms gps dns rss pos os cms aws terms faqs hours"
    " roles permissions types enums currencies units statuses genders schemas locales timezones constants"
    " themes limits rules access reports sales earnings profits savings expenses-summary results dashboards averages"
    " aggregates metrics kpis suggestions trends charts diagnostics changes capabilities features links prices rates"
    " days weeks months years dates times slots values".split()
)
"""Last words of a path that end in s without naming a collection of rows, or that name a small fixed set."""
OTHER_STYLE = re.compile(r"/(?:graphi?ql|graphql[-/]\w+|playground|altair|voyager|soap|wsdl|ws)$|\.(?:asmx|svc)$", re.I)
"""Where a schema or a contract answers, not a route of its own."""
ASIDE = re.compile(
    r"^(?:/[^/{}]{1,80}){0,2}/(?:health\w*|health-?check|live|liveness|livez|alive|ready|readiness|readyz|ping|pong"
    r"|actuator|docs|api-?docs|specs?|redoc|swagger\w*|openapi\w*|favicon|robots|socket(?:\.io)?|websocket"
    r"|\.well-known|static|assets)(?:[./-].{0,200})?$"
    r"|^(?:/[^/{}]{1,80}){0,2}/doc(?:\.json)?/?$"
    r"|\.(?:json|html?|xml|txt|ico|png|js|css|ya?ml|svg)$|^/(?:\{[^{}]*\}|\*)?$",
    re.IGNORECASE,
)
"""Paths beside the API: whether the server is up, its documentation, its files, its root."""
BEFORE_ALL = r"(?:/(?:api|rest|v\d{1,3}(?:\.\d)?|[\w.]{0,40}-(?:api|service|server))){0,3}"
"""A prefix that names no resource."""
ROOT = re.compile(rf"^{BEFORE_ALL}/?$", re.IGNORECASE)
ABOUT_SERVER = re.compile(
    rf"^{BEFORE_ALL}(?:/(?:status|info|version|metrics|hello\w{{0,12}}|hello-?world|hi|welcome|home|index|test|debug"
    r"|json/(?:kotlinx-serialization|gson|jackson)|(?:images?|img|photos?)/\{\w{0,20}(?:name|file)\w{0,10}\}"
    r"|uploads|public|error|csrf(?:-?token)?|webhooks?(?:/.{0,100})?|uploads/.{1,100}))?/?$",
    re.IGNORECASE,
)
"""What a server says of itself, below no resource; its root behind the prefix; what another service calls."""
FORM = re.compile(r"/(?:log-?in|sign-?(?:in|up)|register)$", re.I)
ENTRY = re.compile(
    r"/(?:log-?in|log-?out|sign-?(?:in|up|out)|register|auth|me|callback|refresh\w*|tokens?|search|\w{0,10}-?password\w{0,10}|verify\w{0,10})$",
    re.I,
)
"""Paths that tell little of an API, cited after the others."""
PARAMETER = re.compile(r"/\{")
SINGLE_REPORT = re.compile(
    r"/(?:reports?|stat(?:s|istics)?|analytics|summar(?:y|ies)|dashboard|metrics|overview|rates)(?:/|$)", re.I
)
"""Where figures are answered, not rows."""
BESIDE = "What is served stands beside an API."
OWN_CLIENT = "What is served is called by the pages beside it or a typed client, or described by its host."
FEW_AMONG = 20
"""So many times as many routes of pages make the rest of an application no API of its own."""
TYPED = ("tRPC", "Magento")
"""Frameworks that hand their clients the types, or whose host describes and versions all that is declared to it."""
FULL_STACK = frozenset({"Next.js", "SvelteKit", "Astro", "Remix", "Netlify Functions", "Vercel Functions"})
INERTIA = ("@adonisjs/inertia", "@ioc:EidelLev/Inertia", "inertia")
"""Packages by which routes answer the pages of the application itself."""
OF_API = re.compile(r"/api(?:/|$)")
EXAMPLES = re.compile(
    r"(?:^|/)Adminhtml/|(?:^|/)(?:examples?|e2e|mocks?|__mocks__|fixtures|benchmarks?)/|(?:^|[/_.-])(?:e2e|mock|fake|stub)[-_.]?\w{0,20}[-_.]?"
    r"(?:server|api)\b[^/]*$",
    re.IGNORECASE,
)
"""Files of examples, of servers that tests talk to, and of Magento's own back office, which names its actions."""
LESSON = re.compile(
    r"(?:^|/)((?:[a-uw-z]?\d{1,3}[-_. ]|(?:lesson|chapter|week|day|lecture|exercise|aula|clase|lab|tutorial|part"
    r"|session|step|assignment|practice|homework|hw|ch|project)[-_. ]?\d{1,3})[^/]{0,80})/",
    re.IGNORECASE,
)
"""Folders of a course: ``01-basics``, ``day3``, each of which is a program by itself."""
LESSONS = 3
"""From so many of such folders with endpoints on, they are a course and not one API."""
HOSTS = frozenset({"WordPress", "Drupal", "Joomla", "Magento", "Wix", "Wix Velo"})
"""Systems whose plugins answer at the host's own addresses, in its shapes, and keep its data by its own means."""
FILE_EACH = frozenset({"Servlets", "PHP"})
"""Where each file or class is one page or one endpoint."""
COPY = re.compile(r"[ _-]copy(?:[ _-]?\(?\d{1,2}\)?)?\.\w{1,5}$", re.IGNORECASE)
"""Files that somebody has put by, which nothing imports: ``views copy.py``."""
SESSION_ROUTES = re.compile(r"(?:^|/)routes/web\.php$")
"""Where Laravel keeps the routes of its own pages, behind session and form token."""


def host_of(project: Project) -> str:
    """The system that the code extends, ``""`` for none."""
    return next((item.name for item in (*project.cms, *project.frameworks) if item.name in HOSTS), "")


def served(api: Api) -> list[Endpoint]:
    """The endpoints that the candidate's code declares for programs, not pages and not a library's."""
    return [item for item in api.endpoints if item.kind is EndpointKind.API]


def resources(api: Api, lessons: bool = False) -> list[Endpoint]:
    """Those of them that answer by themselves: one that hands all to a GraphQL schema or a SOAP contract does not.

    ``lessons``: also those of a course.
    """
    found = [item for item in served(api) if not OTHER_STYLE.search(item.path) and not EXAMPLES.search(item.file)]
    found = found if lessons else _without_lessons(found)
    only_root = "GraphQL" in api.styles and all(item.path.strip("/") == "" for item in found)
    return [] if only_root else found


def _without_lessons(found: list[Endpoint]) -> list[Endpoint]:
    """The endpoints beside those of a course, whose lessons are no one API; none where most are of lessons."""
    folders = {item.file: match[1] for item in found if (match := LESSON.search(item.file[:300]))}
    if len(set(folders.values())) < LESSONS:
        return found
    others = [item for item in found if item.file not in folders]
    return others if 2 * len(others) > len(found) else []


def for_programs(api: Api) -> list[Endpoint]:
    """Those of them that other programs call: what stands among the pages of a web application serves its pages."""
    pages = Counter(item.file for item in api.endpoints if item.kind is EndpointKind.PAGE)
    found = resources(api)
    own = Counter(item.file for item in found)
    forms = _files_of_forms(found)
    among = _folders_of_pages(api, found)
    kept = [
        item
        for item in found
        if own[item.file] > pages[item.file] and not SESSION_ROUTES.search(item.file) and item.file not in forms
        if item.framework not in FILE_EACH or _folder(item) not in among
    ]
    return kept if len(kept) * FEW_AMONG >= len(found) else []


def _folder(endpoint: Endpoint) -> str:
    return endpoint.file.rpartition("/")[0]


def _folders_of_pages(api: Api, found: list[Endpoint]) -> set[str]:
    """Folders with as many pages as endpoints, which tell where each file is one of either."""
    pages = Counter(_folder(item) for item in api.endpoints if item.kind is EndpointKind.PAGE)
    own = Counter(_folder(item) for item in found)
    return {folder for folder, number in pages.items() if number >= own[folder]}


def _files_of_forms(found: list[Endpoint]) -> set[str]:
    """Files whose sign-in is asked for by GET and sent by POST, and which change nothing by another method: pages."""
    signs = {(item.file, item.method, item.path) for item in found if FORM.search(item.path[:300])}
    forms = {file for file, method, path in signs if method == "GET" and (file, "POST", path) in signs}
    return forms - {item.file for item in found if item.method in ("PUT", "PATCH", "DELETE")}


def is_aside(endpoint: Endpoint) -> bool:
    """Whether a route is no part of the API: health, documentation, files, the root, what browsers ask beforehand."""
    path = endpoint.path[:300]
    if ROOT.match(path) or endpoint.method in ("OPTIONS", "HEAD"):
        return True
    return bool(ASIDE.search(path)) or bool(ABOUT_SERVER.match(path) and endpoint.method in ("GET", "ANY", "POST"))


def judged(found: Iterable[Endpoint], code: Code) -> list[Endpoint]:
    """Those that an API may be asked about: what stands beside one, or is left from a template, lacks nothing yet."""
    return [item for item in found if not is_aside(item) and not is_stub(item, code)]


def of_all(number: int, api: Api) -> str:
    """What stands behind a number of endpoints where more are declared: ``" (of 13 declared)"``."""
    declared = len(resources(api))
    return f" (of {declared} declared)" if number < declared else ""


def written_by_hand(found: Iterable[Endpoint], code: Code) -> list[Endpoint]:
    """Those whose paths other programs write out: not what a typed client calls, nor what the pages beside it ask for.

    Frameworks that lay pages and routes into the same folders serve their own pages with them.
    """
    own = FULL_STACK if code.clients else frozenset()
    pages = any(item.fact.module.startswith(INERTIA) for item in code.imports)
    return [
        item
        for item in found
        if item.framework not in TYPED and item.framework not in own and not (pages and not OF_API.match(item.path))
    ]


def telling(found: Iterable[Endpoint]) -> list[Endpoint]:
    """The same with those first that stand for a resource, not for signing in or the like."""
    return sorted(found, key=lambda item: bool(ENTRY.search(item.path[:300])))


def why_none(api: Api) -> str:
    """Why there is no endpoint to judge."""
    if not served(api):
        return "No API endpoint is declared."
    if not resources(api):
        return (
            "What is served is a GraphQL schema, a SOAP contract, examples, lessons or for tests, not routes of an API."
        )
    return "The routes answer the application's own pages."


def answering(api: Api) -> list[Endpoint]:
    """The same with pages: whatever of the candidate's own answers requests."""
    return [item for item in api.endpoints if item.kind is not EndpointKind.IMPLICIT]


def is_collection(endpoint: Endpoint, beside: frozenset[str] = frozenset()) -> bool:
    """Whether a GET answers with many: its path ends in a plural noun, and single ones of them are served too.

    ``beside`` are what `items_of` gives. A list below one item (``/users/{id}/orders``) needs no more.
    """
    path = endpoint.path.rstrip("/")
    head, _, last = path.lower().rpartition("/")
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and "{" not in last
    plural = plural and "-and-" not in last and "_and_" not in last
    named = plural and re.split(r"[-_.]", last)[-1] not in NO_COLLECTIONS and not SINGLE_REPORT.search(path)
    return endpoint.method == "GET" and named and (path.lower() in beside or head.endswith("}"))


def items_of(found: Iterable[Endpoint]) -> frozenset[str]:
    """The paths, in lower case, that are added to by POST or of which single items are served."""
    kept: set[str] = set()
    for item in found:
        path = item.path.rstrip("/").lower()
        kept.update(path[: mark.start()] for mark in PARAMETER.finditer(path[:300]))
        if item.method == "POST":
            kept.add(path)
    return frozenset(kept)


def server_signs(code: Code, *kinds: SignKind) -> list[At[Sign]]:
    """The signs of these kinds in server code and its settings; those of the front end and of copies are left out."""
    aside = frozenset((*code.clients, *(item.path for item in code.modules if COPY.search(item.path[-60:]))))
    return [item for item in code.of(*kinds) if item.path not in aside]


T = TypeVar("T", Sign, Statement, Catch)


def within(endpoint: Endpoint, signs: Iterable[At[T]]) -> list[At[T]]:
    """The signs or statements inside an endpoint's handler."""
    place = endpoint.handler
    if place is None:
        return []
    return [item for item in signs if item.path == place.path and place.line <= item.fact.line <= place.end_line]


def is_stub(endpoint: Endpoint, code: Code) -> bool:
    """Whether an endpoint does nothing, or answers what a generator left: ``This action returns all notes``."""
    place = endpoint.handler
    stubs = [item for item in code.of(SignKind.HINT) if item.fact.detail == "stub"]
    if place is None or not stubs:
        return False
    folder = place.path.rpartition("/")[0]
    if handled_by_class(endpoint, code):
        stubs = [item for item in stubs if item.fact.function]
    names = {
        item.fact.name
        for item in code.functions
        if item.path == place.path and place.line <= item.fact.line <= (place.end_line or place.line)
    }
    return bool(within(endpoint, stubs)) or any(
        item.path.rpartition("/")[0] == folder and item.fact.function.rpartition(".")[2] in names for item in stubs
    )


def gives_one(endpoint: Endpoint, code: Code) -> bool:
    """Whether a handler seeks one of what its path names, and nothing else: ``/accounts`` with ``accounts.GetByID``."""
    if handled_by_class(endpoint, code):
        return False
    named = re.sub(r"ies$", "y", endpoint.path.rstrip("/").rpartition("/")[2].lower()).rstrip("s").replace("-", "")
    ones = [item for item in code.of(SignKind.HINT) if item.fact.detail.startswith("one item: ")]
    return any(named in item.fact.detail.lower().replace("_", "") for item in within(endpoint, ones))


def handled_by_class(endpoint: Endpoint, code: Code) -> bool:
    """Whether all that is known of the handler is its class, which answers other methods too."""
    place = endpoint.handler
    return place is not None and any(
        item.path == place.path and place.line <= item.fact.line and item.fact.end_line <= place.end_line
        for item in code.classes
    )
