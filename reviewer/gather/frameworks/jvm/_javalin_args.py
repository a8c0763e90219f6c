"""Arguments of Javalin's and Spark's routes: paths, handlers, roles, filters."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, Text, dotted, walk

EVERYBODY = frozenset({"ANYONE", "PUBLIC", "OPEN", "GUEST", "ANONYMOUS"})
"""Roles that strangers have."""


def is_path(args: tuple[Expr, ...]) -> bool:
    """Whether the first argument is a path: a text, or a name that a handler follows."""
    if isinstance(args[0], Text):
        return True
    return isinstance(args[0], Name) and any(isinstance(arg, Lambda) or is_handler(arg) for arg in args[1:])


def is_handler(expr: Expr) -> bool:
    """A method reference, a constructed handler, or a field that holds one; not a constant."""
    if isinstance(expr, Call):
        return expr.new or any(isinstance(part, Lambda) for part in walk(expr))
    if isinstance(expr, Name):
        last = expr.dotted.rpartition(".")[2]
        return last[:1].islower() and not last.isupper()
    return isinstance(expr, Attribute)


def roles(args: tuple[Expr, ...]) -> Iterator[str]:
    """Roles behind the handler: ``app.get("/x", handler, Role.ADMIN)``."""
    for arg in args[1:]:
        name = dotted(arg)
        last = name.rpartition(".")[2]
        if last.isupper() and last not in EVERYBODY:
            yield f"{last} (authorized)"


def filter_name(expr: Expr | None) -> str:
    """What stands before handlers, as written: ``Auth.check``, ``requireAuth()``, ``new AuthFilter()``."""
    return dotted(expr.callee if isinstance(expr, Call) else expr)
