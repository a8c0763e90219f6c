"""Columns that a table has from a class without a table of its own: an abstract base, a mixin, a model in another file
than what names its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from reviewer.gather.link.view import located
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.data import Column, Table
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import At

ANCESTORS_MOST = 40
"""Classes above one model that are looked at."""
INHERITING = frozenset({"JPA", "Ebean", "Doctrine", "TypeORM", "Django", "Entity Framework Core"})
"""Sources of tables whose classes may extend one another."""


def whole_tables(files: Iterable[SourceFile]) -> list[At[Table]]:
    """Every declared table with the columns of its mixins; the mixins themselves, which carry no name, are left out."""
    files = list(files)
    tables: list[At[Table]] = _strong(list(located(files, "tables")))
    mixins: dict[str, Table] = {}
    for item in tables:
        if item.fact.model and not item.fact.name:
            known = mixins.get(item.fact.model)
            mixins[item.fact.model] = joined_table(known, item.fact) if known else item.fact
    roots = _roots(tables)
    if not mixins and not roots:
        return [item for item in tables if item.fact.name]
    classes: list[At[ClassDef]] = list(located(files, "classes"))
    here = {(each.path, each.fact.name): each.fact for each in classes}
    anywhere: dict[str, ClassDef] = {}
    for found in classes:
        anywhere.setdefault(found.fact.name, found.fact)
    whole = [_whole(item, mixins, here, anywhere) for item in tables if item.fact.name]
    return [_keyed(item, roots, anywhere) for item in whole] if roots else whole


def _whole(
    item: At[Table],
    mixins: Mapping[str, Table],
    here: Mapping[tuple[str, str], ClassDef],
    anywhere: Mapping[str, ClassDef],
) -> At[Table]:
    found: dict[str, Column] = {}
    model = here.get((item.path, item.fact.model)) or anywhere.get(item.fact.model)
    table = joined_table(item.fact, mixins[item.fact.model]) if item.fact.model in mixins else item.fact
    for name in _ancestors(model, anywhere):
        for column in mixins[name].columns if name in mixins else ():
            found.setdefault(column.name, column)
    own = {column.name: column for column in table.columns}
    return At(path=item.path, fact=msgspec.structs.replace(table, columns=tuple({**found, **own}.values())))


def _roots(tables: Iterable[At[Table]]) -> dict[str, tuple[Column, ...]]:
    """The keys of entities, whose subclasses share them, where some entity has none of its own."""
    entities = [item.fact for item in tables if item.fact.source in INHERITING and item.fact.model]
    keys = {item.model: tuple(column for column in item.columns if column.primary) for item in entities}
    return {model: found for model, found in keys.items() if found} if not all(keys.values()) else {}


def _keyed(item: At[Table], roots: Mapping[str, tuple[Column, ...]], anywhere: Mapping[str, ClassDef]) -> At[Table]:
    """An entity without a key with that of the entity it extends: they share a table, or the key joins theirs."""
    table = item.fact
    if table.source not in INHERITING or any(column.primary for column in table.columns):
        return item
    above = (roots[name] for name in _ancestors(anywhere.get(table.model), anywhere) if name in roots)
    return At(path=item.path, fact=msgspec.structs.replace(table, columns=(*next(above, ()), *table.columns)))


def _strong(tables: list[At[Table]]) -> list[At[Table]]:
    """Without the names that collections give to models which name their tables themselves."""
    named = {item.fact.model for item in tables if item.fact.model and item.fact.name and not item.fact.weak}
    return [item for item in tables if not (item.fact.weak and item.fact.model in named)]


def joined_table(one: Table, other: Table) -> Table:
    """The columns and indexes of two tables in the first, which keeps its name and place."""
    columns = {column.name.lower(): column for column in one.columns}
    for column in other.columns:
        known = columns.get(column.name.lower())
        columns[column.name.lower()] = joined_column(known, column) if known else column
    return msgspec.structs.replace(
        one,
        columns=tuple(columns.values()),
        indexes=tuple(dict.fromkeys([*one.indexes, *other.indexes])),
        uniques=tuple(dict.fromkeys([*one.uniques, *other.uniques])),
        model=one.model or other.model,
        changed=one.changed and other.changed,
    )


def joined_column(one: Column, other: Column) -> Column:
    """What either of two declarations of one column says."""
    return msgspec.structs.replace(
        one,
        nullable=one.nullable and other.nullable,
        primary=one.primary or other.primary,
        unique=one.unique or other.unique,
        indexed=one.indexed or other.indexed,
        checked=one.checked or other.checked,
        references=one.references or other.references,
    )


def _ancestors(model: ClassDef | None, anywhere: Mapping[str, ClassDef]) -> list[str]:
    """The names of the classes above a model, nearest first."""
    names: dict[str, None] = {}
    waiting = [model] if model else []
    while waiting and len(names) < ANCESTORS_MOST:
        for base in waiting.pop(0).bases:
            name = base.partition("(")[0].rpartition(".")[2]
            if name not in names:
                names[name] = None
                if name in anywhere:
                    waiting.append(anywhere[name])
    return list(names)
