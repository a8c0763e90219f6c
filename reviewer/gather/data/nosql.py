"""MongoDB's own drivers, DynamoDB, Redis and other stores without SQL: schema, indexes, queries and their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import chain, inside, last, option, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Number, Other, dotted, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

WHOLE = re.compile(
    r"(?:req|request|ctx\.request|ctx|context\.req)\.(?:body|query|params|json|args|form|values)"
    r"|(?:flask\.|self\.)?request\.(?:json|args|form|data|values|GET|POST|query_params|get_json)"
)
"""Everything that a request brings along."""

BODY = re.compile(r"(?:req|request|ctx\.request)\.(?:body|query)")
TO_DICT = words("to_dict get_json json loads parse")
MONGO = ("pymongo", "motor", "mongodb", "flask_pymongo", "mongoengine", "beanie", "monk", "mongojs")
MONGO_METHODS = words(
    "find find_one findOne insert_one insertOne insert_many insertMany update_one updateOne update_many"
    " updateMany delete_one deleteOne delete_many deleteMany aggregate count_documents countDocuments"
    " find_one_and_update findOneAndUpdate find_one_and_delete findOneAndDelete replace_one replaceOne bulk_write"
    " bulkWrite distinct estimated_document_count find_one_and_replace insert"
)
SURE_MONGO = MONGO_METHODS - words("find insert aggregate distinct")
FILTERED = MONGO_METHODS - words(
    "insert_one insertOne insert_many insertMany aggregate bulk_write bulkWrite distinct insert"
)
LISTING = words("find aggregate")
COLLECTION = re.compile(r"collection|col$|coll$|mongo|db\b", re.IGNORECASE)
SURE_COLLECTION = re.compile(r"(?:collection|col|coll)s?$", re.IGNORECASE)
"""What ends in this is a collection whatever is called on it."""
OWN_CLASS = re.compile(r"(?:service|controller|use_?cases?|repository|facade)s?$", re.IGNORECASE)
"""What a class of the program's own is called, whose methods are called as those of a collection."""
INDEXING = words("create_index createIndex create_indexes createIndexes ensure_index ensureIndex")
BOUNDING = words("limit skip paginate to_list project")
DYNAMO = ("boto3", "aioboto3", "@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb", "aws-sdk", "dynamoose", "pynamodb")
DYNAMO_METHODS = words(
    "get_item put_item query scan update_item delete_item batch_get_item batch_write_item transact_write_items"
)
DYNAMO_COMMANDS = re.compile(
    r"(?:Get|Put|Query|Scan|Update|Delete|BatchGet|BatchWrite|TransactWrite)(?:Item|Items)?(?:Command)?"
)
REDIS = ("redis", "ioredis", "aioredis", "flask_redis", "django_redis")
REDIS_METHODS = words(
    "get set setex hget hset hgetall incr decr expire lpush rpush lrange sadd smembers zadd zrange delete del"
    " exists mget mset setEx hGet hSet hGetAll lPush rPush lRange sAdd sMembers zAdd publish xadd incrby"
)
REDIS_NAMES = re.compile(r"redis|cache|(?:^|\.)_?r$|client", re.IGNORECASE)


