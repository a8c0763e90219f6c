"""One pass over a Go file: groups, mounts, middleware and routes in the order in which they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewer.gather.frameworks.go._dialects import DIALECTS, GENERIC, HTTP, Dialect
from reviewer.gather.frameworks.go._expand import DESCRIBED
from reviewer.gather.frameworks.go._handlers import (
    LIBRARY_HANDLERS,
    guards_among,
    handled,
    page_functions,
)
from reviewer.gather.frameworks.go._methods import method_checks
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import method_of, path_value, pattern_parts, raw_value, spelled
from reviewer.gather.frameworks.go._routers import NET_HTTP, Routers
from reviewer.gather.frameworks.go._tables import is_row_field, row_of, table_of
from reviewer.gather.look import Look, names_in
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Module,
    Name,
    Other,
    Return,
    Text,
    plain,
)
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

GROUPS = frozenset(name for item in DIALECTS for name in item.groups)
CLOSURES = frozenset(name for item in DIALECTS for name in item.closures)
USES = frozenset(name for item in DIALECTS for name in item.uses)
ROUTING = frozenset(
    name
    for item in DIALECTS
    for name in (*item.verbs, *item.any, *item.with_method, *item.with_methods, *item.mounts, *item.resources, *item.with_tables)
) | {"HandlerFunc", "Handler"}
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
EVERYTHING = (("*",), ("/*",), ("/*path",), ("/{path:.*}",), ("/*filepath",), ("/*any",), ("/:*",))
"""Paths that every request fits: what answers them serves a page's files, or says that there is nothing."""
WEAK_GROUPS = frozenset({"Group", "Party"})
GENERATED = frozenset(
    {
        *("RegisterHandlers", "RegisterHandlersWithBaseURL", "RegisterHandlersWithOptions"),
        *("HandlerFromMux", "HandlerFromMuxWithBaseURL"),
    }
)
"""What oapi-codegen calls the functions by which its servers declare their routes."""
PATH_NAME = re.compile(r"path|route|url|prefix|endpoint|pattern", re.IGNORECASE)
CLIENTS = frozenset(
    {"http", "client", "resty", "req", "request", "httpClient", "c", "ctx", "cache", "redis", "rdb", "r.Header"}
)
RESOURCE = (
    *(("GET", "", "List"), ("GET", "/{id}", "Show"), ("POST", "", "Create"), ("PUT", "/{id}", "Update")),
    *(("DELETE", "/{id}", "Destroy"), ("GET", "/new", "New"), ("GET", "/{id}/edit", "Edit")),
)


