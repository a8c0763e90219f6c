"""The chains that Laravel's routes are written as: ``Route::prefix('x')->middleware('auth')->get('/y', ...)``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.php._handlers import Chains, class_of, guard_names
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Items, Mapping, Module, Name, Text, value_of
from reviewer.model.facts.values import Value

FACADES = frozenset({"Route", "router", "this.router", "registrar"})
"""What routes are declared on: the facade, and a router that a provider is given."""
CHAIN_MOST = 20
AROUND_MOST = 60


class Chain:
    """One call of a chain with what stands before and after it."""

    def __init__(self, call: Call, chains: Chains) -> None:
        self.call = call
        self.before = list(_before(call))
        self.after = chains.after(call)
        first = self.before[-1] if self.before else call
        self.root = first.name.rpartition(".")[0]

    @property
    def is_route(self) -> bool:
        """Whether the chain begins with the facade."""
        return self.root.rpartition("Illuminate.Support.Facades.")[2] in FACADES

    def prefix(self) -> Value:
        """The prefixes before the call, the outermost first."""
        found: Value = ()
        for call in reversed(self.before):
            if call.last == "prefix" and call.args:
                found = joined(found, text_or_name(call.args[0]))
        return found

    def guards(self, options: Mapping | None = None) -> tuple[str, ...]:
        """The middlewares around the call, those of an array of options too."""
        found = [name for call in (*self.before, *self.after) if call.last == "middleware" for name in _all(call)]
        if options is not None:
            found += guard_names(options.get("middleware"))
        return tuple(dict.fromkeys(found))

    def controller(self) -> str:
        """The controller whose methods the routes of a group name."""
        named = (call for call in self.before if call.last == "controller" and call.args)
        return next((class_of(call.args[0]) for call in named), "")

    def listed(self, name: str, options: Mapping | None) -> frozenset[str] | None:
        """What ``only`` or ``except`` lists, chained or in an array of options; None where it is not there."""
        given = [arg for call in self.after if call.last == name for arg in call.args]
        if options is not None and (option := options.get(name)) is not None:
            given.append(option)
        return frozenset(text for expr in given for text in guard_names(expr)) if given else None

    def has(self, name: str) -> bool:
        """Whether a call of this name is chained behind."""
        return any(call.last == name for call in self.after)


def _all(call: Call) -> tuple[str, ...]:
    return tuple(name for arg in call.args for name in guard_names(arg))


def _before(call: Call) -> Iterator[Call]:
    """The calls that a call is chained to, the nearest first."""
    for _ in range(CHAIN_MOST):
        inner = call.callee.value if isinstance(call.callee, Attribute) else None
        if not isinstance(inner, Call):
            return
        yield inner
        call = inner


def joined(left: Value, right: Value) -> Value:
    """Two prefixes, one below the other."""
    return (*left, "/", *right) if left and right else left or right


def text_or_name(expr: Expr | None) -> Value:
    """A path as written; what is neither a text nor a name is left out."""
    return value_of(expr) if isinstance(expr, (Text, Name)) else ()


def texts(expr: Expr | None) -> Iterator[Expr]:
    """The items of a list, or the one expression that stands for it."""
    if isinstance(expr, Items):
        yield from expr.values
    elif expr is not None:
        yield expr


def around(module: Module, function: int) -> Iterator[Function]:
    """The function with this index and those around it, innermost first."""
    for _ in range(AROUND_MOST):
        if not 0 <= function < len(module.functions):
            return
        yield module.functions[function]
        function = module.functions[function].parent
