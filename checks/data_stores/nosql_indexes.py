"""Are there indexes?"""

from __future__ import annotations

from checks.data_stores._queries import once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

FEW = 3
ELSEWHERE = frozenset({"DynamoDB", "Elasticsearch", "OpenSearch", "Firestore", "Firebase", "Cosmos DB"})
"""Stores that index every field unasked, or whose indexes are declared outside of the program."""

CHECK = Check(
    title_shown="Collections have indexes",
    title_not_shown="No index on searched fields",
    looks_for="Indexes and unique fields on collections.",
    why="Without an index every search reads the whole collection.",
    advice="Declare an index on the fields that queries filter by.",
    effort=Effort.HOURS,
    level=3,
    shown_when="An index or unique field is declared.",
    does_not_count="The index on the id, which is always there; queries by id, of the whole collection, and of seeds.",
    computed="Indexes and unique fields in models, scripts and infrastructure code, against the queries that are known "
    "to filter by a field other than the id. Said from three such queries on, likely at best.",
    limits="Indexes made by hand in the running store are not seen; of filters built in a variable the fields are not "
    "known, so such queries are not counted.",
    links=("https://www.mongodb.com/docs/manual/indexes/",),
    skills=("NoSQL",),
    needs=(Depth.DATA,),
    before="const noteSchema = new Schema({ slug: String, owner: ObjectId });",
    pattern="const noteSchema = new Schema({\n  slug: { type: String, unique: true },\n  owner: ObjectId,\n});\n"
    "noteSchema.index({ owner: 1, createdAt: -1 });",
)


def run(code: Code, data: Data) -> Verdict:
    """Indexes against queries that filter."""
    found = code.of(SignKind.NOSQL_INDEX)
    if found:
        return shown(
            f"{count(len(found), 'index or unique field', 'indexes or unique fields')}.",
            evidence(found[:3], "an index"),
            LIKELY,
        )
    filters = [item for item in code.of(SignKind.NOSQL_FILTER) if not once(item)]
    stores = {item.name for item in data.databases if item.kind is DataKind.NOSQL and item.role is Role.USED}
    if len(filters) < FEW or (stores and stores <= ELSEWHERE):
        return not_applicable("Too few queries that are known to filter by a field other than the id.")
    fields = ", ".join(list(dict.fromkeys(item.fact.detail for item in filters))[:4])
    return not_shown(
        f"{count(len(filters), 'query filters', 'queries filter')} by {fields}; no index was found.",
        evidence(filters[:3], "filters by a field other than the id"),
        LIKELY,
        advice=f"Declare an index on the fields that queries filter by; start with {_first(filters)}.",
    )


def _first(queries: list[At[Sign]]) -> str:
    return f"{queries[0].path}:{queries[0].fact.line}"
