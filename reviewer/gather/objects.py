"""The object literals of a module, which hold settings: found once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from reviewer.gather.expressions import INSIDE_LIMIT
from reviewer.gather.look import Look
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Module, Other, inner

HOLDING = frozenset({Mapping, Call, Items, Other, Attribute})
"""Expressions that may hold an object; a text could hold one only in what is interpolated into it."""


class Held(NamedTuple):
    """An object literal, the function that it lies in and the name of what it is assigned or given to."""

    mapping: Mapping
    function: int
    where: str


_latest: list[tuple[Look, tuple[Held, ...]]] = []


def objects(look: Look) -> tuple[Held, ...]:
    """Every object literal of a module once; readers that look at the same module one after another share them."""
    if not (_latest and _latest[0][0] is look):
        found: dict[int, Held] = {}
        for expr, function, where, apart in _holders(look.module):
            if expr is not None and type(expr) in HOLDING:
                for item in _inside(expr, apart):
                    found.setdefault(id(item), Held(item, function, where))
        _latest[:] = [(look, tuple(found.values()))]
    return _latest[0][1]


def _holders(module: Module) -> Iterator[tuple[Expr | None, int, str, bool]]:
    """Where objects may lie, and whether to leave out calls inside: those among arguments come by themselves."""
    for item in module.assignments:
        if not item.augmented:
            yield item.value, item.function, item.target, False
    for call in module.calls:
        for arg in (*call.args, *call.keywords.values()):
            if not isinstance(arg, Call):
                yield arg, call.function, call.name, True
    for export in module.exports:
        yield export.value, -1, export.name, False
    for returned in module.returns:
        yield returned.value, returned.function, "return", False


def _inside(expr: Expr, apart: bool) -> list[Mapping]:
    """The objects of an expression, looking at no more than `INSIDE_LIMIT` parts of it."""
    found: list[Mapping] = []
    stack = [expr]
    for _ in range(INSIDE_LIMIT):
        if not stack:
            break
        item = stack.pop()
        kind = type(item)
        if kind is Mapping:
            found.append(cast(Mapping, item))
        if kind in HOLDING and not (apart and kind is Call):
            stack.extend(reversed(inner(item)))
    return found
