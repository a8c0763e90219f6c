"""Calls of what Spring Data's repositories inherit: whether they reach a database with SQL, and which table."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewer.gather.data.orm.jvm.spring_data import BASES, HOLDER, MICRONAUT_DATA, SPRING_DATA, STORES
from reviewer.gather.link.view import located
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.data import DataUse, Statement
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import At

RELATIONAL = frozenset(
    {"JPA", "Hibernate", "Spring Data JPA", "Spring Data JDBC", "Spring Data R2DBC", "R2DBC", MICRONAUT_DATA}
)
ANCESTORS_MOST = 20


def with_repositories(
    statements: Iterable[At[Statement]], files: Iterable[SourceFile], uses: Iterable[At[DataUse]]
) -> tuple[At[Statement], ...]:
    """The statements, those through Spring Data repositories with their layer; those of other stores are left out.

    Args:
        statements: as the files tell them.
        files: those that count as programs.
        uses: of databases and data layers, by the same files.
    """
    found = list(statements)
    if not any(item.fact.layer == SPRING_DATA for item in found):
        return tuple(found)
    classes: dict[str, ClassDef] = {}
    declared: list[At[ClassDef]] = list(located(files, "classes"))
    for each in declared:
        classes.setdefault(each.fact.name.rpartition(".")[2], each.fact)
    sql = any(item.fact.name in RELATIONAL for item in uses)
    kept = (_placed(item, classes, sql) if item.fact.layer == SPRING_DATA else item for item in found)
    return tuple(item for item in kept if item is not None)


def _placed(item: At[Statement], classes: dict[str, ClassDef], sql: bool) -> At[Statement] | None:
    """One statement through a repository, None where its store has no SQL or its class is none of Spring Data's."""
    held = item.fact.tables[0] if item.fact.tables else ""
    if not HOLDER.search(held):
        return item if sql else None
    layer = _layer(held, classes)
    if not layer or layer in STORES or (layer == SPRING_DATA and not sql):
        return None
    fact = msgspec.structs.replace(item.fact, layer=layer, tables=(HOLDER.sub("", held) or held,))
    return At(path=item.path, fact=fact)


def _layer(name: str, classes: dict[str, ClassDef]) -> str:
    """The layer of the interfaces that a repository extends, the surest first; ``""`` where it extends none."""
    waiting, seen, found = [name], {name}, ""
    while waiting and len(seen) < ANCESTORS_MOST:
        item = classes.get(waiting.pop(0))
        for base in item.bases if item else ():
            last = base.rpartition(".")[2]
            layer = BASES.get(last, "")
            found = layer if layer and found in ("", SPRING_DATA) else found
            if last not in seen:
                seen.add(last)
                waiting.append(last)
    return found
