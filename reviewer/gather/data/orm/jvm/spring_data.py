"""Spring Data (Panache, Micronaut Data): repositories with derived, declared and inherited queries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data._loops import over_rows
from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.jvm._entities import RELATIONAL, simple_tables
from reviewer.gather.data.orm.jvm._spring_methods import CALLED, DERIVED, declared, derived
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._annotations import find
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Function, Items, Module, dotted
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Feature, How, Statement

SPRING_DATA, SPRING_JPA = "Spring Data", "Spring Data JPA"
PACKAGE = "org.springframework.data"
BASES = {
    "JpaRepository": SPRING_JPA,
    "JpaRepositoryImplementation": SPRING_JPA,
    "JpaSpecificationExecutor": SPRING_JPA,
    "QuerydslPredicateExecutor": SPRING_DATA,
    "R2dbcRepository": "Spring Data R2DBC",
    "MongoRepository": "Spring Data MongoDB",
    "ReactiveMongoRepository": "Spring Data MongoDB",
    "CassandraRepository": "Spring Data Cassandra",
    "ReactiveCassandraRepository": "Spring Data Cassandra",
    "ElasticsearchRepository": "Spring Data Elasticsearch",
    "ReactiveElasticsearchRepository": "Spring Data Elasticsearch",
    "Neo4jRepository": "Spring Data Neo4j",
    "KeyValueRepository": "Spring Data Redis",
    "PanacheRepository": "Hibernate Panache",
    "PanacheRepositoryBase": "Hibernate Panache",
    "PanacheMongoRepository": "Panache MongoDB",
    "CrudRepository": SPRING_DATA,
    "ListCrudRepository": SPRING_DATA,
    "PagingAndSortingRepository": SPRING_DATA,
    "ListPagingAndSortingRepository": SPRING_DATA,
    "ReactiveCrudRepository": SPRING_DATA,
    "ReactiveSortingRepository": SPRING_DATA,
    "CoroutineCrudRepository": SPRING_DATA,
    "CoroutineSortingRepository": SPRING_DATA,
    "Repository": SPRING_DATA,
}
"""Interfaces that a repository extends, by the layer that they show."""
MICRONAUT_DATA, MICRONAUT_MONGO = "Micronaut Data", "Micronaut Data MongoDB"
MICRONAUT_PACKAGE = "io.micronaut.data"
MICRONAUT_BASES = words(
    "GenericRepository PageableRepository ReactorCrudRepository ReactorPageableRepository AsyncCrudRepository"
    " RxJavaCrudRepository CoroutinePageableCrudRepository ReactiveStreamsCrudRepository"
)
"""Interfaces of Micronaut Data beside those that are called as Spring's."""
STORES = {
    "Spring Data MongoDB": "MongoDB",
    "Spring Data Cassandra": "Cassandra",
    "Spring Data Elasticsearch": "Elasticsearch",
    "Spring Data Neo4j": "Neo4j",
    "Spring Data Redis": "Redis",
    "Panache MongoDB": "MongoDB",
    MICRONAUT_MONGO: "MongoDB",
}
"""Layers whose database has no SQL."""
BY_IMPORT = {
    "org.springframework.data.jpa": SPRING_JPA,
    "org.springframework.data.r2dbc": "Spring Data R2DBC",
    "org.springframework.data.jdbc": "Spring Data JDBC",
    "org.springframework.data.mongodb": "Spring Data MongoDB",
    "org.springframework.data.cassandra": "Spring Data Cassandra",
    "org.springframework.data.elasticsearch": "Spring Data Elasticsearch",
    "org.springframework.data.neo4j": "Spring Data Neo4j",
    "org.springframework.data.redis": "Spring Data Redis",
}
FLAT_MAP = ".flatMap"
HOLDER = re.compile(r"(?:Repository|Repo|Dao|DAO|repository|repo|dao)\Z")
OF_ONE = words("findById getById getOne getReferenceById findByIdOrNull existsById findOne count")
OF_MANY = words("findAllById")
SENT_AS_ONE = words("saveAll deleteAll deleteAllById findAllById")
WRITTEN_OUT = ("Query", "Aggregation", "CountQuery", "DeleteQuery", "ExistsQuery")
"""Annotations with a query in the store's own language."""
TABLE_IMPORTS = ("org.springframework.data.relational.core.mapping", "org.springframework.data.relational.mapping")


def read_spring_data(module: Module, kept: Kept) -> None:
    """Keeps repositories, the calls of what they inherit, and classes of relational stores."""
    look = look_at(module)
    for item in module.classes:
        layer = _layer(look, item)
        if layer:
            _repository(look, item, layer, kept)
    if look.imports(*TABLE_IMPORTS):
        kept.tables.extend(
            simple_tables(look, "Table", RELATIONAL, "Id", "Column", words("Transient MappedCollection"))
        )
    _inherited(look, kept)


