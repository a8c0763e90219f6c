"""Are list reads bounded?"""

from __future__ import annotations

import re

from checks.sql._application import application
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Feature, Statement
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

MOST = 2
"""Whole lists for each bounded one, such as those of a few categories, that nobody objects to."""

QUERYSET = "get_queryset"
"""The method of Django's views of which a view of one row takes that row."""
WRITES = ("POST", "PUT", "PATCH", "DELETE")

WHOLE = re.compile(r"export|backup|dump|train|sitemap|sync|cleanup|purge|(?<![a-z])report|expire", re.I)
"""Code that is there to go through all rows."""

SHORT = re.compile(
    r"categor|kinds?\Z|types?\Z|status|state|roles?\Z|permission|tags?\Z|countr|currenc|language|genre|setting|config"
    r"|units?\Z|levels?\Z|priorit|region|province|colou?r|sizes?\Z|plans?\Z|departments?\Z|menus?\Z|options?\Z",
    re.I,
)
"""Tables whose rows are few and stay so."""

CHECK = Check(
    title_shown="List reads are bounded",
    title_partly="Some lists are read without a limit",
    title_not_shown="Lists are read whole",
    looks_for="LIMIT or the ORM's equal on queries that read many rows.",
    why="A table that has grown must not be read whole for one page of a client.",
    advice="Read lists with a limit and an offset or cursor from the request, with a largest page size.",
    effort=Effort.HOURS,
    level=3,
    shown_when="List reads take a limit, or pages are set up in code; partly where only some do.",
    does_not_count="Reads of one row, aggregates; lists of seeds, scripts, exports and reports, of functions that a "
    "PHP page never calls, and those that a framework bounds (Joomla's list models); short lists by their names "
    "(categories, roles, countries).",
    computed="Reads of many rows in statements inside functions, with and without a limit. A list is blamed only where "
    "an endpoint's own handler reads a whole table, without a condition. Two such lists for each bounded one are "
    "accepted: this project's own threshold.",
    limits="Lists that services or repositories read for a handler are not blamed, as a caller may bound them; that a "
    "database holds a fixed number of rows is not seen.",
    links=("https://use-the-index-luke.com/no-offset",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="SELECT id, title FROM notes ORDER BY id;",
    pattern="SELECT id, title\nFROM notes\nWHERE id > :after\nORDER BY id\nLIMIT :size;   -- size is capped",
)


def run(data: Data, code: Code, api: Api) -> Verdict:
    """Bounded against unbounded list reads."""
    served = [item for item in application(data.statements) if not WHOLE.search(f"{item.path}/{item.fact.function}")]
    lists = [item for item in served if _reads_many(item.fact)]
    bounded = [item for item in data.statements if Feature.LIMIT in item.fact.features and item.fact.many is not False]
    unbounded = [item for item in lists if Feature.LIMIT not in item.fact.features]
    modules = {module.path for module in code.modules}
    pages = [item for item in code.of(SignKind.PAGINATION) if item.path in modules]
    if not unbounded and not bounded:
        return not_applicable("No query that reads a list.")
    many = count(len(unbounded), "list read")
    proof = evidence([*bounded[:3], *pages[:2]], "bounds a list")
    whole = [
        item
        for item in unbounded
        if _is_whole(item.fact) and _in_handler(item, api, code) and not _paged_by_view(item, pages)
    ]
    if bounded and not whole and len(unbounded) > MOST * len(bounded):
        return not_applicable("Whether handlers bound the lists that other code reads is not known.")
    if bounded and len(whole) <= MOST * len(bounded):
        return shown(f"{count(len(bounded), 'list read')} bounded, {len(unbounded)} not.", proof, LIKELY)
    if pages and not bounded and len(unbounded) <= MOST * len(pages):
        return shown(f"Pages are taken in {count(len(pages), 'place')}, for {many}.", proof, LIKELY)
    if not whole:
        return not_applicable("No handler is known to read a whole table.")
    if pages and not bounded and len(whole) <= MOST * len(pages):
        return not_applicable(f"Pages are taken in {count(len(pages), 'place')}; of which reads is not known.")
    many = count(len(whole), "list read")
    advice = f"Read lists with a limit and an offset or cursor; start with {whole[0].path}:{whole[0].fact.line}."
    places = evidence(whole[:6], "reads the whole table")
    if bounded or pages:
        got = count(len(bounded), "list read") if bounded else f"pages in {count(len(pages), 'place')}"
        return partly(f"{many} of whole tables in handlers; {got} bounded.", places, LIKELY, advice=advice)
    said = f"{many} of whole tables in handlers, none with a limit found."
    return not_shown(said, places, LIKELY, advice=advice, at=whole[0].path)


def _is_whole(statement: Statement) -> bool:
    """Whether a statement reads all rows of a table that grows: what it names of columns is only sorted by."""
    named = statement.filters[1:] if Feature.ORDER in statement.features else statement.filters
    tables = [name.rpartition(".")[2] for name in statement.tables]
    return statement.understood and bool(tables) and not named and not any(SHORT.search(name) for name in tables)


def _paged_by_view(item: At[Statement], pages: list[At[Sign]]) -> bool:
    """Whether a view of Django's may page what this method gives it: by its class, or by the project's settings."""
    if not item.fact.function.endswith(QUERYSET):
        return False
    return any(each.path == item.path or "settings" in each.path for each in pages)


def _in_handler(item: At[Statement], api: Api, code: Code) -> bool:
    """Whether a statement stands in the very function that answers a request to read.

    Of a page of PHP, what a function holds that the page never calls is none.
    """
    idle = code.of(SignKind.UNCALLED)
    if any(each.path == item.path and each.fact.line <= item.fact.line <= each.fact.end_line for each in idle):
        return False
    handlers = [
        each.handler
        for each in api.endpoints
        if each.method not in WRITES
        and each.handler
        and not (item.fact.function.endswith(QUERYSET) and each.path.endswith("}"))
    ]
    near = [place for place in handlers if place.path == item.path]
    if any(place.line <= item.fact.line <= place.end_line for place in near):
        return True
    around = [
        each.fact for each in code.functions if each.path == item.path and each.fact.qualname == item.fact.function
    ]
    return any(each.line - 5 <= place.line <= each.line + 1 for each in around for place in near)


def _reads_many(statement: Statement) -> bool:
    """Whether a statement reads a list; where the code around does not tell, one in order or without any filter."""
    features = set(statement.features)
    if statement.verb != "select" or statement.many is not None:
        return statement.verb == "select" and bool(statement.many)
    whole = Feature.ORDER in features or not statement.filters
    return whole and bool(statement.tables) and Feature.AGGREGATE not in features
