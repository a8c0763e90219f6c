"""Are there indexes?"""

from __future__ import annotations

from checks.data_stores._queries import documents
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Collections have indexes",
    title_not_shown="No index",
    looks_for="Indexes and unique fields on collections.",
    why="Without an index every search reads the whole collection.",
    advice="Declare an index on the fields that queries filter by.",
    effort=Effort.HOURS,
    level=3,
    shown_when="An index or unique field is declared.",
    does_not_count="The index on the id, which is always there.",
    skills=("NoSQL",),
    needs=(Depth.DATA,),
)


def run(code: Code) -> Verdict:
    """Indexes against queries."""
    queries = documents(code)
    found = code.of(SignKind.NOSQL_INDEX)
    if found:
        return shown(
            f"{count(len(found), 'index or unique field', 'indexes or unique fields')}.",
            evidence(found[:3], "an index"),
            LIKELY,
        )
    if len(queries) < 3:
        return not_applicable("Too few queries on a document store to judge.")
    return not_shown(
        f"{count(len(queries), 'query', 'queries')}, and no index is declared.",
        evidence(queries[:3]),
        LIKELY,
        advice=f"Declare an index on the fields that queries filter by; start with {_first(queries)}.",
    )


def _first(queries: list[At[Sign]]) -> str:
    return f"{queries[0].path}:{queries[0].fact.line}"
