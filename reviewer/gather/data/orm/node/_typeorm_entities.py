"""Tables of TypeORM: entity classes, and what migrations create with ``new Table``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.data.orm._models import (
    class_named,
    fields_by_class,
    mapping_off,
    mapping_on,
    option_mapping,
    returned_by,
    snake_case,
    strings,
)
from reviewer.gather.expressions import inside, pairs_of, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Mapping, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "TypeORM"
COLUMNS = words(
    "Column PrimaryColumn PrimaryGeneratedColumn CreateDateColumn UpdateDateColumn DeleteDateColumn VersionColumn"
    " ObjectIdColumn"
)
ALWAYS_SET = words("CreateDateColumn UpdateDateColumn VersionColumn")
ENUMS = ("enum", "simple-enum", "set")
OWNING = words("ManyToOne OneToOne")


def entity_tables(look: Look) -> Iterator[Table]:
    """The classes with ``@Entity``; abstract ones with columns alone carry no name."""
    fields, returned = fields_by_class(look.module), returned_by(look.module)
    for item in look.module.classes:
        marks = {_name(decorator): decorator for decorator in item.decorators}
        found = [column for field in fields.get(item.index, ()) if (column := _column(field, returned)) is not None]
        columns = _joined(found)
        held = {name: column for field in fields.get(item.index, ()) for name, column in _relation_key(field, returned)}
        groups = [(unique, tuple(held.get(name, name) for name in names)) for unique, names in _class_indexes(item)]
        for name in (names[0] for unique, names in groups if unique and len(names) == 1 and names[0] in columns):
            columns[name] = replace(columns[name], unique=True)
        entity = marks.get("Entity") or marks.get("ViewEntity") or marks.get("ChildEntity")
        if entity is None and not columns:
            continue
        yield Table(
            name=_table_name(item, entity) if entity is not None else "",
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple(columns.values()),
            indexes=tuple(names for _, names in groups),
            model=item.name,
            uniques=tuple(names for unique, names in groups if unique and len(names) > 1),
        )


def _relation_key(field: Assignment, returned: dict[int, Expr]) -> Iterator[tuple[str, str]]:
    """A relation with the column of its key: an index may name either."""
    column = _column(field, returned)
    if column is not None and column.type == "relation":
        yield field.target, column.name


def _joined(found: list[Column]) -> dict[str, Column]:
    """Columns by name; one that is declared beside its relation (``role`` and ``roleId``) keeps what it refers to."""
    columns: dict[str, Column] = {}
    for column in found:
        known = columns.get(column.name)
        references = column.references or (known.references if known is not None else None)
        primary = column.primary or (known is not None and known.primary)
        columns[column.name] = replace(column, references=references, primary=primary)
    return columns


def migration_tables(look: Look) -> Iterator[Table]:
    """``new Table({ name, columns, foreignKeys, indices })``."""
    for call in look.module.calls:
        options = option_mapping(call)
        if call.last != "Table" or not call.new or options is None or not (name := plain(options.get("name"))):
            continue
        targets = dict(_foreign_keys(options.get("foreignKeys")))
        columns = [_declared(column, targets) for column in _objects(options.get("columns"))]
        indexes = [names for item in _objects(options.get("indices")) if (names := strings(item.get("columnNames")))]
        yield Table(
            name=name,
            line=call.line,
            end_line=call.end_line,
            source="TypeORM migrations",
            columns=tuple(columns),
            indexes=tuple(indexes),
        )


def _name(expr: Expr) -> str:
    return dotted(expr.callee if isinstance(expr, Call) else expr).rpartition(".")[2]


def _table_name(item: Class, entity: Expr) -> str:
    if isinstance(entity, Call):
        options = option_mapping(entity)
        named = plain(entity.args[0]) if entity.args else None
        named = named or (plain(options.get("name")) if options else None)
        if named:
            return named
    return snake_case(item.name)


def _class_indexes(item: Class) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Whether what each index of a class holds is unique, and its columns."""
    for decorator in item.decorators:
        if isinstance(decorator, Call) and _name(decorator) in ("Index", "Unique"):
            names = next((names for arg in decorator.args if isinstance(arg, Items) and (names := strings(arg))), ())
            if names:
                yield _name(decorator) == "Unique" or any(_says_unique(arg) for arg in decorator.args), names


def _says_unique(arg: Expr) -> bool:
    return isinstance(arg, Mapping) and mapping_on(arg, "unique")


def _column(field: Assignment, returned: dict[int, Expr]) -> Column | None:
    marks = {_name(item): item for item in field.decorators}
    relation = next((marks[name] for name in OWNING if name in marks), None)
    declared = next((marks[name] for name in COLUMNS if name in marks), None)
    if isinstance(relation, Call):
        if "ManyToOne" not in marks and "JoinColumn" not in marks:
            return None
        options = option_mapping(relation)
        return Column(
            name=_join_name(marks.get("JoinColumn")) or f"{field.target}Id",
            type="relation",
            nullable=not mapping_off(options, "nullable"),
            primary=mapping_on(options, "primary"),
            unique="OneToOne" in marks,
            indexed="Index" in marks,
            references=class_named(relation.args[0] if relation.args else None, returned) or field.type or None,
        )
    if not isinstance(declared, Call):
        return None
    return _plain_column(field, declared, marks)


def _join_name(mark: Expr | None) -> str | None:
    options = option_mapping(mark) if isinstance(mark, Call) else None
    return plain(options.get("name")) if options else None


def _plain_column(field: Assignment, call: Call, marks: dict[str, Expr]) -> Column:
    options, kind = option_mapping(call), _name(call)
    primary = kind.startswith("Primary") or kind == "ObjectIdColumn" or mapping_on(options, "primary")
    unique_index = "Index" in marks and any(
        mapping_on(item, "unique") for item in inside(marks["Index"]) if isinstance(item, Mapping)
    )
    text = plain(call.args[0]) if call.args else None
    stored = text or (plain(options.get("type")) if options else None)
    return Column(
        name=(plain(options.get("name")) if options else None) or field.target,
        type=stored or field.type,
        nullable=not primary
        and kind not in ALWAYS_SET
        and (mapping_on(options, "nullable") or kind == "DeleteDateColumn"),
        primary=primary,
        unique=mapping_on(options, "unique") or "Unique" in marks or unique_index,
        indexed="Index" in marks,
        checked="Check" in marks or stored in ENUMS,
    )


def _objects(expr: Expr | None) -> list[Mapping]:
    return [item for item in (expr.values if isinstance(expr, Items) else ()) if isinstance(item, Mapping)]


def _foreign_keys(expr: Expr | None) -> Iterator[tuple[str, str]]:
    for item in _objects(expr):
        target = plain(item.get("referencedTableName")) or ""
        theirs = strings(item.get("referencedColumnNames"))
        for place, name in enumerate(strings(item.get("columnNames"))):
            yield name, f"{target}.{theirs[place]}" if place < len(theirs) else target


def _declared(options: Mapping, targets: dict[str, str]) -> Column:
    entries = dict(pairs_of(options))
    name = plain(entries.get("name")) or ""
    primary = truth(entries.get("isPrimary")) is True
    return Column(
        name=name,
        type=plain(entries.get("type")) or (entries["type"].dotted if isinstance(entries.get("type"), Name) else ""),  # type: ignore[union-attr]
        nullable=truth(entries.get("isNullable")) is True and not primary,
        primary=primary,
        unique=truth(entries.get("isUnique")) is True,
        checked=plain(entries.get("type")) in ENUMS,
        references=targets.get(name),
    )
