"""Are list reads bounded?"""

from __future__ import annotations

import re

from checks.sql._application import application
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

MOST = 2
"""Whole lists for each bounded one, such as those of a few categories, that nobody objects to."""

WHOLE = re.compile(r"export|backup|dump|train|sitemap|sync|cleanup|purge|(?<![a-z])report|expire", re.I)
"""Code that is there to go through all rows."""

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
    does_not_count="Reads of one row, aggregates; lists of seeds, scripts, exports and reports, and those that a "
    "framework bounds (Joomla's list models).",
    computed="Reads of many rows in parsed statements inside functions, with and without a limit. Two whole lists for "
    "each bounded one are accepted, as short lists (categories, roles) need none: this project's own threshold.",
    limits="A limit that a caller in another file adds, or a database that holds a fixed number of rows, is not seen.",
    links=("https://use-the-index-luke.com/no-offset",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="SELECT id, title FROM notes ORDER BY id;",
    pattern="SELECT id, title\nFROM notes\nWHERE id > :after\nORDER BY id\nLIMIT :size;   -- size is capped",
)


def run(data: Data, code: Code) -> Verdict:
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
    if bounded and len(unbounded) <= MOST * len(bounded):
        return shown(f"{count(len(bounded), 'list read')} bounded, {len(unbounded)} not.", proof, LIKELY)
    if pages and not bounded and len(unbounded) <= MOST * len(pages):
        return shown(f"Pages are taken in {count(len(pages), 'place')}, for {many}.", proof, LIKELY)
    first = f"{unbounded[0].path}:{unbounded[0].fact.line}" if unbounded else ""
    advice = f"Read lists with a limit and an offset or cursor; start with {first}."
    places = evidence(unbounded[:6], "reads the whole list")
    if bounded:
        return partly(
            f"{count(len(bounded), 'list read')} bounded, {len(unbounded)} not.", places, LIKELY, advice=advice
        )
    if pages:
        said = f"Pages are taken in {count(len(pages), 'place')}; {many} without a limit of their own."
        return partly(said, places, LIKELY, advice=advice)
    return not_shown(f"{many}, none with a limit found.", places, LIKELY, advice=advice, at=unbounded[0].path)


def _reads_many(statement: Statement) -> bool:
    """Whether a statement reads a list; where the code around does not tell, one in order or without any filter."""
    features = set(statement.features)
    if statement.verb != "select" or statement.many is not None:
        return statement.verb == "select" and bool(statement.many)
    whole = Feature.ORDER in features or not statement.filters
    return whole and bool(statement.tables) and Feature.AGGREGATE not in features
