"""Is the shape of the data written down?"""

from __future__ import annotations

from checks.data_stores._queries import documents
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Code, Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

FEW = 2
ELSEWHERE = frozenset({"DynamoDB", "Elasticsearch", "OpenSearch", "Firestore", "Firebase", "Cosmos DB"})
"""Stores whose keys and mappings are declared outside of the program, or that know none."""

CHECK = Check(
    title_shown="Documents have a schema",
    title_not_shown="Documents without a schema",
    looks_for="Schemas, validation or key design in code.",
    why="A store without a schema still has one, spread over the code; writing it down keeps data clean.",
    advice="Declare a schema for each collection, with required fields and types.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A schema or model is declared.",
    does_not_count="Types that only the editor sees; caches of keys and values, search engines.",
    computed="Schemas, mapped classes, validators and collection options are counted by library; said from two queries "
    "on documents without any of them, where nothing validates what comes in.",
    limits="Validation that only the database has, and tables that infrastructure code declares, are not seen.",
    links=("https://www.mongodb.com/docs/manual/core/schema-validation/",),
    skills=("NoSQL",),
    needs=(Depth.DATA,),
    before="await db.collection('notes').insertOne(req.body);",
    pattern="const noteSchema = new Schema({\n  title: { type: String, required: true, maxlength: 200 },\n"
    "  owner: { type: ObjectId, ref: 'User', required: true },\n});",
)


def run(code: Code, data: Data) -> Verdict:
    """Schemas against queries."""
    queries = documents(code)
    found = list({item.fact.detail or item: item for item in reversed(code.of(SignKind.NOSQL_SCHEMA))}.values())[::-1]
    if found:
        return shown(
            f"{count(len(found), 'schema or model', 'schemas or models')}.", evidence(found[:3], "a schema"), LIKELY
        )
    stores = {item.name for item in data.databases if item.kind is DataKind.NOSQL and item.role is Role.USED}
    if len(queries) < FEW or (stores and stores <= ELSEWHERE):
        return not_applicable("Too few queries on a document store to judge.")
    modules = {item.path for item in code.modules}
    if any(item.path in modules for item in code.of(SignKind.VALIDATION)):
        return not_applicable("What comes in is validated; whether that is the shape of the documents is not known.")
    return not_shown(
        f"{count(len(queries), 'query', 'queries')}; no schema or model was found.", evidence(queries[:3]), LIKELY
    )
