"""Koa with its routers: routes, prefixes, and routers handed on as middleware (``router.routes()``)."""

from __future__ import annotations

from reviewer.gather.frameworks.node._dialects import CONTEXT_HANDLER, METHODS, Dialect
from reviewer.gather.frameworks.node._express_reading import Reading, Receiver, line_of, reading_of
from reviewer.gather.frameworks.node._express_routes import declare, pages_of
from reviewer.gather.frameworks.node._express_tables import read_table
from reviewer.gather.frameworks.node._express_use import child_of, mount_folder, read_given, remember, split_paths
from reviewer.gather.frameworks.node._express_values import guard_name, paths_of
from reviewer.gather.frameworks.node._folders import by_file, required_folder
from reviewer.gather.frameworks.node._route_objects import declare_objects, lists_given, methods_of
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Module, Name, Text, plain, value_of
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Value

ROUTERS = frozenset({
    "koa-router", "@koa/router", "koa-joi-router", "koa-better-router", "koa-router.Router", "@koa/router.Router",
    "koa-zod-router", "@discordx/koa",
})  # fmt: skip
KOA = Dialect(
    name="Koa",
    applications=frozenset({"koa"}),
    routers=ROUTERS,
    types=frozenset({"Koa", "Router", "KoaRouter", "Application"}),
    usual=frozenset({"app", "router", "routes", "server"}),
    others=("express", "fastify", "hono", "@hapi/hapi", "@nestjs/core", "polka", "restify"),
    chained=frozenset({"prefix", "param", "use"}),
    prefixes=("prefix",),
    answering=frozenset({"ctx", "context"}),
    pages=frozenset({"render"}),
)
MODULES = ("koa", "koa-router", "@koa/router", "koa-joi-router", "koa-better-router", "koa-compose", "koa-mount")
AS_MIDDLEWARE = frozenset({"routes", "middleware", "callback"})
"""Methods that make a middleware of a router."""
JOINING = frozenset({"koa-compose", "koa-combine-routers"})
MOUNT = "koa-mount"
BY_PATH = "koa-route."
"""Makes a middleware of a path and a handler: ``app.use(route.get("/pets", list))``."""
OTHER_PLACES = frozenset({"use", "prefix", "route", "register"})
CONTEXTS = frozenset({"ctx", "context"})
NO_GUARD = frozenset({"allowedMethods"})
"""Middlewares of a router that serve nothing and keep nobody out."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routers, routes and mounts of a file."""
    known = module.imported(*MODULES)
    if not known and (module.imported(*KOA.others) or not CONTEXT_HANDLER.search(module.text)):
        return
    reading = reading_of(module, KOA)
    for call in module.calls:
        for round_ in reading.loops.rounds(call) if call.last in METHODS or call.last == "use" else (call,):
            _read_call(reading, round_)
    _handed_on(reading)
    if reading.routes or reading.mounts or reading.routers.found:
        kept.routers.extend(reading.routers.found.values())
        kept.routes.extend(sorted(reading.routes, key=lambda item: item.line))
        kept.mounts.extend((*reading.routers.mounts, *reading.mounts))
    kept.views.extend(pages_of(reading))


def _read_call(reading: Reading, call: Call) -> None:
    receiver = reading.receiver(call) if call.last in METHODS or call.last in OTHER_PLACES else None
    if receiver is None:
        read_given(reading, call)
        read_table(reading, call)
    elif call.last in METHODS:
        _read_route(reading, call, receiver)
    elif call.last == "use":
        _read_use(reading, call, receiver)
    elif call.last == "prefix" and call.args:
        reading.routers.add_prefix(receiver.symbol, value_of(call.args[0]), call.line)
    elif call.last == "route" and call.args and isinstance(call.args[0], Items):
        _read_listed(reading, call, receiver)
    elif call.last == "register" and len(call.args) > 2 and (methods := methods_of(call.args[1])):
        for path in paths_of(call.args[0]) or ():
            reading.route(call, receiver.symbol, methods, path)