def _layer(look: Look, item: Class) -> str:
    """The layer of a repository, ``""`` for any other class."""
    names = [last(dotted(base.callee if isinstance(base, Call) else base)) for base in item.bases]
    if look.imports(MICRONAUT_PACKAGE):
        own = bool(BASES.keys() & set(names) or MICRONAUT_BASES & set(names))
        return (MICRONAUT_MONGO if look.imports(f"{MICRONAUT_PACKAGE}.mongodb") else MICRONAUT_DATA) if own else ""
    found = [BASES[name] for name in names if name in BASES]
    if not found and find(item.decorators, "RepositoryDefinition") is None:
        return ""
    if not look.imports(PACKAGE) and found and found[0] == SPRING_DATA:
        return ""
    sure = [name for name in found if name != SPRING_DATA]
    imported = next((name for module, name in BY_IMPORT.items() if look.imports(module)), SPRING_DATA)
    return sure[0] if sure else imported


def _repository(look: Look, item: Class, layer: str, kept: Kept) -> None:
    kept.data.append(data_use(layer, How.IMPORTED if layer == SPRING_DATA else How.QUERIED, item.line))
    store = STORES.get(layer)
    if store:
        kept.data.append(data_use(store, How.QUERIED, item.line))
    entity = _entity(item)
    for method in look.module.methods_of(item):
        found = declared(method, layer) or derived(method, layer, entity)
        if find(method.decorators, "EntityGraph") is not None:
            _sign(kept, method, SignKind.EAGER_LOAD, "EntityGraph")
        if found is None and store and find(method.decorators, *WRITTEN_OUT) is not None:
            _sign(kept, method, SignKind.NOSQL_QUERY, method.name)
            _sign(kept, method, SignKind.NOSQL_BOUNDED, "filter")
        if found is None:
            continue
        if store:
            _sign(kept, method, SignKind.NOSQL_QUERY, method.name)
            if Feature.LIMIT in found.features or found.filters:
                _sign(kept, method, SignKind.NOSQL_BOUNDED, "limit" if Feature.LIMIT in found.features else "filter")
            continue
        if Feature.EAGER in found.features and find(method.decorators, "EntityGraph") is None:
            _sign(kept, method, SignKind.EAGER_LOAD, "join fetch")
        kept.statements.append(found)


def _sign(kept: Kept, method: Function, kind: SignKind, detail: str) -> None:
    kept.signs.append(
        Sign(kind=kind, line=method.line, end_line=method.end_line, detail=detail, function=method.qualname)
    )


def _entity(item: Class) -> str:
    """The class that a repository keeps, by what its base is generic over."""
    for name, types in item.keywords.items():
        if last(name) in BASES and isinstance(types, Items) and types.values:
            return last(dotted(types.values[0]))
    return HOLDER.sub("", last(item.name))


def _inherited(look: Look, kept: Kept) -> None:
    """Calls of what repositories inherit; the kind of store is only known once the repository is linked."""
    for call, held in _repository_calls(look):
        if call.loops and call.last not in SENT_AS_ONE and over_rows(look, call) and not _of_one(look, call):
            add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, call.name.removeprefix("this."))
        verb = CALLED.get(call.last)
        if verb is None:
            continue
        paged = any("page" in word.lower() for arg in call.args for word in _words(arg))
        kept.statements.append(
            Statement(
                verb=verb,
                line=call.line,
                end_line=call.end_line,
                layer=SPRING_DATA,
                tables=(held,),
                features=tuple(
                    sorted({Feature.LIMIT} if paged else {Feature.AGGREGATE} if call.last == "count" else ())
                ),
                bound=True if call.args else None,
                in_loop=call.loops > 0 and call.last not in SENT_AS_ONE,
                many=_reads_many(call) if verb == "select" else None,
                function=look.qualname(call.function),
            )
        )


def _of_one(look: Look, call: Call) -> bool:
    """Whether a call stands in what ``flatMap`` is given on the same line, mostly of an ``Optional``: once at most."""
    return any(FLAT_MAP in line for line in look.lines[call.line - 1 : call.line])


def _reads_many(call: Call) -> bool | None:
    """Whether a call reads a list; None where its arguments decide (``findAll(example)``)."""
    if call.last in OF_ONE:
        return False
    return True if call.last in OF_MANY or not call.args else None


def _words(expr: object) -> list[str]:
    return [dotted(expr)] if not isinstance(expr, Call) else [expr.name]  # type: ignore[arg-type]


def _repository_calls(look: Look) -> Iterator[tuple[Call, str]]:
    """Calls on a field or parameter whose type is a repository, with that type."""
    types: dict[str, str] = {}
    for item in look.module.assignments:
        if item.owner != -1 and item.function == -1 and HOLDER.search(item.type.partition("<")[0].strip("?")):
            types[item.target] = item.type.partition("<")[0].strip("?")
    for function in look.module.functions:
        for parameter in function.parameters:
            kind = parameter.type.partition("<")[0].strip("?")
            if HOLDER.search(kind):
                types.setdefault(parameter.name, kind)
    if not types:
        return
    for call in look.module.calls:
        receiver, _, name = call.name.removeprefix("this.").rpartition(".")
        if receiver in types and (call.loops or name in CALLED or DERIVED.fullmatch(name)):
            yield call, last(types[receiver])


SPRING_DATA_READER = Reader(name="Spring Data", languages=("Java", "Kotlin"), read=read_spring_data)
