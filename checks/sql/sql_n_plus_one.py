"""Are there queries inside loops over rows?"""

from __future__ import annotations

import re

from checks.sql._application import application, once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataKind, Role, Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEW = 3
RARE = 10
"""Other queries for each looped one, from which on the loop is an exception."""
REPOSITORIES = frozenset({"JPA", "Spring Data JPA", "Spring Data JDBC", "Spring Data R2DBC", "Micronaut Data"})
"""Layers whose repositories are interfaces: a call of one of their methods is a query."""
REPOSITORY_READ = re.compile(
    r"[Rr]epo(?:sitory)?\.(?:find|get|read|query|search|stream|count|exists|check|calculate|sum|avg|average|load|fetch"
    r"|list|select|is|has)(?:[A-Z]\w{0,120})?\Z"
)

CHECK = Check(
    title_shown="No query inside a loop",
    title_partly="A query inside a loop",
    title_not_shown="Queries inside loops",
    looks_for="A read inside a loop over rows.",
    why="One query per row (N+1) is the most common reason for a slow endpoint.",
    advice="Read the rows before the loop: a join, an IN list, or the ORM's eager loading.",
    effort=Effort.HOURS,
    level=3,
    shown_when="No query stands in a loop, with at least three to judge; partly with one in more than ten, "
    "or with one alone of a repository's.",
    does_not_count="Loops of seeders, imports and migrations; writes; the query that a loop goes over; the condition "
    "of a while loop, retries, and loops over constants.",
    computed="Reads of a known table by a parsed call, or of a repository by a method of its interface, inside a "
    "loop or an iterating block of the same function, out of "
    "all reads in functions. One in more than ten is taken for an exception.",
    limits="Lazy relations that a template or serializer touches are not traced; nor are queries in a function that a "
    "loop calls.",
    links=("https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="for order in orders:\n    order.lines = find_lines(order.id)",
    pattern="lines = find_lines_of([order.id for order in orders])   # WHERE order_id IN (...)\n"
    'by_order = group_by(lines, "order_id")\nfor order in orders:\n    order.lines = by_order[order.id]',
)


def run(data: Data, code: Code) -> Verdict:
    """Reads of a known table inside loops."""
    reads = [item for item in application(data.statements) if item.fact.verb == "select"]
    looped: list[At[Statement] | At[Sign]] = [item for item in reads if item.fact.in_loop and item.fact.tables]
    through = _through_repositories(data, code, {(item.path, item.fact.line) for item in looped})
    looped += through
    if looped:
        first = f"{looped[0].path}:{looped[0].fact.line}"
        asked = len(reads) + len(through)
        alone = bool(through) and len(looped) == 1
        say = partly if alone or len(looped) * RARE < asked else not_shown
        known = f"{len(looped)} of {count(asked, 'query', 'queries')}"
        return say(
            f"{count(len(looped), 'query', 'queries') if through else known} in a loop, once per turn.",
            evidence(looped, "runs in a loop"),
            LIKELY,
            advice=f"Read the rows before the loop, by a join, an IN list or eager loading; start with {first}.",
            at=looped[0].path,
        )
    if len(reads) < FEW:
        return not_applicable("Too few queries in functions to judge.")
    return shown(f"None of {count(len(reads), 'query', 'queries')} runs in a loop.", evidence(reads[:2]), LIKELY)


def _through_repositories(data: Data, code: Code, known: set[tuple[str, int]]) -> list[At[Sign]]:
    """Looped reads through repositories that are interfaces, where no other store could answer them."""
    others = [item for item in data.databases if item.kind is not DataKind.SQL and item.role is Role.USED]
    if others or REPOSITORIES.isdisjoint(layer.name for layer in data.layers):
        return []
    return [
        item
        for item in code.of(SignKind.QUERY_IN_LOOP)
        if item.path.endswith((".java", ".kt"))
        and REPOSITORY_READ.search(item.fact.detail)
        and (item.path, item.fact.line) not in known
        and not once(item.path, item.fact.function)
    ]
