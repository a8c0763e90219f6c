"""Peewee: models, queries and the database object."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import base_names, fields_by_class, is_on, snake_case, strings
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "Peewee"
PACKAGES = ("peewee", "playhouse", "peewee_async", "flask_peewee")
DATABASES = {
    "SqliteDatabase": "SQLite",
    "SqliteExtDatabase": "SQLite",
    "PostgresqlDatabase": "PostgreSQL",
    "PooledPostgresqlDatabase": "PostgreSQL",
    "PostgresqlExtDatabase": "PostgreSQL",
    "MySQLDatabase": "MySQL",
    "PooledMySQLDatabase": "MySQL",
}
WORDS = Words(
    features={
        "join": Feature.JOIN,
        "group_by": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "limit": Feature.LIMIT,
        "paginate": Feature.LIMIT,
        "order_by": Feature.ORDER,
        "for_update": Feature.LOCK,
        "over": Feature.WINDOW,
        "cte": Feature.CTE,
    },
    verbs={
        "create": "insert",
        "insert": "insert",
        "insert_many": "insert",
        "bulk_create": "insert",
        "get_or_create": "insert",
        "update": "update",
        "delete": "delete",
        "delete_by_id": "delete",
    },
    filtering=words("where get get_or_none order_by group_by join filter"),
    one=words("get get_or_none get_by_id first scalar count exists"),
    all=words("select"),
    eager=words("prefetch"),
)
STARTS = words(
    "select create insert insert_many update delete get get_or_none get_by_id get_or_create delete_by_id"
    " bulk_create filter"
)


def read_peewee(module: Module, kept: Kept) -> None:
    """Keeps models, queries and the use of Peewee; queries are only told in files that know it."""
    look = look_at(module)
    if not look.imports(*PACKAGES):
        return
    by_class = fields_by_class(module)
    metas = {item.parent: by_class.get(item.index, []) for item in module.classes if item.name == "Meta"}
    made = (_table(item, by_class.get(item.index, []), metas.get(item.index, [])) for item in module.classes)
    tables = [table for table in made if table is not None]
    kept.tables.extend(tables)
    if tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))
    models = {table.model for table in tables}
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look, models)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
        for call in chain.calls:
            if call.last in DATABASES:
                kept.data.append(data_use(DATABASES[call.last], How.CONNECTED, call.line, call.last))
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _statement(chain: Chain, look: Look, models: set[str]) -> Statement | None:
    receiver, _, name = chain.root.rpartition(".")
    model = last(receiver)
    if name not in STARTS or not model[:1].isupper() or (model not in models and look.origin(model) == model):
        return None
    return query(chain, look, WORDS, LAYER, (model,))


def _table(item: Class, fields: list[Assignment], meta: list[Assignment]) -> Table | None:
    options = {field.target: field.value for field in meta}
    columns = [_column(field.target, field.value) for field in fields if _is_field(field.value)]
    if not columns or not any(last(base).endswith("Model") for base in base_names(item)):
        return None
    if not any(column.primary for column in columns) and "primary_key" not in options:
        columns.insert(0, Column(name="id", type="AutoField", nullable=False, primary=True))
    return Table(
        name=plain(options.get("table_name")) or snake_case(item.name),
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns),
        indexes=tuple(_indexes(options.get("indexes"))),
        model=item.name,
    )


def _is_field(value: Expr | None) -> bool:
    return isinstance(value, Call) and value.last.endswith("Field")


def _column(name: str, call: Expr | None) -> Column:
    assert isinstance(call, Call)
    relation = call.last == "ForeignKeyField"
    primary = is_on(call, "primary_key") or call.last in ("AutoField", "PrimaryKeyField", "BigAutoField")
    target = call.args[0] if call.args else call.keywords.get("model")
    return Column(
        name=name,
        type=call.last,
        nullable=is_on(call, "null") and not primary,
        primary=primary,
        unique=is_on(call, "unique"),
        indexed=is_on(call, "index") or relation,
        checked="constraints" in call.keywords,
        references=(plain(target) or last(dotted(target)) or None) if relation else None,
    )


def _indexes(expr: Expr | None) -> list[tuple[str, ...]]:
    if not isinstance(expr, Items):
        return []
    return [
        names for item in expr.values if isinstance(item, Items) and item.values and (names := strings(item.values[0]))
    ]


PEEWEE = Reader(name="Peewee", languages=("Python",), read=read_peewee)
