"""Falcon: resources added under a path, their responders by method and suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._declaring import Declaring
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, handed, owner_of, written
from reviewer.gather.frameworks.python._served import defined_methods, refusing, served_names
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, plain, value_of
from reviewer.model.facts.routing import Route

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Falcon"
MODULE = "falcon"
APPLICATIONS = frozenset({"App", "API"})
RESPONDERS = "on_"
RESPONDER = re.compile(r"on_(?:get|post|put|patch|delete)")
RESPONDER_MARK = "def on_"
BEFORE = "falcon.before"


def read(module: Module, kept: Kept) -> None:
    """Applications and what is added to them; in other files ``add_route`` with an object and a text tells too."""
    known = module.imported(MODULE)
    if known or RESPONDER_MARK in module.text:
        kept.views += refusing(Lookup(module), RESPONDER)
    adds = any(call.last == "add_route" and _is_rooted(call) for call in module.calls)
    if not known and not (adds and not module.imported("starlette", "fastapi", "sanic", "aiohttp")):
        return
    file = Declaring(NAME, Lookup(module), kept, follows_given=True)
    for item in module.assignments:
        call = item.value
        if isinstance(call, Call) and call.last in APPLICATIONS and file.lookup.origin(call.name).startswith(MODULE):
            file.router(item.target, item.line, root=True)
            file.guards[item.target] = _middleware(call)
    for call in module.calls:
        if call.last == "add_middleware" and call.args:
            head = owner_of(call.name)[0]
            file.guards[head] = (*file.guards.get(head, ()), *_texts(call.args[0]))
    for call in module.calls:
        _called(file, call)


def _called(file: Declaring, call: Call) -> None:
    tables = file.lookup.tables_of(call) if call.last == "add_route" else []
    for table in tables:
        file.mount(_router_of(call), table, call.line)
    if call.last == "add_route" and not tables and len(call.args) + len(call.keywords) >= 2:
        _added(file, call)
    elif call.last == "add_static_route" and call.args:
        path = (*value_of(call.args[0]), "/{path}")
        file.route(owner_of(call.name)[0], ("GET",), path, call, "", implicit=True)
    else:
        for name in handed(file.lookup, call, file.guards):
            file.mount(name, call.name, call.line, guards=file.guards.get(name, ()))


def _is_rooted(call: Call) -> bool:
    """Whether the first argument is a path, and the second an object or a class."""
    handler = call.args[1] if len(call.args) > 1 else None
    return (plain(call.args[0]) or "").startswith("/") if isinstance(handler, Call | Name) else False


def _middleware(call: Call) -> tuple[str, ...]:
    """What an application puts before everything: ``middleware=[AuthMiddleware()]``."""
    given = call.keywords.get("middleware")
    return _texts(given) if given is not None else ()


def _texts(given: Expr) -> tuple[str, ...]:
    listed = given.values if isinstance(given, Items) else (given,)
    return tuple(text for item in listed if (text := written(item)))


def _added(file: Declaring, call: Call) -> None:
    """``app.add_route("/path", Resource(), suffix="collection")``."""
    path, resource = argument(call, 0, "uri_template"), argument(call, 1, "resource")
    name = _class_of(file, resource, call.function)
    if path is None or not name:
        return
    suffix = plain(call.keywords.get("suffix")) or ""
    view = file.lookup.classes.get(name)
    before = tuple(
        written(argument(item, 0, "action"))
        for item in (view.decorators if view else ())
        if isinstance(item, Call) and file.lookup.origin(item.name) == BEFORE
    )
    file.route(_router_of(call), (), value_of(path), call, name, name=suffix, guards=before)


def _router_of(call: Call) -> str:
    head = owner_of(call.name)[0]
    return head if not head.startswith("self") or head == "self.app" else "self"


def _class_of(file: Declaring, expr: Expr | None, function: int) -> str:
    """The class whose object an expression is; an imported object stays as it is."""
    if isinstance(expr, Name):
        made = file.lookup.value(expr.dotted, function)
        return made.name if isinstance(made, Call) else expr.dotted
    return expr.name if isinstance(expr, Call) else ""


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The responders of a resource, those of the route's suffix alone."""
    known = served_names(index, *_made_by(index, path, route.handler))
    pattern = f"{RESPONDERS}{{}}{f'_{route.name}' if route.name else ''}"
    return [Expansion(method=method, symbol=name) for method, name in defined_methods(known, pattern)]


def _made_by(index: Index, path: str, name: str) -> tuple[str, str]:
    """A class by its own name, or by that of its only object in another file (``users`` of ``Users``)."""
    if index.classes(path, name) is not None:
        return path, name
    where, symbol = index.resolve(path, name)
    facts = index.files.get(where)
    classes = [item.name for item in facts.classes] if facts and where != path else []
    close = [item for item in classes if item.lower().startswith(symbol.rpartition(".")[2].lower().rstrip("s")[:20])]
    return where, close[0] if len(close) == 1 else classes[0] if len(classes) == 1 else symbol


FALCON = Framework(name=NAME, languages=("Python",), read=read, packages=("falcon",), expand=expand)
