"""Routes as the calls of a file declare them: one by one, in tables, in lists, as resources, through wrappers."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.gather.expressions import names_in
from reviewer.gather.frameworks.go._dialects import GENERIC, Dialect
from reviewer.gather.frameworks.go._dispatch import MAYBE, parameter_of
from reviewer.gather.frameworks.go._groups import Groups
from reviewer.gather.frameworks.go._handlers import LIBRARY_HANDLERS, guards_among, handled, page_functions
from reviewer.gather.frameworks.go._lists import row_prefix
from reviewer.gather.frameworks.go._methods import method_checks
from reviewer.gather.frameworks.go._paths import path_value, pattern_parts, raw_value, spelled
from reviewer.gather.frameworks.go._routers import ERROR_NAME
from reviewer.gather.frameworks.go._shapes import receiver_of, result_of_several, spread
from reviewer.gather.frameworks.go._symbols import NET_HTTP
from reviewer.gather.frameworks.go._tables import is_row_field, row_of, table_of
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Name, Text, plain
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Ref, Value

EVERYTHING = (("*",), ("/*",), ("/*path",), ("/{path:.*}",), ("/*filepath",), ("/*any",), ("/:*",))
"""Paths that every request fits: what answers them serves a page's files, or says that there is nothing."""
UNTOLD = (Ref(name=""),)
"""A path that only running would tell: the result of a function of the project."""
GATEWAYS = ("github.com/aws/aws-lambda-go", "github.com/awslabs/aws-lambda-go-api-proxy")
"""Packages of functions that are called by a gateway with routes of its own."""
RESOURCE = (
    *(("GET", "", "List"), ("GET", "/{id}", "Show"), ("POST", "", "Create"), ("PUT", "/{id}", "Update")),
    *(("DELETE", "/{id}", "Destroy"), ("GET", "/new", "New"), ("GET", "/{id}/edit", "Edit")),
)


def is_sub_tree(path: Value, target: Expr) -> bool:
    """Whether a pattern stands for what another mux serves below a prefix, or has its method from a table."""
    stripped = isinstance(target, Call) and target.last == "StripPrefix" and any(isinstance(part, Ref) for part in path)
    return stripped or any(isinstance(part, str) and " " in part for part in path)


@dataclass(slots=True)
class Wrapper:
    """A function of the project that declares the route it is given: ``func (a *App) Get(path string, h Handler)``."""

    symbol: str
    dialect: Dialect
    methods: tuple[str, ...]
    path: int
    handler: int


