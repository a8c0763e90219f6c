"""hapi: route objects given to servers, alone, in lists and by other files; plugins below their prefix; strategies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.node._dialects import Dialect
from reviewer.gather.frameworks.node._express_reading import Reading, line_of, reading_of
from reviewer.gather.frameworks.node._express_use import read_given
from reviewer.gather.frameworks.node._express_values import flat
from reviewer.gather.frameworks.node._route_objects import (
    UNTOLD,
    declare_object,
    declare_objects,
    handler_of,
    is_route,
    paths_of_object,
    read_lists,
)
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Module, Name, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Place, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

PACKAGES = ("@hapi/hapi", "hapi")
HAPI = Dialect(
    name="hapi",
    applications=frozenset(
        f"{package}{end}" for package in PACKAGES for end in ("", ".server", ".Server", ".createServer")
    ),
    types=frozenset({"Server"}),
    usual=frozenset({"server", "srv", "plugin"}),
    fields=frozenset({"this.server", "this._server"}),
    others=(
        "express",
        "koa",
        "hono",
        "fastify",
        "fastify-plugin",
        "@fastify/autoload",
        "@nestjs/core",
        "polka",
        "restify",
        "socket.io",
        "ws",
    ),
    answering=frozenset({"h", "reply", "toolkit"}),
    pages=frozenset({"view", "file"}),
)
MARK = re.compile(
    r"\bhapi\b|\bserver\s*+\.\s*+route\s*+\(|\bpath\s*+:[^{}]{0,200}\bhandler\s*+:|\bhandler\s*+:", re.IGNORECASE
)
STRONG = re.compile(r"\bhapi\b|\bserver\s*+\.\s*+route\s*+\(|\bplugin\b", re.IGNORECASE)
"""Without this a file at most lists routes for others."""
KEY = "path"
DEFAULT = "default"
PLUGINS_MOST = 200
"""Plugins of one list."""
OPTIONAL_PARAMETER = re.compile(r"\{(\w+)\?\}")
PARAMETER_MARKS = re.compile(r"\{(\w+)\*[^{}/]*\}")
CATCH_ALL = re.compile(r"/?\{\w+\*\}")
LIBRARY_HANDLERS = frozenset({"directory", "file", "proxy"})
OPEN_MODES = frozenset({"try", "optional"})


def read(module: Module, kept: Kept) -> None:
    """Keeps the servers, plugins, routes and mounts of a file."""
    if not MARK.search(module.text) or module.imported(*HAPI.others):
        return
    reading = reading_of(module, HAPI)
    strong = STRONG.search(module.text) is not None
    read_lists(reading, KEY, strong)
    _returned_lists(reading)
    _listed_plugins(reading)
    for call in module.calls if strong else ():
        if call.last in ("route", "register", "default"):
            _read_call(reading, call)
        else:
            read_given(reading, call)
    _named_plugins(reading)
    if reading.routes or reading.mounts or reading.routers.found:
        whose = HAPI.name if strong else UNTOLD
        kept.routers.extend(replace(item, framework=whose) for item in reading.routers.found.values())
        served = (_as_served(item) for item in reading.routes if not _is_catch_all(item))
        kept.routes.extend(replace(item, framework=whose) for item in sorted(served, key=lambda item: item.line))
        kept.mounts.extend((*reading.routers.mounts, *reading.mounts))


def _is_catch_all(route: Route) -> bool:
    """``{ method: "*", path: "/{any*}" }`` says what is answered where there is no endpoint."""
    return route.methods == ("ANY",) and len(route.path) == 1 and bool(CATCH_ALL.fullmatch(str(route.path[0])))


def _as_served(route: Route) -> Route:
    """``{id?}`` and ``{path*}`` as ``:id?`` and ``{path}``."""
    path = tuple(
        OPTIONAL_PARAMETER.sub(r":\1?", PARAMETER_MARKS.sub(r"{\1}", part)) if isinstance(part, str) else part
        for part in route.path
    )
    return replace(route, path=path)


def _returned_lists(reading: Reading) -> None:
    """``const routes = (handler) => [{ method, path, handler }]``: a router under the function's name.

    One that gives back a single route is such a router too: ``list() { return { method, path, handler }; }``.
    """
    for item in reading.module.returns:
        if item.function == -1:
            continue
        symbol = reading.routers.function_symbol(item.function) or "default"
        if isinstance(item.value, Items):
            for part in item.value.values:
                if isinstance(part, Mapping) and is_route(part) and handler_of(part) is not None:
                    _declare(reading, part, symbol, None)
        elif isinstance(item.value, Mapping) and is_route(item.value) and handler_of(item.value) is not None:
            _declare(reading, item.value, symbol, None)


def _listed_plugins(reading: Reading) -> None:
    """``module.exports = [Inert, { plugin: users, routes: { prefix } }]``: what a server registers as a whole."""
    for item in reading.module.assignments:
        symbol = exported_name(item.target) or item.target
        if item.function != -1 or "." in symbol or not isinstance(item.value, Items):
            continue
        for part in item.value.values[:PLUGINS_MOST]:
            given = (part.get("plugin") or part.get("register")) if isinstance(part, Mapping) else part
            name = dotted(given) if isinstance(given, Name) else ""
            if name in reading.names.imports and reading.names.is_own(name):
                mount = Mount(parent=symbol, child=name, framework=HAPI.name, line=part.line, prefix=_prefix(part))
                reading.mounts.append(mount)


def _named_plugins(reading: Reading) -> None:
    """``const users = { register(server) { ... } }; module.exports = users``: its name stands for what it registers."""
    exported = {item.local for item in reading.module.exports if not item.module and item.name == DEFAULT}
    for symbol in list(reading.routers.found):
        owner, _, method = symbol.rpartition(".")
        if method == "register" and owner in exported:
            reading.routers.stand_for(owner, symbol, reading.routers.found[symbol].line)


def _read_call(reading: Reading, call: Call) -> None:
    receiver = reading.receiver(call)
    if call.last == "default" and call.args and call.name.endswith(".auth.default"):
        _read_default(reading, call)
    elif receiver is not None and call.last == "route" and call.args:
        _read_route(reading, call, receiver.symbol)
    elif receiver is not None and call.last == "register" and call.args:
        _read_register(reading, call, receiver.symbol)


def _read_default(reading: Reading, call: Call) -> None:
    """``server.auth.default("jwt")`` stands before every route of the server."""
    symbol = reading.routers.lookup(call.name.removesuffix(".auth.default"), call.function, call.owner)
    if symbol is not None:
        reading.routers.add_guard(symbol, _strategy(call.args[0]), call.line)


def _read_route(reading: Reading, call: Call, symbol: str) -> None:
    for item in flat((call.args[0],)):
        known = reading.names.values.get(item.dotted, item) if isinstance(item, Name) else item
        if isinstance(known, Mapping) and is_route(known):
            _declare(reading, known, symbol, call)
        elif isinstance(known, Items) and not _is_router(reading, item):
            declare_objects(reading, known, symbol, call)
        else:
            listed = reading.loops.iterated_by(call) if isinstance(item, Name) else None
            child = _child(reading, listed if listed is not None else item)
            if child:
                _mount(reading, call, symbol, child)


def _is_router(reading: Reading, item: Expr) -> bool:
    return isinstance(item, Name) and item.dotted in reading.routers.found


def _child(reading: Reading, item: Expr) -> str:
    """The list that a name, ``require("./routes")`` or ``routes(handler)`` means."""
    name = dotted(item.callee) if isinstance(item, Call) else dotted(item) if isinstance(item, Name | Attribute) else ""
    return reading.names.instance(name) if name and reading.names.is_own(name) else ""


def _declare(reading: Reading, item: Mapping, symbol: str, call: Call | None) -> None:
    guards = tuple(_auth(item))
    for path in paths_of_object(item):
        declare_object(reading, item, symbol, path, call, guards)
        handler = handler_of(item)
        if isinstance(handler, Mapping):
            found = reading.routes[-1]
            library = any(handler.get(key) is not None for key in LIBRARY_HANDLERS)
            reading.routes[-1] = replace(found, implicit=library, page=handler.get("view") is not None)


def _auth(item: Mapping) -> Iterator[str]:
    """The strategy that a route asks for, ``no-auth`` where it opens itself."""
    for holder in (item, item.get("options"), item.get("config")):
        given = holder.get("auth") if isinstance(holder, Mapping) else None
        if given is not None:
            yield "no_auth" if truth(given) is False else _strategy(given)


def _strategy(expr: Expr) -> str:
    if isinstance(expr, Mapping):
        mode = plain(expr.get("mode")) or ""
        listed = expr.get("strategy") or expr.get("strategies")
        if mode in OPEN_MODES:
            return f"optional {mode}"
        return _strategy(listed) if listed is not None else "auth"
    if isinstance(expr, Items):
        return _strategy(expr.values[0]) if expr.values else ""
    return f"auth {plain(expr) or dotted(expr)}"


def _read_register(reading: Reading, call: Call, parent: str) -> None:
    """``server.register(plugin | { plugin, routes: { prefix } } | [...], { routes: { prefix } })``."""
    below = _prefix(call.args[1]) if len(call.args) > 1 else ()
    for item in flat((call.args[0],)):
        known = reading.names.values.get(item.dotted, item) if isinstance(item, Name) else item
        if isinstance(known, Mapping) and known.get("plugin") is not None:
            child, prefix = _plugin(reading, known.get("plugin")), _prefix(known) or below
        elif isinstance(known, Mapping) and known.get("register") is not None:
            registered = known.get("register")
            own = reading.names.values.get(item.dotted) is known if isinstance(item, Name) else False
            child, prefix = (f"{dotted(item)}.register" if own else _plugin(reading, registered)), below
        else:
            child, prefix = _plugin(reading, item), below
        if child:
            _mount(reading, call, parent, child, prefix)


def _plugin(reading: Reading, expr: Expr | None) -> str:
    if isinstance(expr, Name) and isinstance(reading.names.values.get(expr.dotted), Mapping):
        inside = f"{expr.dotted}.register"
        return inside if inside in reading.functions else expr.dotted
    return _child(reading, expr) if expr is not None else ""


def _prefix(expr: Expr) -> Value:
    routes = expr.get("routes") if isinstance(expr, Mapping) else None
    value = routes.get("prefix") if isinstance(routes, Mapping) else None
    return value_of(value) if value is not None else ()


def _mount(reading: Reading, call: Call, parent: str, child: str, prefix: Value = ()) -> None:
    if parent != child:
        reading.routers.use(parent, line_of(call))
        reading.mounts.append(Mount(parent=parent, child=child, framework=HAPI.name, line=line_of(call), prefix=prefix))


def expand(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """The route's own methods. A handler of an object that another file made is the method of that name near by."""
    head, _, name = route.handler.rpartition(".")
    place = None
    if head and index.function(path, route.handler) is None:
        folder = path.rpartition("/")[0]
        near = [other for other in index.files if other.rpartition("/")[0] == folder and other != path]
        found = [(other, item) for other in near for item in index.files[other].functions if item.name == name]
        if len(found) == 1:
            place = Place(path=found[0][0], line=found[0][1].line, end_line=found[0][1].end_line)
    return (Expansion(method=method, place=place) for method in route.methods)


FRAMEWORK = Framework(
    name=HAPI.name,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=PACKAGES,
    expand=expand,
    decides=True,
)