class Operators:
    """What a name in this file stands for, so far as whole request objects go."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def whole(self, expr: Expr | None, function: int) -> str | None:
        """The request object that an expression is, or None: ``req.body``, ``request.get_json()``, a name for one."""
        value = self.look.value(expr, function)
        if isinstance(value, Call):
            name = value.name.rpartition(".")[0] if value.last in ("to_dict",) else value.name
            if value.last in ("loads", "parse") and value.args:
                return self.whole(value.args[0], function)
            return name if value.last in TO_DICT and WHOLE.fullmatch(name) else None
        if isinstance(value, Other) and value.kind in (
            "await_expression",
            "await",
            "spread_element",
            "dictionary_splat",
        ):
            return self.whole(value.operands[0], function) if value.operands else None
        name = dotted(value) if value is not None else ""
        return name if name and WHOLE.fullmatch(name) else None


def injected(expr: Expr | None, function: int, operators: Operators) -> str | None:
    """How a request gets whole into a filter, so that it may bring operators along; None where it does not."""
    value = operators.look.value(expr, function)
    if (name := operators.whole(value, function)) is not None:
        return f"`{name}` is the whole filter"
    if isinstance(value, Mapping):
        for key, inner in value.pairs:
            if key is None and (name := operators.whole(inner, function)) is not None:
                return f"`{name}` is spread into the filter"
    return None


def read_nosql(module: Module, kept: Kept) -> None:
    """Keeps what a module does with stores that have no SQL."""
    look = look_at(module)
    if look.imports(*MONGO):
        _read_mongo(look, kept, sure=False)
    elif any(call.last in MONGO_METHODS for call in module.calls):
        _read_mongo(look, kept, sure=True)
    if "$where" in module.text:
        _read_where(look, kept)
    if look.imports(*DYNAMO):
        _read_dynamo(look, kept)
    if look.imports(*REDIS):
        _read_redis(look, kept)
    elif any("redis" in item.module.lower() for item in module.imports):
        _read_own_redis(look, kept)


def _read_mongo(look: Look, kept: Kept, *, sure: bool) -> None:
    """Calls on collections. Where no driver is imported, only names that nothing else has are taken for theirs."""
    operators = Operators(look)
    first = 0
    for call in look.module.calls:
        if not sure:
            _keep_collection(call, look, kept)
        if not _is_mongo_query(call, sure=sure):
            continue
        first = first or call.line
        name = call.name.lstrip(".")
        add_sign(kept, look, SignKind.NOSQL_QUERY, call, name)
        if call.loops:
            add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, name)
        if call.last in LISTING and (len(call.args) > 1 or option(call, "limit") is not None):
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, "projection" if len(call.args) > 1 else "limit")
        elif call.last == "aggregate" and call.args and _is_condensed(look.value(call.args[0], call.function)):
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, "stages")
        if call.last in FILTERED and call.args and (how := injected(call.args[0], call.function, operators)):
            add_sign(kept, look, SignKind.NOSQL_INJECTION, call, how)
    if first:
        kept.data.append(data_use("MongoDB", How.QUERIED, first))


def _is_mongo_query(call: Call, *, sure: bool) -> bool:
    if call.last not in MONGO_METHODS:
        return False
    receiver = call.name.rpartition(".")[0]
    if last(receiver)[:1].isupper() or (call.args and isinstance(call.args[0], (Number, Lambda))):
        return False
    if not sure:
        return not OWN_CLASS.search(receiver)
    if SURE_COLLECTION.search(receiver):
        return True
    return call.last in SURE_MONGO and bool(COLLECTION.search(receiver))


def _is_condensed(stages: Expr | None) -> bool:
    """Whether a pipeline limits what it gives, or groups it into one document."""
    for stage in stages.values if isinstance(stages, Items) else ():
        for key, value in pairs_of(stage):
            if key in ("$limit", "$count", "$sample", "$facet"):
                return True
            whole = value.get("_id") if key == "$group" and isinstance(value, Mapping) else None
            if whole is not None and (
                dotted(whole) in ("None", "null") or getattr(whole, "text", "") in ("None", "null")
            ):
                return True
    return False


def _keep_collection(call: Call, look: Look, kept: Kept) -> None:
    """Indexes, validators and bounds."""
    if call.last in INDEXING:
        add_sign(kept, look, SignKind.NOSQL_INDEX, call, _keys(call))
    elif call.last in ("create_collection", "createCollection") and option(call, "validator") is not None:
        add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, _keys(call))
    elif call.last in BOUNDING and not _is_boundless(call) and (".find" in _below(call) or _is_cursor(call, look)):
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, call.last)


def _is_boundless(call: Call) -> bool:
    """``to_list(None)`` and ``to_list(length=None)`` read everything."""
    given = call.args[0] if call.args else option(call, "length")
    return call.last == "to_list" and (given is None or (isinstance(given, Number) and given.text == "None"))


def _is_cursor(call: Call, look: Look) -> bool:
    """Whether a call is made on a variable that a query was put into."""
    receiver = call.name.rpartition(".")[0]
    found = look.assigned(receiver, call.function) if receiver else []
    values = (item.value for item in found)
    return any(isinstance(value, Call) and value.last in LISTING for value in values)


def _below(call: Call) -> str:
    """The names of what a call hangs on."""
    return "." + ".".join(chain(call))


def _keys(call: Call) -> str:
    first = call.args[0] if call.args else None
    if isinstance(first, Mapping):
        return ", ".join(key for key, _ in pairs_of(first))
    return plain(first) or ""


def _read_where(look: Look, kept: Kept) -> None:
    """``$where`` runs JavaScript in the database: what is put into its text is run there."""
    lines: set[int] = set()
    for expr in _values(look.module):
        for item in inside(expr):
            if not isinstance(item, Mapping):
                continue
            value = next((inner for key, inner in item.pairs if plain(key) == "$where"), None)
            if value is not None and not isinstance(value, Lambda) and plain(value) is None:
                lines.add(value.line)
    for line in sorted(lines):
        kept.signs.append(
            Sign(kind=SignKind.NOSQL_INJECTION, line=line, end_line=line, detail="a value gets into $where")
        )


def _values(module: Module) -> Iterator[Expr]:
    yield from (item.value for item in module.assignments if item.value is not None)
    yield from (item.value for item in module.returns)
    for call in module.calls:
        yield from (arg for arg in call.args if isinstance(arg, Mapping))


def _read_dynamo(look: Look, kept: Kept) -> None:
    tables = [item for item in look.module.calls if _is_dynamo_client(item, look)]
    aws = look.imports("@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb", "dynamoose", "pynamodb")
    if not tables and not aws:
        return
    queried = False
    for call in look.module.calls:
        command = call.new and bool(DYNAMO_COMMANDS.fullmatch(call.last)) and call.last.endswith("Command")
        if call.last not in DYNAMO_METHODS and not command:
            if call.last in ("create_table", "CreateTableCommand"):
                add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, plain(option(call, "TableName")) or "")
            continue
        if not queried:
            kept.data.append(data_use("DynamoDB", How.QUERIED, call.line))
        queried = True
        add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
        if "scan" not in call.last.lower() and ("query" in call.last.lower() or option(call, "Limit") is not None):
            add_sign(
                kept, look, SignKind.NOSQL_BOUNDED, call, "key condition" if "query" in call.last.lower() else "limit"
            )


def _is_dynamo_client(call: Call, look: Look) -> bool:
    if call.last in ("resource", "client") and call.args and plain(call.args[0]) == "dynamodb":
        return look.imports("boto3", "aioboto3")
    return "DynamoDB" in call.name


def _read_redis(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        receiver = call.name.rpartition(".")[0]
        if call.last not in REDIS_METHODS or not call.args or not receiver:
            continue
        held = look.value(Name(receiver, call.line), call.function)
        made = isinstance(held, Call) and look.origin(held.name).startswith(REDIS)
        if made or REDIS_NAMES.search(receiver):
            kept.data.append(data_use("Redis", How.QUERIED, call.line, call.last))
            add_sign(kept, look, SignKind.CACHE, call, "Redis")
            return


def _read_own_redis(look: Look, kept: Kept) -> None:
    """The first call of a client that one's own module makes: it shows where Redis is used, not that it is."""
    for call in look.module.calls:
        if call.last in REDIS_METHODS and call.args and "redis" in call.name.rpartition(".")[0].lower():
            add_sign(kept, look, SignKind.CACHE, call, "Redis")
            return


NOSQL = Reader(name="NoSQL", languages=("Python", "JavaScript", "TypeScript"), read=read_nosql)
