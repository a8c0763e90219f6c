"""Routes of Flask as decorators, resources and URL rules declare them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import (
    VERBS,
    argument,
    guards_of,
    methods_of,
    owner_of,
    unwrapped,
    written,
)
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Name, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router

NAME = "Flask"
ROUTE_DECORATORS = frozenset({"route", *VERBS})
DOCUMENTING = frozenset({
    "doc", "param", "response", "alt_response", "expect", "header", "produces", "hide", "deprecated", "errorhandler",
    "marshal_with", "marshal_list_with", "use_kwargs", "use_args", "arguments", "input", "output", "swag_from",
    "schema",
})  # fmt: skip
"""Decorators that describe or convert, and so never guard."""
UNGUARDING = ROUTE_DECORATORS | DOCUMENTING
PARAMETER = re.compile(r"<[^<>]*>")
CHANGING = frozenset({"PUT", "PATCH", "DELETE"})


@dataclass(slots=True)
class FlaskFile:
    """One file being read, and what it declares. ``before`` holds guards that stand before all routes of a router."""

    lookup: Lookup
    framework: str = NAME
    routers: list[Router] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    before: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    """Handlers that answer with text which is no markup."""

    def router_of(self, head: str, function: int, line: int) -> str:
        """What a route or mount belongs to: a variable, or the function that is given it as a parameter."""
        given = self.lookup.given_to(head, function)
        if given and not any(router.symbol == given for router in self.routers):
            self.routers.append(Router(symbol=given, framework=self.framework, line=line))
        return given or head

    def decorated(self, decorator: Call, target: Function | Class) -> None:
        """``@app.route("/path")`` over a function, or over a class of a namespace."""
        head, last = owner_of(decorator.name)
        path = argument(decorator, 0, "rule")
        if path is None:
            return
        guards = guards_of(target.decorators, UNGUARDING) + self.before.get(head, ())
        if isinstance(target, Class):
            for item in decorator.args or (path,):
                self.class_route(head, target.name, item, decorator, guards)
                self.routes[-1] = replace(self.routes[-1], end_line=target.end_line)
                if own := self._own_methods(target):
                    route = self.routes.pop()
                    self.routes += [self._of_method(route, method) for method in own]
            return
        methods = (VERBS[last],) if last in VERBS else self._declared(decorator, target.parent)
        self._add(head, methods, path, decorator, target.qualname, guards, target)
        self.routes[-1] = replace(self.routes[-1], end_line=target.end_line)

    def applied(self, decorator: Call, view: Expr, guards: tuple[str, ...]) -> None:
        """``bp.route("/path")(view)``, and the same of a class view."""
        head, last = owner_of(decorator.name)
        path = argument(decorator, 0, "rule")
        if path is None:
            return
        if isinstance(view, Call):
            self.class_route(head, owner_of(view.name)[0], path, decorator, guards)
            return
        handler = self.lookup.functions.get(dotted(view))
        guards += guards_of(handler.decorators, UNGUARDING) if handler else ()
        methods = (VERBS[last],) if last in VERBS else self._declared(decorator, decorator.function)
        self._add(head, methods, path, decorator, dotted(view), guards + self.before.get(head, ()))

    def _own_methods(self, target: Class) -> list[Function]:
        """The methods of a class that shares its name with another of the file: the name does not lead to it."""
        if sum(item.name == target.name for item in self.lookup.module.classes) == 1:
            return []
        return [item for item in self.lookup.methods_of(target) if item.name in VERBS]

    def _of_method(self, route: Route, method: Function) -> Route:
        guards = (*guards_of(method.decorators, UNGUARDING), *route.guards)
        return replace(route, methods=(VERBS[method.name],), guards=guards)

    def class_route(self, router: str, name: str, path: Expr, call: Call, guards: tuple[str, ...] = ()) -> None:
        """A route to a class: which methods it answers stands in the class, wherever that is."""
        view = self.lookup.classes.get(name)
        handlers = [item for item in self.lookup.methods_of(view) if item.name in VERBS] if view else []
        self._add(router, (), path, call, name, guards + self._class_guards(view))
        if handlers and all(self.lookup.renders(item) for item in handlers):
            self.routes[-1] = replace(self.routes[-1], page=True)

    def url_rule(self, call: Call, router: str) -> None:
        """``add_url_rule(path, endpoint, view_func)`` for a function or for ``View.as_view(...)``."""
        path, view = argument(call, 0, "rule"), argument(call, 2, "view_func")
        if path is None or (view is None and (view := self._endpoint(argument(call, 1, "endpoint"))) is None):
            return
        if isinstance(view, Name):
            made = self.lookup.value(view.dotted, call.function)
            view = made if isinstance(made, Call | Name) else view
        view, guards = unwrapped(view)
        if isinstance(view, Call):
            self.class_route(router, owner_of(view.name)[0], path, call, guards)
            methods = methods_of(self.lookup, call.keywords.get("methods"), call.function)
            self.routes[-1] = replace(self.routes[-1], methods=methods or ())
            return
        name = dotted(view)
        handler = self.lookup.functions.get(name)
        guards += guards_of(handler.decorators, UNGUARDING) if handler else ()
        self._add(router, self._declared(call, call.function), path, call, name, guards)

    def _endpoint(self, endpoint: Expr | None) -> Expr | None:
        """The function of this file that ``@app.endpoint("name")`` makes the view of a rule that names none."""
        named = (
            Name(dotted=function.qualname, line=function.line)
            for function in self.lookup.module.functions
            for item in function.decorators
            if isinstance(item, Call) and item.last == "endpoint" and item.args
            if endpoint is not None and plain(item.args[0]) == plain(endpoint)
        )
        return next(named, None)

    def _declared(self, call: Call, function: int) -> tuple[str, ...]:
        if "methods" not in call.keywords:
            return ("GET",)
        return methods_of(self.lookup, call.keywords["methods"], function) or ("ANY",)

    def _class_guards(self, view: Class | None) -> tuple[str, ...]:
        return tuple(
            text
            for name, value in (self.lookup.fields_of(view) if view else {}).items()
            if name in ("decorators", "method_decorators") and isinstance(value, Items)
            for guard in value.values
            if (text := written(guard))
        )

    def _add(
        self,
        router: str,
        methods: tuple[str, ...],
        path: Expr,
        call: Call,
        handler: str,
        guards: tuple[str, ...],
        target: Function | None = None,
    ) -> None:
        function = target or (self.lookup.functions.get(handler) if methods else None)
        self.routes.append(
            Route(
                router=self.router_of(router, call.function, call.line),
                framework=self.framework,
                methods=methods,
                path=value_of(path),
                line=call.line,
                end_line=call.end_line,
                handler=handler,
                page=function is not None and self._is_page(function, methods),
                guards=guards,
                implicit=self.lookup.is_given(value_of(path), call.function),
            )
        )

    def _is_page(self, function: Function, methods: tuple[str, ...]) -> bool:
        if self.lookup.renders(function):
            return True
        says_text = methods == ("GET",) and self.lookup.says_text(function)
        if says_text and not self.lookup.says_markup(function):
            self.plain.add(function.qualname)
        return says_text


def representations(file: FlaskFile, of_api: bool = False) -> list[Route]:
    """The routes, pages that are an API's answers made plain routes.

    A rendered GET on the path, or on the collection, of something that PUT, PATCH or DELETE also answer is that
    resource's representation, and so is whatever else its handler serves. Plain text is a page among pages, and an
    answer like any other in a file that answers with data too, or is ``of_api``.
    """
    routes = file.routes
    changing = {(route.router, _path(route)) for route in routes if CHANGING.intersection(route.methods)}
    collections = {(router, path.rpartition("/")[0]) for router, path in changing if path.endswith(">")}
    resources = changing | collections
    handlers = {route.handler for route in routes if (route.router, _path(route)) in resources}
    if of_api or any(not route.page for route in routes):
        handlers |= file.plain
    return [replace(route, page=False) if route.page and route.handler in handlers else route for route in routes]


def _path(route: Route) -> str:
    """The path without the names of its parameters."""
    text = "".join(part if isinstance(part, str) else f"<{part.name}>" for part in route.path)
    return PARAMETER.sub("<>", text).rstrip("/")
