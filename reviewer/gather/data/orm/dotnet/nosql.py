"""MongoDB, DynamoDB and Redis from C#: documents, indexes, queries and what bounds them."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Text, dotted
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

MONGO = ("MongoDB.Driver", "MongoDB.Bson", "MongoFramework")
MONGO_METHODS = words(
    "Find FindAsync FindSync InsertOne InsertOneAsync InsertMany InsertManyAsync UpdateOne UpdateOneAsync UpdateMany"
    " UpdateManyAsync ReplaceOne ReplaceOneAsync DeleteOne DeleteOneAsync DeleteMany DeleteManyAsync Aggregate"
    " CountDocuments CountDocumentsAsync FindOneAndUpdate FindOneAndUpdateAsync FindOneAndReplace FindOneAndDelete"
    " FindOneAndReplaceAsync FindOneAndDeleteAsync BulkWrite BulkWriteAsync Distinct DistinctAsync"
    " EstimatedDocumentCountAsync"
)
COLLECTION = re.compile(r"collection|mongo|_\w*s\Z|Documents", re.IGNORECASE)
COLLECTION_TYPE = re.compile(r"IMongoCollection<\s*([\w.]+)\s*>")
UNTYPED = "BsonDocument"
BOUNDING = words("Limit Skip Project")
INDEXING = words("CreateOne CreateOneAsync CreateMany CreateManyAsync")
DOCUMENT_MARKS = words("BsonId BsonElement BsonRepresentation BsonCollection BsonIgnoreExtraElements Collection")
PARSED = words("Parse FromJson JsonFilterDefinition")
CHAIN_MOST = 24
DYNAMO_METHODS = words(
    "GetItemAsync PutItemAsync QueryAsync ScanAsync UpdateItemAsync DeleteItemAsync BatchGetItemAsync LoadAsync"
    " BatchWriteItemAsync SaveAsync TransactWriteItemsAsync"
)
DYNAMO_MARKS = words("DynamoDBTable")
DYNAMO_INDEXES = words("DynamoDBGlobalSecondaryIndexHashKey DynamoDBGlobalSecondaryIndexRangeKey DynamoDBRangeKey")
REDIS_METHOD = re.compile(
    r"(?:String|Hash|List|Set|SortedSet|Key|Stream)(?:Get|Set|Increment|Add|Remove|Delete|LeftPush|RightPush|Range|Exists"
    r"|Expire|Members)\w*"
)


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file does with stores that have no SQL; returns at once where it imports none of them."""
    names = [f"{item.module}." for item in module.imports]
    mongo = any(name.startswith(tuple(f"{item}." for item in MONGO)) for name in names)
    dynamo = any(name.startswith("Amazon.DynamoDBv2.") for name in names)
    redis = any(name.startswith("StackExchange.Redis.") for name in names)
    if not (mongo or dynamo or redis):
        return
    look = look_at(module)
    _documents(look, kept, mongo, dynamo)
    for call in module.calls:
        if mongo:
            _mongo(look, kept, call)
        if dynamo and call.last in DYNAMO_METHODS:
            _query(look, kept, call, "DynamoDB")
            if call.last == "QueryAsync":
                add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, "key condition")
        if redis and REDIS_METHOD.fullmatch(call.last[:60]):
            _query(look, kept, call, "Redis")


def _documents(look: Look, kept: Kept, mongo: bool, dynamo: bool) -> None:
    """Classes that stand for documents, and their secondary keys."""
    told: set[int] = set()
    for item in look.module.assignments:
        marks = {last(dotted(d.callee if isinstance(d, Call) else d)) for d in item.decorators}
        if mongo and item.owner not in told and marks & DOCUMENT_MARKS:
            told.add(item.owner)
            _keep_schema(look, kept, item.owner)
        if dynamo and marks & DYNAMO_INDEXES:
            sign = Sign(kind=SignKind.NOSQL_INDEX, line=item.line, end_line=item.end_line, detail=item.target)
            kept.signs.append(sign)
    for owner in look.module.classes:
        marks = {last(dotted(d.callee if isinstance(d, Call) else d)) for d in owner.decorators}
        if owner.index not in told and ((mongo and marks & DOCUMENT_MARKS) or (dynamo and marks & DYNAMO_MARKS)):
            _keep_schema(look, kept, owner.index)
    if mongo and "IMongoCollection<" in look.module.text:
        _typed_collections(look, kept)


def _typed_collections(look: Look, kept: Kept) -> None:
    """Classes that a collection is declared for: ``IMongoCollection<Book> Books``."""
    told = {sign.detail for sign in kept.signs if sign.kind is SignKind.NOSQL_SCHEMA}
    for item in look.module.assignments:
        found = COLLECTION_TYPE.search(item.type)
        name = last(found[1]) if found else ""
        if len(name) > 1 and name != UNTYPED and name not in told:
            told.add(name)
            kept.signs.append(Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=name))


def _keep_schema(look: Look, kept: Kept, index: int) -> None:
    if index != -1:
        owner = look.module.classes[index]
        kept.signs.append(Sign(kind=SignKind.NOSQL_SCHEMA, line=owner.line, end_line=owner.end_line, detail=owner.name))


def _mongo(look: Look, kept: Kept, call: Call) -> None:
    if call.last in MONGO_METHODS and _on_collection(look, call):
        _query(look, kept, call, "MongoDB")
        for arg in call.args:
            if _is_built(look, arg, call.function):
                add_sign(kept, look, SignKind.NOSQL_INJECTION, call, "a filter built as text")
    elif call.last in INDEXING and "Indexes" in call.name:
        add_sign(kept, look, SignKind.NOSQL_INDEX, call, call.name.lstrip("."))
    elif call.last in BOUNDING and _hangs_on_find(call):
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, call.last)


def _on_collection(look: Look, call: Call) -> bool:
    name = call.name.rpartition(".")[0].removeprefix("this.")
    kinds = [item.type for item in look.assigned(name, call.function)]
    kinds += [p.type for f in look.around(call.function) for p in f.parameters if p.name == name]
    if any(kind and COLLECTION_TYPE.search(kind) for kind in kinds):
        return True
    return not any(kinds) and (call.name.startswith(".") or bool(COLLECTION.search(name[-80:])))


def _hangs_on_find(call: Call) -> bool:
    """Whether a call is made on the result of a query, right away or later in the chain."""
    below: Expr | None = call.callee
    for _ in range(CHAIN_MOST):
        if isinstance(below, Attribute):
            below = below.value
        elif isinstance(below, Call):
            if below.last in MONGO_METHODS:
                return True
            below = below.callee
        else:
            return False
    return False


def _is_built(look: Look, arg: Expr, function: int) -> bool:
    """``BsonDocument.Parse($"...")``, or a text with values in it as a filter."""
    value = look.value(arg, function)
    if isinstance(value, Call) and value.last in PARSED and value.args:
        value = look.value(value.args[0], function)
    return isinstance(value, Text) and value.how != "plain" and any("{" in p for p in value.parts if isinstance(p, str))


def _query(look: Look, kept: Kept, call: Call, database: str) -> None:
    add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
    if not any(use.name == database and use.how is How.QUERIED for use in kept.data):
        kept.data.append(data_use(database, How.QUERIED, call.line, call.name))
        if database == "MongoDB":
            kept.data.append(data_use("MongoDB driver", How.QUERIED, call.line, call.name))


NOSQL_DOTNET = Reader(name="stores without SQL (C#)", languages=("C#",), read=read)
