"""Models of GORM: structs with tags, by GORM's conventions for names of tables and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.data.orm._models import fields_by_class, snake_case
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Class, Module, Text, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "GORM"
BASE_MODELS = frozenset({"gorm.Model"})
INITIALISM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SCALARS = re.compile(
    r"(?:u?int\d*|string|bool|float\d+|byte|rune|\[\]byte|time\.\w+|sql\.Null\w+|gorm\.DeletedAt|uuid\.\w+|decimal\.\w+|"
    r"json\.RawMessage|datatypes\.\w+|null\.\w+|pq\.\w+|pgtype\.\w+|primitive\.\w+|soft_delete\.\w+|netip\.\w+|net\.IP)"
)
IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice"}
UNCOUNTED = frozenset(
    {
        "equipment",
        "information",
        "rice",
        "money",
        "species",
        "series",
        "fish",
        "sheep",
        "news",
        "data",
        "media",
        "staff",
    }
)
GIVEN = (
    Column(name="id", type="uint", nullable=False, primary=True),
    Column(name="created_at", type="time.Time"),
    Column(name="updated_at", type="time.Time"),
    Column(name="deleted_at", type="gorm.DeletedAt", indexed=True),
)
"""The columns of ``gorm.Model``."""


def plural(word: str) -> str:
    """The plural of a name in lower case, as the inflection library that GORM uses makes it."""
    head, separator, tail = word.rpartition("_")
    if tail in UNCOUNTED:
        return word
    if tail in IRREGULAR:
        return f"{head}{separator}{IRREGULAR[tail]}"
    if re.search(r"[^aeiou]y$", tail):
        return f"{word[:-1]}ies"
    if re.search(r"(?:s|x|z|ch|sh)$", tail):
        return word if tail.endswith("s") and not tail.endswith(("ss", "us")) else f"{word}es"
    return f"{word}s"


def table_name(model: str) -> str:
    """The table of a model: ``OrderItem`` in ``order_items``."""
    return plural(snake_case(model))


def tables(look: Look) -> Iterator[Table]:
    """The tables of the models in a file."""
    module = look.module
    fields = fields_by_class(module)
    named = _named_tables(module)
    migrated = {name for call in module.calls if call.last in ("AutoMigrate", "CreateTable") for name in _types(call)}
    structs = {item.name for item in module.classes}
    for owner in module.classes:
        own = fields.get(owner.index, [])
        if owner.kind == "class" and _is_model(owner, own, named, migrated):
            yield _table(owner, own, named.get(owner.name) or table_name(owner.name), structs)


def _types(call: Call) -> Iterator[str]:
    for arg in call.args:
        if isinstance(arg, Call) and arg.new:
            yield arg.name.rpartition(".")[2]


def _is_model(owner: Class, own: list[Assignment], named: dict[str, str], migrated: set[str]) -> bool:
    if owner.name in named or owner.name in migrated or any(dotted(base) in BASE_MODELS for base in owner.bases):
        return True
    return any(_tag(item) for item in own if "." not in item.target)


def _named_tables(module: Module) -> dict[str, str]:
    """What ``TableName()`` gives, by struct."""
    found: dict[str, str] = {}
    for item in module.returns:
        function = module.functions[item.function] if item.function != -1 else None
        if function is not None and function.name == "TableName" and (text := plain(item.value)):
            found[function.qualname.partition(".")[0]] = text.rpartition(".")[2]
    return found


def _tag(item: Assignment) -> str:
    """What the ``gorm`` key of a field's tag says."""
    for tag in item.decorators:
        if isinstance(tag, Call) and tag.name in ("gorm", "sql") and tag.args and isinstance(tag.args[0], Text):
            return plain(tag.args[0]) or ""
    return ""


def options(tag: str) -> dict[str, str]:
    """``type:varchar(10);uniqueIndex`` as a table; keys in lower case without underscores."""
    found: dict[str, str] = {}
    for part in tag.split(";"):
        key, _, value = part.strip().partition(":")
        if key:
            found[key.strip().lower().replace("_", "").replace(" ", "")] = value.strip()
    return found


def _table(owner: Class, own: list[Assignment], name: str, structs: set[str]) -> Table:
    columns: dict[str, Column] = {}
    if any(dotted(base) in BASE_MODELS for base in owner.bases):
        columns.update({item.name: item for item in GIVEN})
    indexes: dict[str, list[str]] = {}
    unique: set[str] = set()
    fields = {item.target for item in own}
    relations = {item.target: item for item in own if _is_relation(item, structs, fields)}
    foreign = _foreign_keys(relations)
    for item in own:
        given = options(_tag(item))
        if "." in item.target or item.target in relations or "-" in given or not item.target[:1].isupper():
            continue
        if (
            item.type
            and not SCALARS.match(item.type.lstrip("*"))
            and item.target in {dotted(b).rpartition(".")[2] for b in owner.bases}
        ):
            continue
        column = _column(item, given, foreign)
        columns[column.name] = column
        for key in ("index", "uniqueindex"):
            group = given.get(key, "").split(",")[0]
            if group:
                indexes.setdefault(group, []).append(column.name)
                unique |= {group} if key == "uniqueindex" or ",unique" in given[key] else set()
    shared = {group: names for group, names in indexes.items() if len(names) > 1}
    for column in [columns[item] for names in shared.values() for item in names]:
        columns[column.name] = msgspec.structs.replace(column, indexed=False, unique=False)
    return Table(
        name=name,
        line=owner.line,
        end_line=owner.end_line,
        source=SOURCE,
        columns=tuple(columns.values()),
        indexes=tuple(tuple(names) for names in shared.values()),
        model=owner.name,
        uniques=tuple(tuple(names) for group, names in shared.items() if group in unique),
    )


def _is_relation(item: Assignment, structs: set[str], names: set[str]) -> bool:
    """Whether a field stands for other rows: a struct of the project, or a list of them."""
    kind = item.type.lstrip("*").removeprefix("[]").lstrip("*")
    given = options(_tag(item))
    if {"foreignkey", "many2many", "references", "polymorphic", "association_foreignkey"} & given.keys():
        return not SCALARS.fullmatch(kind)
    if "type" in given or "embedded" in given or "serializer" in given or SCALARS.match(item.type.lstrip("*")):
        return False
    keyed = f"{item.target}ID" in names or f"{item.target}Id" in names
    return kind in structs or item.type.startswith("[]") or (keyed and kind.rpartition(".")[2][:1].isupper())


def _foreign_keys(relations: dict[str, Assignment]) -> dict[str, str]:
    """The table that each key field leads to: ``UserID`` beside ``User User``, or named by ``foreignKey``."""
    found: dict[str, str] = {}
    for name, item in relations.items():
        if item.type.startswith("[]"):
            continue
        kind = item.type.lstrip("*").rpartition(".")[2]
        for key in (options(_tag(item)).get("foreignkey") or f"{name}ID,{name}Id").split(","):
            found[key.strip()] = table_name(kind)
    return found


def _column(item: Assignment, given: dict[str, str], foreign: dict[str, str]) -> Column:
    primary = "primarykey" in given or (item.target == "ID" and "foreignkey" not in given)
    unique = "unique" in given or ("uniqueindex" in given and "," not in given["uniqueindex"])
    return Column(
        name=given.get("column") or snake_case(item.target),
        type=given.get("type") or item.type,
        nullable=not primary and "notnull" not in given,
        primary=primary,
        unique=unique,
        indexed="index" in given or "uniqueindex" in given,
        checked="check" in given or given.get("type", "").lower().startswith(("enum(", "enum (")),
        references=foreign.get(item.target),
    )
