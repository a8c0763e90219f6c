"""Is the shape of the data written down?"""

from __future__ import annotations

from checks.data_stores._queries import documents
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Documents have a schema",
    title_not_shown="Documents without a schema",
    looks_for="Schemas, validation or key design in code.",
    why="A store without a schema still has one, spread over the code; writing it down keeps data clean.",
    advice="Declare a schema for each collection, with required fields and types.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A schema or model is declared.",
    does_not_count="Types that only the editor sees.",
    skills=("NoSQL",),
    needs=(Depth.DATA,),
)


def run(code: Code) -> Verdict:
    """Schemas against queries."""
    queries = documents(code)
    found = code.of(SignKind.NOSQL_SCHEMA)
    if found:
        return shown(
            f"{count(len(found), 'schema or model', 'schemas or models')}.", evidence(found[:3], "a schema"), LIKELY
        )
    if len(queries) < 2:
        return not_applicable("Too few queries on a document store to judge.")
    return not_shown(
        f"{count(len(queries), 'query', 'queries')}, and no schema or model.", evidence(queries[:3]), LIKELY
    )
