"""Arguments of Javalin's and Spark's routes: paths, handlers, roles, filters."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, Name, Text, dotted, walk

EVERYBODY = frozenset(
    {"ALL", "ANONYMOUS", "ANY", "ANYBODY", "ANYONE", "EVERYBODY", "EVERYONE", "GUEST", "NONE", "NO_AUTH", "OPEN",
     "PERMIT_ALL", "PUBLIC", "UNAUTHENTICATED", "UNAUTHORIZED", "VISITOR"}
)  # fmt: skip
"""Roles that strangers have."""
JSON = frozenset({"json", "jsonAsync", "jsonStream", "writeJsonStream", "toJson", "writeValueAsString", "respond"})
REDIRECTS = frozenset({"redirect", "respondRedirect"})


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
    """Roles behind the handler: ``app.get("/x", handler, Role.ADMIN)``; none where everybody has one of them."""
    named = [dotted(arg).rpartition(".") for arg in args[1:]]
    found = [last for head, _, last in named if last.isupper() or (head[:1].isupper() and last[:1].isupper())]
    if not any(item.upper() in EVERYBODY for item in found):
        yield from (f"{item} (authorized)" for item in found)


def filter_name(expr: Expr | None) -> str:
    """What stands before handlers, as written: ``Auth.check``, ``requireAuth()``, ``new AuthFilter()``."""
    return dotted(expr.callee if isinstance(expr, Call) else expr)


def leads_to_pages(module: Module) -> Iterator[Call]:
    """``ctx.redirect("/goods")`` of a form's handler: to a path of the application's own, where nothing is JSON."""
    answering = {call.function for call in module.calls if call.last in JSON}
    for call in module.calls:
        if call.last in REDIRECTS and call.args and call.function not in answering and _is_own(call.args[0]):
            yield call


def _is_own(expr: Expr) -> bool:
    """A path that is written out, or that a class of routes gives: ``NamedRoutes.goods()``."""
    if isinstance(expr, Text):
        return bool(expr.parts) and isinstance(expr.parts[0], str) and expr.parts[0].startswith("/")
    return isinstance(expr, Call) and expr.name[:1].isupper() and "." in expr.name
