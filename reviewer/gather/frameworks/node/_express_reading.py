"""What is known while the calls of one file are read in order, and whom each call is made on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.gather.frameworks.node._dialects import EXPRESS, METHODS, Dialect
from reviewer.gather.frameworks.node._express_loops import Loops
from reviewer.gather.frameworks.node._express_routers import Routers
from reviewer.gather.frameworks.node._express_values import answers, flat
from reviewer.gather.frameworks.node._loaded import loaded_names
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Module, Name, Text
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Value

PLACES = METHODS | {"route", "use"}
CHAINED = PLACES | EXPRESS.chained
"""Methods that give the router back, so that the next call is made on it too."""
CHAIN_MOST = 200
GUARDS_MOST = 20
"""Middlewares used by one router that are remembered."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The router that a call is made on, ``sure`` where it is declared; ``path`` is that of ``.route(path)`` before."""

    symbol: str
    path: Expr | None = None
    sure: bool = True


@dataclass(slots=True)
class Reading:
    """The state of reading one file."""

    module: Module
    names: Names
    routers: Routers
    loops: Loops
    answered: dict[int, set[str]]
    chained: frozenset[int]
    """The calls (by id) on whose result another call is made."""
    texts: frozenset[str]
    """Variables that hold a string."""
    functions: dict[str, int]
    """Functions by qualified name."""
    results: dict[str, Call]
    """Variables that hold the result of a call."""
    declared: frozenset[str]
    """Functions, classes and variables of this file."""
    delegates: dict[int, Expr]
    """What a function hands its request and response to, where it does nothing else."""
    loaded: dict[str, Call] = field(default_factory=dict)
    """Names that hold what a file gives which is taken in by a name put together, with the call that does."""
    constants: list[Constant] = field(default_factory=list)
    """Defaults of parameters that paths are made of."""
    used: frozenset[int] = frozenset()
    """The calls (by id) whose result is given to ``use``, at once or by a variable."""
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    running: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Middlewares that a router already uses, with the path that they are used below."""

    def receiver(self, call: Call) -> Receiver | None:
        """The router that a call is made on, None for anything else."""
        if isinstance(call.callee, Name):
            return self._named(call.callee.dotted.rpartition(".")[0], call)
        callee, path = call.callee, None
        for _ in range(CHAIN_MOST):
            inner = callee.value if isinstance(callee, Attribute) else None
            if not isinstance(inner, Call):
                return None
            created = self.routers.created.get(id(inner))
            if created is not None:
                return Receiver(created, path)
            if inner.last not in PLACES and inner.last not in self.routers.dialect.chained:
                return None
            if inner.last == "route" and path is None and len(inner.args) == 1:
                path = inner.args[0]
            if isinstance(inner.callee, Name):
                found = self._named(inner.callee.dotted.rpartition(".")[0], call)
                return Receiver(found.symbol, path, found.sure) if found else None
            callee = inner.callee
        return None

    def _named(self, name: str, call: Call) -> Receiver | None:
        if not name:
            return None
        symbol = self.routers.lookup(name, call.function, call.owner)
        if symbol is not None:
            return Receiver(symbol, sure=symbol in self.routers.found or symbol in self.routers.typed)
        imported = self.routers.imported(name)
        return Receiver(imported, sure=False) if imported else None

    def flattened(self, args: Iterable[Expr]) -> list[Expr]:
        """Handlers one after another: those in arrays too, and in variables that hold an array."""
        found: list[Expr] = []
        for arg in flat(args):
            listed = self.loops.literals.get(arg.dotted) if isinstance(arg, Name) else None
            found.extend(flat((listed,)) if isinstance(listed, Items) else (arg,))
        return found

    def local_function(self, name: str, call: Call) -> str:
        """A handler's name as the qualified name of a function of this file, where it is one; else as it is."""
        if name.startswith("this.") and call.owner != -1:
            return f"{self.module.classes[call.owner].name}.{name.removeprefix('this.')}"
        function, most = call.function, 20
        while function != -1 and most:
            inside = f"{self.module.functions[function].qualname}.{name}"
            if inside in self.functions:
                return inside
            function, most = self.module.functions[function].parent, most - 1
        return name

    def remember(self, symbol: str, prefix: str, guard: str) -> None:
        """What a router serves below a prefix from here on passes a guard."""
        known = self.running.setdefault(symbol, [])
        if guard and len(known) < GUARDS_MOST:
            known.append((prefix, guard))

    def guards_before(self, symbol: str, path: Value) -> Iterator[str]:
        """The middlewares that a router used before, above a path."""
        text = "".join(part for part in path if isinstance(part, str))
        return (guard for prefix, guard in self.running.get(symbol, ()) if text.startswith(prefix))

    def class_name(self, call: Call) -> str:
        """The class around a call."""
        return self.module.classes[call.owner].name if call.owner != -1 else ""

    def route(self, call: Call, symbol: str, methods: tuple[str, ...], path: Value, **facts: object) -> None:
        """Declares a route; ``facts`` are the further fields of `Route`."""
        self.routers.use(symbol, line_of(call))
        self.routes.append(
            Route(
                router=symbol,
                framework=self.routers.dialect.name,
                methods=methods,
                path=path,
                line=line_of(call),
                end_line=call.end_line,
                **facts,  # type: ignore[arg-type]
            )
        )


def reading_of(module: Module, dialect: Dialect = EXPRESS) -> Reading:
    """The state before the first call."""
    names = Names(module)
    results = {item.target: item.value for item in module.assignments if isinstance(item.value, Call)}
    return Reading(
        module=module,
        names=names,
        routers=Routers(module, names, dialect),
        loops=Loops(module),
        answered=answers(module, dialect),
        chained=frozenset(id(call.callee.value) for call in module.calls if isinstance(call.callee, Attribute)),
        texts=frozenset(item.target for item in module.assignments if isinstance(item.value, Text)),
        functions={item.qualname: item.index for item in module.functions},
        results=results,
        declared=frozenset(
            [
                *(item.qualname.partition(".")[0] for item in module.functions),
                *(item.name for item in module.classes),
                *(item.target for item in module.assignments if not isinstance(item.value, Lambda)),
            ]
        ),
        delegates=dict(_delegates(module)),
        loaded=loaded_names(module),
        used=frozenset(_used(module, results)),
    )


def _used(module: Module, results: dict[str, Call]) -> Iterator[int]:
    for call in module.calls:
        for arg in call.args if call.last == "use" else ():
            given = results.get(arg.dotted) if isinstance(arg, Name) else arg
            if isinstance(given, Call):
                yield id(given)


def _delegates(module: Module) -> Iterator[tuple[int, Expr]]:
    """Functions of a request and a response whose only call hands both on, with what they call."""
    calls: dict[int, list[Call]] = {}
    for call in module.calls:
        calls.setdefault(call.function, []).append(call)
    for function in module.functions:
        names = [parameter.name for parameter in function.parameters]
        inside = calls.get(function.index, [])
        if len(names) > 1 and len(inside) == 1:
            given = [arg.dotted for arg in inside[0].args if isinstance(arg, Name)]
            if names[:2] == given[:2] and isinstance(inside[0].callee, Name | Attribute):
                yield function.index, inside[0].callee


def line_of(call: Call) -> int:
    """The line of the method's name in a chain over several lines."""
    return call.callee.line if isinstance(call.callee, Attribute) else call.line
