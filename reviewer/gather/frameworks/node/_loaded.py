"""Names that hold what a file gives whose own name only the running server knows: ``route = require(dir + file)``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.node._express_routers import names_of
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, plain

REQUIRES = frozenset({"require", "import"})
PARTS_MOST = 4
"""Properties that are taken one of another."""


def loaded_names(module: Module) -> dict[str, Call]:
    """By variable, or by the parameter of ``import(path).then((loaded) => ...)``, the call that takes the file in."""
    if not any(is_loading(call) for call in module.calls):
        return {}
    found = dict(reversed([*_assigned(module), *_handed_on(module)]))
    return {**dict(_given_back(module, found)), **found}


def is_loading(expr: Expr | None) -> bool:
    """Whether an expression takes in a file by a name that is put together."""
    return isinstance(expr, Call) and expr.last in REQUIRES and bool(expr.args) and plain(expr.args[0]) is None


def _assigned(module: Module) -> Iterator[tuple[str, Call]]:
    for item in module.assignments:
        value = item.value
        for _ in range(PARTS_MOST):
            value = value.value if isinstance(value, Attribute) else value
        if isinstance(value, Call) and is_loading(value):
            yield item.target, value


def _given_back(module: Module, known: dict[str, Call]) -> Iterator[tuple[str, Call]]:
    """``router = routes(app)``: what a function that such a file gives hands back."""
    for item in module.assignments:
        head = item.value.name.partition(".")[0] if isinstance(item.value, Call) else ""
        if head in known:
            yield item.target, known[head]


def _handed_on(module: Module) -> Iterator[tuple[str, Call]]:
    for call in module.calls:
        loading = call.callee.value if call.last == "then" and isinstance(call.callee, Attribute) else None
        taking = call.args[0] if call.args else None
        if not (isinstance(loading, Call) and is_loading(loading) and isinstance(taking, Lambda)):
            continue
        for parameter in module.functions[taking.function].parameters[:1]:
            yield from ((name, loading) for name in names_of(parameter))
