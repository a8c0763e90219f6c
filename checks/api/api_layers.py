"""Do handlers leave SQL and business rules to other layers?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Data
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

LONG = 40
"""Lines of a handler above which it surely does more than answer."""
STATEMENTS = 2
ENOUGH, SOME = 0.7, 0.4

CHECK = Check(
    title_shown="Handlers stay thin",
    title_not_shown="Handlers hold SQL and rules",
    looks_for="Raw SQL, several queries, or more than 40 lines inside route handlers.",
    why="Rules in handlers can be tested only over HTTP and are copied into the next handler.",
    advice="Move the queries and rules of the longest handlers into a service or repository function.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least 70 % of the handlers are short and hold at most one query; partly from 40 %.",
    does_not_count="Validation and the building of the answer.",
    skills=("REST", "Code quality"),
    needs=(Depth.ROUTES, Depth.DATA),
)


def run(api: Api, data: Data) -> Verdict:
    """The share of thin handlers."""
    judged = {(item.handler.path, item.handler.line): item for item in served(api) if item.handler}
    if not judged:
        return not_applicable("No handler of an endpoint could be found.")
    thick = []
    for item in judged.values():
        assert item.handler is not None
        inside = [found for found in data.statements if found.path == item.handler.path]
        queries = [found for found in inside if item.handler.line <= found.fact.line <= item.handler.end_line]
        raw = any(found.fact.layer in ("sql", "cql") for found in queries)
        if raw or len(queries) > STATEMENTS or item.handler.end_line - item.handler.line > LONG:
            thick.append(item)
    return Verdict(
        outcome=by_share(1 - len(thick) / len(judged), ENOUGH, SOME),
        summary=f"{len(judged) - len(thick)} of {count(len(judged), 'handler')} are short and leave queries to others.",
        evidence=evidence(thick[:6], "holds queries or is long")
        if thick
        else evidence(list(judged.values())[:3], "thin"),
        confidence=Confidence.LIKELY,
    )
