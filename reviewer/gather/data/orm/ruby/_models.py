"""Active Record's models: their tables, and the columns by which they belong to others."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._models import base_names, snake_case
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.ruby._dsl import positional
from reviewer.gather.frameworks.ruby._inflect import plural
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, plain
from reviewer.model.facts.data import Column, Table

BASES = ("ActiveRecord.Base", "ApplicationRecord")
BASE_ENDINGS = ("ApplicationRecord", "ActiveRecord.Base")
ASSOCIATIONS = words("belongs_to has_many has_one has_and_belongs_to_many")
SOURCE = "Active Record"
OTHER_MAPPERS = ("Mongoid.Document", "Sequel.Model", "Neo4j.ActiveNode", "Dynamoid.Document", "ActiveGraph.Node")


def model_tables(look: Look) -> Iterator[Table]:
    """The models of a file; an abstract one has no table."""
    calls: dict[int, list[Call]] = {}
    for call in look.module.calls:
        if call.owner != -1 and call.function == -1:
            calls.setdefault(call.owner, []).append(call)
    for item in look.module.classes:
        if item.kind == "module" or not is_model(item, calls.get(item.index, [])):
            continue
        if any(field.target.endswith("abstract_class") for field in look.module.fields_of(item)):
            continue
        columns = [Column(name="id", type="bigint", nullable=False, primary=True)]
        columns += [column for call in calls.get(item.index, []) if (column := _belongs(call)) is not None]
        yield Table(
            name=_table_name(look, item),
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple({column.name: column for column in columns}.values()),
            model=item.name,
        )


def is_record(item: Class) -> bool:
    """Whether the base of a class says by itself that it is one of Active Record's."""
    return any(base.endswith(BASE_ENDINGS) for base in base_names(item))


def is_model(item: Class, calls: list[Call]) -> bool:
    """Whether a class is a model of Active Record: by its base, or by what it has many of."""
    bases = base_names(item)
    if any(base in OTHER_MAPPERS for base in bases):
        return False
    if is_record(item):
        return last(item.name) != "ApplicationRecord"
    return bool(bases) and any(call.name in ASSOCIATIONS for call in calls) and not _serializes(item, bases)


def _serializes(item: Class, bases: tuple[str, ...]) -> bool:
    names = (item.name, *bases)
    return any(last(name).endswith(("Serializer", "Resource", "Blueprint", "Factory", "Representer")) for name in names)


def _table_name(look: Look, item: Class) -> str:
    for field in look.module.fields_of(item):
        if field.target == "self.table_name" and (name := plain(field.value)):
            return name.rpartition(".")[2]
    return plural(snake_case(last(item.name)))


def _belongs(call: Call) -> Column | None:
    """The column of ``belongs_to :author, class_name: "User"``; it points where the database says so, not here."""
    given = positional(call)
    name = plain(given[0]) if call.name == "belongs_to" and given else None
    if not name:
        return None
    return Column(name=plain(call.keywords.get("foreign_key")) or f"{name}_id")
