"""Tortoise ORM: models, queries, and the migrations of Aerich."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import base_names, fields_by_class, is_on, strings
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Module, Name, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "Tortoise ORM"
MIGRATIONS = "Aerich"
OWN_MIGRATIONS = "Tortoise migrations"
STEP = "tortoise.migrations.Migration"
PACKAGES = ("tortoise",)
WORDS = Words(
    features={
        "annotate": Feature.AGGREGATE,
        "count": Feature.AGGREGATE,
        "group_by": Feature.GROUP,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "order_by": Feature.ORDER,
        "select_for_update": Feature.LOCK,
    },
    verbs={
        "create": "insert",
        "bulk_create": "insert",
        "get_or_create": "insert",
        "update_or_create": "insert",
        "update": "update",
        "bulk_update": "update",
        "delete": "delete",
    },
    filtering=words("filter exclude get get_or_none order_by group_by create update_or_create get_or_create"),
    one=words("get get_or_none first count exists"),
    all=words("all values values_list"),
    eager=words("prefetch_related select_related"),
)
STARTS = words(
    "filter exclude get get_or_none all create bulk_create get_or_create update_or_create first count annotate exists"
    " prefetch_related select_related"
)
RELATIONS = words("ForeignKeyField OneToOneField")
NO_COLUMNS = words("ManyToManyField ReverseRelation ManyToManyRelation BackwardFKRelation")


def read_tortoise(module: Module, kept: Kept) -> None:
    """Keeps models, queries, migration steps and the use of Tortoise."""
    look = look_at(module)
    _read_migration(look, kept)
    by_class = fields_by_class(module)
    metas = {item.parent: by_class.get(item.index, []) for item in module.classes if item.name == "Meta"}
    if look.imports(*PACKAGES):
        made = (_table(item, by_class.get(item.index, []), metas.get(item.index, []), look) for item in module.classes)
        tables = [table for table in made if table is not None]
        kept.tables.extend(tables)
        if tables:
            kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))
    models = {table.model for table in kept.tables if table.source == LAYER}
    if not (models or look.imports(*PACKAGES)):
        return
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look, models)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _read_migration(look: Look, kept: Kept) -> None:
    """``async def upgrade(db: BaseDBAsyncClient) -> str`` of Aerich, ``class Migration`` of Tortoise itself."""
    module = look.module
    for item in module.classes:
        if any(look.origin(name) == STEP for name in base_names(item)):
            kept.migration = MigrationStep(tool=OWN_MIGRATIONS, line=item.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, OWN_MIGRATIONS))
    upgrade = next((item for item in module.functions if item.name == "upgrade" and item.parent == -1), None)
    if upgrade is not None and any(parameter.type.endswith("BaseDBAsyncClient") for parameter in upgrade.parameters):
        kept.migration = MigrationStep(tool=MIGRATIONS, line=upgrade.line)
        kept.data.append(data_use(LAYER, How.CONFIGURED, upgrade.line, MIGRATIONS))


def _statement(chain: Chain, look: Look, models: set[str]) -> Statement | None:
    receiver, _, name = chain.root.rpartition(".")
    model = last(receiver)
    if name not in STARTS or not model[:1].isupper() or (model not in models and look.origin(model) == model):
        return None
    return query(chain, look, WORDS, LAYER, (model,))


def _table(item: Class, fields: list[Assignment], meta: list[Assignment], look: Look) -> Table | None:
    found = (_column(field.target, field.value, look) for field in fields)
    columns = [column for column in found if column is not None]
    if not columns or not any(last(base).endswith("Model") for base in base_names(item)):
        return None
    options = {field.target: field.value for field in meta}
    if not any(column.primary for column in columns):
        columns.insert(0, Column(name="id", type="IntField", nullable=False, primary=True))
    return Table(
        name="" if "abstract" in options else plain(options.get("table")) or item.name.lower(),
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns),
        indexes=(*_groups(options.get("indexes")), *_groups(options.get("unique_together"))),
        model=item.name,
    )


def _column(name: str, call: Expr | None, look: Look) -> Column | None:
    """``fields.CharField(max_length=20, unique=True)``; relations to many are no columns."""
    if not isinstance(call, Call) or call.last in NO_COLUMNS or not look.origin(call.name).startswith("tortoise."):
        return None
    if not call.last.endswith(("Field", "Relation")):
        return None
    primary = is_on(call, "pk") or is_on(call, "primary_key")
    relation = call.last in RELATIONS
    target = call.args[0] if call.args else call.keywords.get("model_name")
    return Column(
        name=f"{name}_id" if relation else name,
        type=call.last,
        nullable=is_on(call, "null"),
        primary=primary,
        unique=is_on(call, "unique") or call.last == "OneToOneField",
        indexed=is_on(call, "index") or is_on(call, "db_index") or relation,
        checked="validators" in call.keywords,
        references=last(plain(target) or "") or None if relation else None,
    )


def _groups(expr: Expr | None) -> list[tuple[str, ...]]:
    """``(("a", "b"),)`` and ``("a", "b")``."""
    if not isinstance(expr, Items):
        return []
    nested = [names for item in expr.values if isinstance(item, Items) and (names := strings(item))]
    return nested or [names for names in (strings(expr),) if names and not isinstance(expr.values[0], Name)]


TORTOISE = Reader(name="Tortoise ORM", languages=("Python",), read=read_tortoise)
