"""Are HTTP methods used for what they mean?"""

from __future__ import annotations

import re

from checks.api._endpoints import (
    BESIDE,
    SINGLE_REPORT,
    for_programs,
    handled_by_class,
    is_aside,
    resources,
    server_signs,
    telling,
    why_none,
    within,
)
from checks.api._hints import hints
from checks.api._paths import first_words
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Evidence, Outcome, Verdict
from reviewer.model.verdict import could_not_tell, count, evidence, not_applicable

WRITING = ("insert", "delete")
"""Verbs that no GET handler has a good reason for; an update may be a counter or the time of the last visit."""
DOCUMENT_WRITES = re.compile(
    r"(?:^|\.)(?:insert|delete|replace)(?:_?(?:one|many))$|(?:^|\.)find\w*(?:delete|remove)$", re.I
)
KEPT_BY_READING = re.compile(
    r"(?:\A|_)(?:log|audit|visit|view|history|histories|cache|session|token|metric|stat|hit|click)s?\Z", re.I
)
"""Tables that reading itself fills."""
WRITE_WORDS = frozenset("create delete remove update insert add".split())
CHANGE_WORDS = frozenset("delete remove update edit".split())
"""What a POST should leave to PUT, PATCH and DELETE."""
FORMS = ("create", "add", "update")
"""Last words of paths that a form is shown at, before it is sent to the path above."""
LINKS = re.compile(
    r"confirm|verif|activat|logout|log-out|sign-?out|unsubscribe|subscribe|callback|oauth|reset|redirect|success|checkout"
    r"|seed|demo|test|debug|install|migrat|cron|webhook|cookie|token|captcha",
    re.IGNORECASE,
)
"""GET endpoints that a mail, a redirect or a developer's own call leads to, which may write; cookies are no rows."""
KEEPERS = re.compile(r"_?(?:repositor(?:y|ies)|repo|dao)\Z", re.IGNORECASE)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
COOKIES = re.compile(r"(?:^|/)\w{0,20}cookies?\.\w+$", re.IGNORECASE)
"""Files whose GET endpoints write cookies alone."""
FEW_AMONG = 10
"""So many times as many endpoints make a POST that changes something a slip, not a habit."""
ACCOUNT = re.compile(
    r"log-?in|log-?out|sign-?(?:in|up|out)|auth(?!or)|token|regist|password|refresh|session|oauth", re.I
)
"""POST endpoints that change nothing that another method would name better."""
READING = frozenset({"GET", "HEAD"})

CHECK = Check(
    title_shown="HTTP methods mean what they say",
    title_not_shown="HTTP methods are used loosely",
    title_partly="Some HTTP methods are used loosely",
    looks_for="GET handlers that write, and whether anything but GET and POST is used.",
    why="Browsers, caches and proxies repeat GET requests; a GET that writes is repeated with them.",
    advice="Let POST create, PUT or PATCH change, DELETE remove; GET only reads.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No GET handler writes, and where resources are written, PUT, PATCH or DELETE are used too.",
    does_not_count="Counters, logs and times that a GET updates, links in mails, log-in and passwords, forms of pages "
    "(which know GET and POST alone), cookies, figures and rates of what was done, GraphQL, GET and POST where no item "
    "could change; one POST that changes something, or one GET that says so by its name alone, among ten endpoints "
    "and more; a row that is made where none was found.",
    computed="Of each endpoint the method, the words of the path, and the inserts and deletes inside the lines of its "
    "handler, also those of a repository by the names of its methods. Not shown where more than a fifth of the "
    "endpoints are a GET that writes, or most declare no method and have a handler that was found.",
    limits="Writes in functions that a handler calls are not followed. Handlers that answer several methods are not "
    "judged by their statements.",
    links=("https://www.rfc-editor.org/rfc/rfc9110#section-9", "https://developer.mozilla.org/docs/Web/HTTP/Methods"),
    skills=("REST",),
    needs=(Depth.ROUTES,),
    before="app.get('/notes/:id/delete', removeNote);\napp.post('/notes/update', changeNote);",
    pattern="app.delete('/notes/:id', removeNote);\napp.patch('/notes/:id', changeNote);",
)


