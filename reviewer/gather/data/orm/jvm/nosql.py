"""How stores without SQL keep classes of the JVM, with their indexes; queries of Cassandra, HBase, Elasticsearch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import chain, last
from reviewer.gather.frameworks.jvm._annotations import find, given, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Module, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How


@dataclass(frozen=True, slots=True)
class _Store:
    """One store: what it is imported as, and which calls query it on what.

    ``creating`` calls make a table or an index; ``bounding`` ones limit a query that they belong to, ``filtered``
    queries give one thing by themselves.
    """

    database: str
    layer: str | None
    modules: tuple[str, ...]
    methods: frozenset[str]
    holder: re.Pattern[str]
    creating: frozenset[str]
    bounding: frozenset[str]
    filtered: frozenset[str]


STORES = (
    _Store(
        "Cassandra",
        "Spring Data Cassandra",
        ("org.springframework.data.cassandra",),
        words("select selectOne selectOneById insert update delete deleteById execute count slice"),
        re.compile(r"template|operations|cassandra", re.IGNORECASE),
        creating=words("createTable createKeyspace"),
        bounding=words("limit withPageSize"),
        filtered=words("selectOneById deleteById"),
    ),
    _Store(
        "HBase",
        "HBase client",
        ("org.apache.hadoop.hbase",),
        words("put get delete getScanner scan batch incrementColumnValue exists"),
        re.compile(r"table|hbase", re.IGNORECASE),
        creating=words("createTable"),
        bounding=words("setLimit setCaching withStartRow setStartRow setMaxResultSize"),
        filtered=words("get exists"),
    ),
    _Store(
        "Elasticsearch",
        None,
        ("org.elasticsearch.client", "co.elastic.clients", "org.springframework.data.elasticsearch"),
        words("search index get update delete bulk save searchOne multiGet count"),
        re.compile(r"client|elastic|template|operations|es\Z", re.IGNORECASE),
        creating=words("create createIndex"),
        bounding=words("size withPageable setPageable"),
        filtered=words("get"),
    ),
)
SCHEMA_MARKS = {
    "Document": ("org.springframework.data.mongodb", "org.springframework.data.elasticsearch"),
    "Table": ("org.springframework.data.cassandra",),
    "RedisHash": ("org.springframework.data.redis",),
    "Node": ("org.springframework.data.neo4j",),
    "DynamoDbBean": ("software.amazon.awssdk.enhanced.dynamodb",),
    "DynamoDBTable": ("com.amazonaws.services.dynamodbv2",),
    "MongoEntity": ("io.quarkus.mongodb",),
}
"""Annotations of classes that say how a store keeps them, by the packages that they come from."""

CONFIGURES = {
    "org.springframework.data.mongodb": ("MongoDB", "Spring Data MongoDB"),
    "org.springframework.data.elasticsearch": ("Elasticsearch", "Spring Data Elasticsearch"),
    "org.springframework.data.cassandra": ("Cassandra", "Spring Data Cassandra"),
    "org.springframework.data.neo4j": ("Neo4j", "Spring Data Neo4j"),
    "org.springframework.data.redis": ("Redis",),
}
"""The database and the layer that such a class shows."""

INDEX_MARKS = words(
    "Indexed CompoundIndex TextIndexed GeoSpatialIndexed HashIndexed WildcardIndexed PrimaryKeyColumn PartitionKey"
    " ClusteringColumn DynamoDbPartitionKey DynamoDbSortKey DynamoDbSecondaryPartitionKey DynamoDBHashKey"
    " DynamoDBRangeKey DynamoDBIndexHashKey"
)


def read_nosql(module: Module, kept: Kept) -> None:
    """Keeps what a module declares for stores that have no SQL, and how it asks some of them."""
    look = look_at(module)
    for item in module.classes:
        _schema(look, item, kept)
    for store in STORES:
        if look.imports(*store.modules):
            _queries(look, kept, store)


def _schema(look: Look, item: Class, kept: Kept) -> None:
    """A class that says how it is kept, with its indexes."""
    for name, modules in SCHEMA_MARKS.items():
        mark = find(item.decorators, name)
        found = next((module for module in modules if look.imports(module)), None) if mark is not None else None
        if mark is None or found is None:
            continue
        _sign(kept, SignKind.NOSQL_SCHEMA, item.line, _named(item, mark))
        kept.data.extend(data_use(use, How.CONFIGURED, item.line) for use in CONFIGURES.get(found, ()))
        if find(item.decorators, "CompoundIndex", "CompoundIndexes") is not None:
            _sign(kept, SignKind.NOSQL_INDEX, item.line, "CompoundIndex")
        for field in look.module.fields_of(item):
            if find(field.decorators, *INDEX_MARKS) is not None:
                _sign(kept, SignKind.NOSQL_INDEX, field.line, field.target)
        for method in look.module.methods_of(item):
            if find(method.decorators, *INDEX_MARKS) is not None:
                _sign(kept, SignKind.NOSQL_INDEX, method.line, method.name)
        return


def _named(item: Class, mark: Expr) -> str:
    named = (plain(option(mark, key)) for key in ("collection", "indexName", "tableName", "name"))
    return plain(given(mark)) or next((name for name in named if name), "") or last(item.name)


def _sign(kept: Kept, kind: SignKind, line: int, detail: str) -> None:
    kept.signs.append(Sign(kind=kind, line=line, end_line=line, detail=detail))


def _queries(look: Look, kept: Kept, store: _Store) -> None:
    first = 0
    for call in look.module.calls:
        if call.last in store.creating and "." in call.name:
            add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, plain(call.args[0] if call.args else None) or call.last)
        if call.last in store.bounding:
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, call.last)
        if call.last in store.methods and _is_query(call, store):
            first = first or call.line
            _keep_query(look, kept, store, call)
    if first:
        kept.data.append(data_use(store.database, How.QUERIED, first))
        if store.layer:
            kept.data.append(data_use(store.layer, How.QUERIED, first))


def _keep_query(look: Look, kept: Kept, store: _Store, call: Call) -> None:
    name = call.name.lstrip(".")
    add_sign(kept, look, SignKind.NOSQL_QUERY, call, name)
    if call.loops:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, name)
    if call.last in store.filtered:
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, call.last)


def _is_query(call: Call, store: _Store) -> bool:
    names = chain(call)[:-1]
    return bool(names) and not names[-1][:1].isupper() and any(store.holder.search(name) for name in names[-2:])


NOSQL_JVM = Reader(name="NoSQL (JVM)", languages=("Java", "Kotlin"), read=read_nosql)
