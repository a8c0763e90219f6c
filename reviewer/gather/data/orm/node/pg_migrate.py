"""Migration tools of Node whose steps are calls on what ``up`` is given: node-pg-migrate, db-migrate, migrate-mongo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._models import mapping_on, strings
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import pairs_of, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Function, Mapping, Module, plain
from reviewer.model.facts.data import Column, How, MigrationStep, Table

PG_MIGRATE, DB_MIGRATE, MIGRATE_MONGO = "node-pg-migrate", "db-migrate", "migrate-mongo"
UP = re.compile(r"\bup\b")
BUILDER, BUILDER_TYPE = "pgm", "MigrationBuilder"
PG_STEPS = words(
    "createTable addColumn addColumns addConstraint createConstraint createIndex addIndex dropTable dropTables"
    " dropColumn dropColumns alterColumn renameColumn renameTable sql createType createExtension createView"
    " createFunction createTrigger dropConstraint dropIndex createSequence createSchema alterTable"
)
DB_STEPS = words(
    "createTable addColumn removeColumn dropTable renameTable renameColumn addIndex runSql addForeignKey insert"
)
WHOLE_TABLE, MORE_COLUMNS = words("createTable"), words("addColumn addColumns")
CONSTRAINTS, INDEXES = words("addConstraint createConstraint"), words("createIndex addIndex")
KEYS = re.compile(r"\b(foreign key|primary key|unique|check)\s{0,9}\(([^()]{1,200})\)", re.IGNORECASE)
REFERENCES = re.compile(r"\breferences\s{1,9}\"?([\w.]{1,80})\"?(?:\s{0,9}\(\s{0,9}\"?(\w{1,80}))?", re.IGNORECASE)
TARGET = re.compile(r"\"?([\w.]{1,80})\"?(?:\s{0,9}\(\s{0,9}\"?(\w{1,80}))?")


def read_steps(module: Module, kept: Kept) -> None:
    """Keeps the step that a file is, and the tables that it makes or changes."""
    if kept.migration is not None or not UP.search(module.text):
        return
    look = look_at(module)
    for function in module.functions:
        if function.name == "up" and function.parameters:
            builder = function.parameters[0]
            of_pg = builder.name == BUILDER or builder.type.endswith(BUILDER_TYPE)
            if of_pg:
                _pg_step(look, kept, function, builder.name)
            elif builder.name == "db":
                _db_step(look, kept, function)


def _inside(look: Look, function: Function) -> Iterator[Call]:
    return (
        call for call in look.module.calls if any(item.index == function.index for item in look.around(call.function))
    )


def _pg_step(look: Look, kept: Kept, function: Function, builder: str) -> None:
    calls = [
        item for item in _inside(look, function) if item.last in PG_STEPS and item.name == f"{builder}.{item.last}"
    ]
    if not calls:
        return
    kept.migration = MigrationStep(tool=PG_MIGRATE, line=calls[0].line)
    kept.data.append(data_use("PostgreSQL", How.CONFIGURED, calls[0].line, PG_MIGRATE))
    kept.tables.extend(table for call in calls if (table := _table(call)) is not None)


def _db_step(look: Look, kept: Kept, function: Function) -> None:
    """db-migrate's ``db.createTable``; migrate-mongo's ``db.collection("users").updateMany``."""
    for call in _inside(look, function):
        if call.name == "db.collection":
            kept.migration = MigrationStep(tool=MIGRATE_MONGO, line=call.line)
        elif call.name.startswith("db.") and call.last in DB_STEPS:
            kept.migration = MigrationStep(tool=DB_MIGRATE, line=call.line)
        else:
            continue
        return


def _table(call: Call) -> Table | None:
    name = plain(call.args[0]) if call.args else None
    if not name or len(call.args) < 2:
        return None
    table = Table(name=name, line=call.line, end_line=call.end_line, source=f"{PG_MIGRATE} migrations")
    if call.last in WHOLE_TABLE | MORE_COLUMNS and isinstance(call.args[1], Mapping):
        columns = [_column(key, value) for key, value in pairs_of(call.args[1])]
        rules = call.args[2].get("constraints") if len(call.args) > 2 and isinstance(call.args[2], Mapping) else None
        return _ruled(replace(table, columns=tuple(columns)), rules)
    if call.last in CONSTRAINTS and len(call.args) > 2:
        return _ruled(table, call.args[2])
    if call.last in INDEXES:
        return _indexed(table, call.args[1], call.args[2] if len(call.args) > 2 else None)
    return None


def _column(name: str, value: Expr) -> Column:
    if not isinstance(value, Mapping):
        return Column(name=name, type=plain(value) or "", nullable=plain(value) != "id", primary=plain(value) == "id")
    primary = mapping_on(value, "primaryKey")
    return Column(
        name=name,
        type=plain(value.get("type")) or "",
        nullable=not primary and not mapping_on(value, "notNull"),
        primary=primary,
        unique=mapping_on(value, "unique"),
        checked=value.get("check") is not None,
        references=_target(plain(value.get("references"))),
    )


def _target(text: str | None) -> str | None:
    """``users.id`` of ``"users"(id)``, ``users`` of ``users``."""
    found = TARGET.match(text or "")
    return _joined(found) if found else None


def _joined(found: re.Match[str]) -> str:
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def _ruled(table: Table, rules: Expr | None) -> Table:
    """A table with constraints, written as SQL or as an object."""
    text = plain(rules)
    if text is not None:
        found = REFERENCES.search(text)
        target = _joined(found) if found else None
        for kind, names in KEYS.findall(text):
            columns = tuple(name.strip().strip('"') for name in names.split(","))
            table = _with_rule(table, kind.lower(), columns, target)
        return table
    if isinstance(rules, Mapping):
        for key, kind in (("primaryKey", "primary key"), ("unique", "unique")):
            names = strings(rules.get(key)) if rules.get(key) is not None else ()
            table = _with_rule(table, kind, names, None) if names else table
        for part in _each(rules.get("foreignKeys")):
            names, target = strings(part.get("columns")), _target(plain(part.get("references")))
            table = _with_rule(table, "foreign key", names, target)
    return table


def _each(value: Expr | None) -> Iterator[Mapping]:
    for item in getattr(value, "values", ()) or (value,):
        if isinstance(item, Mapping):
            yield item


def _with_rule(table: Table, kind: str, names: tuple[str, ...], target: str | None) -> Table:
    if kind == "unique" and len(names) > 1:
        return replace(table, indexes=(*table.indexes, names))
    known = {column.name: column for column in table.columns}
    for name in names if kind != "check" else ():
        column = known.get(name, Column(name=name))
        known[name] = replace(
            column,
            primary=column.primary or kind == "primary key",
            nullable=column.nullable and kind != "primary key",
            unique=column.unique or kind == "unique",
            references=target if kind == "foreign key" else column.references,
        )
    return replace(table, columns=tuple(known.values()))


def _indexed(table: Table, given: Expr, options: Expr | None) -> Table:
    names = strings(given)
    alone = len(names) == 1 and isinstance(options, Mapping) and truth(options.get("unique")) is True
    if alone:
        return replace(table, columns=(Column(name=names[0], unique=True),))
    return replace(table, indexes=(names,) if names else ())


MIGRATION_STEPS = Reader(name="steps of node-pg-migrate and its like", languages=ECMA_LANGUAGES, read=read_steps)
