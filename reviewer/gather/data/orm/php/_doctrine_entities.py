"""Entity classes of Doctrine, by attributes (``#[ORM\\Column]``) and by annotations (``@ORM\\Column``)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._models import fields_by_class, snake_case, strings, with_uniques
from reviewer.gather.expressions import inside, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Mapping, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "Doctrine ORM"
UNIQUE = "UniqueConstraint"
ORM = ("Doctrine.ORM.Mapping", "ORM", "Mapping")
OWNING = words("ManyToOne OneToOne")
TYPES = {"int": "integer", "string": "string", "bool": "boolean", "float": "float", "array": "json"}


def marks(look: Look, decorators: tuple[Expr, ...]) -> dict[str, Expr]:
    """Doctrine's attributes or annotations by their own name; both ``ORM\\Column`` and an imported ``Column``."""
    found: dict[str, Expr] = {}
    for decorator in decorators:
        name = dotted(decorator.callee if isinstance(decorator, Call) else decorator)
        head, _, last = look.origin(name).rpartition(".")
        if head in ORM:
            found.setdefault(last, decorator)
    return found


def entity_tables(look: Look) -> Iterator[Table]:
    """Every entity; mapped superclasses and traits with columns alone carry no name."""
    fields = fields_by_class(look.module)
    for item in look.module.classes:
        mine = marks(look, item.decorators)
        columns = _columns(look, fields.get(item.index, []))
        if "Entity" not in mine and not columns:
            continue
        named = _argument(mine.get("Table"), "name", 0)
        made = Table(
            name=(plain(named) or snake_case(item.name)).strip("`") if "Entity" in mine else "",
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple(columns.values()),
            indexes=tuple(names for _, names in _indexes(look, item)),
            model=item.name,
        )
        yield with_uniques(made, (names for kind, names in _indexes(look, item) if kind == UNIQUE))


def _columns(look: Look, fields: list[Assignment]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for field in fields:
        mine = marks(look, field.decorators)
        if "Column" in mine:
            column = _column(field, mine)
            found[column.name] = column
        owner = next((mine[name] for name in ("ManyToOne", "OneToOne") if name in mine), None)
        if owner is not None and _argument(owner, "mappedBy", 1) is None:
            column = _joined(field, owner, mine.get("JoinColumn"))
            found[column.name] = column
        elif "Id" in mine and "Column" not in mine:
            name = snake_case(field.target)
            found[name] = Column(name=name, nullable=False, primary=True)
    return found


def _column(field: Assignment, mine: dict[str, Expr]) -> Column:
    mark = mine["Column"]
    kind = plain(_argument(mark, "type", 1)) or _argument_name(mark, "type") or TYPES.get(field.type.strip("?|"), "")
    return Column(
        name=(plain(_argument(mark, "name", 0)) or snake_case(field.target)).strip("`"),
        type=kind,
        nullable=truth(_argument(mark, "nullable", 9)) is True,
        primary="Id" in mine,
        unique=truth(_argument(mark, "unique", 9)) is True,
    )


def _joined(field: Assignment, owner: Expr, join: Expr | None) -> Column:
    target = _argument(owner, "targetEntity", 0)
    named = (dotted(target) or plain(target) or field.type).removesuffix(".class").replace("\\", ".")
    name = plain(_argument(join, "name", 0)) or f"{snake_case(field.target)}_id"
    key = plain(_argument(join, "referencedColumnName", 1)) or "id"
    return Column(
        name=name,
        nullable=truth(_argument(join, "nullable", 9)) is not False,
        indexed=True,
        references=f"{snake_case(named.rpartition('.')[2].strip('?'))}.{key}",
    )


def _indexes(look: Look, item: Class) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``#[ORM\\Index(columns: ['email'])]`` on the class, and those inside ``@ORM\\Table``: kinds and columns."""
    for mark in item.decorators:
        for part in inside(mark):
            kind = look.origin(part.name).rpartition(".")[2] if isinstance(part, Call) else ""
            if isinstance(part, Call) and kind in ("Index", UNIQUE):
                columns = part.keywords.get("columns") or part.keywords.get("fields")
                if names := strings(columns):
                    yield kind, names


def _argument(mark: Expr | None, key: str, place: int) -> Expr | None:
    if not isinstance(mark, Call):
        return None
    if key in mark.keywords:
        return mark.keywords[key]
    first = mark.args[0] if mark.args else None
    if isinstance(first, Mapping):
        return first.get(key)
    return mark.args[place] if place < len(mark.args) else None


def _argument_name(mark: Expr | None, key: str) -> str:
    """``integer`` of ``type: Types::INTEGER``."""
    given = _argument(mark, key, 1)
    return given.dotted.rpartition(".")[2].lower() if isinstance(given, Name) else ""
