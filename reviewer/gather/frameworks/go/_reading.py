"""One pass over a Go file: groups, mounts, middleware and routes in the order in which they stand."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.go._declaring import Declaring
from reviewer.gather.frameworks.go._dialects import BY_NAME, DIALECTS, GENERIC, Dialect
from reviewer.gather.frameworks.go._given import added, given
from reviewer.gather.frameworks.go._groups import CLOSURES, USES, Groups
from reviewer.gather.frameworks.go._handlers import guards_among
from reviewer.gather.frameworks.go._lists import HOPS, LISTED, TABLE, compositions, defined_here, is_declared, told
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import path_value, pattern_parts
from reviewer.gather.frameworks.go._shapes import handler_like, path_like, receiver_of, unprefixed
from reviewer.gather.frameworks.go._symbols import NET_HTTP
from reviewer.gather.frameworks.go._tables import is_row_field, matched_table
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Items, Lambda, Name, Return, Text
from reviewer.model.facts.routing import Router
from reviewer.model.facts.values import Value

ROUTING = frozenset(
    name
    for item in DIALECTS
    for name in (
        *item.verbs,
        *item.any,
        *item.with_method,
        *item.with_methods,
        *item.mounts,
        *item.resources,
        *item.with_tables,
    )
) | {"HandlerFunc", "Handler"}
OWN = frozenset(GENERIC.verbs) | GENERIC.any | GENERIC.with_method
"""What methods are called that declare a route on a project's own router."""
REGISTRATION = re.compile(r"Register\w+Handler(?:FromEndpoint|Server|Client)?")
GATEWAY = BY_NAME["gRPC"]
PATH_NAME = re.compile(r"path|route|url|prefix|endpoint|pattern", re.IGNORECASE)
CLIENTS = frozenset(
    {"http", "client", "resty", "req", "request", "httpClient", "c", "ctx", "cache", "redis", "rdb", "r.Header"}
)


