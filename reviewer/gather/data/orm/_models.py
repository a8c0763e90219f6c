"""What the readers of model classes share."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from reviewer.gather.expressions import truth
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Class,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Text,
    dotted,
    plain,
)
from reviewer.model.facts.data import Column, Table

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
TYPE_NAME = re.compile(r"[A-Za-z_][\w.]*")


def snake_case(name: str) -> str:
    """``OrderItem`` as ``order_item``, the way the mappers name tables."""
    return CAMEL.sub("_", name).lower()


def is_on(call: Call, key: str) -> bool:
    """Whether a keyword argument is literally true."""
    return truth(call.keywords.get(key)) is True


def is_off(call: Call, key: str) -> bool:
    """Whether a keyword argument is literally false."""
    return truth(call.keywords.get(key)) is False


def mapping_on(mapping: Mapping | None, key: str) -> bool:
    """Whether an option of an object is literally true."""
    return mapping is not None and truth(mapping.get(key)) is True


def mapping_off(mapping: Mapping | None, key: str) -> bool:
    """Whether an option of an object is literally false."""
    return mapping is not None and truth(mapping.get(key)) is False


def strings(expr: Expr | None) -> tuple[str, ...]:
    """The constant strings of a list, or of one alone."""
    values = expr.values if isinstance(expr, Items) else (expr,) if expr is not None else ()
    return tuple(text for text in map(plain, values) if text)


def with_uniques(table: Table, uniques: Iterable[tuple[str, ...]]) -> Table:
    """A table with what unique constraints beside its columns say: of one column alone, or of several together."""
    groups = dict.fromkeys(names for names in uniques if names)
    if not groups:
        return table
    alone = {names[0]: Column(name=names[0], unique=True) for names in groups if len(names) == 1}
    own = [
        msgspec.structs.replace(column, unique=True) if alone.pop(column.name, None) else column
        for column in table.columns
    ]
    together = tuple(names for names in groups if len(names) > 1)
    return msgspec.structs.replace(table, columns=(*own, *alone.values()), uniques=(*table.uniques, *together))


def type_name(expr: Expr | None) -> str:
    """The type that a column is declared with: ``String`` of ``String(80)``, ``db.Integer`` without its module."""
    name = dotted(expr.callee) if isinstance(expr, Call) else dotted(expr)
    return name.rpartition(".")[2]


def fields_by_class(module: Module) -> dict[int, list[Assignment]]:
    """The fields of every class, by its index."""
    found: dict[int, list[Assignment]] = {}
    for item in module.assignments:
        if item.owner != -1 and item.function == -1:
            found.setdefault(item.owner, []).append(item)
    return found


def returned_by(module: Module) -> dict[int, Expr]:
    """What every function returns first, by its index."""
    found: dict[int, Expr] = {}
    for item in module.returns:
        found.setdefault(item.function, item.value)
    return found


def class_named(expr: Expr | None, returned: dict[int, Expr]) -> str:
    """The class that an argument names: a name, a text, or a closure that returns it (``() => User``)."""
    if isinstance(expr, Lambda):
        expr = returned.get(expr.function)
    if isinstance(expr, Text):
        return (plain(expr) or "").rpartition(".")[2]
    return dotted(expr).rpartition(".")[2] if isinstance(expr, Name) else ""


def base_names(item: Class) -> tuple[str, ...]:
    """The dotted bases of a class."""
    return tuple(dotted(base.callee if isinstance(base, Call) else base) for base in item.bases)


def option_mapping(call: Call) -> Mapping | None:
    """The last object among the arguments of a call."""
    return next((arg for arg in reversed(call.args) if isinstance(arg, Mapping)), None)