def run(api: Api, data: Data, code: Code) -> Verdict:
    """GET handlers against writes; the set of methods in use."""
    found = resources(api)
    if not found:
        return not_applicable(why_none(api))
    if all(is_aside(item) for item in found):
        return not_applicable(BESIDE)
    called = set(for_programs(api))
    busy = {item.handler for item in found if item.handler and item.method != "GET"}
    reading = [item for item in found if item.method == "GET" and item.handler not in busy and not _may_write(item)]
    written = [(item, place) for item in reading if (place := _written(item, data, code))]
    named = _named(reading, called, [item for item, _ in written])
    if len(named) * FEW_AMONG <= len(found) and len(named) == 1:
        named = []
    guilty = [(item, evidence([item], "a GET that writes, by its name")[0]) for item in named]
    guilty += list({(place.path, place.line): (item, place) for item, place in reversed(written)}.values())[::-1]
    any_method = (item for item in found if item.method == "ANY" and item.handler and item in called)
    loose = telling(item for item in any_method if not is_aside(item))
    only = len(loose) == len(found) == 1
    forms = {item.path for item in found if item.method == "GET"}
    misused = [item for item in found if item in called and item.path not in forms and _is_misused(item)]
    methods = {item.method for item in found}
    summary = f"{count(len(found), 'endpoint')}, by {', '.join(sorted(methods))}"
    if guilty:
        outcome = Outcome.NOT_SHOWN if len(guilty) * 5 > len(found) else Outcome.PARTLY
        summary += f"; {len(guilty)} GET {'handler writes' if len(guilty) == 1 else 'handlers write'}."
        return _verdict(outcome, summary, [item for item, _ in guilty], [place for _, place in guilty])
    if only:
        return not_applicable("One endpoint that declares no method says little of methods.")
    if 2 * len(loose) > len(found) and (asked := hints(code, "method asked")):
        where = f"{asked[0].path}:{asked[0].fact.line}"
        return could_not_tell(f"{summary}; the code asks for the method itself ({where}), which is not followed.")
    if 2 * len(loose) > len(found):
        return _verdict(Outcome.NOT_SHOWN, f"{summary}; most declare no method.", loose, evidence(loose, "any method"))
    if len(misused) * FEW_AMONG > len(found):
        summary = f"{summary}; {len(misused)} POST where PUT, PATCH or DELETE is meant."
        return _verdict(Outcome.PARTLY, summary, misused, evidence(misused, "a POST that changes or deletes"))
    only_made = not methods & {"PUT", "PATCH", "DELETE", "ANY"}
    if methods <= READING or (only_made and _unchangeable([item for item in found if item in called])):
        return not_applicable(f"{summary}; nothing is changed or deleted, so that other methods have no use.")
    proof = evidence(found[:3])
    said = f"{summary}; no GET handler writes."
    return Verdict(outcome=Outcome.SHOWN, summary=said, evidence=proof, confidence=Confidence.LIKELY)


def _named(reading: list[Endpoint], called: set[Endpoint], written: list[Endpoint]) -> list[Endpoint]:
    """The GET endpoints that say in their last word that they write; not a form, which is sent to the same path."""
    sent = {item.path for item in called if item.method == "POST"}
    return [
        item
        for item in reading
        if item in called and item not in written and item.path not in sent and not _is_form(item, called)
        if WRITE_WORDS.intersection(first_words(item)[-1:])
    ]


def _is_form(endpoint: Endpoint, called: set[Endpoint]) -> bool:
    """Whether a GET may show the form of what its parent takes: ``/notes/create`` where ``/notes`` is posted to."""
    parent, _, word = endpoint.path.rpartition("/")
    asked = ("PUT", "PATCH", "POST") if word == "update" else ("POST",)
    return word in FORMS and any(item.method in asked and item.path == parent for item in called)


def _may_write(endpoint: Endpoint) -> bool:
    """Whether a GET is called from a mail or the like, is about cookies, or answers how often something was done."""
    path = endpoint.path[:300]
    return bool(LINKS.search(path) or SINGLE_REPORT.search(path) or COOKIES.search(endpoint.file))


def _is_misused(endpoint: Endpoint) -> bool:
    """Whether a POST says in its path that it changes or deletes something."""
    told = CHANGE_WORDS.intersection(first_words(endpoint))
    return endpoint.method == "POST" and bool(told) and not ACCOUNT.search(endpoint.path)


def _written(endpoint: Endpoint, data: Data, code: Code) -> Evidence | None:
    """The first statement in the handler of a GET that inserts or deletes."""
    if handled_by_class(endpoint, code):
        return None
    statements = [
        item
        for item in data.statements
        if item.fact.verb in WRITING
        and not (item.fact.verb == "insert" and item.fact.filters)
        and not any(KEPT_BY_READING.search(table) for table in item.fact.tables)
    ]
    documents = [item for item in server_signs(code, SignKind.NOSQL_QUERY) if DOCUMENT_WRITES.search(item.fact.detail)]
    kept = [item for item in hints(code, "row write") if not KEPT_BY_READING.search(_rows_of(item.fact.detail))]
    places = [*within(endpoint, statements), *within(endpoint, documents), *within(endpoint, kept)]
    return evidence(places[:1], f"written by GET {endpoint.path}")[0] if places else None


def _rows_of(told: str) -> str:
    """What a repository keeps, by its name: ``audit_log`` of ``row write: auditLogRepository``."""
    return HUMP.sub("_", KEEPERS.sub("", told.rpartition(" ")[2])).lower()


def _unchangeable(found: list[Endpoint]) -> list[Endpoint]:
    """The POST endpoints of collections whose single items are served and could be changed, and no action on them."""
    posted = {item.path: item for item in found if item.method == "POST" and not ACCOUNT.search(item.path)}
    single = {item.path.rpartition("/{")[0] for item in found if "/{" in item.path}
    changed = {path.rpartition("/{")[0] for path in (item.path.rpartition("/")[0] for item in posted.values())}
    return [item for path, item in posted.items() if path in single and path not in changed]


def _verdict(
    outcome: Outcome, summary: str, items: list[Endpoint], places: list[Evidence] | tuple[Evidence, ...]
) -> Verdict:
    first = f"{items[0].method} {items[0].path} ({items[0].file}:{items[0].line})"
    return Verdict(
        outcome=outcome,
        summary=summary,
        evidence=tuple(places[:6]),
        confidence=Confidence.LIKELY,
        advice=f"Let POST create, PUT or PATCH change, DELETE remove; GET only reads. Start with {first}.",
        at=items[0].file,
    )
