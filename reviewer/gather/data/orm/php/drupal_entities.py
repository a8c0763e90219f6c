"""Drupal's entities and their storage, and the tables that a module declares in ``hook_schema``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.expressions import last, pairs_of, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Items, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.data import Column, How, MigrationStep, Table

LAYER = "Drupal Entity API"
SCHEMA = "Drupal schema"
UPDATES = "Drupal update hooks"
BASES = words("ContentEntityBase EditorialContentEntityBase RevisionableContentEntityBase ConfigEntityBase")
STORAGE = words("getStorage entityQuery getQuery loadMultiple loadByProperties entity_load node_load user_load")
SURE = words("entityQuery EntityFieldQuery entity_load node_load node_save user_load entity_metadata_wrapper")
MANAGER = ("entityTypeManager", "entity_type.manager", "entityQuery", "EntityTypeManagerInterface")
TYPES = words("ContentEntityType ConfigEntityType")
FIELD = "BaseFieldDefinition"
HOOK, UPDATE = "_schema", "_update_"


def read_drupal_entities(module: Module, kept: Kept) -> None:
    """Keeps the use of entities, their tables, and what the install file of a module sets up."""
    if not ("Drupal" in module.text or "drupal" in module.text):
        return
    look = look_at(module)
    line = next((item.line for item in module.classes if _is_entity(item)), 0) or _stored(look)
    if line:
        kept.data.append(data_use(LAYER, How.QUERIED, line))
    kept.tables.extend(_entities(look))
    kept.tables.extend(_schemas(look))
    steps = [item for item in module.functions if item.owner == -1 and _is_update(item.name)]
    if steps and kept.migration is None:
        kept.migration = MigrationStep(tool=UPDATES, line=steps[0].line)


def _is_update(name: str) -> bool:
    """``shop_update_8001`` and ``shop_post_update_defaults``."""
    head, mark, number = name.partition(UPDATE)
    return bool(head and mark and (number.isdigit() or head.endswith("_post")))


def _is_entity(item: Class) -> bool:
    return any(last(dotted(base)) in BASES for base in item.bases)


def _stored(look: Look) -> int:
    """The line on which entities are first loaded or asked for."""
    for call in look.module.calls:
        if call.last in SURE or (call.last in STORAGE and any(name in call.name for name in MANAGER)):
            return call.line
        if call.last == "getStorage" and any(name in look.module.text for name in MANAGER):
            return call.line
    return 0


def _entities(look: Look) -> Iterator[Table]:
    """The table that an entity type names, with the fields that its class defines."""
    for item in look.module.classes:
        for decorator in item.decorators:
            name = plain(decorator.keywords.get("base_table")) if isinstance(decorator, Call) else None
            if not (isinstance(decorator, Call) and last(decorator.name) in TYPES and name):
                continue
            yield Table(
                name=name,
                line=item.line,
                end_line=item.end_line,
                source=LAYER,
                columns=tuple(_fields(look, item)),
                model=item.name,
            )


def _fields(look: Look, owner: Class) -> Iterator[Column]:
    """``$fields['email'] = BaseFieldDefinition::create('email')->setRequired(TRUE)``."""
    methods = {method.index for method in look.module.methods_of(owner)}
    for item in look.module.assignments:
        if item.function not in methods:
            continue
        for name, value in _named(item.target, item.value):
            calls = _chain(value)
            made = next((call for call in calls if call.name.endswith(f"{FIELD}.create")), None)
            if made is None:
                continue
            required = next((call for call in calls if call.last == "setRequired"), None)
            wanted = required is not None and (not required.args or truth(required.args[0]) is True)
            yield Column(name=name, type=plain(made.args[0]) or "" if made.args else "", nullable=not wanted)


def _named(target: str, value: Expr | None) -> Iterator[tuple[str, Expr]]:
    """What an array is given, by key."""
    if isinstance(value, Mapping):
        yield from ((key, item) for key, item in pairs_of(value))
    elif value is not None and "." in target:
        yield target.partition(".")[2], value


def _chain(expr: Expr) -> list[Call]:
    """A call and those that it hangs on."""
    found: list[Call] = []
    while len(found) < 40:
        if isinstance(expr, Call):
            found.append(expr)
            expr = expr.callee
        elif (inner := getattr(expr, "value", None)) is not None and not isinstance(expr, (Text, Name)):
            expr = inner
        else:
            break
    return found


def _schemas(look: Look) -> Iterator[Table]:
    """``$schema['orders'] = ['fields' => [...], 'primary key' => ['id']]`` of a function named ``shop_schema``."""
    hooks = {item.index for item in look.module.functions if item.owner == -1 and item.name.endswith(HOOK)}
    given = [(item.target, item.value) for item in look.module.assignments if item.function in hooks]
    given += [("", item.value) for item in look.module.returns if item.function in hooks]
    for target, value in given:
        whole = isinstance(value, Mapping) and value.get("fields") is not None
        entries = [(target.partition(".")[2], value)] if whole else list(_named("", value))
        for name, table in entries:
            fields = table.get("fields") if isinstance(table, Mapping) else None
            if name and isinstance(table, Mapping) and isinstance(fields, Mapping):
                yield _schema(name, table, fields)


def _schema(name: str, table: Mapping, fields: Mapping) -> Table:
    primary, unique = _texts(table.get("primary key")), table.get("unique keys")
    alone = {item for _, value in (unique.pairs if isinstance(unique, Mapping) else ()) for item in _texts(value)[:1]}
    indexes = table.get("indexes")
    columns = tuple(
        Column(
            name=key,
            type=plain(value.get("type")) or "" if isinstance(value, Mapping) else "",
            nullable=not (isinstance(value, Mapping) and truth(value.get("not null")) is True),
            primary=key in primary,
            unique=key in alone,
        )
        for key, value in pairs_of(fields)
    )
    return Table(
        name=name,
        line=table.line,
        end_line=max(table.line, *(value.line for _, value in fields.pairs), table.line),
        source=SCHEMA,
        columns=columns,
        indexes=tuple(tuple(_texts(value)) for _, value in (indexes.pairs if isinstance(indexes, Mapping) else ())),
    )


def _texts(expr: Expr | None) -> list[str]:
    return [text for value in (expr.values if isinstance(expr, Items) else ()) if (text := plain(value))]


DRUPAL_ENTITIES = Reader(name=LAYER, languages=("PHP",), read=read_drupal_entities)
