"""Hono: chained routes, base paths, applications below others, and routes that an OpenAPI description declares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.node._dialects import METHODS, Dialect
from reviewer.gather.frameworks.node._express_reading import Reading, Receiver, line_of, reading_of
from reviewer.gather.frameworks.node._express_routes import declare
from reviewer.gather.frameworks.node._express_use import child_of, read_given, remember
from reviewer.gather.frameworks.node._express_values import guard_name, handler_name, paths_of
from reviewer.gather.frameworks.node._route_objects import methods_of
from reviewer.gather.keep import named_values
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Lambda, Mapping, Module, Name, Text, plain, value_of
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Ref, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

MODULES = ("hono", "@hono")
MADE = re.compile(r"(?:create|make|new|build)\w*(?:App|Router|Hono|Api|Factory)$", re.IGNORECASE)
"""What projects call a function of theirs that makes an application with its usual middlewares."""
HONO = Dialect(
    name="Hono",
    applications=frozenset({"hono.Hono", "hono/quick.Hono", "hono/tiny.Hono", "@hono/zod-openapi.OpenAPIHono"}),
    types=frozenset({"Hono", "OpenAPIHono", "AppOpenAPI"}),
    usual=frozenset({"app", "router", "api", "route", "routes", "hono"}),
    others=("express", "koa", "fastify", "@hapi/hapi", "@nestjs/core", "elysia"),
    chained=frozenset({"on", "openapi", "basePath", "notFound", "onError", "mount", "use", "doc", "doc31"}),
    answering=frozenset({"c", "ctx", "context"}),
    pages=frozenset({"html", "render"}),
)
MARK = re.compile(r"\b[Hh]ono\b|\bcreateRoute\b|\.openapi\(")
BASE = "basePath"
PATTERN = re.compile(r"(?<=\w)\{[^{}]*\}")
NO_GUARD = re.compile(
    r"logger|cors|pretty|timing|etag|compress|secure_?headers|request_?id|emoji|trim|cache", re.IGNORECASE
)
DESCRIBING = frozenset({"doc", "doc31", "getOpenAPIDocument", "getOpenAPI31Document"})
"""Methods of an application of zod-openapi that give the description of its routes."""
READ = METHODS | DESCRIBING | {"route", "use", "on", "openapi", "mount", BASE}


def read(module: Module, kept: Kept) -> None:
    """Keeps the applications, routes and mounts of a file, and the routes that it only describes."""
    if not MARK.search(module.text) or module.imported(*HONO.others):
        return
    known = module.imported(*MODULES)
    reading = reading_of(module, HONO)
    _describe(module, kept)
    _made(reading)
    for call in module.calls:
        if call.last in DESCRIBING and call.args and reading.receiver(call) is not None:
            sign = Sign(kind=SignKind.SPEC_GENERATOR, line=call.line, end_line=call.end_line, detail="zod-openapi")
            kept.signs.append(sign)
        for round_ in reading.loops.rounds(call) if call.last in ("route", *METHODS) else (call,):
            _read_call(reading, round_, known)
    if reading.routes or reading.mounts or reading.routers.found:
        kept.routers.extend(reading.routers.found.values())
        kept.routes.extend(sorted(reading.routes, key=lambda item: item.line))
        kept.mounts.extend((*reading.routers.mounts, *reading.mounts))


def _describe(module: Module, kept: Kept) -> None:
    """``list = createRoute({ method, path })``: the application that serves it may be in another file."""
    for item in module.assignments:
        made = item.value
        if isinstance(made, Call) and made.last == "createRoute" and made.args and isinstance(made.args[0], Mapping):
            for key in ("method", "path"):
                value = made.args[0].get(key)
                if value is not None:
                    kept.constants.extend(named_values(f"{item.target}.{key}", value))


def _made(reading: Reading) -> None:
    """Applications made by a function of the project, and those that stand below ``basePath`` of another."""
    routers = reading.routers
    for item in reading.module.assignments:
        base = _first_call(item.value)
        if base is None:
            continue
        if MADE.search(base.last) and reading.names.is_own(base.callee) and id(base) not in routers.created:
            routers.created[id(base)] = item.target
            routers.named[(item.function, -1, item.target)] = item.target
            routers.use(item.target, item.line)
        for call in _chain(item.value):
            if call.last == BASE and call.args and id(base) in routers.created:
                routers.add_prefix(routers.created[id(base)], value_of(call.args[0]), call.line)
        if base.last == BASE and base.args and isinstance(base.callee, Name):
            parent = routers.lookup(base.callee.dotted.rpartition(".")[0], item.function, item.owner)
            if parent and parent != item.target:
                routers.created[id(base)] = item.target
                routers.named[(item.function, -1, item.target)] = item.target
                routers.use(item.target, item.line)
                _mount(reading, base, parent, item.target, value_of(base.args[0]))


def _chain(expr: Expr | None) -> Iterable[Call]:
    while isinstance(expr, Call):
        yield expr
        expr = getattr(expr.callee, "value", None)


def _first_call(expr: Expr | None) -> Call | None:
    """The call that a chain begins with."""
    return next(reversed(list(_chain(expr))), None)


def _read_call(reading: Reading, call: Call, known: bool) -> None:
    receiver = reading.receiver(call) if call.last in READ else None
    if receiver is None:
        if known:
            read_given(reading, call)
    elif call.last in METHODS:
        _read_route(reading, call, receiver, call.args)
    elif call.last == "use":
        _read_use(reading, call, receiver)
    elif len(call.args) > 1:
        _read_further(reading, call, receiver)


def _read_further(reading: Reading, call: Call, receiver: Receiver) -> None:
    if call.last == "on" and len(call.args) > 2:
        for method in methods_of(call.args[0]) or ("ANY",):
            _read_route(reading, call, receiver, call.args[1:], method)
    elif call.last == "openapi":
        _read_described(reading, call, receiver)
    elif call.last in ("route", "mount"):
        child = child_of(reading, call.args[1], call)
        if child:
            _mount(reading, call, receiver.symbol, child, value_of(call.args[0]))
    elif call.last in ("doc", "doc31"):
        reading.route(call, receiver.symbol, ("GET",), value_of(call.args[0]), implicit=True)


def _read_route(reading: Reading, call: Call, receiver: Receiver, args: tuple[Expr, ...], method: str = "") -> None:
    if not args or (len(args) == 1 and not isinstance(args[0], Lambda)):
        return
    first = args[0]
    paths, handlers = ([()], args) if isinstance(first, Lambda) else (paths_of(first), args[1:])
    served = receiver.sure or (isinstance(first, Text) and (plain(first) or "/").startswith("/"))
    if paths is None or not served or plain(first) in ("*", "/*"):
        return
    if not receiver.sure and not any(isinstance(item, Lambda | Name | Call) for item in handlers):
        return
    for path in paths:
        count = len(reading.routes)
        declare(reading, call, receiver.symbol, _clean(path), list(reading.flattened(handlers)))
        if method and len(reading.routes) > count:
            made = reading.routes.pop()
            facts = {key: getattr(made, key) for key in ("handler", "page", "guards", "implicit")}
            reading.route(call, receiver.symbol, (method,), made.path, **facts)


def _clean(path: Value) -> Value:
    """``:id{[0-9]+}`` without its pattern."""
    return tuple(PATTERN.sub("", part) if isinstance(part, str) else part for part in path)


def _read_described(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``app.openapi(route, handler)``: method and path are the description's, which another file may hold."""
    route = call.args[0]
    known = reading.names.values.get(route.dotted, route) if isinstance(route, Name) else route
    handler = handler_name(call.args[-1], reading.names) if len(call.args) > 1 else ""
    options = known.args[0] if isinstance(known, Call) and known.args else None
    if isinstance(options, Mapping):
        path, middleware = value_of(options.get("path")), options.get("middleware")
        own = map(guard_name, reading.flattened((middleware,))) if middleware is not None else ()
        guards = (*reading.guards_before(receiver.symbol, path), *filter(None, own))
        methods = methods_of(options.get("method"), reading.names) or ("ANY",)
        reading.route(call, receiver.symbol, methods, path, handler=handler, guards=tuple(dict.fromkeys(guards)))
    elif isinstance(known, Name) and known.dotted.partition(".")[0] in reading.names.imports:
        guards = tuple(reading.guards_before(receiver.symbol, ()))
        path = (Ref(name=f"{known.dotted}.path"),)
        reading.route(call, receiver.symbol, (), path, handler=handler, name=known.dotted, guards=guards)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The method of a route that another file describes."""
    method = index.text(path, (Ref(name=f"{route.name}.method"),)) if route.name else ""
    return [Expansion(method=method.upper())] if method else []


def _read_use(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``app.use([path,] middleware...)`` guards what comes after."""
    first = call.args[0] if call.args else None
    prefix = value_of(first) if isinstance(first, Text) and len(call.args) > 1 else ()
    given = call.args[1:] if prefix else call.args
    guards = [name for item in reading.flattened(given) if (name := guard_name(item)) and not NO_GUARD.search(name)]
    remember(reading, receiver.symbol, prefix, guards)


def _mount(reading: Reading, call: Call, parent: str, child: str, prefix: Value) -> None:
    if parent == child:
        return
    reading.routers.use(parent, line_of(call))
    guards = tuple(dict.fromkeys(reading.guards_before(parent, prefix)))
    reading.mounts.append(
        Mount(parent=parent, child=child, framework=HONO.name, line=line_of(call), prefix=prefix, guards=guards)
    )


FRAMEWORK = Framework(
    name=HONO.name,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("hono", "@hono/zod-openapi"),
    expand=expand,
)
