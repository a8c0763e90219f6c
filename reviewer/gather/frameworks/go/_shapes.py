"""Shapes of arguments and receivers: what may be a path, a handler, a router that is wrapped."""

from __future__ import annotations

from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, Other, Text


def receiver_of(call: Call) -> Expr | None:
    """What a method is called on."""
    if isinstance(call.callee, Attribute):
        return call.callee.value
    head = call.name.rpartition(".")[0]
    return Name(head, call.line) if head else None


def unprefixed(expr: Expr) -> Expr:
    """The handler inside ``http.StripPrefix("/api", h)``."""
    if isinstance(expr, Call) and expr.last in ("StripPrefix", "WrapH", "WrapHandler", "HTTPHandler") and expr.args:
        return unprefixed(expr.args[-1])
    return expr


def spread(names: GoNames, args: tuple[Expr, ...], function: int) -> tuple[Expr, ...]:
    """The arguments with a list that is spread out at the end (``handlers...``) in place."""
    last = args[-1]
    if isinstance(last, Name):
        rows = names.rows(last, function)
        if rows:
            return (*args[:-1], *rows)
    return args


def result_of_several(expr: Expr | None) -> Call | None:
    """The call whose results are given to several names, for the value of each."""
    if isinstance(expr, Other) and expr.kind == "result" and expr.operands:
        expr = expr.operands[0]
    return expr if isinstance(expr, Call) and not expr.new else None


def path_like(expr: Expr) -> bool:
    """Whether an argument may be the path of a route or a group."""
    if isinstance(expr, Text):
        first = expr.parts[0] if expr.parts else ""
        return not isinstance(first, str) or first == "" or first.startswith(("/", ":", "*", "{")) or "/" in first
    return isinstance(expr, Name) or (isinstance(expr, Other) and expr.operator == "+")


def handler_like(expr: Expr) -> bool:
    """Whether an argument may be a handler."""
    return isinstance(expr, (Lambda, Name, Call))
