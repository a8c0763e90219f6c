"""Tables of Django: classes with ``models.Model`` among their bases or with fields of ``models``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._models import base_names, fields_by_class, is_on, strings
from reviewer.gather.expressions import inside, last, truth
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Expr, Items, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "Django ORM"
RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ParentalKey", "TreeForeignKey"})
NO_COLUMNS = frozenset({"ManyToManyField", "GenericRelation", "GenericForeignKey", "TaggableManager"})
MODEL_BASES = ("models.Model", "AbstractUser", "AbstractBaseUser", "MPTTModel", "TimeStampedModel")
FORM_BASES = ("Form", "Serializer", "Filter", "FilterSet", "Schema", "Admin", "View", "Node", "Mutation")


def model_tables(look: Look) -> Iterator[Table]:
    """The models of a module; an abstract one carries no name."""
    by_class = fields_by_class(look.module)
    metas = {item.parent: item for item in look.module.classes if item.name == "Meta"}
    for item in look.module.classes:
        bases = base_names(item)
        fields = [field for field in by_class.get(item.index, ()) if _is_field(field.value, look)]
        if not (fields or any(base.endswith(MODEL_BASES) for base in bases)) or not _is_model(bases, fields):
            continue
        inner = by_class.get(metas[item.index].index, ()) if item.index in metas else ()
        meta = {field.target: field.value for field in inner if field.value is not None}
        columns = [_column(field) for field in fields if isinstance(field.value, Call)]
        if not any(column.primary for column in columns) and truth(meta.get("abstract")) is not True:
            columns.insert(0, Column(name="id", type="AutoField", nullable=False, primary=True))
        unique, indexes, checked = _constraints(meta)
        yield Table(
            name="" if truth(meta.get("abstract")) is True else plain(meta.get("db_table")) or item.name,
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple(_marked(column, unique, checked) for column in columns),
            indexes=indexes,
            uniques=_uniques(meta),
            model=item.name,
        )


def _is_model(bases: tuple[str, ...], fields: list[Assignment]) -> bool:
    if any(last(base).endswith(FORM_BASES) for base in bases):
        return False
    return bool(bases) and (bool(fields) or any(base.endswith(MODEL_BASES) for base in bases))


def _is_field(value: Expr | None, look: Look) -> bool:
    if not isinstance(value, Call) or value.last in NO_COLUMNS:
        return False
    if not value.last.endswith("Field") and value.last not in RELATIONS:
        return False
    origin = look.origin(value.name)
    return (
        value.name.startswith("models.")
        or ".models" in origin
        or (origin.startswith("django.") and "forms" not in origin)
    )


def _column(field: Assignment) -> Column:
    call = field.value
    assert isinstance(call, Call)
    relation = call.last in RELATIONS
    primary = is_on(call, "primary_key")
    return Column(
        name=plain(call.keywords.get("db_column")) or field.target,
        type=call.last,
        nullable=is_on(call, "null") and not primary,
        primary=primary,
        unique=is_on(call, "unique") or call.last == "OneToOneField",
        indexed=is_on(call, "db_index") or relation or call.last == "SlugField",
        references=_target(call) if relation else None,
    )


def _target(call: Call) -> str | None:
    target = call.args[0] if call.args else call.keywords.get("to")
    name = last(plain(target) or dotted(target))
    return {"AUTH_USER_MODEL": "User", "": None}.get(name, name)


def _constraints(meta: dict[str, Expr]) -> tuple[set[str], tuple[tuple[str, ...], ...], set[str]]:
    """Columns unique by themselves, index and unique groups, and columns in check constraints."""
    unique: set[str] = set()
    groups: list[tuple[str, ...]] = []
    checked: set[str] = set()
    for key in ("unique_together", "index_together"):
        groups.extend(_groups(meta.get(key)))
    for item in (
        call for key in ("indexes", "constraints") for call in inside(meta.get(key)) if isinstance(call, Call)
    ):
        names = tuple(name.lstrip("-") for name in strings(item.keywords.get("fields")))
        if item.last.endswith("Index") and names:
            groups.append(names)
        elif item.last == "UniqueConstraint" and len(names) == 1:
            unique.update(names)
        elif item.last == "UniqueConstraint" and names:
            groups.append(names)
        elif item.last == "Q":
            checked.update(key.split("__")[0] for key in item.keywords)
    return unique, tuple(groups), checked


def _uniques(meta: dict[str, Expr]) -> tuple[tuple[str, ...], ...]:
    """Columns that are unique together."""
    named = [
        strings(call.keywords.get("fields"))
        for call in inside(meta.get("constraints"))
        if isinstance(call, Call) and call.last == "UniqueConstraint"
    ]
    return tuple(names for names in (*_groups(meta.get("unique_together")), *named) if len(names) > 1)


def _groups(expr: Expr | None) -> list[tuple[str, ...]]:
    if not isinstance(expr, Items):
        return []
    flat = strings(expr)
    return [flat] if flat else [names for item in expr.values if (names := strings(item))]


def _marked(column: Column, unique: set[str], checked: set[str]) -> Column:
    if column.name not in unique and column.name not in checked:
        return column
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        primary=column.primary,
        unique=column.unique or column.name in unique,
        indexed=column.indexed,
        checked=column.name in checked,
        references=column.references,
    )
