"""The routers of one Go file by symbol: what each belongs to, and what is served below what.

A router is known by the function and variable that hold it (``main.api``), by its struct and field
(``Server.router``), by the function that gives it back (``Routes()``), or by its place among the arguments of the
function that is given it (``Register#0``). The last three are the same in every file of the repository.
"""

from __future__ import annotations

from functools import cached_property

from reviewer.gather.frameworks.go._dialects import BY_NAME, DIALECT_OF, GENERIC, Dialect, bare_module
from reviewer.gather.frameworks.go._names import GoNames, bare_type
from reviewer.gather.syntax import Call, Expr
from reviewer.model.facts.routing import Mount, Router
from reviewer.model.facts.values import Value

NET_HTTP = BY_NAME["net/http"]


class Symbols:
    """See the module's docstring. ``found`` are the routers by symbol, ``mounts`` what is served below what."""

    def __init__(self, names: GoNames) -> None:
        self.names = names
        self.look = names.look
        self.module = names.module
        self.dialects: dict[str, Dialect] = {}
        for item in self.module.imports:
            dialect = DIALECT_OF.get(bare_module(item.module))
            if dialect is not None and item.name is None:
                self.dialects[item.alias] = dialect
        self.found: dict[str, Router] = {}
        self._taken: set[str] = set()
        self.mounts: list[Mount] = []
        self._mounted: set[Mount] = set()
        self.guards: dict[str, list[str]] = {}
        """Middlewares that a router uses so far, in the order of the file."""
        self.kinds: dict[str, Dialect] = {}
        """The framework of each symbol."""
        self.held: dict[tuple[int, str], str] = {}
        """(function, variable) to symbol."""
        self.made: dict[int, str] = {}
        """Calls (by id) that give a router, to its symbol."""
        self.combos: set[str] = set()
        """Routers of one path whose calls are given the handler alone."""
        self.methods: dict[str, tuple[str, ...]] = {}
        """Methods that all routes of a router answer to (``r.Methods("GET").Subrouter()``)."""

    @cached_property
    def own_frameworks(self) -> list[Dialect]:
        """The frameworks that the file imports, net/http last."""
        return sorted(dict.fromkeys(self.dialects.values()), key=lambda item: item is NET_HTTP)

    def dialect_of_type(self, text: str) -> Dialect | None:
        """The framework of a declared type, where it is a router of one."""
        package, _, name = bare_type(text).rpartition(".")
        dialect = self.dialects.get(package)
        return dialect if dialect is not None and name in dialect.types else None

    def maker_of(self, expr: Expr | None) -> Dialect | None:
        """The framework of a call that makes an application or router."""
        if not isinstance(expr, Call):
            return None
        package, _, name = expr.name.rpartition(".")
        dialect = self.dialects.get(package)
        if dialect is None:
            return None
        if expr.new:
            return dialect if name in dialect.types else None
        if name == "" and package == "":
            return None
        return dialect if name in dialect.makers else None

    def declare(self, symbol: str, dialect: Dialect, line: int, root: bool = False) -> str:
        """A router of this file."""
        if symbol not in self.found and dialect is not GENERIC:
            self.found[symbol] = Router(symbol=symbol, framework=dialect.name, line=line, root=root)
            self.kinds[symbol] = dialect
        self.kinds.setdefault(symbol, dialect)
        return symbol

    def derive(
        self, parent: str, call: Call, prefix: Value, guards: tuple[str, ...], dialect: Dialect, symbol: str = ""
    ) -> str:
        """A router below another one; the same call gives the same router."""
        if id(call) in self.made:
            return self.made[id(call)]
        name = self.unused(symbol or f"{self.function_name(call.function)}@{call.line}")
        self.made[id(call)] = self.declare(name, dialect, call.line)
        self.mount(parent, name, prefix, call.line, guards)
        return name

    def mount(
        self,
        parent: str,
        child: str,
        prefix: Value,
        line: int,
        guards: tuple[str, ...] = (),
        given: tuple[tuple[str, Value], ...] = (),
    ) -> None:
        """``child`` is served below ``prefix`` of ``parent``, behind what it uses so far; ``given`` as in `Mount`."""
        if parent == child:
            return
        before = tuple(self.guards.get(parent, ()))
        framework = self.kinds.get(parent, self.kinds.get(child, NET_HTTP)).name
        made = Mount(
            parent=parent,
            child=child,
            framework=framework,
            line=line,
            prefix=prefix,
            guards=(*before, *guards),
            given=given,
        )
        if made not in self._mounted:
            self._mounted.add(made)
            self.mounts.append(made)

    def unused(self, symbol: str) -> str:
        """A symbol that no router of this file has yet."""
        name, number = symbol, 1
        while name in self._taken:
            number += 1
            name = f"{symbol}~{number}"
        self._taken.add(name)
        return name

    def function_name(self, function: int) -> str:
        """The qualified name of the function, with its line where it is a closure."""
        if function == -1:
            return ""
        item = self.module.functions[function]
        return f"{item.qualname}:{item.line}" if "<lambda>" in item.qualname else item.qualname
