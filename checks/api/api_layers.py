"""Do handlers leave SQL and business rules to other layers?"""

from __future__ import annotations

from checks.api._endpoints import served, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Data
from reviewer.model.facts.routing import Endpoint
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
    shown_when="At least 70 % of the handlers are short and hold at most two queries; partly from 40 %.",
    does_not_count="Validation and the building of the answer.",
    skills=("REST", "Code quality"),
    needs=(Depth.ROUTES, Depth.DATA),
)


def run(api: Api, data: Data) -> Verdict:
    """The share of thin handlers."""
    judged = {(item.handler.path, item.handler.line): item for item in served(api) if item.handler}
    if not judged:
        return not_applicable("No handler of an endpoint could be found.")
    thick = [item for item in judged.values() if _is_thick(item, data)]
    longest = f"{thick[0].method} {thick[0].path} ({thick[0].file}:{thick[0].line})" if thick else ""
    return Verdict(
        outcome=by_share(1 - len(thick) / len(judged), ENOUGH, SOME),
        summary=f"{len(judged) - len(thick)} of {count(len(judged), 'handler')} are short and leave queries to others.",
        evidence=evidence(thick[:6], "holds queries or is long")
        if thick
        else evidence(list(judged.values())[:3], "thin"),
        confidence=Confidence.LIKELY,
        advice=f"Move queries and rules of {len(thick)} handlers into functions; start with {longest}."
        if thick
        else None,
        at=thick[0].file if thick else None,
    )


def _is_thick(endpoint: Endpoint, data: Data) -> bool:
    assert endpoint.handler is not None
    queries = within(endpoint, data.statements)
    raw = any(found.fact.layer in ("sql", "cql") for found in queries)
    return raw or len(queries) > STATEMENTS or endpoint.handler.end_line - endpoint.handler.line > LONG
