"""http4k: paths bound to handlers by infix functions, routes in routes, filters before them, contracts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reviewer.gather.expressions import inside, last
from reviewer.gather.frameworks.jvm._lambdas import Lambdas
from reviewer.gather.frameworks.jvm._nested_paths import below
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import (
    LEAVES,
    Attribute,
    Call,
    Expr,
    Lambda,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

HTTP4K = "http4k"
METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS TRACE")
BINDS = words("bind bindContract")
HOLDERS = words("routes orElse")
STARTS = words("routes bind bindContract to then withFilter contract")
ENDS = words("then withFilter orElse")
NO_ROUTER = words("static singlePageApp Response handler")
MEMBERS = ("invoke", "routes", "router", "handler", "app", "api")
"""Members by which an object offers its routes."""
NEAR = 8
"""Fields before an expression that it may belong to."""
STEPS_MOST = 2000
"""Expressions of one file that are followed."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression is served: below which router and path, behind which filters."""

    symbol: str
    function: int
    prefix: Value = ()
    guards: tuple[str, ...] = ()
    inside: bool = False


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of an http4k application."""
    if not module.imported("org.http4k.routing", "org.http4k.contract"):
        return
    reading = _Reading(module, kept)
    for call in reading.starts():
        if id(call) not in reading.seen:
            reading.follow(call, _Place(reading.symbol_of(call), call.function))


class _Reading:
    """One pass over a module."""

    def __init__(self, module: Module, kept: Kept) -> None:
        self.module, self.kept = module, kept
        self.look = look_at(module)
        self.lambdas = Lambdas(module)
        self.seen: set[int] = set()
        self.declared: set[str] = set()
        self.fields = sorted((item for item in module.assignments if item.function == -1), key=lambda item: item.line)
        self.starting = [item.line for item in self.fields]

    def starts(self) -> Iterator[Call]:
        """Where routes may begin, what is used by others last: local variables, the latest first; ends of chains."""
        local = [item.value for item in self.module.assignments if item.function != -1 and item.value is not None]
        held = {id(item) for value in local for item in inside(value)}
        calls = [call for call in self.module.calls if call.last in STARTS]
        outside = [call for call in calls if not any(c.last == "contract" for c in self.lambdas.around(call.function))]
        chains = (call.callee.value for call in calls if call.last in ENDS and isinstance(call.callee, Attribute))
        filtered = {id(item) for value in chains for item in inside(value)}
        yield from (call for call in outside if id(call) not in held | filtered)
        known = {id(call) for call in outside}
        yield from (value for value in reversed(local) if isinstance(value, Call) and id(value) in known)
        yield from outside

    def symbol_of(self, call: Call) -> str:
        """The function, field or variable that an expression belongs to."""
        named = self.lambdas.named(call.function)
        if named >= 0:
            return self.module.functions[named].qualname
        place = bisect_right(self.starting, call.line) - 1
        for item in reversed(self.fields[max(0, place - NEAR) : place + 1]):
            if item.line <= call.line <= item.end_line:
                return f"{self.module.classes[item.owner].name}.{item.target}" if item.owner >= 0 else item.target
        return self.module.classes[call.owner].name if call.owner >= 0 else "app"

    def follow(self, start: Expr, place: _Place) -> None:
        """Everything that an expression serves."""
        stack = [(start, place)]
        for _ in range(STEPS_MOST):
            if not stack:
                return
            expr, here = stack.pop()
            self.seen.add(id(expr))
            stack.extend(reversed(list(self._parts(expr, here))))

    def _parts(self, expr: Expr, place: _Place) -> Iterator[tuple[Expr, _Place]]:
        """What is served inside an expression; what it serves itself is kept."""
        if isinstance(expr, Name):
            yield from self._named(expr, place)
        elif isinstance(expr, Attribute) and isinstance(expr.value, Call):
            self._mount(f"{expr.value.name}.{expr.name}", place, expr.line)
        if not isinstance(expr, Call):
            return
        subject = expr.callee.value if isinstance(expr.callee, Attribute) else None
        if expr.last == "to":
            self._route(expr, subject, place)
        elif expr.last in BINDS:
            yield from self._bound(expr, place)
        elif expr.last in HOLDERS:
            yield from ((arg, replace(place, inside=True)) for arg in expr.args)
        elif expr.last == "contract":
            yield from self._contract(expr, place)
        elif expr.last in ("then", "withFilter"):
            yield from self._filtered(expr, subject, place)
        elif expr.last not in NO_ROUTER:
            self._mount(expr.name, place, expr.line)

    def _named(self, expr: Name, place: _Place) -> Iterator[tuple[Expr, _Place]]:
        known = self.look.value(expr, place.function) if place.function >= 0 else expr
        if isinstance(known, Call) and known.last in STARTS and known.function == place.function:
            yield known, place
        else:
            self._mount(expr.dotted, place, expr.line)

    def _bound(self, call: Call, place: _Place) -> Iterator[tuple[Expr, _Place]]:
        """``"/api" bind routes(...)``; a method alone is followed by ``to``."""
        target = call.args[0] if call.args else None
        if target is None or last(dotted(target)) in METHODS:
            return
        before = _before(call)
        variable = isinstance(before, Name) and last(before.dotted)[:1].islower()
        if variable and isinstance(target, Name) and not isinstance(self.look.value(before, call.function), Text):
            return
        prefix = below(place.prefix, self._path(before, call.function))
        if isinstance(target, Lambda):
            self._keep(call, ("ANY",), replace(place, prefix=prefix), "")
        else:
            yield target, replace(place, prefix=prefix, inside=True)

    def _contract(self, call: Call, place: _Place) -> Iterator[tuple[Expr, _Place]]:
        """``contract { routes += "/x" bindContract GET to handler }``."""
        inner = {arg.function for arg in call.args if isinstance(arg, Lambda)}
        for item in self.module.assignments:
            if item.function in inner and item.target == "routes" and item.value is not None:
                values = getattr(item.value, "values", None) or (item.value,)
                yield from ((value, replace(place, inside=True)) for value in values)

    def _filtered(self, call: Call, subject: Expr | None, place: _Place) -> Iterator[tuple[Expr, _Place]]:
        """``filter.then(routes)`` and ``routes.withFilter(filter)``."""
        other = call.args[0] if call.args else None
        before = subject or Name(call.name.rpartition(".")[0], call.line)
        filters, served = (before, other) if call.last == "then" else (other, before)
        guards = tuple(_names(filters))
        if served is not None:
            yield served, replace(place, guards=place.guards + guards)

    def _route(self, call: Call, subject: Expr | None, place: _Place) -> None:
        """``"/x" bind GET to handler``, and ``GET to handler`` among routes."""
        handler, guards = _handler(call.args[0] if call.args else None)
        inner = replace(place, guards=place.guards + guards)
        if isinstance(subject, Call) and subject.last in BINDS:
            self.seen.add(id(subject))
            method = last(dotted(subject.args[0])) if subject.args else ""
            inner = replace(inner, prefix=below(place.prefix, self._path(_before(subject), subject.function)))
        elif place.inside:
            method = last(call.name.rpartition(".")[0])
        else:
            return
        if method in METHODS:
            self._keep(call, (method,), inner, handler)

    def _keep(self, call: Call, methods: tuple[str, ...], place: _Place, handler: str) -> None:
        self._declare(place.symbol, call.line)
        self.kept.routes.append(
            Route(
                router=place.symbol,
                framework=HTTP4K,
                methods=methods,
                path=place.prefix,
                line=call.line,
                end_line=call.end_line,
                handler=handler,
                guards=tuple(dict.fromkeys(place.guards)),
            )
        )

    def _mount(self, name: str, place: _Place, line: int) -> None:
        """A router of a name; an object serves by one of its members."""
        if not place.inside or not name.strip("."):
            return
        self._declare(place.symbol, line)
        members = MEMBERS if last(name)[:1].isupper() else ("",)
        for member in members:
            self.kept.mounts.append(
                Mount(
                    parent=place.symbol,
                    child=f"{name}.{member}".strip("."),
                    framework=HTTP4K,
                    line=line,
                    prefix=place.prefix,
                    guards=place.guards,
                )
            )

    def _declare(self, symbol: str, line: int) -> None:
        if symbol not in self.declared:
            self.declared.add(symbol)
            self.kept.routers.append(Router(symbol=symbol, framework=HTTP4K, line=line))

    def _path(self, expr: Expr | None, function: int) -> Value:
        """A path, also where lenses are put into it (``"/books" / isbn``) or a description is (``meta``)."""
        if isinstance(expr, Text):
            return value_of(expr)
        if isinstance(expr, Name):
            known = self.look.value(expr, function)
            return self._path(known, function) if known is not expr and not isinstance(known, Name) else value_of(expr)
        if isinstance(expr, Other) and expr.operator == "/":
            left = self._path(expr.operands[0], function)
            right = expr.operands[-1]
            own = value_of(right) if isinstance(right, Text) else (f"{{{_lens(right)}}}",)
            return below(left, own)
        if isinstance(expr, Call) and expr.last == "meta":
            return self._path(_before(expr), function)
        return ()


def _before(call: Call) -> Expr | None:
    """What an infix function is called on."""
    if isinstance(call.callee, Attribute):
        return call.callee.value
    return Name(call.name.rpartition(".")[0], call.line)


def _lens(expr: Expr) -> str:
    """The name of a path lens: ``id`` of ``Path.int().of("id")``."""
    return next((text for item in inside(expr) if (text := plain(item))), "") or last(dotted(expr)) or "value"


def _names(expr: Expr | None) -> Iterator[str]:
    """The filters of a chain, as written."""
    for item in inside(expr):
        if isinstance(item, Call) and item.name.strip(".") and item.last != "then":
            yield item.name.strip(".")
        elif type(item) in LEAVES and dotted(item):
            yield dotted(item)


def _handler(expr: Expr | None) -> tuple[str, tuple[str, ...]]:
    """The function that handles a route, and the filters before it."""
    guards: tuple[str, ...] = ()
    for _ in range(20):
        if not (isinstance(expr, Call) and expr.last == "then" and expr.args):
            break
        before = expr.callee.value if isinstance(expr.callee, Attribute) else Name(expr.name[: -len(".then")], 0)
        guards += tuple(_names(before))
        expr = expr.args[0]
    name = expr.name if isinstance(expr, Call) else dotted(expr)
    return name.strip("."), guards


FRAMEWORK = Framework(
    name=HTTP4K,
    languages=("Kotlin",),
    read=read,
    packages=("org.http4k:http4k-core", "org.http4k:http4k-bom"),
)
