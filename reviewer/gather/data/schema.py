"""One entry per table out of what models, DDL and migrations declare of it in many files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.data import Column, Table
from reviewer.model.facts.values import At

DEPTH_LIMIT = 10


def joined_tables(tables: Iterable[At[Table]], classes: Mapping[str, tuple[str, ...]]) -> tuple[At[Table], ...]:
    """The tables by name, each with all its columns, in order of first appearance.

    A model class without a table name is a base class: its columns go to the classes below it. What several files say of
    one table is joined: a column is primary, unique, indexed or checked where any of them says so.

    Args:
        tables: as the readers keep them, migrations in their order.
        classes: the bases of every class of the repository by its name (`bases_by_name`).
    """
    listed = list(tables)
    models: dict[str, Table] = {}
    for item in listed:
        if item.fact.model:
            models.setdefault(item.fact.model, item.fact)
    found: dict[str, At[Table]] = {}
    for item in listed:
        if item.fact.name:
            whole = _with_inherited(item.fact, models, classes)
            key = item.fact.name.lower()
            earlier = found.get(key)
            found[key] = At(path=item.path, fact=whole) if earlier is None else _joined(earlier, item.path, whole)
    return tuple(found.values())


def bases_by_name(classes: Iterable[ClassDef]) -> dict[str, tuple[str, ...]]:
    """The last parts of the bases of every class, by its name; of two classes of one name the first counts."""
    found: dict[str, tuple[str, ...]] = {}
    for item in classes:
        found.setdefault(item.name, tuple(base.rpartition(".")[2] for base in item.bases))
    return found


def _with_inherited(table: Table, models: Mapping[str, Table], classes: Mapping[str, tuple[str, ...]]) -> Table:
    columns = {column.name.lower(): column for column in table.columns}
    indexes = list(table.indexes)
    seen, level = {table.model}, classes.get(table.model, ())
    for _ in range(DEPTH_LIMIT):
        above: list[str] = []
        for name in level:
            if name in seen:
                continue
            seen.add(name)
            above.extend(classes.get(name, ()))
            base = models.get(name)
            if base is not None and not base.name:
                columns = {**{column.name.lower(): column for column in base.columns}, **columns}
                indexes.extend(base.indexes)
        level = tuple(above)
    return msgspec.structs.replace(table, columns=tuple(columns.values()), indexes=tuple(dict.fromkeys(indexes)))


def _joined(first: At[Table], path: str, second: Table) -> At[Table]:
    columns = {column.name.lower(): column for column in first.fact.columns}
    for column in second.columns:
        known = columns.get(column.name.lower())
        columns[column.name.lower()] = column if known is None else _both(known, column)
    keep = first if first.fact.columns or not second.columns else At(path=path, fact=second)
    indexes = tuple(dict.fromkeys((*first.fact.indexes, *second.indexes)))
    model = first.fact.model or second.model
    fact = msgspec.structs.replace(keep.fact, columns=tuple(columns.values()), indexes=indexes, model=model)
    return At(path=keep.path, fact=fact)


def _both(one: Column, other: Column) -> Column:
    typed = one if one.type else other
    return Column(
        name=one.name,
        type=typed.type,
        nullable=one.nullable and other.nullable,
        primary=one.primary or other.primary,
        unique=one.unique or other.unique,
        indexed=one.indexed or other.indexed,
        checked=one.checked or other.checked,
        references=one.references or other.references,
    )
