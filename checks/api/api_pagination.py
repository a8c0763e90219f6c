"""Can collections be read page by page?"""

from __future__ import annotations

from checks.api._endpoints import (
    for_programs,
    gives_one,
    handled_by_class,
    is_collection,
    is_stub,
    items_of,
    served,
    server_signs,
    why_none,
    within,
)
from checks.api._paths import WORD
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

SEEKS = ("get", "find", "fetch", "show", "read", "retrieve", "load")
OF_WHOM = ("my", "own", "current", "user", "users", "customer")
AFTER = ("async", "handler", "endpoint", "action", "controller", "details")
PAGED_BY_DEFAULT = ("API Platform", "Spring Data REST")
"""Frameworks that page every list unless they are told not to."""

CHECK = Check(
    title_shown="Collections are paged",
    title_not_shown="Collections are answered whole",
    looks_for="Limit, offset, page or cursor parameters where lists are answered.",
    why="A list without pages works in the demo and falls over with real data.",
    advice="Take a limit and an offset or cursor in list endpoints, with a default and a largest value.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Paging parameters or a paginator are used in the API.",
    does_not_count="Limits of queries that answer one row; paths such as /settings or /roles that name no collection "
    "or a small fixed set, or whose handler seeks one item; reports and figures; lists of a web application's own "
    "pages; what a generator left.",
    computed="GET endpoints whose path ends in a plural noun, of which single items are served or added too or which "
    "stand below one item, and whose handler is known, against parameters by the "
    "usual names (page, limit, offset, cursor and their kin), paginators of libraries, and limits of queries that are "
    "no constants, anywhere in server code. API Platform and Spring Data REST page by themselves.",
    limits="One paged list stands for all. Parameters by a name of one's own are not seen, nor pages that a "
    "library adds without being named in the code. Collections in the singular or of other languages are left out.",
    links=(
        "https://learn.microsoft.com/en-us/azure/architecture/best-practices/api-design",
        "https://cloud.google.com/apis/design/design_patterns#list_pagination",
    ),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
    before="app.get('/notes', async (req, res) => {\n  res.json(await Note.findAll());\n});",
    pattern="app.get('/notes', async (req, res) => {\n  const limit = Math.min(Number(req.query.limit) || 20, 100);\n"
    "  const offset = Number(req.query.offset) || 0;\n  res.json(await Note.findAll({ limit, offset }));\n});",
)


def run(api: Api, code: Code, data: Data) -> Verdict:
    """Signs of paging against collections."""
    beside = items_of(served(api))
    found = [item for item in for_programs(api) if is_collection(item, beside) and not is_stub(item, code)]
    default = next((item for item in found if item.framework in PAGED_BY_DEFAULT), None)
    if default:
        return shown(f"{default.framework} pages lists by itself.", evidence([default], "paged by default"), LIKELY)
    pages = server_signs(code, SignKind.PAGINATION)
    if pages and served(api):
        return shown(f"Lists are paged in {count(len(pages), 'place')}.", evidence(pages[:4], "pages a list"), LIKELY)
    if not found:
        return not_applicable("No endpoint answers a collection." if for_programs(api) else why_none(api))
    bounding = [item for item in data.statements if Feature.LIMIT in item.fact.features]
    lists = [
        item
        for item in found
        if item.handler is not None and (handled_by_class(item, code) or not within(item, bounding))
        if not gives_one(item, code) and not _is_named_for_one(item, code, for_programs(api))
    ]
    if not lists:
        return not_applicable(
            f"Of {count(len(found), 'collection')}, no handler that answers the whole list was found."
        )
    summary = f"Collections at {count(len(lists), 'endpoint')}; none was seen to take a page or limit."
    first = f"{lists[0].method} {lists[0].path} ({lists[0].file}:{lists[0].line})"
    advice = f"Take a limit and an offset or cursor in {count(len(lists), 'list endpoint')}; start with {first}."
    return not_shown(summary, evidence(lists[:5], "takes no page or limit"), LIKELY, advice=advice, at=lists[0].file)


def _is_named_for_one(endpoint: Endpoint, code: Code, beside: list[Endpoint]) -> bool:
    """Whether ``/carts`` is answered by ``GetCart``, and no path of one cart is served beside it: it is the asker's."""
    below = f"{endpoint.path.rstrip('/')}/{{"
    place = endpoint.handler
    if place is None or any(item.method == "GET" and item.path.startswith(below) for item in beside):
        return False
    last = endpoint.path.rstrip("/").rpartition("/")[2].lower().replace("-", "").replace("_", "")
    one = f"{last[:-3]}y" if last.endswith("ies") else last[:-1]
    return any(
        _seeks(item.fact.name, one)
        for item in code.functions
        if item.path == place.path and place.line <= item.fact.line <= place.end_line
    )


def _seeks(name: str, one: str) -> bool:
    words = [word.lower() for word in WORD.findall(name[:100])]
    rest = [word for word in words[1:] if word not in OF_WHOM and word not in AFTER]
    return bool(words) and words[0] in SEEKS and "".join(rest) == one
