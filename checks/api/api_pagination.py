"""Can collections be read page by page?"""

from __future__ import annotations

from checks.api._endpoints import is_collection, served, server_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Collections are paged",
    title_not_shown="Collections are answered whole",
    looks_for="Limit, offset, page or cursor parameters where lists are answered.",
    why="A list without pages works in the demo and falls over with real data.",
    advice="Take a limit and an offset or cursor in list endpoints, with a default and a largest value.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Paging parameters or a paginator are used in the API.",
    does_not_count="Limits of queries that answer one row.",
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Signs of paging against collections."""
    lists = [item for item in served(api) if is_collection(item)]
    pages = server_signs(code, SignKind.PAGINATION)
    if pages and served(api):
        return shown(f"Lists are paged in {count(len(pages), 'place')}.", evidence(pages[:4], "pages a list"), LIKELY)
    if not lists:
        return not_applicable("No endpoint answers a collection.")
    summary = f"Collections at {count(len(lists), 'endpoint')}; none takes a page or limit."
    first = f"{lists[0].method} {lists[0].path} ({lists[0].file}:{lists[0].line})"
    advice = f"Take a limit and an offset or cursor in {count(len(lists), 'list endpoint')}; start with {first}."
    return not_shown(summary, evidence(lists[:5], "answers the whole list"), LIKELY, advice=advice, at=lists[0].file)
