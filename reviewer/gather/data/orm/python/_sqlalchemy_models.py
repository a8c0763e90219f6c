"""Tables of SQLAlchemy: declarative classes, SQLModel classes and ``Table`` objects."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.data.orm._models import base_names, fields_by_class, is_off, is_on, snake_case, strings, type_name
from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Attribute, Call, Class, Expr, Items, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "SQLAlchemy"
COLUMNS = words("Column mapped_column Field SQLField")
NO_COLUMNS = words("relationship backref dynamic_loader synonym column_property association_proxy Relationship")
TABLE_ENDINGS = ("Table", "sqlalchemy.Table")
OPTIONAL = ("Optional", "None")
MAPPED = "Mapped["
KEY_TYPE = re.compile(r"\A[A-Za-z_]{0,30}(?:pk|PK|Pk|[pP]rimary_?[kK]ey)\Z|\A(?:pk|pkey|primary_?key)_[a-z_]{1,30}\Z")
"""The name of an annotated type that carries the primary key: ``intpk``, ``uuid_pk``."""


def model_tables(look: Look, imported: bool) -> Iterator[Table]:
    """The classes of a module that declare columns; without a table of their own they carry no name."""
    by_class = fields_by_class(look.module)
    used = {base for item in look.module.classes for base in base_names(item)}
    for item in look.module.classes:
        bases = base_names(item)
        sqlmodel = _is_sqlmodel(item, bases)
        if not imported and not any(last(base) == "Model" or base in ("Base", "db.Model") for base in bases):
            continue
        fields = by_class.get(item.index, [])
        groups = list(_arguments(fields))
        alone = {names[0] for unique, names in groups if unique and len(names) == 1}
        columns = tuple(
            msgspec.structs.replace(column, unique=True) if column.name in alone else column
            for column in _columns(fields, look, sqlmodel)
        )
        named = next((plain(field.value) for field in fields if field.target == "__tablename__"), None)
        if not named and not any(column.type or column.primary or column.references for column in columns):
            continue
        if not named and (_is_schema(bases) or (sqlmodel is False and item.name not in used)):
            continue
        yield Table(
            name=named or _default_name(item, bases, sqlmodel),
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=columns,
            indexes=tuple(names for _, names in groups),
            uniques=tuple(names for unique, names in groups if unique and len(names) > 1),
            model=item.name,
        )


def core_tables(look: Look, made_by: str) -> Iterator[Table]:
    """``Table("name", metadata, Column(...))``, or in a migration ``op.create_table("name", Column(...))``."""
    for call in look.module.calls:
        if call.last == made_by and call.args and (name := plain(call.args[0])):
            if call.last == "Table" and not _is_table(call, look):
                continue
            columns = [_column(arg, _own_name(arg) or "", "") for arg in call.args if _is_column(arg)]
            yield Table(
                name=name,
                line=call.line,
                end_line=call.end_line,
                source=SOURCE if call.last == "Table" else "Alembic",
                columns=_with_constraints(columns, call.args),
                indexes=tuple(names for _, names in _indexes(call.args)),
                uniques=tuple(names for unique, names in _indexes(call.args) if unique and len(names) > 1),
            )


def _is_table(call: Call, look: Look) -> bool:
    return look.origin(call.name).startswith("sqlalchemy") or call.name.endswith("db.Table")


def _is_schema(bases: tuple[str, ...]) -> bool:
    """Whether the bases are those of a validation schema, which has fields as well but no table."""
    return any(last(base) in ("Schema", "BaseSettings", "SQLAlchemyAutoSchema") for base in bases)


def _is_sqlmodel(item: Class, bases: tuple[str, ...]) -> bool | None:
    """Whether a class is a table of SQLModel; False for its plain schemas, None for no SQLModel at all."""
    if truth(item.keywords.get("table")) is True:
        return True
    return False if any(last(base) == "SQLModel" for base in bases) else None


def _default_name(item: Class, bases: tuple[str, ...], sqlmodel: bool | None) -> str:
    if sqlmodel:
        return item.name.lower()
    return snake_case(item.name) if any(last(base) == "Model" for base in bases) else ""


def _columns(fields: list[Assignment], look: Look, sqlmodel: bool | None) -> Iterator[Column]:
    """The columns of a class; one may be told once for several classes and stand here by its name alone."""
    for field in fields:
        value = look.value(field.value, -1)
        if isinstance(value, Call):
            if value.last == "Field" and sqlmodel is None and not look.imports("sqlmodel"):
                continue
            if _is_column(value):
                yield _column(value, _own_name(value) or field.target, field.type)
            elif look.origin(value.name).endswith(".reference_col") or value.last == "reference_col":
                yield _reference(value, field.target)
        elif MAPPED in field.type or (sqlmodel is not None and field.type and not field.target.startswith("_")):
            column = _column(None, field.target, field.type)
            elsewhere = sqlmodel is True and field.target == "id" and isinstance(value, (Name, Attribute))
            yield msgspec.structs.replace(column, primary=True, nullable=False) if elsewhere else column


def _reference(call: Call, name: str) -> Column:
    """``author = reference_col("users")``, the helper that cookiecutter-flask gives its projects."""
    target = plain(call.args[0]) if call.args else None
    return Column(name=name, type="Integer", nullable=is_on(call, "nullable"), references=target)


def _is_column(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.last in COLUMNS


def _own_name(call: Expr) -> str | None:
    return plain(call.args[0]) if isinstance(call, Call) and call.args else None


def _column(call: Expr | None, name: str, annotation: str) -> Column:
    inner = annotation.removeprefix(MAPPED).rstrip("]") if MAPPED in annotation else annotation
    optional = any(word in inner for word in OPTIONAL)
    if not isinstance(call, Call):
        keyed = bool(KEY_TYPE.search(inner))
        return Column(name=name, type=inner, nullable=optional and not keyed, primary=keyed)
    if _is_column(call.keywords.get("sa_column") or call):
        call = call.keywords.get("sa_column", call)
        assert isinstance(call, Call)
    types = [arg for arg in call.args if plain(arg) is None and _last(arg) not in CONSTRAINTS]
    key = next((arg for arg in call.args if _last(arg) == "ForeignKey"), None)
    target = key.args[0] if isinstance(key, Call) and key.args else call.keywords.get("foreign_key")
    primary = is_on(call, "primary_key") or bool(KEY_TYPE.search(inner))
    declared = "nullable" in call.keywords
    return Column(
        name=name,
        type=type_name(types[0]) if types else inner,
        nullable=not primary and (not is_off(call, "nullable") if declared else optional or not annotation),
        primary=primary,
        unique=is_on(call, "unique"),
        indexed=is_on(call, "index"),
        checked=any(_last(arg) == "CheckConstraint" for arg in call.args)
        or any(_last(arg) in ENUMS for arg in types[:1]),
        references=(plain(target) or dotted(target) or None) if target is not None else None,
    )


ENUMS = words("Enum ENUM SQLEnum SAEnum SqlEnum SQLAlchemyEnum")
CONSTRAINTS = words("ForeignKey CheckConstraint Sequence Identity Computed UniqueConstraint PrimaryKeyConstraint Index")


def _last(expr: Expr) -> str:
    return last(expr.name) if isinstance(expr, Call) else last(expr.dotted) if isinstance(expr, Name) else ""


def _arguments(fields: list[Assignment]) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Indexes and unique constraints of ``__table_args__``: whether they are unique, and their columns."""
    for field in fields:
        if field.target == "__table_args__":
            yield from _indexes(field.value.values if isinstance(field.value, Items) else ())
        elif _last(field.value) == "Index" if field.value is not None else False:
            yield from _indexes((field.value,) if field.value is not None else ())


