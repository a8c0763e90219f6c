"""Entities of Entity Framework: classes with properties, their annotations, and what ``OnModelCreating`` says of them.

A class does not know its table: its context names it, or ``[Table]`` does. So a class is kept as a table without a
name, a set of a context (``DbSet<User> Users``) as one whose name yields to the class's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.orm._models import base_names, fields_by_class
from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Number, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "Entity Framework Core"
SET = re.compile(r"(?:DbSet|IDbSet)<\s*([\w.]+)\s*>\??")
ANY_TYPE = re.compile(r"T(?:[A-Z]\w*)?")
SCALARS = words(
    "int long short byte bool decimal double float string char Guid DateTime DateTimeOffset DateOnly TimeOnly TimeSpan"
    " uint ulong ushort sbyte Int32 Int64 String Boolean Decimal Double byte[] JsonDocument"
)
COLLECTION = re.compile(
    r"(?:I?List|I?Collection|IEnumerable|I?ReadOnly\w*|HashSet|ISet|ObservableCollection)<\s*([\w.]+)\s*>"
)
NO_ENTITY = re.compile(
    r"(?:Dtos?|DTO|Request|Response|ViewModel|VM|Command|Query|Handler|Controller|Service|Options|Settings|Exception"
    r"|Validator|Config(?:uration)?|Repository|Context|Factory|Result|Event|Message|Model(?:State)?|Args|Attribute|Tests?)\Z"
)
NO_ENTITY_BASES = re.compile(
    r"Controller|Exception|Attribute|DbContext|Migration|Profile|Validator|Handler|PageModel|Request|Hub|Service|Startup"
    r"|Middleware|Component"
)
ANNOTATIONS = words("Key Table ForeignKey InverseProperty Index PrimaryKey Owned Comment")
ID = words("Id ID id Key Uuid")
SIZES = words("MaxLength StringLength")


def entity_tables(look: Look) -> Iterator[Table]:
    """The classes of a module that a context may map, and the sets of its contexts."""
    by_class = fields_by_class(look.module)
    for owner in look.module.classes:
        fields = by_class.get(owner.index, [])
        yield from _sets(fields)
        if owner.kind in ("class", "record") and _is_entity(owner, fields):
            yield _entity(owner, fields)


def _sets(fields: list[Assignment]) -> Iterator[Table]:
    """The sets that a context offers; a field that only keeps one, and a set of no certain type, declare nothing."""
    for field in fields:
        found = SET.fullmatch(field.type)
        if found and field.target[:1].isupper() and not ANY_TYPE.fullmatch(found[1]):
            yield Table(
                name=field.target,
                line=field.line,
                end_line=field.end_line,
                source=SOURCE,
                model=found[1].rpartition(".")[2],
                weak=True,
            )


def _is_entity(owner: Class, fields: list[Assignment]) -> bool:
    own = owner.name.rpartition(".")[2]
    marks = {_attribute(item) for item in owner.decorators} | {_attribute(d) for f in fields for d in f.decorators}
    if marks & ANNOTATIONS:
        return True
    if NO_ENTITY.search(own) or any(NO_ENTITY_BASES.search(base) for base in base_names(owner)):
        return False
    names = {field.target for field in fields if bare(field.type) in SCALARS}
    return bool(names & ({f"{own}Id", f"{own}ID"} | ID)) or (bool(names) and _is_base(own))


def _is_base(name: str) -> bool:
    return bool(re.search(r"Base|Auditable|Entity", name))


def _entity(owner: Class, fields: list[Assignment]) -> Table:
    own = owner.name.rpartition(".")[2]
    navigations = {field.target: bare(field.type) for field in fields if _is_navigation(field)}
    named = _foreign_keys(fields)
    columns = [_column(field, own, navigations, named) for field in fields if _is_column(field)]
    unique, indexes = _indexes(owner)
    table = next((item for item in owner.decorators if _attribute(item) == "Table"), None)
    return Table(
        name=plain(table.args[0]) or "" if isinstance(table, Call) and table.args else "",
        line=owner.line,
        end_line=owner.end_line,
        source=SOURCE,
        columns=tuple(_marked(column, unique, owner) for column in columns),
        indexes=indexes,
        uniques=tuple(sorted(names for names in unique if len(names) > 1)),
        model=own,
    )


def bare(kind: str) -> str:
    """A type without its mark for null."""
    return kind.removesuffix("?").removeprefix("System.").strip()


def _attribute(expr: Expr) -> str:
    return last(dotted(expr.callee if isinstance(expr, Call) else expr))


def _is_navigation(field: Assignment) -> bool:
    kind = bare(field.type)
    return bool(kind) and kind not in SCALARS and not COLLECTION.fullmatch(kind) and kind[:1].isupper()


def _is_column(field: Assignment) -> bool:
    """Whether a property holds a value of its own: a scalar, or something that looks like an enumeration."""
    names = {_attribute(item) for item in field.decorators}
    return bare(field.type) in SCALARS and "NotMapped" not in names


def _foreign_keys(fields: list[Assignment]) -> dict[str, str]:
    """Columns that ``[ForeignKey]`` names, on either side, to the type that they lead to."""
    types = {field.target: bare(field.type) for field in fields}
    found: dict[str, str] = {}
    for field in fields:
        for item in field.decorators:
            if _attribute(item) != "ForeignKey" or not isinstance(item, Call) or not item.args:
                continue
            other = plain(item.args[0]) or last(dotted(item.args[0]))
            if bare(field.type) in SCALARS:
                found[field.target] = types.get(other, other)
            else:
                found[other] = bare(field.type)
    return found


def _column(field: Assignment, own: str, navigations: dict[str, str], named: dict[str, str]) -> Column:
    marks = {_attribute(item): item for item in field.decorators}
    kind = bare(field.type)
    reference = named.get(field.target)
    for suffix in ("Id", "ID", "_id"):
        if reference is None and field.target.endswith(suffix):
            reference = navigations.get(field.target.removesuffix(suffix))
    optional = field.type.endswith("?") or (kind == "string" and "Required" not in marks and field.value is None)
    column = marks.get("Column")
    name = plain(column.args[0]) if isinstance(column, Call) and column.args else None
    return Column(
        name=name or field.target,
        type=_sized(kind, marks),
        nullable=optional and "Key" not in marks,
        primary="Key" in marks or field.target in ("Id", "ID", f"{own}Id", f"{own}ID"),
        references=reference,
    )


def _sized(kind: str, marks: dict[str, Expr]) -> str:
    for name in SIZES:
        item = marks.get(name)
        if isinstance(item, Call) and item.args and isinstance(item.args[0], Number):
            return f"{kind}({item.args[0].text})"
    return kind


def _indexes(owner: Class) -> tuple[set[tuple[str, ...]], tuple[tuple[str, ...], ...]]:
    """``[Index(nameof(Email), IsUnique = true)]``: columns unique alone or together, and all indexes."""
    unique: set[tuple[str, ...]] = set()
    found: list[tuple[str, ...]] = []
    for item in owner.decorators:
        if _attribute(item) == "Index" and isinstance(item, Call):
            names = tuple(name for arg in item.args if (name := plain(arg) or last(dotted(arg))))
            if names:
                found.append(names)
            if names and truth(item.keywords.get("IsUnique")) is True:
                unique.add(names)
    return unique, tuple(found)


def _marked(column: Column, unique: set[tuple[str, ...]], owner: Class) -> Column:
    keys = next((item for item in owner.decorators if _attribute(item) == "PrimaryKey"), None)
    names = {plain(arg) or "" for arg in keys.args} if isinstance(keys, Call) else set()
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        primary=column.primary or column.name in names,
        unique=(column.name,) in unique,
        references=column.references,
    )


def configured_class(call: Call) -> str:
    """The entity of ``modelBuilder.Entity<User>()``."""
    generics = call.keywords.get("<>")
    return last(dotted(generics.values[0])) if isinstance(generics, Items) and generics.values else ""
