"""What the sign readers of Ruby share."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Class, Expr, Lambda, Name, dotted

RUBY = ("Ruby",)
CONTROLLER_BASES = ("Controller", "ActionController.Base", "ActionController.API")


def block_of(call: Call) -> Lambda | None:
    """The block of a call."""
    return call.args[-1] if call.args and isinstance(call.args[-1], Lambda) else None


def owner_of(look: Look, call: Call) -> Class | None:
    """The class that a call stands in, as a declaration or in a method."""
    index = call.owner if call.owner != -1 else look.owner(call.function)
    return look.module.classes[index] if index != -1 else None


def is_declaration(call: Call) -> bool:
    """Whether a call stands in the body of a class, and nowhere else: ``validates :name``."""
    return call.function == -1 and call.owner != -1 and call.name == call.last


def bases(item: Class) -> list[str]:
    """The names of the base and the included modules of a class."""
    return [dotted(base.callee if isinstance(base, Call) else base) for base in item.bases]


def is_request(expr: Expr | None) -> bool:
    """Whether an expression is what a request brought: ``params[:q]``, ``cookies[:id]``."""
    return (
        isinstance(expr, Name)
        and expr.dotted.partition(".")[0] in ("params", "cookies", "request")
        and "." in expr.dotted
    )


def values_of(call: Call) -> Iterator[Expr]:
    """Positional and keyword arguments."""
    yield from call.args
    yield from call.keywords.values()