def _indexes(args: tuple[Expr, ...]) -> Iterator[tuple[bool, tuple[str, ...]]]:
    for arg in args:
        if not isinstance(arg, Call) or arg.last not in ("UniqueConstraint", "Index"):
            continue
        given = arg.args[1:] if arg.last == "Index" else arg.args
        names = tuple(plain(item) or last(dotted(item)) for item in given)
        if names and all(names):
            yield arg.last == "UniqueConstraint" or is_on(arg, "unique"), names


def _with_constraints(columns: list[Column], args: tuple[Expr, ...]) -> tuple[Column, ...]:
    """The columns with what separate constraints of a ``Table`` say of them."""
    primary: set[str] = set()
    unique: set[str] = set()
    targets: dict[str, str] = {}
    for arg in args:
        if not isinstance(arg, Call):
            continue
        if arg.last == "PrimaryKeyConstraint":
            primary.update(name for item in arg.args for name in strings(item))
        elif arg.last == "UniqueConstraint" and len(arg.args) == 1:
            unique.update(strings(arg.args[0]))
        elif arg.last == "ForeignKeyConstraint" and len(arg.args) > 1:
            targets.update(zip(strings(arg.args[0]), strings(arg.args[1]), strict=False))
    return tuple(
        Column(
            name=column.name,
            type=column.type,
            nullable=column.nullable and column.name not in primary,
            primary=column.primary or column.name in primary,
            unique=column.unique or column.name in unique,
            indexed=column.indexed,
            checked=column.checked,
            references=targets.get(column.name, column.references),
        )
        for column in columns
        if column.name
    )