@dataclass(slots=True)
class Reading:
    """The state of reading one file."""

    module: Module
    look: Look
    names: GoNames
    routers: Routers = field(init=False)
    routes: list[Route] = field(default_factory=list)
    pages: dict[int, bool] = field(init=False)
    outer: dict[int, Call] = field(default_factory=dict)
    """The call that is made on the result of a call, by the id of the latter."""
    uses: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.routers = Routers(self.names, self.group)
        self.pages = page_functions(self.module)
        for call in self.module.calls:
            if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
                self.outer[id(call.callee.value)] = call

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
            else:
                self.routers.returned(event.value, event.function, event.line)

    def call(self, call: Call) -> None:
        """One call: on a router, or of a function that is given one."""
        method = call.last
        if method in ROUTING or method in CLOSURES or method in USES:
            symbol, dialect = self.receiver(call)
            if symbol is not None and dialect is not None and self.on_router(call, symbol, dialect):
                return
        self.given(call)

    def receiver(self, call: Call) -> tuple[str | None, Dialect | None]:
        """The router that a call is made on, with its framework."""
        expr = receiver_of(call)
        if expr is None:
            return None, None
        symbol = self.routers.of(expr, call.function)
        if symbol is not None:
            return symbol, self.routers.kinds.get(symbol, NET_HTTP)
        return self.likely(call, expr)

    def likely(self, call: Call, expr: Expr) -> tuple[str | None, Dialect | None]:
        """A receiver of unknown type whose call reads as a route all the same: ``app.Router.GET("/x", h)``."""
        if not isinstance(expr, Name) or len(call.args) < 2 or not _path_like(call.args[0]):
            return None, None
        if expr.dotted in CLIENTS or call.last not in ROUTING or not _handler_like(call.args[-1]):
            return None, None
        if isinstance(call.args[0], Name) and not PATH_NAME.search(call.args[0].dotted):
            return None, None
        if self.look.is_imported(expr.dotted) and "." not in expr.dotted:
            return None, None
        for dialect in self.routers.own_frameworks:
            if call.last in dialect.verbs and dialect is not NET_HTTP:
                name = self.names.known(expr.dotted, call.function)
                self.routers.kinds.setdefault(name, dialect)
                return name, dialect
        return None, None

    def on_router(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A call on a router; False where it turns out to be none of routing."""
        method = call.last
        if method in dialect.closures and self.closure(call, symbol, dialect):
            return True
        if method in dialect.uses and not (method in dialect.mounts and self.mounted(call, symbol, dialect)):
            self.use(call, symbol)
            return True
        if method in dialect.mounts and self.mounted(call, symbol, dialect):
            return True
        if method in dialect.verbs:
            return self.route(call, symbol, dialect, (dialect.verbs[method],), call.args)
        if method in dialect.with_method and len(call.args) > 2:
            named = self.methods_of(call.args[0], call.function)
            return bool(named) and self.route(call, symbol, dialect, named, call.args[1:])
        if method in dialect.with_methods and len(call.args) > 2:
            return self.route(call, symbol, dialect, self.methods_of(call.args[0], call.function), call.args[1:])
        if method in dialect.with_tables:
            return self.listed(call, symbol, dialect)
        if method in dialect.resources:
            return self.resource(call, symbol, dialect)
        if method in dialect.any or (dialect.chained and method in ("HandlerFunc", "Handler")):
            return self.open_route(call, symbol, dialect)
        return False

    def methods_of(self, expr: Expr, function: int) -> tuple[str, ...]:
        """One method, or a list of them."""
        listed = self.names.rows(expr, function) or (expr,)
        return tuple(name for name in (method_of(self.look, item, function) for item in listed) if name)

    def open_route(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A route for every method, unless its path, the calls on it, or its handler say otherwise."""
        args = call.args
        if dialect.chained and call.last in ("HandlerFunc", "Handler"):
            args = (Text((), call.line, call.line), *args)
        if len(args) < 2 or (call.name in ("http.Handle", "http.HandleFunc") and dialect is not NET_HTTP):
            return False
        methods = self.routers.methods.get(symbol, ())
        if dialect.chained:
            methods = self.chained_methods(call) or methods
        elif dialect is not NET_HTTP:
            methods = ("ANY",) if dialect.name != "chi" else ()
        return self.route(call, symbol, dialect, methods, args)

    def chained_methods(self, call: Call) -> tuple[str, ...]:
        """What ``.Methods("GET", "POST")`` after a route names."""
        following = self.outer.get(id(call))
        while following is not None:
            if following.last == "Methods":
                found = [name for arg in following.args for name in self.methods_of(arg, call.function)]
                return tuple(name for name in found if name != "OPTIONS" or len(found) == 1)
            following = self.outer.get(id(following))
        return ()

    def route(
        self, call: Call, symbol: str, dialect: Dialect, methods: tuple[str, ...], args: tuple[Expr, ...]
    ) -> bool:
        """Declares a route: the path first, then handler and middleware in the order of the framework."""
        if len(args) < 2 or isinstance(args[0], (Lambda, Items)):
            return False
        listed = _spread(self.names, args[1:], call.function) if not dialect.handler_first else args[1:]
        if is_row_field(self.look, args[0], call.function):
            return self.table(call, symbol, dialect, methods, args)
        target, others = (listed[0], listed[1:]) if dialect.handler_first else (listed[-1], listed[:-1])
        handler = handled(self.names, target, call.function)
        path = raw_value(self.look, args[0], call.function)
        if dialect is NET_HTTP or dialect.name == "chi":
            own, path = pattern_parts(path)
            methods = own or methods
        closure = handler.closure
        if not methods and closure != -1:
            methods = method_checks(self.module).get(closure, ())
        guards = (*self.routers.guards.get(symbol, ()), *guards_among(self.names, tuple(others), call.function))
        shown = " ".join(names_in(target)) + handler.name
        if dialect is NET_HTTP and not methods and plain(args[0]) == "" and closure == -1:
            return False
        self.routes.append(
            Route(
                router=symbol,
                framework=dialect.name,
                methods=methods,
                path=tuple(spelled(part) if isinstance(part, str) else part for part in path),
                line=call.callee.line if isinstance(call.callee, Attribute) else call.line,
                end_line=call.end_line,
                handler=handler.name,
                page=self.pages.get(closure, False),
                guards=tuple(dict.fromkeys((*guards, *handler.guards))),
                implicit=bool(LIBRARY_HANDLERS.search(shown)) or (path in EVERYTHING and methods in ((), ("ANY",), ("GET",))),
            )
        )
        return True

    def table(
        self, call: Call, symbol: str, dialect: Dialect, methods: tuple[str, ...], args: tuple[Expr, ...]
    ) -> bool:
        """A route whose path comes from a table that a loop goes through."""
        table = table_of(self.names, args[0], call.function)
        if table is None:
            return False
        if isinstance(table, str):
            self.routers.mount(symbol, table, (), call.line)
            return True
        for path, target in table:
            self.route(call, symbol, dialect, methods, (path, target))
        return True

    def listed(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """``server.AddRoutes([]rest.Route{...}, rest.WithPrefix("/v1"), rest.WithJwt(secret))``."""
        options = [arg for arg in call.args[1:] if isinstance(arg, Call)]
        prefix = next((item.args[0] for item in options if item.last == "WithPrefix" and item.args), None)
        guards = tuple(item.last for item in options if item.last.startswith("WithJwt"))
        made = self.routers.derive(symbol, call, path_value(self.look, prefix, call.function), guards, dialect)
        first = call.args[0] if call.args else None
        if isinstance(first, Call) and first.last == "WithMiddlewares":
            first = first.args[-1] if first.args else None
        for row in self.names.rows(first, call.function) or ((first,) if isinstance(first, Call) else ()):
            found = row_of(self.names, row, call.function, made, dialect)
            if found is not None:
                self.routes.append(found)
        return True

    def resource(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """The routes of a resource with its usual methods."""
        if len(call.args) < 2:
            return False
        owner = self.names.type_of(call.args[1], call.function)
        prefix = path_value(self.look, call.args[0], call.function)
        for method, suffix, name in RESOURCE:
            if owner in self.names.classes and f"{owner}.{name}" not in self.names.functions:
                continue
            self.routes.append(
                Route(
                    router=symbol,
                    framework=dialect.name,
                    methods=(method,),
                    path=(*prefix, suffix) if suffix else prefix,
                    line=call.line,
                    end_line=call.end_line,
                    handler=f"{owner}.{name}" if owner else "",
                    page=name in ("New", "Edit"),
                    guards=tuple(self.routers.guards.get(symbol, ())),
                )
            )
        return True

    def use(self, call: Call, symbol: str) -> None:
        """Middleware for what is declared from here on."""
        args = call.args[1:] if call.args and isinstance(call.args[0], Text) else call.args
        if len(args) == len(call.args):
            self.routers.guards.setdefault(symbol, []).extend(guards_among(self.names, args, call.function))

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

    def closure(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A router below a path that is handed to a function: ``r.Route("/x", func(r chi.Router) {...})``."""
        closure = next((arg for arg in call.args if isinstance(arg, Lambda)), None)
        first = call.args[0] if call.args else None
        prefix = path_value(self.look, first, call.function) if first is not None and _path_like(first) else ()
        guards = guards_among(self.names, tuple(a for a in call.args[1:] if not isinstance(a, Lambda)), call.function)
        if closure is None:
            return self.handed(call, symbol, prefix)
        name = f"{self.routers.function_name(closure.function)}.{symbol}"
        made = self.routers.derive(symbol, call, prefix, guards if dialect.shared_closures else (), dialect, name)
        parameters = self.module.functions[closure.function].parameters
        if parameters:
            self.routers.held[closure.function, parameters[0].name] = made
        elif (expr := receiver_of(call)) is not None and isinstance(expr, Name):
            self.routers.held[closure.function, expr.dotted] = made
        return True

    def handed(self, call: Call, symbol: str, prefix: Value) -> bool:
        """``r.Route("/x", users.Routes)``: the function by name is given the router."""
        target = call.args[-1] if call.args else None
        if not isinstance(target, Name):
            return False
        self.routers.mount(symbol, f"{self.names.known(target.dotted, call.function)}#0", prefix, call.line)
        return True

    def group(self, call: Call, symbol: str) -> str | None:
        """The router that ``Group``, ``PathPrefix`` and the like give, None for other calls."""
        method = call.last
        expr = receiver_of(call) if method in GROUPS or method in KEEPING or method in CLOSURES else None
        if expr is None:
            return None
        parent = self.routers.of(expr, call.function)
        dialect = self.routers.kinds.get(parent) if parent is not None else None
        if parent is None or dialect is None:
            parent, dialect = self._likely_parent(call, expr)
        if parent is None or dialect is None:
            return None
        if method in dialect.closures and any(isinstance(arg, Lambda) for arg in call.args):
            self.closure(call, parent, dialect)
            return self.routers.made.get(id(call))
        if method in KEEPING and (dialect.chained or method in ("Compat", "Verbose")):
            return parent
        if method not in dialect.groups:
            return None
        if method == "Methods":
            return self._limited(call, parent, dialect, symbol)
        bare = method == "With" or not call.args
        prefix = () if bare else path_value(self.look, call.args[0], call.function)
        guards = guards_among(self.names, call.args if method == "With" else call.args[1:], call.function)
        made = self.routers.derive(parent, call, prefix, guards, dialect, symbol)
        if parent in self.routers.methods:
            self.routers.methods[made] = self.routers.methods[parent]
        return made

    def _limited(self, call: Call, parent: str, dialect: Dialect, symbol: str) -> str:
        made = self.routers.derive(parent, call, (), (), dialect, symbol)
        self.routers.methods[made] = tuple(
            name for arg in call.args for name in self.methods_of(arg, call.function) if name in HTTP
        )
        return made

    def _likely_parent(self, call: Call, expr: Expr) -> tuple[str | None, Dialect | None]:
        """A group of something of unknown type: ``app.Engine.Group("/api")``."""
        if not isinstance(expr, Name) or call.last not in WEAK_GROUPS or not call.args or not _path_like(call.args[0]):
            return None, None
        for dialect in (*self.routers.own_frameworks, GENERIC):
            if call.last in dialect.groups:
                name = self.names.known(expr.dotted, call.function)
                self.routers.kinds.setdefault(name, dialect)
                return name, dialect
        return None, None

    def given(self, call: Call) -> None:
        """A function, a method or a struct that is given a router."""
        if call.new:
            for key, value in call.keywords.items():
                if isinstance(value, (Name, Call)) and (router := self.routers.of(value, call.function)):
                    self.routers.mount(router, f"{call.name}.{key}", (), call.line)
                    self.routers.kinds.setdefault(f"{call.name}.{key}", self.routers.kinds.get(router, NET_HTTP))
            return
        if not call.args or call.last in GROUPS or call.name.partition(".")[0] in self.routers.dialects:
            return
        for place, arg in enumerate(call.args):
            if not isinstance(arg, (Name, Call)) or (isinstance(arg, Name) and arg.dotted in self.routers.dialects):
                continue
            router = self.routers.of(arg, call.function) or self.routers.likely(arg, call.function)
            if router is not None and (callee := self.callee(call)):
                self.routers.mount(router, f"{callee}#{place}", (), call.line)
                if call.last in GENERATED and "." in callee and len(call.args) > 1:
                    self.described(call, router, callee)

    def described(self, call: Call, router: str, callee: str) -> None:
        """What a generated server registers are the operations of the repository's API description."""
        dialect = self.routers.kinds.get(router, NET_HTTP)
        server = next((arg for arg in call.args if self.routers.of(arg, call.function) is None), None)
        based = call.args[2] if len(call.args) > 2 and "BaseURL" in call.last else None
        self.routes.append(
            Route(
                router=router,
                framework=dialect.name or NET_HTTP.name,
                methods=(),
                path=path_value(self.look, based, call.function),
                line=call.line,
                end_line=call.end_line,
                handler=self.names.type_of(server, call.function) if server is not None else "",
                name=f"{DESCRIBED}{callee}",
                guards=tuple(self.routers.guards.get(router, ())),
            )
        )

    def callee(self, call: Call) -> str:
        """What is called by the name under which other files know it; ``?.Method`` where the type is not told."""
        if isinstance(call.callee, Name):
            name = call.callee.dotted
            known = self.names.known(name, call.function)
            head = name.partition(".")[0]
            if known == name and "." in name and not self.look.is_imported(head) and head not in self.names.classes:
                return (
                    f"**.{call.last}" if is_row_field(self.look, Name(head, call.line), call.function) else f"?.{name}"
                )
            return known
        if isinstance(call.callee, Attribute):
            kind = self.names.type_of(call.callee.value, call.function)
            return f"{kind}.{call.callee.name}" if kind else f"?.{call.callee.name}"
        if isinstance(call.callee, Call):
            made = self.callee(call.callee)
            return f"{made}()" if made else ""
        return ""


def receiver_of(call: Call) -> Expr | None:
    """What a method is called on."""
    if isinstance(call.callee, Attribute):
        return call.callee.value
    head = call.name.rpartition(".")[0]
    return Name(head, call.line) if head else None


def unprefixed(expr: Expr) -> Expr:
    """The handler inside ``http.StripPrefix("/api", h)``."""
    if isinstance(expr, Call) and expr.last in ("StripPrefix", "WrapH", "WrapHandler", "HTTPHandler") and expr.args:
        return unprefixed(expr.args[-1])
    return expr


def _spread(names: GoNames, args: tuple[Expr, ...], function: int) -> tuple[Expr, ...]:
    """The arguments with a list that is spread out at the end (``handlers...``) in place."""
    last = args[-1]
    if isinstance(last, Name):
        rows = names.rows(last, function)
        if rows:
            return (*args[:-1], *rows)
    return args


def _path_like(expr: Expr) -> bool:
    if isinstance(expr, Text):
        first = expr.parts[0] if expr.parts else ""
        return not isinstance(first, str) or first == "" or first.startswith(("/", ":", "*", "{")) or "/" in first
    return isinstance(expr, Name) or (isinstance(expr, Other) and expr.operator == "+")


def _handler_like(expr: Expr) -> bool:
    return isinstance(expr, (Lambda, Name, Call))
