"""Columns that a table has from a class without a table of its own: an abstract base, a mixin."""

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


def whole_tables(files: Iterable[SourceFile]) -> list[At[Table]]:
    """Every declared table with the columns of its mixins; the mixins themselves, which carry no name, are left out."""
    files = list(files)
    tables: list[At[Table]] = list(located(files, "tables"))
    mixins: dict[str, Table] = {}
    for item in tables:
        if item.fact.model and not item.fact.name:
            mixins.setdefault(item.fact.model, item.fact)
    if not mixins:
        return [item for item in tables if item.fact.name]
    classes: list[At[ClassDef]] = list(located(files, "classes"))
    here = {(each.path, each.fact.name): each.fact for each in classes}
    anywhere: dict[str, ClassDef] = {}
    for found in classes:
        anywhere.setdefault(found.fact.name, found.fact)
    return [_whole(item, mixins, here, anywhere) for item in tables if item.fact.name]


def _whole(
    item: At[Table],
    mixins: Mapping[str, Table],
    here: Mapping[tuple[str, str], ClassDef],
    anywhere: Mapping[str, ClassDef],
) -> At[Table]:
    found: dict[str, Column] = {}
    for name in _ancestors(here.get((item.path, item.fact.model)), anywhere):
        for column in mixins[name].columns if name in mixins else ():
            found.setdefault(column.name, column)
    own = {column.name: column for column in item.fact.columns}
    return At(path=item.path, fact=msgspec.structs.replace(item.fact, columns=tuple({**found, **own}.values())))


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
