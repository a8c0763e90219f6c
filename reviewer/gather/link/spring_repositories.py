"""Calls of what Spring Data's repositories inherit: whether they reach a database with SQL, and which table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reviewer.gather.data.orm.jvm.spring_data import BASES, HOLDER, MICRONAUT_DATA, SPRING_DATA, STORES
from reviewer.gather.link.view import located
from reviewer.model.facts.code import ClassDef, Sign, SignKind
from reviewer.model.facts.data import DataUse, Feature, Statement
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import At

RELATIONAL = frozenset(
    {"JPA", "Hibernate", "Spring Data JPA", "Spring Data JDBC", "Spring Data R2DBC", "R2DBC", MICRONAUT_DATA}
)
DOCUMENT_CALLS = {"insert": "save", "delete": "delete"}
"""What a call is shown as, by what it does; else it reads one thing."""
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
    classes = _classes(files)
    sql = any(item.fact.name in RELATIONAL for item in uses)
    kept = (_placed(item, classes, sql) if item.fact.layer == SPRING_DATA else item for item in found)
    return tuple(item for item in kept if item is not None)


def document_signs(files: Iterable[SourceFile], shown: Iterable[At[Sign]]) -> list[At[Sign]]:
    """Calls of what repositories of stores without SQL inherit, as queries; and what they keep, as models.

    Args:
        files: those that count as programs.
        shown: the signs of the same files; a class that says itself how it is kept is a model already.
    """
    programs = list(files)
    declared: list[At[ClassDef]] = list(located(programs, "classes"))
    repositories = [item for item in declared if any(BASES.get(_last(base)) in STORES for base in item.fact.bases)]
    if not repositories:
        return []
    classes = _classes(programs)
    every: list[At[Statement]] = list(located(programs, "statements"))
    sent = [item for item in every if item.fact.layer == SPRING_DATA and item.fact.tables]
    stored = {held: _layer(held, classes) in STORES for held in {item.fact.tables[0] for item in sent}}
    found = [sign for item in sent if stored[item.fact.tables[0]] for sign in _signs(item)]
    modelled = {(item.path, item.fact.line) for item in shown if item.fact.kind is SignKind.NOSQL_SCHEMA}
    kept = {HOLDER.sub("", _last(item.fact.name)) for item in repositories}
    for each in declared:
        name, line = _last(each.fact.name), each.fact.line
        if name in kept and not any(path == each.path and line <= at <= each.fact.end_line for path, at in modelled):
            sign = Sign(kind=SignKind.NOSQL_SCHEMA, line=line, end_line=each.fact.end_line, detail=name)
            found.append(At(path=each.path, fact=sign))
    return found


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _signs(item: At[Statement]) -> Iterator[At[Sign]]:
    """A query, and that it is bounded where it asks for one thing or for a page."""
    fact = item.fact
    name = "findAll" if fact.many else DOCUMENT_CALLS.get(fact.verb, "findById")
    kinds = [SignKind.NOSQL_QUERY]
    if fact.verb == "select" and (fact.many is False or Feature.LIMIT in fact.features):
        kinds.append(SignKind.NOSQL_BOUNDED)
    for kind in kinds:
        yield At(
            path=item.path,
            fact=Sign(
                kind=kind,
                line=fact.line,
                end_line=fact.end_line,
                detail=f"{fact.tables[0]}.{name}",
                function=fact.function,
            ),
        )


def _classes(files: Iterable[SourceFile]) -> dict[str, ClassDef]:
    found: dict[str, ClassDef] = {}
    declared: list[At[ClassDef]] = list(located(files, "classes"))
    for each in declared:
        found.setdefault(_last(each.fact.name), each.fact)
    return found


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
            last = _last(base)
            layer = BASES.get(last, "")
            found = layer if layer and found in ("", SPRING_DATA) else found
            if last not in seen:
                seen.add(last)
                waiting.append(last)
    return found
