"""Pony ORM: entities, queries over generators, the database that entities are bound to."""

from __future__ import annotations

from reviewer.gather.data.names import DRIVER_NAMES, data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import base_names, fields_by_class, is_on
from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Module, Name, Other, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "Pony ORM"
PACKAGES = ("pony",)
ATTRIBUTES = words("Required Optional PrimaryKey Discriminator")
GENERATORS = words("select count sum max min avg exists delete get left_join")
WORDS = Words(
    features={
        "limit": Feature.LIMIT,
        "page": Feature.LIMIT,
        "order_by": Feature.ORDER,
        "sort_by": Feature.ORDER,
        "count": Feature.AGGREGATE,
        "sum": Feature.AGGREGATE,
        "max": Feature.AGGREGATE,
        "min": Feature.AGGREGATE,
        "avg": Feature.AGGREGATE,
        "for_update": Feature.LOCK,
        "left_join": Feature.JOIN,
    },
    verbs={"delete": "delete"},
    filtering=words("get filter where order_by select"),
    one=words("get first exists count sum max min avg"),
    all=words("select"),
    eager=words("prefetch"),
)
STARTS = words("get select get_for_update exists select_by_sql get_by_sql")
BINDING = words("bind Database")


def read_pony(module: Module, kept: Kept) -> None:
    """Keeps entities, queries, the database and the use of Pony."""
    look = look_at(module)
    by_class = fields_by_class(module)
    made = (_table(item, by_class.get(item.index, [])) for item in module.classes)
    tables = [table for table in made if table is not None]
    if not tables and not look.imports(*PACKAGES):
        return
    kept.tables.extend(tables)
    if tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))
    models = {table.model for table in tables}
    first = len(kept.statements)
    for chain in chains(look):
        _read_binding(chain, kept)
        found = _statement(chain, look, models)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _read_binding(chain: Chain, kept: Kept) -> None:
    """``db.bind(provider="postgres", ...)``, ``Database("sqlite", "file.db")``."""
    call = chain.calls[0]
    if call.last in BINDING:
        given = call.keywords.get("provider") or (call.args[0] if call.args else None)
        database = DRIVER_NAMES.get((plain(given) or "").lower())
        if database:
            kept.data.append(data_use(database, How.CONNECTED, call.line, call.last))


def _statement(chain: Chain, look: Look, models: set[str]) -> Statement | None:
    receiver, _, name = chain.root.rpartition(".")
    model = last(receiver)
    if name in STARTS and model[:1].isupper() and (model in models or look.origin(model) != model):
        return query(chain, look, WORDS, LAYER, (model,))
    if not receiver and name in GENERATORS and look.origin(name).startswith("pony."):
        entity = _iterated(chain.calls[0])
        if entity:
            return query(chain, look, WORDS, LAYER, (entity,))
    return None


def _iterated(call: Call) -> str:
    """The entity of ``select(p for p in Person if p.age > 20)``."""
    for arg in call.args[:1]:
        if isinstance(arg, Other):
            for part in inside(*arg.operands[1:]):
                if isinstance(part, Name) and part.dotted[:1].isupper():
                    return last(part.dotted)
    return ""


def _table(item: Class, fields: list[Assignment]) -> Table | None:
    if not any(base.endswith(".Entity") for base in base_names(item)):
        return None
    columns = [_column(field.target, field.value) for field in fields if _is_attribute(field.value)]
    options = {field.target: field.value for field in fields}
    if not any(column.primary for column in columns):
        columns.insert(0, Column(name="id", type="int", nullable=False, primary=True))
    return Table(
        name=plain(options.get("_table_")) or item.name,
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns),
        model=item.name,
    )


def _is_attribute(value: Expr | None) -> bool:
    return isinstance(value, Call) and value.last in ATTRIBUTES


def _column(name: str, call: Expr | None) -> Column:
    assert isinstance(call, Call)
    target = call.args[0] if call.args else None
    kind = plain(target) or dotted(target)
    relation = last(kind)[:1].isupper() and "." not in kind
    primary = call.last == "PrimaryKey"
    return Column(
        name=name,
        type=kind,
        nullable=call.last == "Optional",
        primary=primary,
        unique=is_on(call, "unique"),
        indexed="index" in call.keywords or relation,
        checked="py_check" in call.keywords or "min" in call.keywords or "max" in call.keywords,
        references=kind if relation and kind not in ("Decimal", "Json", "LongStr", "UUID") else None,
    )


PONY = Reader(name="Pony ORM", languages=("Python",), read=read_pony)
