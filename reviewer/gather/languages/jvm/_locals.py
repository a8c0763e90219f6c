"""What variables of functions hold, put into the calls that declare routes, for readers of frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.syntax import Call, Expr, Module, Name, Text

ROUTING = (
    "io.ktor",
    "io.javalin",
    "io.vertx.ext.web",
    "org.springframework.web.reactive.function",
    "org.springframework.web.servlet.function",
    "spark",
)
"""Packages of frameworks whose routes are calls."""
DECLARING = frozenset(
    "get post put patch delete head options any route path nest handle before after crud ws sse handler GET POST PUT"
    " PATCH DELETE addHandler addHttpHandler mountSubRouter subRouter static staticResources".split()
)
TEXT_MOST = 300
"""Characters of a text that may be a path."""
HOPS = 4
OUTER_MOST = 12
"""Functions around a function whose variables it sees."""


def with_locals(module: Module) -> Module:
    """The module with the constant texts of its functions' variables in the paths of routes."""
    if not module.imported(*ROUTING):
        return module
    held = _held(module)
    if not held:
        return module
    return replace(module, calls=tuple(_filled_call(module, held, call) for call in module.calls))


def _held(module: Module) -> dict[tuple[int, str], Expr]:
    """What each variable of a function holds that is given a text, or another name, once."""
    found: dict[tuple[int, str], list[Expr | None]] = {}
    for item in module.assignments:
        if item.function != -1:
            found.setdefault((item.function, item.target), []).append(None if item.augmented else item.value)
    return {
        key: values[0]
        for key, values in found.items()
        if len(values) == 1 and isinstance(values[0], (Text, Name)) and _is_short(values[0])
    }


def _is_short(value: Expr) -> bool:
    return not isinstance(value, Text) or sum(len(part) for part in value.parts if isinstance(part, str)) < TEXT_MOST


def _filled_call(module: Module, held: dict[tuple[int, str], Expr], call: Call) -> Call:
    if call.last not in DECLARING or not (call.args or call.keywords):
        return call
    first = call.args[0] if call.args else None
    given = _filled(module, held, first, call.function, HOPS)
    path = call.keywords.get("path")
    named = _filled(module, held, path, call.function, HOPS)
    if given is not first and given is not None:
        call = replace(call, args=(given, *call.args[1:]))
    return replace(call, keywords={**call.keywords, "path": named}) if named is not path and named is not None else call


def _filled(
    module: Module, held: dict[tuple[int, str], Expr], expr: Expr | None, function: int, hops: int
) -> Expr | None:
    """An expression with what its names hold; the same object where they hold nothing that is known."""
    if not hops:
        return expr
    if isinstance(expr, Name):
        known = _known(module, held, expr.dotted, function)
        return _filled(module, held, known[0], known[1], hops - 1) if known else expr
    if not isinstance(expr, Text) or all(isinstance(part, str) for part in expr.parts):
        return expr
    parts: list[str | Expr] = []
    for part in expr.parts:
        value = part if isinstance(part, str) else _filled(module, held, part, function, hops - 1)
        parts.extend(value.parts if isinstance(value, Text) else (value if value is not None else part,))
    return replace(expr, parts=tuple(parts)) if tuple(parts) != expr.parts else expr


def _known(module: Module, held: dict[tuple[int, str], Expr], name: str, function: int) -> tuple[Expr, int] | None:
    """What the nearest function around that has such a variable gives it, with that function."""
    for index in _around(module, function):
        value = held.get((index, name))
        if value is not None:
            return value, index
        if any(parameter.name == name for parameter in module.functions[index].parameters):
            return None
    return None


def _around(module: Module, function: int) -> Iterator[int]:
    for _ in range(OUTER_MOST):
        if not 0 <= function < len(module.functions):
            return
        yield function
        function = module.functions[function].parent
