"""What the readers of Python's web frameworks share: arguments, methods, decorators and guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Class,
    Expr,
    Function,
    Items,
    Module,
    Name,
    Number,
    Text,
    dotted,
    plain,
    walk,
)

HTTP_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
VERBS = {method.lower(): method for method in HTTP_METHODS}
SERVED_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""The methods of a class that make endpoints; HEAD and OPTIONS are answered by the framework."""

WRITTEN_LIMIT = 120


def argument(call: Call, position: int, *names: str) -> Expr | None:
    """An argument by position or by one of its names."""
    for name in names:
        if name in call.keywords:
            return call.keywords[name]
    return call.args[position] if position < len(call.args) else None


def methods_of(lookup: Lookup, expr: Expr | None, function: int = -1) -> tuple[str, ...] | None:
    """The methods that a list, tuple or set of strings names; None where it cannot be read."""
    if isinstance(expr, Name):
        expr = lookup.value(expr.dotted, function)
    if isinstance(expr, Text):
        expr = Items(values=(expr,), line=expr.line)
    if isinstance(expr, Call) and expr.last in ("frozenset", "set", "list", "tuple") and expr.args:
        expr = expr.args[0]
    if not isinstance(expr, Items):
        return None
    found = tuple(text.upper() for item in expr.values if (text := plain(item)))
    return tuple(method for method in found if method in HTTP_METHODS) or None


def written(expr: Expr | None, depth: int = 0) -> str:
    """An expression roughly as it was written, cut at a length, for guards."""
    if depth > 4:
        return ""
    match expr:
        case Name(dotted=name):
            text = name
        case Attribute(name=name):
            text = name
        case Call(callee=callee, args=args, keywords=keywords):
            inside = [written(item, depth + 1) for item in args]
            inside += [f"{name}={written(item, depth + 1)}" for name, item in keywords.items()]
            text = f"{written(callee, depth + 1)}({', '.join(inside)})"
        case Items(values=values):
            text = ", ".join(written(item, depth + 1) for item in values)
        case Text():
            text = f'"{plain(expr) or ""}"'
        case Number(text=number):
            text = number
        case _:
            text = ""
    return text[:WRITTEN_LIMIT]


def is_optional(expr: Expr) -> bool:
    """Whether a guard, as written, lets strangers pass: ``get_user(required=False)``."""
    return any(
        isinstance(part, Call)
        and any(
            (name in ("required", "auto_error") and written(value) == "False")
            or (name == "optional" and written(value) == "True")
            for name, value in part.keywords.items()
        )
        for part in walk(expr)
    )


def guards_of(decorators: tuple[Expr, ...], own: frozenset[str]) -> tuple[str, ...]:
    """Decorators around a handler as written, without the framework's ``own`` ones."""
    return tuple(
        text
        for item in decorators
        if dotted(getattr(item, "callee", item)).rpartition(".")[2] not in own
        and not is_optional(item)
        and (text := written(item))
    )


def decorations(module: Module) -> Iterator[tuple[Call, Function | Class]]:
    """Every decorator that is a call, with the function or class below it."""
    targets: list[Function | Class] = [*module.functions, *module.classes]
    for target in targets:
        for decorator in target.decorators:
            if isinstance(decorator, Call):
                yield decorator, target


def applied(module: Module) -> Iterator[tuple[Call, Expr, tuple[str, ...]]]:
    """Every decorator that is called with what it decorates, and the guards between: ``bp.route("/x")(login(x))``."""
    for call in module.calls:
        if isinstance(call.callee, Call) and len(call.args) == 1 and not call.keywords:
            view, guards = unwrapped(call.args[0])
            if view is not None and (dotted(view) or isinstance(view, Call)):
                yield call.callee, view, guards


def unwrapped(view: Expr | None) -> tuple[Expr | None, tuple[str, ...]]:
    """A view without the calls that are put around it, and those: ``login_required(View.as_view("x"))``."""
    guards: tuple[str, ...] = ()
    while isinstance(view, Call) and view.last != "as_view" and view.args:
        guards += (written(view.callee),)
        view = view.args[0]
    return view, guards


HANDED = ("app", "api", "application", "blueprint", "bp", "router", "server")
"""What an application or router of another file goes by."""


def handed(lookup: Lookup, call: Call, known: Iterable[str]) -> list[str]:
    """The applications and routers that a call gives to a function, which adds to them: ``register_routes(app)``."""
    if not dotted(call.callee) or not call.last[:1].islower():
        return []
    own = set(known)
    names = dict.fromkeys(dotted(arg) for arg in call.args)
    return [name for name in names if name in own or (name in lookup.imported_names and name.lower().endswith(HANDED))]


def owner_of(name: str) -> tuple[str, str]:
    """``("api.router", "get")`` of ``api.router.get``."""
    head, _, last = name.rpartition(".")
    return head, last
