"""Sails: the table of routes in its configuration; Feathers: services that answer the usual methods by themselves."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.node._method_paths import method_path
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Mapping, Module, Text, plain, value_of
from reviewer.model.facts.routing import Route, Router

ECMA = ("JavaScript", "TypeScript")
SAILS = "Sails"
ROUTES = frozenset({"module.exports.routes", "exports.routes"})
BARE_PATH = re.compile(r"^/[^\s]*$")
FEATHERS = "Feathers"
FEATHERS_MODULES = ("@feathersjs",)
SERVICE = (
    ("GET", "", "find"),
    ("POST", "", "create"),
    ("GET", "/{id}", "get"),
    ("PUT", "/{id}", "update"),
    ("PATCH", "/{id}", "patch"),
    ("DELETE", "/{id}", "remove"),
)


def read_sails(module: Module, kept: Kept) -> None:
    """``module.exports.routes = { "GET /users": "UserController.find" }``."""
    for item in module.assignments:
        if item.target not in ROUTES or not isinstance(item.value, Mapping):
            continue
        first = len(kept.routes)
        for key, value in item.value.pairs:
            text = (plain(key) or "").strip()
            found = method_path(text) or (("ANY", (text,)) if BARE_PATH.match(text) else None)
            if found is None or key is None:
                continue
            target = value.get("action") or value.get("controller") if isinstance(value, Mapping) else value
            kept.routes.append(
                Route(
                    router=SAILS,
                    framework=SAILS,
                    methods=(found[0],),
                    path=found[1],
                    line=key.line,
                    end_line=value.line,
                    handler=plain(target) or "",
                    page=isinstance(value, Mapping) and value.get("view") is not None,
                )
            )
        if len(kept.routes) > first:
            kept.routers.append(Router(symbol=SAILS, framework=SAILS, line=item.line, root=True))


def read_feathers(module: Module, kept: Kept) -> None:
    """``app.use("/messages", new MessageService())``: the methods that every service answers."""
    if not module.imported(*FEATHERS_MODULES):
        return
    names = Names(module)
    for call in module.calls:
        if call.last != "use" or len(call.args) < 2 or not isinstance(call.args[0], Text):
            continue
        service = call.args[1]
        made = isinstance(service, Call) and (service.new or names.package(service.callee).startswith("feathers-"))
        if not made:
            continue
        if not any(item.framework == FEATHERS for item in kept.routers):
            kept.routers.append(Router(symbol=FEATHERS, framework=FEATHERS, line=call.line, root=True))
        for method, suffix, name in SERVICE:
            kept.routes.append(
                Route(
                    router=FEATHERS,
                    framework=FEATHERS,
                    methods=(method,),
                    path=(*value_of(call.args[0]), suffix),
                    line=call.line,
                    end_line=call.end_line,
                    name=name,
                    implicit=True,
                )
            )


SAILS_FRAMEWORK = Framework(name=SAILS, languages=ECMA, read=read_sails, packages=("sails",))
FEATHERS_FRAMEWORK = Framework(
    name=FEATHERS, languages=ECMA, read=read_feathers, packages=("@feathersjs/feathers", "@feathersjs/express")
)
