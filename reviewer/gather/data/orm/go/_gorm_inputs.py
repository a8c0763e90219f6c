"""What requests bring and GORM takes for SQL: an order, a group or a condition that is given as it came.

``db.Order(c.Query("sort"))`` and ``db.First(&user, c.Param("id"))`` put the text into the statement; a condition that
is a text and no number is one (https://gorm.io/docs/security.html, "Inline Condition" and "SQL injection Methods").
"""

from __future__ import annotations

from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Other, dotted, plain

PLACES = {
    **dict.fromkeys(("Order", "Where", "Or", "Not", "Group", "Having", "Joins", "Select", "Pluck", "Table"), 0),
    **dict.fromkeys(("First", "Last", "Take", "Find", "Delete"), 1),
}
"""Methods, and which of their arguments is taken for SQL."""
READING = words(
    "Param Params Query QueryParam FormValue PostForm DefaultQuery PostFormValue PathValue URLParam ByName"
    " DefaultPostForm GetHeader"
)
"""Calls that give a text out of a request."""
MAPS = frozenset({"Vars", "Queries", "AllParams"})
"""Calls that give all of them by name."""
CHECKED = frozenset({"==", "!=", "case"})


def injected(look: Look, calls: tuple[Call, ...]) -> str | None:
    """What of a request gets into the statement that a chain of calls sends, as a sentence; None for nothing."""
    for call in calls:
        place = PLACES.get(call.last)
        if place is None or len(call.args) <= place:
            continue
        given = call.args[place]
        if _is_requested(look, given, call.function):
            shown = f"`{given.dotted}`" if isinstance(given, Name) else "a value"
            return f"{shown} gets into the text of the statement instead of being bound"
    return None


def _is_requested(look: Look, expr: Expr, function: int) -> bool:
    if isinstance(expr, Name) and "." not in expr.dotted:
        values = [item.value for item in look.assigned(expr.dotted, function) if item.value is not None]
        return len(values) == 1 and not _is_checked(look, expr.dotted) and _is_read(look, values[0], function)
    return _is_read(look, expr, function)


def _is_read(look: Look, expr: Expr | None, function: int) -> bool:
    """Whether an expression reads a text from the request itself."""
    if isinstance(expr, Other) and "subscript" in expr.kind and expr.operands:
        held = look.value(expr.operands[0], function)
        return isinstance(held, Call) and held.last in MAPS
    if not isinstance(expr, Call):
        return False
    if expr.last == "Get" and isinstance(expr.callee, Attribute) and isinstance(expr.callee.value, Call):
        return expr.callee.value.last == "Query"
    if expr.last == "Get" and isinstance(expr.callee, Name):
        held = look.value(Name(expr.name.rpartition(".")[0], expr.line), function)
        return isinstance(held, Call) and held.last == "Query"
    return expr.last in READING and "." in expr.name and bool(expr.args)


def _is_checked(look: Look, name: str) -> bool:
    """Whether a name is compared with texts that are allowed."""
    return any(
        item.operator in CHECKED and dotted(left) == name and plain(right)
        for item in look.module.compares
        for left, right in ((item.left, item.right), (item.right, item.left))
        if isinstance(left, Name)
    )
