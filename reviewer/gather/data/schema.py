"""Columns that model classes inherit from classes of other files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.data import Table
from reviewer.model.facts.values import At

DEPTH_LIMIT = 10


def with_inherited(tables: Iterable[At[Table]], classes: Mapping[str, tuple[str, ...]]) -> tuple[At[Table], ...]:
    """The tables with the columns of their base classes; what has no table name is a base class and is left out.

    Args:
        tables: as the readers keep them.
        classes: the bases of every class of the repository by its name (`bases_by_name`).
    """
    listed = list(tables)
    bases: dict[str, Table] = {}
    for item in listed:
        if item.fact.model and not item.fact.name:
            bases.setdefault(item.fact.model, item.fact)
    return tuple(
        At(path=item.path, fact=_with_inherited(item.fact, bases, classes)) for item in listed if item.fact.name
    )


def bases_by_name(classes: Iterable[ClassDef]) -> dict[str, tuple[str, ...]]:
    """The last parts of the bases of every class, by its name; of two classes of one name the first counts."""
    found: dict[str, tuple[str, ...]] = {}
    for item in classes:
        found.setdefault(item.name, tuple(base.rpartition(".")[2] for base in item.bases))
    return found


def _with_inherited(table: Table, bases: Mapping[str, Table], classes: Mapping[str, tuple[str, ...]]) -> Table:
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
            base = bases.get(name)
            if base is not None:
                columns = {**{column.name.lower(): column for column in base.columns}, **columns}
                indexes.extend(base.indexes)
        level = tuple(above)
    return msgspec.structs.replace(table, columns=tuple(columns.values()), indexes=tuple(dict.fromkeys(indexes)))
