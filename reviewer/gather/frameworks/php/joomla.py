"""Joomla: routes that plugins of the group ``webservices`` hand to the API's router."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Text, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "Joomla"
ROUTER = "api"
CRUD = "createCRUDRoutes"
CRUD_ROUTES = (
    ("GET", "", "displayList"),
    ("GET", "/{id}", "displayItem"),
    ("POST", "", "add"),
    ("PATCH", "/{id}", "edit"),
    ("DELETE", "/{id}", "delete"),
)
"""``Joomla\\CMS\\Router\\ApiRouter::createCRUDRoutes``."""
PACKAGES = ("Joomla",)
PARAMETER = re.compile(r":(\w+)")
GUARD = "token"
"""The API asks for a token but for routes that say they are public."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a plugin."""
    if not module.imported(*PACKAGES):
        return
    look = look_at(module)
    routes = [route for call in module.calls for route in _routes(look, call)]
    if routes:
        kept.routers.append(Router(symbol=ROUTER, framework=NAME, line=routes[0].line))
        kept.routes.extend(routes)


def _routes(look: Look, call: Call) -> Iterator[Route]:
    if call.last == CRUD and len(call.args) > 1 and isinstance(call.args[0], (Text, Name)):
        public = len(call.args) > 3 and getattr(call.args[3], "text", "") == "true"
        for method, suffix, _ in CRUD_ROUTES:
            yield _route(call, (method,), (*value_of(call.args[0]), suffix), public and method == "GET")
    elif call.new and look.origin(call.name) == "Joomla.Router.Route" and len(call.args) > 2:
        methods = tuple(_texts(call.args[0]))
        if methods and isinstance(call.args[1], (Text, Name)):
            defaults = look.value(call.args[4], call.function) if len(call.args) > 4 else None
            public = isinstance(defaults, Mapping) and getattr(defaults.get("public"), "text", "") == "true"
            path: Value = tuple(
                PARAMETER.sub(r"{\1}", part) if isinstance(part, str) else part for part in value_of(call.args[1])
            )
            yield _route(call, methods, path, public)


def _texts(expr: Expr) -> Iterator[str]:
    for item in expr.values if isinstance(expr, Items) else (expr,):
        if text := plain(item):
            yield text.upper()


def _route(call: Call, methods: tuple[str, ...], path: Value, public: bool) -> Route:
    return Route(
        router=ROUTER,
        framework=NAME,
        methods=methods,
        path=path,
        line=call.line,
        end_line=call.end_line,
        guards=() if public else (GUARD,),
    )


FRAMEWORK = Framework(name=NAME, languages=("PHP",), read=read)
