"""Are HTTP methods used for what they mean?"""

from __future__ import annotations

import re

from checks.api._endpoints import served, server_signs, within
from checks.api._paths import first_words
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Outcome, Verdict
from reviewer.model.verdict import count, evidence, not_applicable

WRITING = ("insert", "delete")
"""Verbs that no GET handler has a good reason for; an update may be a counter or the time of the last visit."""
DOCUMENT_WRITES = re.compile(
    r"(?:^|\.)(?:insert|delete|replace)(?:_?(?:one|many))$|(?:^|\.)find\w*(?:delete|remove)$", re.I
)
WRITE_WORDS = frozenset("create delete remove update save insert add edit".split())
CHANGE_WORDS = frozenset("delete remove update edit".split())
"""What a POST should leave to PUT, PATCH and DELETE."""
LINKS = re.compile(r"confirm|verif|activat|logout|log-out|unsubscribe|callback|oauth|reset", re.IGNORECASE)
"""GET endpoints that a mail or a redirect leads to, which may write."""

CHECK = Check(
    title_shown="HTTP methods mean what they say",
    title_not_shown="HTTP methods are used loosely",
    looks_for="GET handlers that write, and whether anything but GET and POST is used.",
    why="Browsers, caches and proxies repeat GET requests; a GET that writes is repeated with them.",
    advice="Let POST create, PUT or PATCH change, DELETE remove; GET only reads.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No GET handler writes, and where resources are written, PUT, PATCH or DELETE are used too.",
    does_not_count="Counters and times that a GET updates, links in mails, GET and POST where no item could change.",
    skills=("REST",),
    needs=(Depth.ROUTES,),
)


def run(api: Api, data: Data, code: Code) -> Verdict:
    """GET handlers against writes; the set of methods in use."""
    found = served(api)
    if not found:
        return not_applicable("No API endpoint is declared.")
    guilty = [item for item in found if item.method == "GET" and _writes(item, data, code)]
    loose = [item for item in found if item.method == "ANY"]
    misused = [item for item in found if item.method == "POST" and CHANGE_WORDS.intersection(first_words(item))]
    methods = {item.method for item in found}
    summary = f"{count(len(found), 'endpoint')}, by {', '.join(sorted(methods))}"
    if guilty:
        outcome = Outcome.NOT_SHOWN if len(guilty) * 5 > len(found) else Outcome.PARTLY
        summary += f"; {len(guilty)} GET {'handler writes' if len(guilty) == 1 else 'handlers write'}."
        return _verdict(outcome, summary, guilty, "a GET that writes")
    if 2 * len(loose) > len(found):
        return _verdict(Outcome.NOT_SHOWN, f"{summary}; most declare no method.", loose, "any method")
    if misused:
        summary = f"{summary}; {len(misused)} POST where PUT, PATCH or DELETE is meant."
        return _verdict(Outcome.PARTLY, summary, misused, "a POST that changes or deletes")
    if methods & {"PUT", "PATCH", "DELETE"} or "POST" not in methods or not _has_items(found):
        proof = evidence(found[:3])
        said = f"{summary}; no GET handler writes."
        return Verdict(outcome=Outcome.SHOWN, summary=said, evidence=proof, confidence=Confidence.LIKELY)
    return _verdict(Outcome.PARTLY, f"{summary}; nothing is changed or deleted.", found[:3], "")


def _writes(endpoint: Endpoint, data: Data, code: Code) -> bool:
    """Whether a GET inserts or deletes, or says in its path that it does (``GET /deleteUser``)."""
    if LINKS.search(endpoint.path):
        return False
    if WRITE_WORDS.intersection(first_words(endpoint)[-1:]):
        return True
    statements = [item for item in data.statements if item.fact.verb in WRITING]
    documents = [item for item in server_signs(code, SignKind.NOSQL_QUERY) if DOCUMENT_WRITES.search(item.fact.detail)]
    return bool(within(endpoint, statements) or within(endpoint, documents))


def _has_items(found: list[Endpoint]) -> bool:
    """Whether single items of a written collection are served, which could be changed or deleted."""
    posted = {item.path for item in found if item.method == "POST"}
    return any(item.path.rpartition("/{")[0] in posted for item in found if "/{" in item.path)


def _verdict(outcome: Outcome, summary: str, items: list[Endpoint], note: str) -> Verdict:
    first = f"{items[0].method} {items[0].path} ({items[0].file}:{items[0].line})"
    return Verdict(
        outcome=outcome,
        summary=summary,
        evidence=evidence(items[:6], note),
        confidence=Confidence.LIKELY,
        advice=f"Let POST create, PUT or PATCH change, DELETE remove; GET only reads. Start with {first}.",
        at=items[0].file,
    )
