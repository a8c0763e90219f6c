"""Questions that readers ask of one expression: what is inside, what it is made of, what it says."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.syntax import (
    INNER,
    Attribute,
    Call,
    Expr,
    Items,
    Mapping,
    Name,
    Number,
    Other,
    Text,
    dotted,
    plain,
)

INSIDE_LIMIT = 400
"""Parts of one expression that are looked at, so that a line of 60 kB costs no more than a page of code."""


def inside(*exprs: Expr | None) -> Iterator[Expr]:
    """The expressions and their parts, outermost first, at most `INSIDE_LIMIT` of each."""
    for expr in exprs:
        stack = [expr] if expr is not None else []
        for _ in range(INSIDE_LIMIT):
            if not stack:
                break
            item = stack.pop()
            yield item
            holder = INNER.get(type(item))
            if holder is not None and (parts := holder(item)):
                stack.extend(reversed(parts))


def literal(expr: Expr | None) -> bool:
    """Whether an expression is made of literals alone."""
    return all(isinstance(item, (Text, Number, Items, Mapping, Other)) for item in inside(expr))


def names_in(*exprs: Expr | None) -> Iterator[str]:
    """The dotted names inside expressions; what hangs on a call shows its own attributes (``.status``)."""
    for item in inside(*exprs):
        if isinstance(item, Name):
            yield item.dotted
        elif isinstance(item, Attribute):
            yield dotted(item)


def words_in(*exprs: Expr | None) -> Iterator[str]:
    """The last parts of the names inside expressions, and constant strings (subscripts), in lower case."""
    for item in inside(*exprs):
        if isinstance(item, (Name, Attribute)):
            yield dotted(item).rpartition(".")[2].lower()
        elif isinstance(item, Text) and (text := plain(item)) is not None:
            yield text.lower()


def calls_in(*exprs: Expr | None) -> Iterator[Call]:
    """The calls inside expressions, the outermost first."""
    return (item for item in inside(*exprs) if isinstance(item, Call))


def root(expr: Expr) -> Expr:
    """What a chain of calls and attributes begins with: ``request(app)`` of ``request(app).get("/").expect(200)``.

    A call of a plain name is a root, as is a name.
    """
    for _ in range(INSIDE_LIMIT):
        if isinstance(expr, Attribute):
            expr = expr.value
        elif isinstance(expr, Call) and not isinstance(expr.callee, Name):
            expr = expr.callee
        else:
            break
    return expr


def chain(expr: Expr) -> list[str]:
    """The names along a chain, outermost last: ``["expect", "not", "toBe"]`` of ``expect(x).not.toBe(1)``."""
    found: list[str] = []
    for _ in range(INSIDE_LIMIT):
        if isinstance(expr, Call):
            expr = expr.callee
        elif isinstance(expr, Attribute):
            found.append(expr.name)
            expr = expr.value
        else:
            break
    if isinstance(expr, Name):
        found.extend(reversed(expr.dotted.split(".")))
    return found[::-1]


def integer(expr: Expr | None) -> int | None:
    """A whole number as written, or None."""
    if isinstance(expr, Number):
        text = expr.text.replace("_", "")
        if text.isascii() and text.isdigit() and len(text) < 19:
            return int(text)
    return None


def truth(expr: Expr | None) -> bool | None:
    """``True``/``true`` and ``False``/``false`` as booleans, None for anything else."""
    text = expr.text if isinstance(expr, Number) else expr.dotted if isinstance(expr, Name) else ""
    return {"true": True, "false": False}.get(text.lower())


def option(call: Call, key: str) -> Expr | None:
    """A keyword argument, or the value under a key of an options object among the arguments."""
    if key in call.keywords:
        return call.keywords[key]
    for arg in call.args:
        if isinstance(arg, Mapping) and (found := arg.get(key)) is not None:
            return found
    return None


def pairs_of(expr: Expr | None) -> Iterator[tuple[str, Expr]]:
    """The entries of an object with constant keys."""
    if isinstance(expr, Mapping):
        for key, value in expr.pairs:
            name = plain(key) or dotted(key)
            if name:
                yield name, value


def last(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


def plain_or_name(expr: Expr | None) -> str:
    """A constant string, a number as written or a dotted name; ``""`` for anything else."""
    return plain(expr) or (expr.text if isinstance(expr, Number) else dotted(expr))
