"""Sequelize: models, associations, queries and migrations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import mapping_off, mapping_on, option_mapping, with_uniques
from reviewer.gather.data.orm._objects import Options, with_options
from reviewer.gather.data.orm.node._sequelize_entities import (
    associated,
    associations,
    constrained,
    entity_tables,
    indexes_of,
    is_unique,
    unique_keys,
)
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "Sequelize"
MIGRATIONS = "Sequelize migrations"
PACKAGES = ("sequelize", "sequelize-typescript", "@sequelize/core", "@nestjs/sequelize")
METHODS = {
    "findAll": ("select", True),
    "findOne": ("select", False),
    "findByPk": ("select", False),
    "findAndCountAll": ("select", True),
    "findOrCreate": ("insert", None),
    "count": ("select", False),
    "sum": ("select", False),
    "max": ("select", False),
    "create": ("insert", None),
    "bulkCreate": ("insert", None),
    "upsert": ("update", None),
    "update": ("update", None),
    "increment": ("update", None),
    "destroy": ("delete", None),
}
OTHERS = ("typeorm", "@nestjs/typeorm", "mongoose", "@nestjs/mongoose", "@prisma/client", "objection", "bookshelf")
OWN_METHODS = frozenset({"findAll", "findByPk", "findAndCountAll", "findOrCreate", "bulkCreate"})
"""Method names that no other library has: they need no import to be told."""

HOLDERS = ("db", "connection", "database")
OF_COLUMNS = ("allowNull", "primaryKey", "autoIncrement")
CLASS_OF = "typeof "
"""How the type of what holds a class begins."""

TYPES = words("Sequelize DataTypes DataType")
"""What a factory of models is given beside the connection."""
MODELS = re.compile(r"(?:^|/)models?(?:/|$|\.)", re.IGNORECASE)
NO_MODELS = ("odels", "db", "sequelize", "connection", "database")
"""How names end of what is taken from there and is no model."""
OWN_CLASSES = ("Service", "Services", "Controller", "UseCase", "Facade", "Helper", "Middleware")
"""How classes of the program's own are called, whose methods have the names of a model's."""

WORDS = Words(features={"count": Feature.AGGREGATE, "sum": Feature.AGGREGATE, "max": Feature.AGGREGATE})
OPTIONS = Options(
    eager=("include",),
    limit=("limit", "offset"),
    order=("order",),
    filters=("where",),
    group=("group",),
    lock=("lock",),
)
CHANGES = words("createTable addColumn addIndex addConstraint changeColumn removeColumn dropTable renameColumn")

PRISMA_KEYS = ("data", "select")
PRISMA_METHODS = words("findMany findUnique findUniqueOrThrow findFirst findFirstOrThrow")


def read_sequelize(module: Module, kept: Kept) -> None:
    """Keeps models, queries, migration steps and the use of Sequelize."""
    look = look_at(module)
    imported = look.imports(*PACKAGES)
    tables = [*_models(look, imported), *entity_tables(look)]
    if "belongsTo" in module.text or "hasMany" in module.text or "hasOne" in module.text:
        tables.extend(associated(look, {name for table in tables for name in (table.model, table.name)}))
    if _read_migration(look, kept):
        tables.extend(_changes(look))
    kept.tables.extend(tables)
    first = len(kept.statements)
    typed = _typed(look) | _made(look)
    models = {
        _receiver(call) for call in module.calls if call.last in METHODS and _is_model(call, look, imported, typed)
    }
    if not imported:
        models -= {_receiver(call) for call in module.calls if _is_prisma(call)}
    for chain in chains(look) if models else ():
        found = _statement(chain, look, models, typed)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        guess = "" if imported or tables else GUESS + LAYER
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line, guess))
    elif tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))


def _read_migration(look: Look, kept: Kept) -> bool:
    """``up`` takes the query interface and changes something with it."""
    if not any(function.name == "up" for function in look.module.functions):
        return False
    for call in look.module.calls:
        if call.name.startswith("queryInterface.") and call.last in CHANGES:
            kept.migration = MigrationStep(tool=MIGRATIONS, line=call.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, call.line, MIGRATIONS))
            return True
    return False


def _models(look: Look, imported: bool) -> Iterator[Table]:
    associated = associations(look)
    for call in look.module.calls:
        first = call.args[0] if call.args else None
        if call.last not in ("define", "init") or len(call.args) < 2:
            continue
        fields = look.value(call.args[call.last == "define"], call.function)
        if not isinstance(fields, Mapping):
            continue
        if call.last == "define" and plain(first):
            holder = last(call.name.rpartition(".")[0]).lower()
            if imported or "sequelize" in holder or holder in HOLDERS or (holder and _has_columns(fields)):
                yield _model(plain(first) or "", call, fields, call.args[2:], associated)
        elif call.last == "init":
            name = last(call.name.rpartition(".")[0])
            if imported or mapping_on(option_mapping(call), "sequelize"):
                owner = look.owner(call.function)
                named = look.module.classes[owner].name if name in ("super", "this") and owner != -1 else name
                yield _model(named, call, fields, call.args[1:], associated)


def _has_columns(fields: Mapping) -> bool:
    """Whether fields say of themselves what only columns say, as ``seq.define("user", { name: { allowNull } })``."""
    return any(
        isinstance(value, Mapping) and any(value.get(option) is not None for option in OF_COLUMNS)
        for _, value in pairs_of(fields)
    )


def _model(
    name: str, call: Call, fields: Mapping, rest: tuple[Expr, ...], associated: dict[str, list[Column]]
) -> Table:
    options = next((arg for arg in rest if isinstance(arg, Mapping)), None)
    columns = [_column(key, value) for key, value in pairs_of(fields)]
    if not any(column.primary for column in columns):
        columns.insert(0, Column(name="id", type="INTEGER", nullable=False, primary=True))
    known = {column.name.replace("_", "").lower() for column in columns}
    columns.extend(column for column in associated.get(name, []) if column.name.replace("_", "").lower() not in known)
    table = plain(options.get("tableName")) if options else None
    model = plain(options.get("modelName")) if options else None
    indexes = options.get("indexes") if options else None
    made = Table(
        name=table or model or name,
        line=call.line,
        end_line=call.end_line,
        source=LAYER,
        columns=tuple(columns),
        indexes=tuple(indexes_of(indexes)),
        model=model or name,
    )
    return with_uniques(made, indexes_of(indexes, unique=True))


def _column(name: str, value: Expr) -> Column:
    if not isinstance(value, Mapping):
        return Column(name=name, type=last(dotted(value.callee if isinstance(value, Call) else value)))
    kind, target = value.get("type"), value.get("references")
    primary = mapping_on(value, "primaryKey")
    return Column(
        name=plain(value.get("field")) or name,
        type=last(dotted(kind.callee if isinstance(kind, Call) else kind)),
        nullable=not primary and not mapping_off(value, "allowNull"),
        primary=primary,
        unique=value.get("unique") is not None and not mapping_off(value, "unique"),
        checked=last(dotted(kind.callee if isinstance(kind, Call) else kind)) == "ENUM",
        references=_target(target),
    )


def _target(expr: Expr | None) -> str | None:
    if not isinstance(expr, Mapping):
        return None
    model = expr.get("model")
    table = model.get("tableName") if isinstance(model, Mapping) else model
    name, key = plain(table) or last(dotted(table)), plain(expr.get("key"))
    return f"{name}.{key}" if name and key else name or None


def _changes(look: Look) -> Iterator[Table]:
    for call in look.module.calls:
        if not call.name.startswith("queryInterface.") or not call.args or "down" in look.qualname(call.function):
            continue
        name = plain(call.args[0]) or ""
        rest = call.args[1:]
        if not name or not rest:
            continue
        if call.last == "createTable" and isinstance(rest[0], Mapping):
            columns = tuple(_column(key, value) for key, value in pairs_of(rest[0]))
            keys = (group for arg in rest[1:] for group in unique_keys(arg))
            yield with_uniques(_change(name, call, columns), keys)
        elif call.last in ("addColumn", "changeColumn") and len(rest) > 1 and (column := plain(rest[0])):
            yield _change(name, call, (_column(column, rest[1]),))
        elif call.last == "addIndex" and isinstance(rest[0], Items):
            names = tuple(text for part in rest[0].values if (text := plain(part)))
            made = msgspec.structs.replace(_change(name, call, ()), indexes=(names,) if names else ())
            yield with_uniques(made, [names] if any(is_unique(arg) for arg in rest[1:]) else ())
        elif call.last == "addConstraint" and (names := constrained(rest)):
            yield with_uniques(_change(name, call, ()), [names])


def _change(name: str, call: Call, columns: tuple[Column, ...]) -> Table:
    return Table(name=name, line=call.line, end_line=call.end_line, source=MIGRATIONS, columns=columns)


def _receiver(call: Call) -> str:
    return call.name.rpartition(".")[0]


def _typed(look: Look) -> dict[str, str]:
    """Parameters that are given a model class, to its name: ``private users: typeof User``."""
    given = (item for function in look.module.functions for item in function.parameters)
    return {item.name: item.type.removeprefix(CLASS_OF) for item in given if item.type.startswith(CLASS_OF)}


def _made(look: Look) -> dict[str, str]:
    """Variables that hold a model under a name in lower case, to that name.

    It is made of a connection and the types (``user = require("./user")(sequelize, DataTypes)``), or taken from a
    folder of models (``users = require("../models").users``).
    """
    made = {
        item.target: item.target
        for item in look.module.assignments
        if isinstance(item.value, Call) and any(last(dotted(arg)) in TYPES for arg in item.value.args[1:2])
    }
    taken = (item.alias for item in look.module.imports if MODELS.search(item.module))
    return {name: name for name in taken if name[:1].islower() and not name.endswith(NO_MODELS)} | made


def _statement(chain: Chain, look: Look, models: set[str], typed: dict[str, str]) -> Statement | None:
    """A call on what some call in this file shows to be a model."""
    call = chain.calls[0]
    if call.last not in METHODS or _receiver(call) not in models:
        return None
    model = last(_receiver(call))
    model = typed.get(model, model)
    verb, many = METHODS[call.last]
    found = msgspec.structs.replace(query(chain, look, WORDS, LAYER, (model,), verb), many=many)
    return with_options(found, call, OPTIONS, model, look)


def _is_model(call: Call, look: Look, imported: bool, typed: dict[str, str]) -> bool:
    """Whether a call is on a model: by the receiver's name, and by a method or an option that only Sequelize has."""
    parts = call.name.split(".")
    if len(parts) < 2 or look.imports(*OTHERS):
        return False
    model, holder = parts[-2], parts[-3] if len(parts) > 2 else ""
    known = model[:1].isupper() or model.endswith("Model") or holder in ("db", "models")
    if not (known or model in typed) or (model.endswith(OWN_CLASSES) and model not in OWN_CLASSES):
        return False
    if imported or model in typed or call.last in OWN_METHODS:
        return True
    options = option_mapping(call)
    return options is not None and options.get("where") is not None and not _from_entity(model, look)


def _is_prisma(call: Call) -> bool:
    """Whether a call has a name or an option beside ``where`` that Prisma has and Sequelize lacks."""
    options = option_mapping(call)
    given = options is not None and any(options.get(key) is not None for key in PRISMA_KEYS)
    return call.last in PRISMA_METHODS or given


def _from_entity(model: str, look: Look) -> bool:
    """Whether the name comes from a file of TypeORM's kind, whose models take the same options."""
    return any(item.alias == model and "entit" in item.module.lower() for item in look.module.imports)


SEQUELIZE = Reader(name="Sequelize", languages=ECMA_LANGUAGES, read=read_sequelize)
