"""Stores without SQL in Go: MongoDB, DynamoDB, Redis, Cassandra, search engines, and the layers that speak to them."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.go._documents import DYNAMO, MONGO, read_dynamo, read_mongo
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import calls_in, chain
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

LAYERS = (
    ("go.mongodb.org/mongo-driver", "MongoDB", "MongoDB driver"),
    ("gopkg.in/mgo.v2", "MongoDB", "mgo"),
    ("github.com/globalsign/mgo", "MongoDB", "mgo"),
    ("github.com/kamva/mgm", "MongoDB", "mgm"),
    ("github.com/qiniu/qmgo", "MongoDB", "qmgo"),
    ("github.com/aws/aws-sdk-go/service/dynamodb", "DynamoDB", "AWS SDK"),
    ("github.com/aws/aws-sdk-go-v2/service/dynamodb", "DynamoDB", "AWS SDK"),
    ("github.com/gocql/gocql", "Cassandra", "gocql"),
    ("github.com/scylladb/gocqlx", "Cassandra", "gocql"),
)
"""Packages with their database, and the layer that they are where that database is asked."""
REDIS = (
    *("github.com/redis/go-redis", "github.com/go-redis/redis", "gopkg.in/redis.v5", "github.com/gomodule/redigo"),
    *("github.com/garyburd/redigo", "github.com/redis/rueidis"),
)
REDIS_CALLS = words(
    "Get Set SetEX SetEx SetNX Del HSet HGet HGetAll HMSet Incr IncrBy Decr Expire LPush RPush LRange SAdd SMembers"
    " ZAdd ZRange Exists MGet MSet Publish XAdd Do HDel TTL Pipeline TxPipeline GetEx GetDel Subscribe ZRevRange"
)
REDIS_HOLDER = re.compile(r"redis|cache|rdb|client|conn|^r$|^c$|kv|store|db", re.IGNORECASE)
SEARCH = {
    "Elasticsearch": ("github.com/elastic/go-elasticsearch", "github.com/olivere/elastic"),
    "OpenSearch": ("github.com/opensearch-project/opensearch-go",),
}
SEARCH_CALLS = words(
    "Search Index Get Delete Update Bulk Count Create SearchRequest IndexRequest DeleteRequest MSearch Do"
)
SIZING = words("WithSize Size WithFrom")
"""How many hits a search may give."""
DTO = re.compile(r"(?:Request|Response|Req|Resp?|DTO|Dto|Input|Output|Payload|Params|Filter|Query)\Z")
"""How structs end that are sent about, not stored."""
CASSANDRA = ("github.com/gocql/gocql", "github.com/scylladb/gocqlx")


def read_stores(module: Module, kept: Kept) -> None:
    """Keeps what a module does with stores that have no SQL."""
    look = look_at(module)
    if look.imports(*MONGO):
        read_mongo(look, kept)
    if look.imports(*DYNAMO):
        read_dynamo(look, kept)
    if look.imports(*REDIS):
        _redis(look, kept)
    for name, packages in SEARCH.items():
        if look.imports(*packages):
            _search(look, kept, name)
    if look.imports(*CASSANDRA):
        _cassandra(kept)
    _layers(look, kept)
    if "bson:" in module.text:
        _schemas(look, kept)


def _redis(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        receiver = call.name.rpartition(".")[0].rpartition(".")[2]
        if call.last in REDIS_CALLS and call.args and receiver and REDIS_HOLDER.search(receiver):
            kept.data.append(data_use("Redis", How.QUERIED, call.line, call.last))
            add_sign(kept, look, SignKind.CACHE, call, "Redis")
            return


def _search(look: Look, kept: Kept, name: str) -> None:
    for call in look.module.calls:
        if call.last in SEARCH_CALLS and "." in call.name and (call.args or call.keywords):
            kept.data.append(data_use(name, How.QUERIED, call.line, call.last))
            add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
            inner = {item.last for item in calls_in(*call.args)} | set(chain(call))
            if sized := sorted(SIZING & inner):
                add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, sized[0])
            return


def _cassandra(kept: Kept) -> None:
    """Statements are CQL where gocql is imported."""
    known = any(use.name == "Cassandra" and use.how is How.QUERIED for use in kept.data)
    statement = next((item for item in kept.statements if item.layer in ("sql", "cql")), None)
    if statement is not None and not known:
        kept.data.append(data_use("Cassandra", How.QUERIED, statement.line))


def _layers(look: Look, kept: Kept) -> None:
    asked = {use.name: use.line for use in reversed(kept.data) if use.how is How.QUERIED}
    for package, database, layer in LAYERS:
        if database in asked and layer not in asked and look.imports(package):
            asked[layer] = asked[database]
            kept.data.append(data_use(layer, How.QUERIED, asked[database]))


def _schemas(look: Look, kept: Kept) -> None:
    """Structs whose fields say how they are stored in documents."""
    tagged = {
        item.owner
        for item in look.module.assignments
        if item.owner != -1 and any(isinstance(tag, Call) and tag.name == "bson" for tag in item.decorators)
    }
    for owner in look.module.classes:
        if owner.index in tagged and not DTO.search(owner.name[-40:]):
            kept.signs.append(
                Sign(kind=SignKind.NOSQL_SCHEMA, line=owner.line, end_line=owner.end_line, detail=owner.name)
            )


STORES_GO = Reader(name="Stores without SQL (Go)", languages=("Go",), read=read_stores)
