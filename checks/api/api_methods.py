"""Are HTTP methods used for what they mean?"""

from __future__ import annotations

from checks.api._endpoints import served, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Data
from reviewer.model.finding import Confidence, Effort, Evidence, Outcome, Verdict
from reviewer.model.verdict import count, evidence, not_applicable

WRITING = ("insert", "update", "delete")
WRITE_WORDS = ("create", "delete", "remove", "update", "save", "insert", "add", "edit")

CHECK = Check(
    title_shown="HTTP methods mean what they say",
    title_not_shown="HTTP methods are used loosely",
    looks_for="GET handlers that write, and whether anything but GET and POST is used.",
    why="Browsers, caches and proxies repeat GET requests; a GET that writes is repeated with them.",
    advice="Let POST create, PUT or PATCH change, DELETE remove; GET only reads.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No GET handler writes, and where resources are written, PUT, PATCH or DELETE are used too.",
    does_not_count="Counters and timestamps of a visit are not told apart from other writes.",
    skills=("REST",),
    needs=(Depth.ROUTES,),
)


def run(api: Api, data: Data) -> Verdict:
    """GET handlers against writes; the set of methods in use."""
    found = served(api)
    if not found:
        return not_applicable("No API endpoint is declared.")
    writes = [item for item in data.statements if item.fact.verb in WRITING]
    guilty = [item for item in found if item.method == "GET" and (within(item, writes) or _named(item.path))]
    loose = [item for item in found if item.method == "ANY"]
    methods = {item.method for item in found}
    summary = f"{count(len(found), 'endpoint')} use {', '.join(sorted(methods))}"
    changing = methods & {"PUT", "PATCH", "DELETE"}
    if guilty:
        outcome = Outcome.NOT_SHOWN if len(guilty) * 5 > len(found) else Outcome.PARTLY
        summary += f"; {len(guilty)} GET {'handler writes' if len(guilty) == 1 else 'handlers write'}."
        return _verdict(outcome, summary, evidence(guilty[:6], "a GET that writes"))
    if 2 * len(loose) > len(found):
        return _verdict(Outcome.NOT_SHOWN, f"{summary}; most declare no method.", evidence(loose[:4], "any method"))
    if changing or len(methods) == 1 == len(found) or methods == {"GET"}:
        return _verdict(Outcome.SHOWN, f"{summary}; no GET handler writes.", evidence(found[:3]))
    return _verdict(Outcome.PARTLY, f"{summary}; nothing is changed or deleted.", evidence(found[:3]))


def _named(path: str) -> bool:
    """Whether a path says that it writes (``GET /deleteUser``)."""
    segments = [segment.lower() for segment in path.split("/") if segment and "{" not in segment]
    return any(segment.startswith(word) for segment in segments[-1:] for word in WRITE_WORDS if segment != "address")


def _verdict(outcome: Outcome, summary: str, places: tuple[Evidence, ...]) -> Verdict:
    return Verdict(outcome=outcome, summary=summary, evidence=places, confidence=Confidence.LIKELY)
