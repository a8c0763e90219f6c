"""Tables of sequelize-typescript: model classes with their columns by decorators."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._models import (
    class_named,
    fields_by_class,
    mapping_off,
    mapping_on,
    option_mapping,
    returned_by,
    strings,
)
from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Mapping, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

PACKAGES = ("sequelize-typescript", "@sequelize/core")
SOURCE = "Sequelize"
ALWAYS_SET = frozenset({"CreatedAt", "UpdatedAt"})
OTHERS = frozenset({"CreatedAt", "UpdatedAt", "DeletedAt", "PrimaryKey", "AutoIncrement", "ForeignKey"})
"""Decorators that make a column where ``@Column`` is left out."""
ID = Column(name="id", type="INTEGER", nullable=False, primary=True)


def entity_tables(look: Look) -> Iterator[Table]:
    """The classes with ``@Table`` of sequelize-typescript."""
    if not look.imports(*PACKAGES):
        return
    fields, returned = fields_by_class(look.module), returned_by(look.module)
    for item in look.module.classes:
        table = next((mark for mark in item.decorators if _name(mark) == "Table"), None)
        if table is None:
            continue
        found = [column for field in fields.get(item.index, ()) if (column := _column(field, returned)) is not None]
        columns = found if any(column.primary for column in found) else [ID, *found]
        yield Table(
            name=_table_name(item, table),
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple(columns),
            model=item.name,
        )


def _name(expr: Expr) -> str:
    return last(dotted(expr.callee if isinstance(expr, Call) else expr))


def _table_name(item: Class, table: Expr) -> str:
    options = option_mapping(table) if isinstance(table, Call) else None
    named = (plain(options.get("tableName")) or plain(options.get("modelName"))) if options else None
    return named or item.name


def _column(field: Assignment, returned: dict[int, Expr]) -> Column | None:
    marks = {_name(item): item for item in field.decorators}
    if "Column" not in marks and OTHERS.isdisjoint(marks):
        return None
    declared = marks.get("Column")
    given = declared.args[0] if isinstance(declared, Call) and declared.args else None
    options = given if isinstance(given, Mapping) else None
    kind = options.get("type") if options else given
    primary = "PrimaryKey" in marks or mapping_on(options, "primaryKey")
    return Column(
        name=(plain(options.get("field")) if options else None) or field.target,
        type=last(dotted(kind.callee if isinstance(kind, Call) else kind)) or field.type,
        nullable=not primary and not _is_set(marks, options),
        primary=primary,
        unique="Unique" in marks or (options is not None and mapping_on(options, "unique")),
        indexed="Index" in marks,
        checked=last(dotted(kind.callee if isinstance(kind, Call) else kind)) == "ENUM",
        references=_references(marks.get("ForeignKey"), returned),
    )


def _is_set(marks: dict[str, Expr], options: Mapping | None) -> bool:
    """Whether a column takes no null: ``allowNull: false``, ``@AllowNull(false)``, ``@NotNull``, the times."""
    allowed = marks.get("AllowNull")
    refused = isinstance(allowed, Call) and bool(allowed.args) and dotted(allowed.args[0]) != "true"
    return refused or "NotNull" in marks or mapping_off(options, "allowNull") or not ALWAYS_SET.isdisjoint(marks)


def _references(mark: Expr | None, returned: dict[int, Expr]) -> str | None:
    """``@ForeignKey(() => User)``."""
    return class_named(mark.args[0], returned) or None if isinstance(mark, Call) and mark.args else None


def indexes_of(expr: Expr | None, *, unique: bool = False) -> Iterator[tuple[str, ...]]:
    """The columns of each index that options list, or of those that are unique alone."""
    for item in expr.values if isinstance(expr, Items) else ():
        if unique and not (isinstance(item, Mapping) and is_unique(item)):
            continue
        fields = item.get("fields") if isinstance(item, Mapping) else None
        names = tuple(text for part in (fields.values if isinstance(fields, Items) else ()) if (text := plain(part)))
        if names:
            yield names


def is_unique(options: Expr) -> bool:
    """``{ unique: true }``, ``{ type: "unique" }``."""
    kind = (plain(options.get("type")) or "") if isinstance(options, Mapping) else ""
    return isinstance(options, Mapping) and (mapping_on(options, "unique") or kind.lower() == "unique")


def constrained(given: tuple[Expr, ...]) -> tuple[str, ...]:
    """The columns of a unique constraint, listed before its options or in them."""
    options = next((arg for arg in given if isinstance(arg, Mapping) and is_unique(arg)), None)
    return strings(options.get("fields") or given[0]) if options is not None else ()


def unique_keys(options: Expr) -> Iterator[tuple[str, ...]]:
    """``{ uniqueKeys: { one_email: { fields: ["email"] } } }``, beside the columns of a new table."""
    keys = options.get("uniqueKeys") if isinstance(options, Mapping) else None
    for _, key in pairs_of(keys):
        yield strings(key.get("fields")) if isinstance(key, Mapping) else strings(key)


def _named(look: Look, call: Call) -> str:
    """The model that a relation is declared on: ``this`` is the class around."""
    name = last(call.name.rpartition(".")[0])
    owner = look.owner(call.function) if name in ("this", "self", "super") else -1
    return look.module.classes[owner].name if owner != -1 else name


def associations(look: Look) -> dict[str, list[Column]]:
    """Foreign keys by model, from ``A.belongsTo(B)`` and ``B.hasMany(A)``."""
    found: dict[str, list[Column]] = {}
    for call in look.module.calls:
        if call.last not in ("belongsTo", "hasMany", "hasOne") or not call.args or not isinstance(call.args[0], Name):
            continue
        one, other = _named(look, call), last(call.args[0].dotted)
        child, parent = (one, other) if call.last == "belongsTo" else (other, one)
        options = option_mapping(call)
        key = options.get("foreignKey") if options else None
        named = plain(key.get("name")) if isinstance(key, Mapping) else plain(key)
        name = named or f"{parent[:1].lower()}{parent[1:]}Id"
        found.setdefault(child, []).append(Column(name=name, references=parent))
    return found


def associated(look: Look, here: set[str]) -> Iterator[Table]:
    """Foreign keys of models that other files define, without a name; they are joined to the model of theirs."""
    known = {name.lower() for name in here}
    for name, columns in associations(look).items():
        for model in dict.fromkeys((name, f"{name[:1].lower()}{name[1:]}")) if name.lower() not in known else ():
            yield Table(name="", line=1, end_line=1, source=SOURCE, columns=tuple(columns), model=model)
