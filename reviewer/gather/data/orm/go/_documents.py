"""MongoDB and DynamoDB in Go: queries and their bounds, indexes, and filters that a request writes."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import chain, inside
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Mapping, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How

MONGO = (
    *("go.mongodb.org/mongo-driver", "gopkg.in/mgo.v2", "github.com/globalsign/mgo", "github.com/kamva/mgm"),
    *("github.com/qiniu/qmgo", "go.mongodb.org/mongo-driver/v2"),
)
SURE = words(
    "InsertOne InsertMany FindOne FindOneAndUpdate FindOneAndDelete FindOneAndReplace UpdateOne UpdateMany UpdateByID"
    " UpdateId ReplaceOne DeleteOne DeleteMany CountDocuments EstimatedDocumentCount BulkWrite FindId RemoveId"
)
PLAIN = words("Find Insert Remove Update Aggregate Upsert Distinct")
"""Names that much else has too: they count on what is called like a collection."""

COLLECTION = re.compile(r"coll|^c$|mongo|^\w*s$|col$", re.IGNORECASE)
EMBEDDED = words("mongo.Collection mgo.Collection qmgo.Collection mgm.Collection")
"""What a struct embeds to be a collection itself."""
LISTING = words("Find Aggregate")
BOUNDING = words("SetLimit SetProjection SetSkip Limit Skip")
INDEXING = words("CreateOne CreateMany EnsureIndex EnsureIndexKey")
UNFILTERED = words("InsertOne InsertMany Insert BulkWrite Aggregate")
DECODING = words("Decode BindJSON ShouldBindJSON Bind ShouldBind BodyParser Unmarshal UnmarshalExtJSON ReadJSON")
OPEN_TYPES = re.compile(r"(?:bson|primitive)\.(?:M|D)|map\[string\](?:interface\{\}|any)")
"""Types that take whatever keys a request's JSON has."""

DYNAMO = ("github.com/aws/aws-sdk-go/service/dynamodb", "github.com/aws/aws-sdk-go-v2/service/dynamodb")
DYNAMO_CALLS = re.compile(
    r"(?:Get|Put|Update|Delete|BatchGet|BatchWrite|TransactWrite|TransactGet)Items?(?:WithContext)?"
    r"|(?:Query|Scan)(?:Pages|WithContext)?|New(?:Query|Scan)Paginator"
)
INPUTS = words("QueryInput ScanInput")


def read_mongo(look: Look, kept: Kept) -> None:
    """Keeps queries, indexes and bounds on collections."""
    first = 0
    embedding = {item.index for item in look.module.classes if any(dotted(base) in EMBEDDED for base in item.bases)}
    for call in look.module.calls:
        names = chain(call)
        if call.last in INDEXING and ("Indexes" in names or call.last.startswith("Ensure")):
            add_sign(kept, look, SignKind.NOSQL_INDEX, call, ", ".join(_keys(call))[:80])
        elif call.last in BOUNDING and ("options" in names or "Find" in names):
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, call.last)
        elif call.last == "SetValidator":
            add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, call.last)
        if _is_query(call, names) or (embedding and _on_embedded(look, call, names, embedding)):
            first = first or call.line
            _keep_query(look, kept, call)
    if first:
        kept.data.append(data_use("MongoDB", How.QUERIED, first))


def _is_query(call: Call, names: list[str]) -> bool:
    if call.last in SURE:
        return len(names) > 1
    receiver = names[-2] if len(names) > 1 else ""
    return call.last in PLAIN and bool(call.args) and bool(COLLECTION.search(receiver))


def _on_embedded(look: Look, call: Call, names: list[str], embedding: set[int]) -> bool:
    """``r.Find(...)`` in a method of ``struct { *mongo.Collection }``."""
    if call.last not in PLAIN or not call.args or len(names) != 2 or call.function < 0:
        return False
    around = look.module.functions[call.function]
    while around.owner < 0 and around.parent >= 0:
        around = look.module.functions[around.parent]
    return around.owner in embedding and bool(around.receiver) and names[0] == around.receiver


def _keep_query(look: Look, kept: Kept, call: Call) -> None:
    name = call.name.lstrip(".")
    if call.last == "Find" and any(_keys_of(look.value(arg, call.function)) == {"_id"} for arg in call.args[:2]):
        name = f"{name} by id"
    elif call.last == "Find" and any(dotted(arg) not in ("nil", "") for arg in call.args[2:]):
        name = f"{name} with options"
    add_sign(kept, look, SignKind.NOSQL_QUERY, call, name)
    if call.loops:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, name)
    if call.last in LISTING and any("$limit" in text for text in _texts(call)):
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, "$limit")
    if (how := _injected(look, call)) is not None:
        add_sign(kept, look, SignKind.NOSQL_INJECTION, call, how)


def _keys_of(expr: Expr | None) -> set[str]:
    """The fields that a filter compares."""
    return {plain(key) or "" for key, _ in expr.pairs} if isinstance(expr, Mapping) else set()


def _injected(look: Look, call: Call) -> str | None:
    """A filter that a request's body was decoded into as a whole: it may bring operators along."""
    if call.last in UNFILTERED:
        return None
    for arg in call.args[:2]:
        if not isinstance(arg, Name) or not _is_open(look, arg, call.function):
            continue
        for other in look.module.calls:
            given = (item.dotted for item in other.args if isinstance(item, Name))
            if other.function == call.function and other.last in DECODING and arg.dotted in given:
                return f"`{arg.dotted}` is the whole filter, with whatever keys the request has"
    return None


def _is_open(look: Look, name: Name, function: int) -> bool:
    assigned = look.assigned(name.dotted, function)
    return any(OPEN_TYPES.fullmatch(item.type) or isinstance(item.value, Mapping) for item in assigned)


def _texts(call: Call) -> list[str]:
    return [text for item in inside(*call.args) if isinstance(item, Text) and (text := plain(item)) is not None]


def _keys(call: Call) -> list[str]:
    """The fields of an index: of ``bson.M{"a": 1}`` and of ``bson.D{{"a", 1}, {Key: "b", Value: 1}}``."""
    found: list[str] = []
    for item in inside(*call.args):
        first: Expr | None = None
        if isinstance(item, Mapping):
            found += [text for key, _ in item.pairs if (text := plain(key))]
        elif isinstance(item, Call) and item.new:
            first = item.keywords.get("Key") or (item.args[0] if item.args and item.name == "struct" else None)
        if (named := plain(first)) is not None:
            found.append(named)
    return found


def read_dynamo(look: Look, kept: Kept) -> None:
    """Keeps what is asked of DynamoDB; a query is bounded by its key or its limit."""
    first = 0
    for call in look.module.calls:
        if call.last in ("CreateTable", "CreateTableWithContext"):
            add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, call.last)
        if call.new and call.last in INPUTS and {"Limit", "KeyConditionExpression"} & call.keywords.keys():
            means = "limit" if "Limit" in call.keywords else "key condition"
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, means)
        if call.new or not DYNAMO_CALLS.fullmatch(call.last) or "." not in call.name or not call.args:
            continue
        first = first or call.line
        add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
        if call.loops:
            add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, call.name.lstrip("."))
    if first:
        kept.data.append(data_use("DynamoDB", How.QUERIED, first))
