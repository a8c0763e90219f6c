"""Fastify: routes on instances, plugins below their prefix, hooks as guards, folders that are loaded whole."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reviewer.gather.expressions import integer
from reviewer.gather.frameworks.node._dialects import FASTIFY_OPTIONS, METHODS, Dialect
from reviewer.gather.frameworks.node._express_reading import Reading, Receiver, reading_of
from reviewer.gather.frameworks.node._express_routes import declare
from reviewer.gather.frameworks.node._express_use import read_given
from reviewer.gather.frameworks.node._express_values import guard_name, paths_of
from reviewer.gather.frameworks.node._fastify_plugins import read_register
from reviewer.gather.frameworks.node._route_objects import (
    UNTOLD,
    declare_objects,
    handler_of,
    object_guards,
    read_lists,
)
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.route_paths import is_guard
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Text, plain
from reviewer.model.facts.routing import Mount, Route

FASTIFY = Dialect(
    name="Fastify",
    applications=frozenset({"fastify", "fastify.fastify", "fastify.Fastify", "@fastify/restartable"}),
    types=frozenset({
        "FastifyInstance", "FastifyTypebox", "FastifyZod", "FastifyTypedInstance", "FastifyInstanceWithZod",
        "ZodFastifyInstance", "FastifyInstanceTypebox", "FastifyTypeInstance",
    }),
    usual=frozenset({"fastify", "instance", "app", "server", "f", "api", "router", "scope"}),
    fields=frozenset({"this.app", "this.fastify", "this.server"}),
    others=("express", "koa", "hono", "@hapi/hapi", "@nestjs/core", "polka", "restify", "koa-router", "@koa/router"),
    chained=frozenset({"withTypeProvider", "register", "addHook", "after", "decorate", "decorateRequest", "addSchema"}),
    gives=frozenset({"register"}),
    plugins=("FastifyPlugin",),
    answering=frozenset({"reply", "res", "response", "rep"}),
    pages=frozenset({"view", "viewAsync", "sendFile"}),
)  # fmt: skip
MARK = re.compile(rf"fastify|\.route\(\s{{0,9}}\{{[^{{}}]{{0,300}}?\burl\b|{FASTIFY_OPTIONS.pattern}", re.IGNORECASE)
"""It may only be known by the options of its routes, in a plugin that is handed ``app``."""
LISTS = re.compile(r"\burl\s*:[^{}]{0,300}\bhandler\s*:|\burl\s*:\s*['\"`]/|\[\s{0,20}\.\.\.\w{0,40}[rR]outes?\b")
"""Lists of route objects stand in files of their own, which need not speak of Fastify."""
VERIFYING = re.compile(r"(?:jwtVerify|verifyJWT)$|authenticate", re.IGNORECASE)
OPTION = re.compile(r"(?:opts?|options?|config)\.prefix")
FETCHING = re.compile(r"(?:get|set|read|parse|decode|load|find|log|add|attach)[A-Z_]")
"""What such a function is called that only looks at the request, and lets everybody pass."""
REFUSING = frozenset({"unauthorized", "forbidden"})
GUARDING_HOOKS = frozenset({"onRequest", "preParsing", "preValidation", "preHandler"})


def read(module: Module, kept: Kept) -> None:
    """Keeps the instances, plugins, routes and mounts of a file."""
    known = MARK.search(module.text) is not None
    if module.imported(*FASTIFY.others) or not (known or LISTS.search(module.text)):
        return
    reading = reading_of(module, FASTIFY)
    read_lists(reading, "url", known)
    for call in module.calls if known else ():
        for round_ in reading.loops.rounds(call) if call.last in (*METHODS, "register", "route") else (call,):
            _read_call(reading, round_)
    if reading.routes or reading.mounts or reading.routers.found:
        whose = FASTIFY.name if known else UNTOLD
        kept.routers.extend(replace(item, framework=whose) for item in reading.routers.found.values())
        routes = sorted(map(_without_option, reading.routes), key=lambda item: item.line)
        kept.routes.extend(replace(item, framework=whose) for item in routes)
        kept.mounts.extend((*reading.routers.mounts, *reading.mounts))


def _read_call(reading: Reading, call: Call) -> None:
    wanted = call.last in METHODS or call.last in ("route", "register", "addHook")
    receiver = reading.receiver(call) if wanted else None
    if receiver is None:
        read_given(reading, call)
    elif call.last in METHODS:
        _read_shorthand(reading, call, receiver)
    elif call.last == "route" and call.args:
        _read_route(reading, call, receiver)
    elif call.last == "register" and call.args:
        read_register(reading, call, receiver.symbol)
    elif call.last == "addHook" and len(call.args) > 1 and plain(call.args[0]) in GUARDING_HOOKS:
        guard = guard_name(call.args[1]) or _hook_guard(reading, call.args[1])
        reading.remember(receiver.symbol, "", guard)
        reading.routers.add_guard(receiver.symbol, guard, call.line)


def _without_option(route: Route) -> Route:
    """``options.prefix + "/users"``: the plugin's prefix, which its mount tells."""
    path = tuple(part for part in route.path if isinstance(part, str) or not OPTION.fullmatch(part.name))
    return route if path == route.path else replace(route, path=path, prefixed=True)


