"""Stores without SQL in Go, so far as only Go has them: schemas by tags, search engines, and the layers by name."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
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
    ("github.com/guregu/dynamo", "DynamoDB", "dynamo"),
)
"""Packages with their database, and the layer that they are where that database is asked."""
DYNAMO_INPUTS = words(
    "QueryInput ScanInput GetItemInput PutItemInput UpdateItemInput DeleteItemInput TransactWriteItemsInput"
)
SEARCH = {
    "Elasticsearch": ("github.com/elastic/go-elasticsearch", "github.com/olivere/elastic"),
    "OpenSearch": ("github.com/opensearch-project/opensearch-go",),
}
SEARCH_METHODS = words(
    "Search Index Get Delete Update Bulk Count Create SearchRequest IndexRequest DeleteRequest MSearch Do"
)
CASSANDRA = ("github.com/gocql/gocql", "github.com/scylladb/gocqlx")


def read_stores(module: Module, kept: Kept) -> None:
    """Keeps schemas, bounds of DynamoDB's inputs, searches, and the layers that queries go through."""
    look = look_at(module)
    if "dynamodb" in module.text:
        _dynamo(look, kept)
    for name, packages in SEARCH.items():
        if look.imports(*packages):
            _search(look, kept, name)
    _layers(look, kept)
    if "bson:" in module.text:
        _schemas(look, kept)


def _layers(look: Look, kept: Kept) -> None:
    asked = {use.name: use.line for use in reversed(kept.data) if use.how is How.QUERIED}
    for package, database, layer in LAYERS:
        if database in asked and layer not in asked and look.imports(package):
            asked[layer] = asked[database]
            kept.data.append(data_use(layer, How.QUERIED, asked[database]))
    statement = next((item for item in kept.statements if item.layer in ("sql", "cql")), None)
    if statement is not None and look.imports(*CASSANDRA):
        if "Cassandra" not in asked:
            kept.data.append(data_use("Cassandra", How.QUERIED, statement.line))
        kept.data.append(data_use("gocql", How.QUERIED, statement.line))


def _schemas(look: Look, kept: Kept) -> None:
    """Structs whose fields say how they are stored in documents."""
    tagged = {
        item.owner
        for item in look.module.assignments
        if item.owner != -1 and any(isinstance(tag, Call) and tag.name == "bson" for tag in item.decorators)
    }
    for owner in look.module.classes:
        if owner.index in tagged:
            kept.signs.append(
                Sign(kind=SignKind.NOSQL_SCHEMA, line=owner.line, end_line=owner.end_line, detail=owner.name)
            )


def _dynamo(look: Look, kept: Kept) -> None:
    """The inputs of the SDK: a query of DynamoDB wherever it is sent, bounded by its key or its limit."""
    known = any(use.name == "DynamoDB" and use.how is How.QUERIED for use in kept.data)
    for call in look.module.calls:
        if not call.new or call.last not in DYNAMO_INPUTS or not call.name.startswith(("dynamodb.", "ddb.")):
            continue
        if not known:
            known = True
            kept.data.append(data_use("DynamoDB", How.QUERIED, call.line))
        if "Limit" in call.keywords or "KeyConditionExpression" in call.keywords:
            means = "limit" if "Limit" in call.keywords else "key condition"
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, means)


def _search(look: Look, kept: Kept, name: str) -> None:
    for call in look.module.calls:
        if call.last in SEARCH_METHODS and "." in call.name and (call.args or call.keywords):
            kept.data.append(data_use(name, How.QUERIED, call.line, call.last))
            add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name.lstrip("."))
            return


STORES_GO = Reader(name="Stores without SQL (Go)", languages=("Go",), read=read_stores)
