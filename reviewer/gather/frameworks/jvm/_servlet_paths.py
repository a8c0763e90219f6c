"""Paths below a servlet's own: those that it compares the rest of the request's path with, and hands on by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.gather.syntax import Call, Class, Expr, Function, Module, Name, Other, Text, plain, walk

ASKING = frozenset({"getPathInfo", "getServletPath", "getRequestURI"})
READING = (".pathInfo", ".servletPath", ".requestURI")
"""The same as properties of Kotlin."""
EQUAL = frozenset({"case", "==", "equals"})
TEXTS = frozenset({"equalsIgnoreCase", "contentEquals", "endsWith"})
TAKING = frozenset({"split", "substring", "removePrefix", "drop", "substringAfter", "substringAfterLast"})


ELEMENTS = frozenset({"array_access", "index_expression"})
PIECE = re.compile(r"/?[\w-]{1,60}(?:/[\w-]{1,60}){0,6}")
"""What a part of a path is compared with: it need not begin with a slash."""


class Case(NamedTuple):
    """A path that a method compares with, the line where it does, and the line where the next comparison begins.

    ``part`` says that only a part of the request's path is compared with it.
    """

    path: str
    line: int
    until: int
    part: bool


def reached(module: Module, owner: Class, start: Function) -> set[int]:
    """A method, the methods of its class that it hands on to, and lambdas in them; by index."""
    named: dict[str, list[int]] = {}
    for item in module.methods_of(owner):
        named.setdefault(item.name, []).append(item.index)
    called: dict[int, list[int]] = {}
    for call in module.calls:
        called.setdefault(call.function, []).extend(named.get(call.name.removeprefix("this."), ()))
    found, ahead = {start.index}, [start.index]
    while ahead:
        further = [item for item in called.get(ahead.pop(), ()) if item not in found]
        found.update(further)
        ahead.extend(further)
    return found | {item.index for item in module.functions if item.parent in found}


def takes_item(module: Module, functions: set[int]) -> bool:
    """Whether one of some functions takes a part of what follows the servlet's own path: ``rest.split("/")[1]``."""
    for function in functions:
        asked = _asked(module, function)
        for call in module.calls:
            if call.function == function and call.last in TAKING and _kind(_receiver(call), asked) is not None:
                return True
    return False


def asks_for_rest(module: Module, functions: set[int]) -> bool:
    """Whether one of some functions looks at what follows the servlet's own path."""
    return any(call.function in functions and call.last == "getPathInfo" for call in module.calls) or any(
        item.function in functions and isinstance(item.value, Name) and item.value.dotted.endswith(".pathInfo")
        for item in module.assignments
    )


def cases(module: Module, functions: set[int]) -> Iterator[tuple[Case, int]]:
    """The paths that some functions compare with the request's, each with the function that does."""
    for function in sorted(functions):
        found = sorted(_compared(module, function, _asked(module, function)))
        lines = sorted({line for line, _, _ in found})
        for line, path, part in found:
            later = [item for item in lines if item > line]
            yield Case(path, line, _until(module, function, line, later), part), function


def _asked(module: Module, function: int) -> dict[str, bool]:
    """The variables of a function that hold the request's path; True for those that hold a part of it."""
    found: dict[str, bool] = {}
    for item in module.assignments:
        if item.function == function and item.value is not None:
            kinds = [kind for part in walk(item.value) if (kind := _kind(part, found)) is not None]
            ending = any(plain(part) == "." for part in walk(item.value) if isinstance(part, Text))
            if kinds and not ending:
                found[item.target] = any(kinds) or any(_takes(part) for part in walk(item.value))
    return found


def _until(module: Module, function: int, line: int, later: list[int]) -> int:
    """Where what belongs to a comparison ends: a ``case`` without calls falls through to the next."""
    end = module.functions[function].end_line + 1
    calling = [call.line for call in module.calls if call.function == function and call.line >= line]
    return next((item for item in later if any(at < item for at in calling)), end)


def _compared(module: Module, function: int, asked: dict[str, bool]) -> Iterator[tuple[int, str, bool]]:
    sides = [
        (item.line, item.left, item.right)
        for item in module.compares
        if item.function == function and item.operator in EQUAL
    ]
    sides += [
        (call.line, _receiver(call), call.args[0])
        for call in module.calls
        if call.function == function and call.last in TEXTS and call.args
    ]
    for line, left, right in sides:
        for expr, other in ((left, right), (right, left)):
            path = plain(expr) if isinstance(expr, Text) else None
            part = _kind(other, asked) if path else None
            if path and part and PIECE.fullmatch(path):
                yield line, f"/{path.lstrip('/')}", True
            elif path and part is False and path.startswith("/") and path != "/":
                yield line, path, False


def _receiver(call: Call) -> Expr:
    return getattr(call.callee, "value", None) or Name(call.name.rpartition(".")[0], call.line)


def _kind(expr: Expr | None, asked: dict[str, bool]) -> bool | None:
    """Whether an expression is a part of the request's path, or all of it; None for anything else."""
    if isinstance(expr, Call) and expr.last in ASKING:
        return False
    if isinstance(expr, Name):
        return False if expr.dotted.endswith(READING) else asked.get(expr.dotted)
    inner: Expr | None = None
    if isinstance(expr, Call) and expr.last in TAKING:
        inner = _receiver(expr)
    elif isinstance(expr, Other) and expr.kind in ELEMENTS and expr.operands:
        inner = expr.operands[0]
    return True if inner is not None and _kind(inner, asked) is not None else None


def _takes(expr: Expr | None) -> bool:
    return isinstance(expr, Call) and expr.last in TAKING