@dataclass(slots=True)
class Declaring:
    """The routes of one file."""

    routers: Groups
    routes: list[Route] = field(default_factory=list)
    wrappers: dict[str, Wrapper] = field(default_factory=dict)
    pages: dict[int, bool] = field(init=False)
    outer: dict[int, Call] = field(default_factory=dict)
    """The call that is made on the result of a call, by the id of the latter."""

    def __post_init__(self) -> None:
        self.pages = page_functions(self.routers.module)
        for call in self.routers.module.calls:
            if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
                self.outer[id(call.callee.value)] = call

    def open_route(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """A route for every method, unless its path, the calls on it, or its handler say otherwise."""
        args = call.args
        if dialect.chained and call.last in ("HandlerFunc", "Handler"):
            if self.chained_table(call, dialect):
                return True
            args = (Text((), call.line, call.line), *args)
        if len(args) < 2 or (call.name in ("http.Handle", "http.HandleFunc") and dialect is not NET_HTTP):
            return False
        methods = self.routers.methods.get(symbol, ())
        if dialect.chained:
            methods = self.chained_methods(call) or methods
        elif dialect is not NET_HTTP:
            methods = ("ANY",) if dialect.name != "chi" else ()
        return self.route(call, symbol, dialect, methods, args)

    def chained_table(self, call: Call, dialect: Dialect) -> bool:
        """``router.Methods(route.Method).Path(route.Pattern).Handler(h)`` in a loop over a table."""
        link: Expr | None = receiver_of(call)
        path: Expr | None = None
        while isinstance(link, Call):
            path = link.args[0] if link.last in ("Path", "PathPrefix") and link.args else path
            link = receiver_of(link)
        if path is None or link is None or not is_row_field(self.routers.look, path, call.function):
            return False
        symbol = self.routers.of(link, call.function)
        return symbol is not None and self.table(call, symbol, dialect, (), (path,))

    def chained_methods(self, call: Call) -> tuple[str, ...]:
        """What ``.Methods("GET", "POST")`` after a route names."""
        following = self.outer.get(id(call))
        while following is not None:
            if following.last == "Methods":
                found = [name for arg in following.args for name in self.routers.methods_of(arg, call.function)]
                return tuple(name for name in found if name != "OPTIONS" or len(found) == 1)
            following = self.outer.get(id(following))
        return ()

    def route(
        self, call: Call, symbol: str, dialect: Dialect, methods: tuple[str, ...], args: tuple[Expr, ...]
    ) -> bool:
        """Declares a route: the path first, then handler and middleware in the order of the framework."""
        if len(args) < 2 or isinstance(args[0], (Lambda, Items)):
            return False
        listed = spread(self.routers.names, args[1:], call.function) if not dialect.handler_first else args[1:]
        if is_row_field(self.routers.look, args[0], call.function):
            return self.table(call, symbol, dialect, methods, args)
        if self.wraps(call, symbol, dialect, methods, args):
            return True
        target, others = (listed[0], listed[1:]) if dialect.handler_first else (listed[-1], listed[:-1])
        handler = handled(self.routers.names, target, call.function)
        path = raw_value(self.routers.look, args[0], call.function)
        if dialect in (NET_HTTP, GENERIC) or dialect.name == "chi":
            own, path = pattern_parts(path)
            methods = own or methods
        untold = path == UNTOLD or self.is_computed(args[0], call.function)
        if untold and self.is_computed(target, call.function):
            return True
        closure = handler.closure
        if not methods and closure != -1:
            methods = method_checks(self.routers.module).get(closure, ())
        if closure != -1 and dialect is NET_HTTP and path and str(path[-1]).endswith("/") and path != ("/",):
            taken = parameter_of(self.routers.module, closure)
            path = (*path, f"{{{taken.rstrip(MAYBE)}}}") if taken else path
        guards = (*self.routers.guards.get(symbol, ()), *guards_among(self.routers.names, tuple(others), call.function))
        passed_on = self.routers.names.calls_in.get(closure, ()) if closure != -1 else ()
        named = (*names_in(target), handler.name, *(call.name for call in passed_on[:1]))
        library = LIBRARY_HANDLERS.search(" ".join(named))
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
                implicit=bool(library) or untold or is_sub_tree(path, target) or self.takes_all(path, methods),
            )
        )
        return True

    def is_computed(self, expr: Expr, function: int) -> bool:
        """Whether a name stands for one of several results of a call: ``path, handler := NewUserServiceHandler(s)``."""
        if not isinstance(expr, Name) or "." in expr.dotted:
            return False
        found = [item for item in self.routers.look.assigned(expr.dotted, function) if item.function != -1]
        made = result_of_several(found[-1].value) if found else None
        return made is not None and any(
            item.target != expr.dotted
            and result_of_several(item.value) is made
            and not ERROR_NAME.fullmatch(item.target)
            for item in self.routers.module.assignments
            if item.line == found[-1].line
        )

    def takes_all(self, path: Value, methods: tuple[str, ...]) -> bool:
        """Whether a route only takes what no other one does; behind a gateway, ``/`` is whatever the gateway sends."""
        if path in EVERYTHING:
            return methods in ((), ("ANY",), ("GET",))
        return path == ("/",) and not methods and self.routers.module.imported(*GATEWAYS)

    def table(
        self, call: Call, symbol: str, dialect: Dialect, methods: tuple[str, ...], args: tuple[Expr, ...]
    ) -> bool:
        """A route whose path comes from a table that a loop goes through."""
        table = table_of(self.routers.names, args[0], call.function)
        if table is None:
            return False
        if isinstance(table, str):
            before = row_prefix(self.routers.names, args[0], call.function)
            self.routers.mount(symbol, table, before, call.line)
            return True
        for path, target in table:
            self.route(call, symbol, dialect, methods, (path, target))
        return True

    def listed(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """``server.AddRoutes([]rest.Route{...}, rest.WithPrefix("/v1"), rest.WithJwt(secret))``."""
        options = [arg for arg in call.args[1:] if isinstance(arg, Call)]
        prefix = next((item.args[0] for item in options if item.last == "WithPrefix" and item.args), None)
        guards = tuple(item.last for item in options if item.last.startswith("WithJwt"))
        made = self.routers.derive(symbol, call, path_value(self.routers.look, prefix, call.function), guards, dialect)
        first = call.args[0] if call.args else None
        if isinstance(first, Call) and first.last == "WithMiddlewares":
            first = first.args[-1] if first.args else None
        for row in self.routers.names.rows(first, call.function) or ((first,) if isinstance(first, Call) else ()):
            found = row_of(self.routers.names, row, call.function, made, dialect)
            if found is not None:
                self.routes.append(found)
        return True

    def resource(self, call: Call, symbol: str, dialect: Dialect) -> bool:
        """The routes of a resource with its usual methods."""
        if len(call.args) < 2:
            return False
        owner = self.routers.names.type_of(call.args[1], call.function)
        prefix = path_value(self.routers.look, call.args[0], call.function)
        for method, suffix, name in RESOURCE:
            if owner in self.routers.names.classes and f"{owner}.{name}" not in self.routers.names.functions:
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

    def wraps(
        self, call: Call, symbol: str, dialect: Dialect, methods: tuple[str, ...], args: tuple[Expr, ...]
    ) -> bool:
        """Whether the path is a parameter of the function around, which is kept as a wrapper then."""
        item = self.routers.module.functions[call.function] if call.function != -1 else None
        if item is None or not isinstance(args[0], Name) or "<lambda>" in item.qualname:
            return False
        names = [parameter.name for parameter in item.parameters]
        if args[0].dotted not in names:
            return False
        inside = [part for arg in args[1:] for part in names_in(arg) if part in names]
        if inside:
            path, handler = names.index(args[0].dotted), names.index(inside[-1])
            self.wrappers[item.qualname] = Wrapper(symbol, dialect, methods, path, handler)
        return True

    def through_wrapper(self, call: Call) -> None:
        """A call of a wrapper of this file declares its route."""
        found = self.wrappers.get(self.routers.names.known(call.name, call.function))
        if found is not None and len(call.args) > max(found.path, found.handler):
            args = (call.args[found.path], call.args[found.handler])
            self.route(call, found.symbol, found.dialect, found.methods, args)