def _hook_guard(reading: Reading, hook: Expr) -> str:
    """A hook written in place that asks for the token of a request, or refuses some: ``await request.jwtVerify()``."""
    if not isinstance(hook, Lambda):
        return ""
    calls = [call for call in reading.module.calls if call.function == hook.function]
    if any(call.last in REFUSING or (call.last in ("code", "status") and _refuses(call)) for call in calls):
        return "authenticated"
    given = {item.name for item in reading.module.functions[hook.function].parameters[:1]}
    return next((call.name for call in calls if VERIFYING.search(call.name) or _is_asked(call, given)), "")


def _is_asked(call: Call, request: set[str]) -> bool:
    """A guard by name that a hook hands its request on to: ``await fastify.isAuth(request, reply)``."""
    return (
        is_guard(call.name)
        and not FETCHING.match(call.last)
        and any(isinstance(arg, Name) and arg.dotted in request for arg in call.args)
    )


def _refuses(call: Call) -> bool:
    return any(integer(arg) in (401, 403) for arg in call.args)


def _read_shorthand(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``fastify.get(path, [options], handler)``; the handler may be one of the options."""
    if not call.args or (len(call.args) < 2 and receiver.path is None):
        return
    paths = paths_of(call.args[0])
    options = [arg for arg in call.args[1:] if not isinstance(arg, Lambda)]
    handler = call.args[-1]
    known = reading.names.values.get(handler.dotted) if isinstance(handler, Name) else handler
    if isinstance(known, Mapping):
        handler = handler_of(known) or handler
    if paths is None or not _is_served(call.args[0], handler, receiver):
        return
    guards = tuple(object_guards(reading, *options))
    for path in paths:
        declare(reading, call, receiver.symbol, path, [handler], guards)


def _is_served(path: Expr, handler: Expr, receiver: Receiver) -> bool:
    if receiver.sure:
        return True
    return (
        isinstance(path, Text)
        and (plain(path) or "/").startswith("/")
        and not isinstance(handler, Items | Text | Mapping)
    )


def _read_route(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``fastify.route({ method, url, handler })``, or what a loop takes from a list of another file."""
    if declare_objects(reading, call.args[0], receiver.symbol, call):
        return
    listed = reading.loops.iterated_by(call)
    if isinstance(listed, Name) and reading.names.is_own(listed):
        reading.routers.use(receiver.symbol, call.line)
        reading.mounts.append(
            Mount(parent=receiver.symbol, child=listed.dotted, framework=FASTIFY.name, line=call.line)
        )


FRAMEWORK = Framework(
    name=FASTIFY.name,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("fastify",),
)
