"""MongoDB, DynamoDB and Redis in PHP, and filters that Java and PHP let a request write: operators, texts, code."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import chain, inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How

MONGO = ("MongoDB", "Jenssegers.Mongodb", "com.mongodb", "org.springframework.data.mongodb", "org.litote.kmongo")
FILTERED = words(
    "find findOne updateOne updateMany deleteOne deleteMany replaceOne countDocuments findOneAndUpdate"
    " findOneAndDelete findOneAndReplace distinct"
)
QUERIES = FILTERED | words("insertOne insertMany aggregate bulkWrite estimatedDocumentCount")
PLAIN = words("find distinct aggregate")
"""Names that much else has too: they count on what is called like a collection."""

COLLECTION = re.compile(r"coll|mongo|\bcol\b|users?$|s$", re.IGNORECASE)
LISTING = words("find aggregate")
INDEXING = words("createIndex createIndexes ensureIndex")
PARSING = re.compile(
    r"(?:^|\.)(?:Document|BsonDocument|BasicDBObject|JSON)\.parse|new (?:[\w.]*\.)?(?:BasicQuery|JsonQuery)"
)
"""Calls that read a filter out of a text."""

DYNAMO = ("Aws.DynamoDb", "Aws")
DYNAMO_CALLS = words("getItem putItem updateItem deleteItem query scan batchGetItem batchWriteItem transactWriteItems")
REDIS = ("Predis", "Redis", "Illuminate.Support.Facades.Redis")
REDIS_CALLS = words(
    "get set setex setnx hget hset hgetall hGet hSet hGetAll incr decr expire lpush lPush rpush rPush lrange sadd sAdd"
    " zadd zAdd del mget mset publish"
)
REDIS_HOLDER = re.compile(r"redis|cache|\bRedis\b|predis|client", re.IGNORECASE)
REQUEST = re.compile(r"_(?:GET|POST|REQUEST|COOKIE)\b")
WHOLE = re.compile(r"_(?:GET|POST|REQUEST)|(?:this\.)?request\.(?:all|input|query|post)|input\.post")
"""Everything that a request brings along, as a filter: it may bring operators too."""


def read_nosql_filters(module: Module, kept: Kept) -> None:
    """Keeps what a module does with MongoDB, and for PHP with DynamoDB and Redis as well."""
    look = look_at(module)
    php = module.language == "PHP"
    if look.imports(*MONGO) or (php and "MongoDB\\" in module.text):
        _read_mongo(look, kept)
    if php and look.imports(*DYNAMO) and "DynamoDb" in module.text:
        _read_dynamo(look, kept)
    if php and "Redis" in module.text:
        _read_redis(look, kept)


def _read_mongo(look: Look, kept: Kept) -> None:
    php = look.module.language == "PHP"
    origins = Origins(look)
    first = 0
    for call in look.module.calls:
        if how := _parsed(call, look, origins):
            add_sign(kept, look, SignKind.NOSQL_INJECTION, call, how)
        if not php:
            continue
        if call.last in INDEXING:
            add_sign(kept, look, SignKind.NOSQL_INDEX, call, _keys(call))
        if _is_query(call):
            first = first or call.line
            _keep_query(call, look, kept)
    if first:
        kept.data.append(data_use("MongoDB", How.QUERIED, first))


def _is_query(call: Call) -> bool:
    receiver = ".".join(chain(call)[:-1])
    return call.last in QUERIES and (call.last not in PLAIN or bool(COLLECTION.search(receiver)))


def _keep_query(call: Call, look: Look, kept: Kept) -> None:
    name = call.name.lstrip(".")
    add_sign(kept, look, SignKind.NOSQL_QUERY, call, name)
    if call.loops:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, name)
    if call.last in LISTING and len(call.args) > 1:
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, "options")
    how = _injected(call, look) if call.last in FILTERED and call.args else None
    if how:
        add_sign(kept, look, SignKind.NOSQL_INJECTION, call, how)


def _injected(call: Call, look: Look) -> str | None:
    """How PHP's request arrays get into a filter: ``?name[$ne]=`` makes an operator of a value."""
    value = look.value(call.args[0], call.function)
    name = value.name if isinstance(value, Call) else dotted(value)
    if name and WHOLE.fullmatch(name):
        return f"`{name}` is the whole filter"
    for item in inside(value) if isinstance(value, (Mapping, Items)) else ():
        for _, inner in item.pairs if isinstance(item, Mapping) else ():
            held = look.value(inner, call.function)
            if isinstance(held, Name) and REQUEST.match(held.dotted):
                return f"`{held.dotted}` may bring operators along"
    return None


def _parsed(call: Call, look: Look, origins: Origins) -> str | None:
    """How a value gets into a filter that is read out of a text."""
    if not call.args or not PARSING.search(f"new {call.name}" if call.new else call.name):
        return None
    value: Expr | None = look.value(call.args[0], call.function)
    gaps = [part for part in value.parts if not isinstance(part, str)] if isinstance(value, Text) else []
    if any(origins.at(gap, call.function, call.line) == Origin.OUTSIDE for gap in gaps):
        return "a value gets into the text of the filter"
    return None


def _keys(call: Call) -> str:
    names = (plain(item) for item in inside(*call.args[:2]) if isinstance(item, Text))
    return ", ".join([name for name in names if name][:4])


def _read_dynamo(look: Look, kept: Kept) -> None:
    first = 0
    for call in look.module.calls:
        if call.last in DYNAMO_CALLS and "." in call.name:
            first = first or call.line
            add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
    if first:
        kept.data.append(data_use("DynamoDB", How.QUERIED, first))


def _read_redis(look: Look, kept: Kept) -> None:
    """The first call of a client of Redis, where the file makes one or imports it."""
    made = any(call.new and look.origin(call.name).startswith(REDIS) for call in look.module.calls)
    if not made and not look.imports(*REDIS):
        return
    for call in look.module.calls:
        receiver = call.name.rpartition(".")[0]
        if call.last in REDIS_CALLS and receiver and REDIS_HOLDER.search(receiver):
            kept.data.append(data_use("Redis", How.QUERIED, call.line, call.last))
            add_sign(kept, look, SignKind.CACHE, call, "Redis")
            return


NOSQL_FILTERS = Reader(
    name="Filters of stores without SQL", languages=("Java", "Kotlin", "PHP"), read=read_nosql_filters
)
