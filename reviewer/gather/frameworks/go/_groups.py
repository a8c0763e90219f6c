"""Groups, sub-routers and closures: the routers below other ones that calls give."""

from __future__ import annotations

from reviewer.gather.frameworks.go._dialects import DIALECTS, GENERIC, HTTP, Dialect
from reviewer.gather.frameworks.go._handlers import guards_among
from reviewer.gather.frameworks.go._lists import below
from reviewer.gather.frameworks.go._paths import method_of
from reviewer.gather.frameworks.go._routers import Routers
from reviewer.gather.frameworks.go._shapes import path_like, receiver_of
from reviewer.gather.syntax import Call, Expr, Lambda, Name, Text
from reviewer.model.facts.values import Value

GROUPS = frozenset(name for item in DIALECTS for name in item.groups)
CLOSURES = frozenset(name for item in DIALECTS for name in item.closures)
KEEPING = frozenset(
    {
        "Subrouter",
        "NewRoute",
        "Host",
        "Schemes",
        "Headers",
        "StrictSlash",
        "UseEncodedPath",
        "Name",
        "Queries",
        "Compat",
        "Verbose",
    }
)
"""Calls on a router that give it back, or a part of it with the same path."""
USES = frozenset(name for item in DIALECTS for name in item.uses)
COMBO_VERBS = frozenset(name for item in DIALECTS if item.combos for name in item.verbs)
GIVING = GROUPS | CLOSURES | KEEPING | USES | COMBO_VERBS
WEAK_GROUPS = frozenset({"Group", "Party", "PathPrefix"})


class Groups(Routers):
    """Routers with what is derived from them."""

    def methods_of(self, expr: Expr, function: int) -> tuple[str, ...]:
        """One method, or a list of them."""
        listed = self.names.rows(expr, function) or (expr,)
        return tuple(name for name in (method_of(self.look, item, function) for item in listed) if name)

    def closure(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A router below a path that is handed to a function: ``r.Route("/x", func(r chi.Router) {...})``."""
        closure = next((arg for arg in call.args if isinstance(arg, Lambda)), None)
        first = call.args[0] if call.args else None
        prefix = below(self.names, first, call.function) if first is not None and path_like(first) else ()
        guards = guards_among(self.names, tuple(a for a in call.args[1:] if not isinstance(a, Lambda)), call.function)
        if closure is None:
            return self.handed(call, symbol, prefix)
        name = f"{self.function_name(closure.function)}.{symbol}"
        made = self.derive(symbol, call, prefix, guards if dialect.shared_closures else (), dialect, name)
        parameters = self.module.functions[closure.function].parameters
        if parameters:
            self.held[closure.function, parameters[0].name] = made
        elif (expr := receiver_of(call)) is not None and isinstance(expr, Name):
            self.held[closure.function, expr.dotted] = made
        return True

    def use(self, call: Call, symbol: str) -> None:
        """Middleware for what is declared from here on."""
        args = call.args[1:] if call.args and isinstance(call.args[0], Text) else call.args
        if len(args) == len(call.args):
            known = self.guards.setdefault(symbol, [])
            known.extend(name for name in guards_among(self.names, args, call.function) if name not in known)

    def handed(self, call: Call, symbol: str, prefix: Value) -> bool:
        """``r.Route("/x", users.Routes)``: the function by name is given the router."""
        target = call.args[-1] if call.args else None
        if not isinstance(target, Name):
            return False
        self.mount(symbol, f"{self.names.known(target.dotted, call.function)}#0", prefix, call.line)
        return True

    def group(self, call: Call, symbol: str) -> str | None:
        """The router that ``Group``, ``PathPrefix`` and the like give, None for other calls."""
        expr = receiver_of(call) if call.last in GIVING else None
        if expr is None:
            return None
        parent = self.of(expr, call.function)
        dialect = self.kinds.get(parent) if parent is not None else None
        if parent is None or dialect is None:
            parent, dialect = self._likely_parent(call, expr)
        if parent is None or dialect is None:
            return None
        if call.last in dialect.closures and any(isinstance(arg, Lambda) for arg in call.args):
            self.closure(call, parent, dialect)
            return self.made.get(id(call))
        if call.last in dialect.uses:
            self.use(call, parent)
            return parent
        if self._keeps(call, parent, dialect):
            return parent
        return self._below(call, parent, dialect, symbol) if call.last in dialect.groups else None

    def _keeps(self, call: Call, parent: str, dialect: Dialect) -> bool:
        """Whether a call gives the router back that it is made on."""
        if call.last in dialect.verbs:
            return parent in self.combos
        return call.last in KEEPING and (dialect.chained or call.last in ("Compat", "Verbose"))

    def _below(self, call: Call, parent: str, dialect: Dialect, symbol: str) -> str:
        if call.last == "Methods":
            return self._limited(call, parent, dialect, symbol)
        bare = call.last == "With" or not call.args
        prefix = () if bare else below(self.names, call.args[0], call.function)
        guards = guards_among(self.names, call.args if call.last == "With" else call.args[1:], call.function)
        made = self.derive(parent, call, prefix, guards, dialect, symbol)
        if call.last in dialect.combos:
            self.combos.add(made)
        if parent in self.methods:
            self.methods[made] = self.methods[parent]
        return made

    def _limited(self, call: Call, parent: str, dialect: Dialect, symbol: str) -> str:
        made = self.derive(parent, call, (), (), dialect, symbol)
        self.methods[made] = tuple(
            name for arg in call.args for name in self.methods_of(arg, call.function) if name in HTTP
        )
        return made

    def _likely_parent(self, call: Call, expr: Expr) -> tuple[str | None, Dialect | None]:
        """A group of something of unknown type: ``app.Engine.Group("/api")``."""
        if not isinstance(expr, Name) or call.last not in WEAK_GROUPS or not call.args or not path_like(call.args[0]):
            return None, None
        for dialect in (*self.own_frameworks, GENERIC):
            if call.last in dialect.groups:
                name = self.names.known(expr.dotted, call.function)
                self.kinds.setdefault(name, dialect)
                return name, dialect
        return None, None
