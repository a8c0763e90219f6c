"""Where the name of a route hides in a test: in what a helper returns, before a query, in a field."""

from __future__ import annotations

from reviewer.gather.expressions import last
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Name, Other, Text, walk

URL_BUILDERS = {
    "url_for": "url_for",
    "reverse": "reverse",
    "reverse_lazy": "reverse",
    "resolve_url": "reverse",
    "url_path_for": "url_path_for",
}
"""Calls that make a path of a route's name, by whose route it is."""
OWN = ("self", "cls")


def builds_url(expr: Expr | None) -> bool:
    """Whether an expression is a call that makes a path of a route's name."""
    return isinstance(expr, Call) and last(expr.name) in URL_BUILDERS


def behind(look: Look, expr: Expr, function: int) -> Expr:
    """The call that names a route, where a path is no more than that: through a helper, or with a query after it.

    ``self.url()`` and ``detail_url(1)`` of helpers with one such call, ``f"{URL}?page=2"``, ``reverse("x") + "?p=2"``.
    """
    if isinstance(expr, Text) and expr.parts and not isinstance(expr.parts[0], str):
        rest = "".join(part if isinstance(part, str) else "" for part in expr.parts[1:2])
        return expr.parts[0] if len(expr.parts) == 1 or rest.startswith("?") else expr
    if isinstance(expr, Other) and expr.operator == "+" and expr.operands:
        following = expr.operands[1] if len(expr.operands) > 1 else None
        opening = following.parts[0] if isinstance(following, Text) and following.parts else ""
        return expr.operands[0] if isinstance(opening, str) and opening.startswith("?") else expr
    if isinstance(expr, Call) and not builds_url(expr):
        return _returned(look, expr, function) or expr
    return expr


def _returned(look: Look, call: Call, function: int) -> Call | None:
    """The only call in a helper of this module that makes a path."""
    head, _, name = call.name.rpartition(".")
    if head and head not in OWN:
        return None
    owner = look.owner(function) if head else -1
    alike = [item for item in look.module.functions if item.name == name and item.parent == -1]
    helper = next((item for item in alike if item.owner == owner), None)
    if helper is None:
        return None
    made = [item for item in look.module.calls if item.function == helper.index and builds_url(item)]
    nested = {id(part) for item in made for part in walk(item) if part is not item}
    outer = [item for item in made if id(item) not in nested]
    return outer[0] if len(outer) == 1 else None


def name_of(call: Call) -> Expr | None:
    """What a route is named by: the first argument, or ``viewname=``."""
    return call.args[0] if call.args else call.keywords.get("viewname")


def field_of(expr: Expr) -> bool:
    """Whether an expression is a field of the case: ``self.url_name``."""
    return isinstance(expr, Name) and expr.dotted.partition(".")[0] in OWN and "." in expr.dotted