def _read_route(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``router.get([name,] path, middleware..., handler)``."""
    args = call.args[1:] if len(call.args) > 2 and all(isinstance(arg, Text) for arg in call.args[:2]) else call.args
    if len(args) < 2:
        return
    paths, handlers = paths_of(args[0]), reading.flattened(args[1:])
    if paths is None or not handlers or not (receiver.sure or _is_served(reading, args[0], handlers[-1])):
        return
    for path in paths:
        if plain(args[0]) not in ("*", "(.*)", "/(.*)"):
            declare(reading, call, receiver.symbol, path, handlers)


def _is_served(reading: Reading, path: Expr, handler: Expr) -> bool:
    """On what is not known to be a router, a path and a handler of Koa's kind must be there."""
    if not (isinstance(path, Text) and (plain(path) or "").startswith("/")):
        return False
    if isinstance(handler, Lambda):
        parameters = reading.module.functions[handler.function].parameters
        return bool(parameters) and parameters[0].name in CONTEXTS
    return isinstance(handler, Name | Attribute)


def _read_use(reading: Reading, call: Call, receiver: Receiver) -> None:
    prefixes, given = split_paths(reading, call)
    for prefix in prefixes:
        guards: list[str] = []
        mounted = False
        for item in reading.flattened(given):
            if isinstance(item, Call) and item.last in NO_GUARD:
                continue
            if isinstance(item, Call) and _read_by_path(reading, item, receiver, prefix):
                mounted = True
                continue
            child, below = _mounted(reading, item, call)
            if (folder := _folder(reading, item)) is not None:
                mounted = True
                before = (*reading.guards_before(receiver.symbol, prefix), *guards)
                mount_folder(reading, call, receiver.symbol, by_file((*prefix, *below)), folder, before)
            elif child:
                mounted = True
                for served in (child, *lists_given(reading, item)):
                    mount(reading, receiver.symbol, served, call, (*prefix, *below), guards)
            elif guard := guard_name(item):
                guards.append(guard)
        if not mounted:
            remember(reading, receiver.symbol, prefix, guards)


def _read_by_path(reading: Reading, item: Call, receiver: Receiver, prefix: Value) -> bool:
    """``app.use(route.get("/pets", list))`` of koa-route."""
    if not reading.names.origin(item.callee).startswith(BY_PATH) or item.last not in METHODS or len(item.args) < 2:
        return False
    for path in paths_of(item.args[0]) or ():
        declare(reading, item, receiver.symbol, (*prefix, *path), list(item.args[1:]))
    return True


def _mounted(reading: Reading, item: Expr, call: Call) -> tuple[str, Value]:
    """What a middleware serves: the router's name and what ``mount("/path", ...)`` puts before it."""
    if isinstance(item, Call) and reading.names.origin(item.callee) == MOUNT and item.args:
        child, below = _mounted(reading, item.args[-1], call)
        return child, (*value_of(item.args[0]), *below) if len(item.args) > 1 else below
    if isinstance(item, Call) and item.last in AS_MIDDLEWARE:
        return _router_of(reading, item, call), ()
    if isinstance(item, Call):
        made = reading.routers.creation(item)
        known = made is not None or reading.names.is_own(item.callee)
        return (child_of(reading, item, call) if known else ""), ()
    return child_of(reading, item, call), ()


def _folder(reading: Reading, item: Expr) -> str | None:
    if isinstance(item, Call) and item.args and reading.names.origin(item.callee) == MOUNT:
        item = item.args[-1]
    if isinstance(item, Call) and item.last in AS_MIDDLEWARE:
        value = item.callee.value if isinstance(item.callee, Attribute) else None
        name = Name(item.callee.dotted.rpartition(".")[0], item.line) if isinstance(item.callee, Name) else None
        return required_folder(reading, value or name)
    return required_folder(reading, item)


def _router_of(reading: Reading, item: Call, call: Call) -> str:
    """The router that ``router.routes()`` is called on."""
    receiver = reading.receiver(item)
    if receiver is not None:
        return receiver.symbol
    if isinstance(item.callee, Name):
        name = item.callee.dotted.rpartition(".")[0]
        return reading.names.instance(name) if name and reading.names.is_own(name) else ""
    inner = item.callee.value if isinstance(item.callee, Attribute) else None
    return child_of(reading, inner, call) if isinstance(inner, Call) else ""


def mount(reading: Reading, parent: str, child: str, call: Call, prefix: Value, guards: list[str]) -> None:
    """Keeps that a router is served below another, behind the guards before it."""
    if parent == child:
        return
    reading.routers.use(parent, line_of(call))
    known = (*reading.guards_before(parent, prefix), *guards)
    reading.mounts.append(
        Mount(
            parent=parent,
            child=child,
            framework=reading.routers.dialect.name,
            line=line_of(call),
            prefix=prefix,
            guards=tuple(dict.fromkeys(known)),
        )
    )


def _read_listed(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``router.route([{ method, path, handler }])`` of koa-joi-router."""
    declare_objects(reading, call.args[0], receiver.symbol, call)


def _handed_on(reading: Reading) -> None:
    """``module.exports = router.routes()`` and ``const all = compose([a.routes(), b.routes()])`` stand for routers."""
    for item in reading.module.assignments:
        made = item.value
        if not isinstance(made, Call):
            continue
        target = exported_name(item.target) or item.target
        if made.last in AS_MIDDLEWARE:
            router = _router_of(reading, made, made)
            if router in reading.routers.found and "." not in target:
                reading.routers.stand_for(target, router, item.line)
        elif reading.names.origin(made.callee) in JOINING:
            for part in reading.flattened(made.args):
                child, _ = _mounted(reading, part, made)
                if child:
                    mount(reading, target, child, made, (), [])


FRAMEWORK = Framework(
    name=KOA.name,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("koa", "koa-router", "@koa/router"),
    by_mount=True,
)