class Reading:
    """The state of reading one file."""

    def __init__(self, names: GoNames) -> None:
        self.names, self.look, self.module = names, names.look, names.module
        self.routers = Groups(names)
        self.routes = Declaring(self.routers)

    def run(self) -> None:
        """Reads everything in source order; what is assigned on a line comes before the calls on it."""
        events: list[tuple[int, int, Assignment | Call | Return]] = []
        events.extend((item.line, 0, item) for item in self.module.assignments if item.value is not None)
        events.extend((item.line, 1, item) for item in self.module.calls)
        events.extend((item.line, 2, item) for item in self.module.returns)
        for _, _, event in sorted(events, key=lambda item: (item[0], item[1])):
            if isinstance(event, Assignment):
                self.routers.assign(event)
            elif isinstance(event, Call):
                self.call(event)
                added(self.routers, event)
            else:
                self.routers.returned(event.value, event.function, event.line)
        for call in self.module.calls if self.routes.wrappers else ():
            self.routes.through_wrapper(call)
        self.own_types()
        self.registrations()
        self.composed()

    def composed(self) -> None:
        """Tables of routes that are made of others: those that a loop goes through, and those that are called so."""
        wanted = {item.child for item in self.routers.mounts if item.child.endswith(TABLE)}
        listed = bool(LISTED.search(self.module.text))
        if not wanted and not listed and not told(self.module.text):
            return
        given_to = frozenset(name.partition("#")[0].rpartition(".")[2] for name in wanted if "#" in name)
        edges = [edge for edge in compositions(self.names, given_to) if all(edge[:2]) and not self.is_own_call(edge[0])]
        for _ in range(HOPS):
            left = []
            for edge in edges:
                parent, child, prefix, line = edge
                likely = told(child) and ("#" in parent or told(parent))
                if parent in wanted or likely or (listed and not child.endswith("()[]")):
                    self.routers.mount(parent, child, prefix, line)
                    wanted.update((parent, child))
                else:
                    left.append(edge)
            edges = left
        self.tables(wanted | {f"{item.target}{TABLE}" for item in self.module.assignments if is_declared(item)})

    def is_own_call(self, table: str) -> bool:
        """Whether what is handed over goes to a method of a router: ``r.Mount("/x", users.Routes())``."""
        called, given, _ = table.partition("#")
        last = called.rpartition(".")[2]
        return bool(given) and called not in self.names.functions and last in ROUTING | CLOSURES | USES

    def tables(self, found: set[str]) -> None:
        """Says of tables that are held here that they are, so that other files find them."""
        dialect = next((item for item in self.routers.own_frameworks if item is not NET_HTTP), GENERIC)
        for name in sorted(found):
            if defined_here(self.names, name):
                self.routers.found.setdefault(name, Router(symbol=name, framework=dialect.name, line=1))

    def registrations(self) -> None:
        """Generated functions that are named, and called elsewhere: each is given a mux of gRPC-Gateway."""
        for call in self.module.calls if "Handler" in self.module.text and "Register" in self.module.text else ():
            given = (*call.args, *call.keywords.values())
            for item in (*given, *(inner for one in given if isinstance(one, Items) for inner in one.values)):
                head, _, name = item.dotted.partition(".") if isinstance(item, Name) else ("", "", "")
                if REGISTRATION.fullmatch(name[:120]) and self.look.is_imported(head):
                    root = self.routers.declare("gateway", GATEWAY, call.line, root=True)
                    self.routers.mount(root, f"{head}.{name}#1", (), item.line)

    def own_types(self) -> None:
        """The project's own types that are called like a router, under their name for other files.

        Either their methods declare on a router that they hold, or they serve what they are given themselves.
        """
        owners: set[str] = set()
        for name, wrapper in self.routes.wrappers.items():
            owner, _, method = name.rpartition(".")
            if owner and method in OWN:
                owners.add(owner)
                self.routers.declare(owner, wrapper.dialect, self.names.functions[name].line)
                self.routers.mount(wrapper.symbol, owner, (), self.names.functions[name].line)
        for name, item in self.names.functions.items():
            owner, _, method = name.rpartition(".")
            serves = method == "ServeHTTP" and owner not in owners
            if serves and any(f"{owner}.{own}" in self.names.functions for own in OWN):
                owners.add(owner)
                self.routers.declare(owner, NET_HTTP, item.line, root=True)
        for name, item in self.names.functions.items() if owners else ():
            made = self.names.result_of(item)
            if made in owners:
                self.routers.declare(f"{name}()", self.routers.kinds[made], item.line)
                self.routers.mount(made, f"{name}()", (), item.line)

    def call(self, call: Call) -> None:
        """One call: on a router, or of a function that is given one."""
        method = call.last
        table = matched_table(self.names, call)
        if table:
            around = f"{self.routers.function_name(call.function)}@{call.line}"
            self.routers.mount(self.routers.declare(around, NET_HTTP, call.line, root=True), table, (), call.line)
        if method in ROUTING or method in CLOSURES or method in USES:
            symbol, dialect = self.receiver(call)
            if symbol is not None and dialect is not None and self.on_router(call, symbol, dialect):
                return
        given(self.routes, call)

    def receiver(self, call: Call) -> tuple[str | None, Dialect | None]:
        """The router that a call is made on, with its framework."""
        expr = receiver_of(call)
        package = self.routers.dialects.get(expr.dotted) if isinstance(expr, Name) else None
        if expr is None or (package is not None and call.last not in package.any and call.last not in package.verbs):
            return None, None
        symbol = self.routers.of(expr, call.function)
        if symbol is not None:
            return symbol, self.routers.kinds.get(symbol, NET_HTTP)
        return self.likely(call, expr)

    def likely(self, call: Call, expr: Expr) -> tuple[str | None, Dialect | None]:
        """A receiver of unknown type whose call reads as a route all the same: ``app.Router.GET("/x", h)``."""
        if not isinstance(expr, Name) or len(call.args) < 2:
            return None, None
        if len(call.args) > 2 and call.last in GENERIC.with_method and self.routers.methods_of(call.args[0], -1):
            return self.elsewhere(call, expr)
        if not path_like(call.args[0]):
            return None, None
        if expr.dotted in CLIENTS or call.last not in ROUTING or not handler_like(call.args[-1]):
            return None, None
        if isinstance(call.args[0], Name) and not PATH_NAME.search(call.args[0].dotted):
            return None, None
        if self.is_package(expr.dotted, call.function):
            return None, None
        for dialect in self.routers.own_frameworks:
            if call.last in dialect.verbs and dialect is not NET_HTTP:
                name = self.names.known(expr.dotted, call.function)
                self.routers.kinds.setdefault(name, dialect)
                return name, dialect
        return self.elsewhere(call, expr)

    def elsewhere(self, call: Call, expr: Name) -> tuple[str | None, Dialect | None]:
        """A variable of the package, a field or a value of a type that another file may know to be a router."""
        if not isinstance(call.args[0], (Text, Name)) or call.last not in OWN:
            return None, None
        head, _, rest = expr.dotted.partition(".")
        name = self.names.known(expr.dotted, call.function)
        if name == expr.dotted and not (rest and self.look.is_imported(head)) and self.is_local(head, call.function):
            return None, None
        if f"{name}.{call.last}" in self.names.functions and f"{name}.ServeHTTP" not in self.names.functions:
            return None, None
        self.routers.kinds.setdefault(name, GENERIC)
        return name, self.routers.kinds[name]

    def is_package(self, name: str, function: int) -> bool:
        """Whether a name is that of a package, and not of a variable in its place (``router := router.New()``)."""
        return "." not in name and self.look.is_imported(name) and not self.is_local(name, function)

    def is_local(self, name: str, function: int) -> bool:
        """Whether this file says what a name is: a variable that is given a value, a parameter."""
        given = any(p.name == name for item in self.look.around(function) for p in item.parameters)
        return given or any(item.value is not None for item in self.look.assigned(name, function))

    def on_router(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A call on a router; False where it turns out to be none of routing."""
        method = call.last
        if method in dialect.closures and self.routers.closure(call, symbol, dialect):
            return True
        if method in dialect.uses and not (method in dialect.mounts and self.mounted(call, symbol, dialect)):
            self.routers.use(call, symbol)
            return True
        if method in dialect.mounts and self.mounted(call, symbol, dialect):
            return True
        if method in dialect.verbs:
            path = (Text((), call.line, call.line),) if symbol in self.routers.combos else ()
            return self.routes.route(call, symbol, dialect, (dialect.verbs[method],), (*path, *call.args))
        if method in dialect.with_method | dialect.with_methods and len(call.args) > 2:
            return self.with_method(call, symbol, dialect)
        if method in dialect.with_tables:
            return self.routes.listed(call, symbol, dialect)
        if method in dialect.resources:
            return self.routes.resource(call, symbol, dialect)
        if method in dialect.any or (dialect.chained and method in ("HandlerFunc", "Handler")):
            return self.routes.open_route(call, symbol, dialect)
        return False

    def with_method(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """``r.Handle("GET", "/x", h)``, ``r.Match([]string{"GET"}, "/x", h)``, and the same with the row of a table."""
        if call.last in dialect.with_method and is_row_field(self.look, call.args[1], call.function):
            return self.routes.table(call, symbol, dialect, (), call.args[1:])
        named = self.routers.methods_of(call.args[0], call.function)
        if call.last in dialect.with_method and not named:
            return False
        return self.routes.route(call, symbol, dialect, named, call.args[1:])

    def mounted(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """Another router below a path; what a function of elsewhere gives back may be one or a handler."""
        chained = dialect.chained and call.last == "Handler"
        if len(call.args) < (1 if chained else 2) or isinstance(call.args[0], (Lambda, Items)):
            return False
        target = call.args[-1]
        prefix: Value = () if chained else pattern_parts(path_value(self.look, call.args[0], call.function))[1]
        child = self.routers.of(unprefixed(target), call.function)
        guards = guards_among(self.names, call.args[1:-1], call.function)
        if child is not None:
            self.routers.mount(
                symbol,
                child,
                tuple(part.rstrip("*") if isinstance(part, str) else part for part in prefix),
                call.line,
                guards,
            )
            return True
        named = self.maker_name(unprefixed(target), call.function)
        if named and call.last in ("Mount", "Handle", "Use"):
            self.routers.mount(symbol, named, prefix, call.line, guards)
            return call.last != "Handle"
        return call.last == "Mount"

    def maker_name(self, expr: Expr, function: int) -> str:
        """``users.Routes()`` for a call of a function that may give a router back."""
        if isinstance(expr, Name):
            expr = self.look.value(expr, function) or expr
        if isinstance(expr, Call) and expr.name.partition(".")[0] in self.routers.dialects:
            return ""
        if isinstance(expr, Call) and isinstance(expr.callee, Name) and not expr.new:
            return f"{self.names.known(expr.callee.dotted, function)}()"
        if isinstance(expr, Call) and isinstance(expr.callee, Attribute) and isinstance(expr.callee.value, Call):
            kind = self.names.type_of(expr.callee.value, function)
            return f"{kind}.{expr.callee.name}()" if kind else ""
        return ""
