"""Alembic migrations: one step per file, and the tables that it changes."""

from __future__ import annotations

from reviewer.gather.data.orm._models import is_on, strings
from reviewer.gather.data.orm.python._sqlalchemy_models import _column, _is_column, core_tables
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Module, plain
from reviewer.model.facts.data import Column, MigrationStep, Table

TOOL = "Alembic"
EXTENSION = "flask_migrate"


def read_alembic(module: Module, kept: Kept) -> None:
    """Keeps the step and its tables where a module names its revision and the one below."""
    targets = {item.target: item.line for item in module.assignments if item.function == -1 and item.owner == -1}
    look = look_at(module)
    if "revision" not in targets or "down_revision" not in targets:
        _read_setup(look, kept)
        return
    kept.migration = MigrationStep(tool=TOOL, line=targets["revision"])
    kept.tables.extend(core_tables(look, "create_table"))
    kept.tables.extend(table for call in module.calls if (table := _change(call)) is not None and _upgrades(call, look))


def _read_setup(look: Look, kept: Kept) -> None:
    """``Migrate(app, db)`` of Flask-Migrate, which writes the steps when it is told to."""
    for call in look.module.calls if look.imports(EXTENSION) else ():
        if look.origin(call.name) == f"{EXTENSION}.Migrate":
            kept.migration = MigrationStep(tool=TOOL, line=call.line, setup=True)
            return


def _upgrades(call: Call, look: Look) -> bool:
    return "downgrade" not in look.qualname(call.function)


def _change(call: Call) -> Table | None:
    """The part of a table that one operation adds."""
    if not call.name.startswith(("op.", "batch_op.")) or not call.args:
        return None
    first = plain(call.args[0]) or ""
    rest = call.args[1:]
    match call.last:
        case "add_column" if rest and isinstance(rest[0], Call) and _is_column(rest[0]):
            return _table(first, call, (_column(rest[0], plain(rest[0].args[0]) or "", ""),))
        case "create_index" if len(rest) > 1:
            names = strings(rest[1])
            unique = is_on(call, "unique") and len(names) == 1
            return _table(plain(rest[0]) or "", call, (), (names,)) if not unique else _unique(rest[0], call, names)
        case "create_unique_constraint" if len(rest) > 1:
            return _unique(rest[0], call, strings(rest[1]))
        case "create_primary_key" if len(rest) > 1:
            keys = tuple(Column(name=name, primary=True, nullable=False) for name in strings(rest[1]))
            return _table(plain(rest[0]) or "", call, keys)
        case "create_foreign_key" if len(rest) > 3:
            target, own, theirs = plain(rest[1]) or "", strings(rest[2]), strings(rest[3])
            columns = tuple(Column(name=a, references=f"{target}.{b}") for a, b in zip(own, theirs, strict=False))
            return _table(plain(rest[0]) or "", call, columns)
    return None


def _unique(table: Expr, call: Call, names: tuple[str, ...]) -> Table | None:
    name = plain(table) or ""
    columns = tuple(Column(name=item, unique=True) for item in names) if len(names) == 1 else ()
    return _table(name, call, columns, (names,))


def _table(
    name: str, call: Call, columns: tuple[Column, ...], indexes: tuple[tuple[str, ...], ...] = ()
) -> Table | None:
    if not name:
        return None
    kept = tuple(item for item in indexes if item)
    return Table(name=name, line=call.line, end_line=call.end_line, source=TOOL, columns=columns, indexes=kept)


ALEMBIC = Reader(name="Alembic", languages=("Python",), read=read_alembic)
