"""Do handlers leave SQL and business rules to other layers?"""

from __future__ import annotations

from checks.api._endpoints import BESIDE, handled_by_class, is_aside, is_stub, resources, why_none, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Confidence, Effort, Evidence, Outcome, Verdict
from reviewer.model.verdict import by_share, count, not_applicable

LONG = 40
"""Lines of a handler above which it surely does more than answer."""
LONG_ALONE = 60
"""Lines that count even where no query stands among them."""
STATEMENTS = 2
ENOUGH, SOME = 0.7, 0.4

CHECK = Check(
    title_shown="Handlers stay thin",
    title_not_shown="Handlers hold queries or rules",
    title_partly="Some handlers hold queries or rules",
    looks_for="Raw SQL, several queries, or many lines inside route handlers.",
    why="Rules in handlers can be tested only over HTTP and are copied into the next handler.",
    advice="Move the queries and rules of the longest handlers into a service or repository function.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least 70 % of the handlers are short, hold no raw SQL and at most two queries, or all but one "
    "that holds no raw SQL; partly from 40 %.",
    does_not_count="Up to two queries of an ORM; up to 60 lines without a query; handlers of which only the class is "
    "known; health checks and the like; one handler alone without SQL.",
    computed="Of each handler that could be found: its lines from first to last, and the SQL and ORM statements inside "
    "them. Long is more than 40 lines with a query among them, or 60 without; the thickest are listed first.",
    limits="Length counts whatever stands in the handler: checks of the request and comments too. Rules in a short "
    "handler are not seen.",
    links=(
        "https://martinfowler.com/eaaCatalog/serviceLayer.html",
        "https://learn.microsoft.com/en-us/azure/architecture/guide/architecture-styles/n-tier",
    ),
    skills=("REST", "Code quality"),
    needs=(Depth.ROUTES, Depth.DATA),
    before="app.post('/orders', async (req, res) => {\n  await db.query('INSERT INTO orders ...');\n"
    "  await db.query('UPDATE stock ...');\n  res.sendStatus(201);\n});",
    pattern="app.post('/notes', async (req, res) => {\n  const note = await notes.create(req.user, req.body);\n"
    "  res.status(201).json(note);\n});",
)


def run(api: Api, data: Data, code: Code) -> Verdict:
    """The share of thin handlers."""
    found = {(item.handler.path, item.handler.line): item for item in resources(api) if item.handler}
    judged = {
        place: item
        for place, item in found.items()
        if not handled_by_class(item, code) and not _declared_inside(item) and not is_stub(item, code)
    }
    if judged and all(is_aside(item) for item in judged.values()):
        return not_applicable(BESIDE)
    judged = {place: item for place, item in judged.items() if not is_aside(item)}
    if not judged:
        return not_applicable("No handler of an endpoint could be found." if resources(api) else why_none(api))
    thick = sorted(
        ((weight, item, said) for item in judged.values() for weight, said in [_thick(item, data)] if said),
        key=lambda entry: (-entry[0], entry[1].path),
    )
    first = thick[0][1] if thick else None
    place = first.handler if first else None
    alone = len(thick) == 1 and "raw" not in thick[0][2]
    if alone and len(judged) == 1:
        return not_applicable("One handler alone, without SQL, says little of layers.")
    return Verdict(
        outcome=Outcome.SHOWN if alone else by_share(1 - len(thick) / len(judged), ENOUGH, SOME),
        summary=f"{len(judged) - len(thick)} of {count(len(judged), 'handler')} "
        f"{'is short and holds' if len(judged) == 1 else 'are short and hold'} few queries or none.",
        evidence=tuple(_proof(item, said) for _, item, said in thick[:6])
        or tuple(_proof(item, "thin") for item in list(judged.values())[:3]),
        confidence=Confidence.LIKELY,
        advice=f"Move queries and rules of {count(len(thick), 'handler')} into functions; start with "
        f"{first.method} {first.path} ({place.path}:{place.line})."
        if first and place
        else None,
        at=place.path if place else None,
    )


def _declared_inside(endpoint: Endpoint) -> bool:
    """Whether what is known as the handler is the function that declares the route with its options."""
    place = endpoint.handler
    return place is not None and place.path == endpoint.file and place.line < endpoint.line <= (place.end_line or 0)


def _proof(endpoint: Endpoint, said: str) -> Evidence:
    place = endpoint.handler
    assert place is not None
    note = f"{endpoint.method} {endpoint.path}: {said}"
    return Evidence(path=place.path, line=place.line, end_line=place.end_line or place.line, note=note)


def _thick(endpoint: Endpoint, data: Data) -> tuple[int, str]:
    """How much too much a handler holds, and what; nothing said where it is thin."""
    assert endpoint.handler is not None
    queries = within(endpoint, data.statements)
    lines = endpoint.handler.end_line - endpoint.handler.line + 1
    raw = sum(found.fact.layer in ("sql", "cql") for found in queries)
    said = []
    if raw:
        said.append(f"{count(raw, 'raw statement')}")
    elif len(queries) > STATEMENTS:
        said.append(f"{len(queries)} queries")
    if lines > (LONG if queries else LONG_ALONE):
        said.append(f"{lines} lines")
    return lines + 10 * len(queries), " and ".join(said)
