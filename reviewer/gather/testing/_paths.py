"""The path of a request as a value: literal text, and names that the linked repository may know."""

from __future__ import annotations

from reviewer.gather.look import Look
from reviewer.gather.syntax import Expr, Name, Text, plain, value_of
from reviewer.model.facts.values import Ref, Value

Row = dict[str, Expr]
"""One row of a parametrised case: what each parameter stands for."""


def text_value(look: Look, expr: Expr, function: int, row: Row) -> Value:
    """An expression as a value; names that stand for one text in this file are filled in.

    Args:
        look: the module.
        expr: the path as written.
        function: the index of the function that the request is in.
        row: the parameters of the case.
    """
    if not isinstance(expr, Text):
        return value_of(expr)
    found: list[str | Ref] = []
    for part in expr.parts:
        if isinstance(part, str):
            found.append(part)
            continue
        known = given(part, row)
        text = plain(known) or plain(look.value(known, function))
        found += [text] if text is not None else value_of(part)
    return tuple(found)


def given(expr: Expr, row: Row) -> Expr:
    """What a parameter stands for in a row; any other expression as it is."""
    return row.get(expr.dotted, expr) if isinstance(expr, Name) else expr
