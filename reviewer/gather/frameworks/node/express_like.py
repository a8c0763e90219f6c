"""Frameworks that declare routes as Express does: Polka, tinyhttp, HyperExpress, restana, Restify, itty-router."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from reviewer.gather.frameworks.node import express
from reviewer.gather.frameworks.node._dialects import METHODS, Dialect
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Assignment, Attribute, Call, Mapping, Module, Name, dotted, plain

ECMA = ("JavaScript", "TypeScript")
TYPES = frozenset({"Server", "App", "Application", "Router", "Polka", "Service", "RouterType", "IttyRouterType"})
"""What parameters that are handed an application or a router are typed as."""
NEW_ROUTER = "restana.newRouter"
USUAL = frozenset({"app", "server", "router", "api"})


def _dialect(name: str, applications: str, routers: str = "", **facts: object) -> Dialect:
    return Dialect(
        name=name,
        applications=frozenset(applications.split()),
        routers=frozenset(routers.split()),
        usual=USUAL,
        types=TYPES,
        **facts,  # type: ignore[arg-type]
    )


DIALECTS = {
    "polka": _dialect("Polka", "polka"),
    "@tinyhttp/app": _dialect("tinyhttp", "@tinyhttp/app.App", "@tinyhttp/router.Router"),
    "hyper-express": _dialect("HyperExpress", "hyper-express.Server", "hyper-express.Router"),
    "restana": _dialect("restana", "restana", NEW_ROUTER),
    "restify": _dialect("Restify", "restify.createServer", "restify-router.Router", chained=frozenset({"add"})),
    "itty-router": _dialect(
        "itty-router", "itty-router.Router itty-router.AutoRouter itty-router.IttyRouter", prefixes=("base",)
    ),
}  # fmt: skip
"""By the package whose import tells."""
HANDING_ON = re.compile(r"\.(?:handle|fetch|handler)$")
"""What itty-router hands the requests of a whole path to: the router there says its own base."""


def reader_of(package: str) -> Callable[[Module, Kept], None]:
    """The reader of one of these frameworks."""

    def read(module: Module, kept: Kept) -> None:
        if module.imported(package, *(f"{package}-router",) if package == "restify" else ()):
            made = tuple(_made(item, package) for item in module.assignments)
            calls = tuple(map(_as_express, module.calls))
            express.keep(replace(module, calls=calls, assignments=made), kept, DIALECTS[package])

    return read


def _made(item: Assignment, package: str) -> Assignment:
    """``const users = service.newRouter()`` of restana: a router like one that was made of nothing."""
    if package == "restana" and isinstance(item.value, Call) and item.value.last == "newRouter":
        return replace(item, value=replace(item.value, callee=Name(NEW_ROUTER, item.line)))
    return item


def _as_express(call: Call) -> Call:
    """A call in the words of Express: ``get({ path, name }, handler)``, ``applyRoutes(server, "/v1")``."""
    first = call.args[0] if call.args else None
    if call.last in METHODS and isinstance(first, Mapping) and len(call.args) > 1:
        path = first.get("path") or first.get("url")
        return replace(call, args=(path, *call.args[1:])) if path is not None else call
    if call.last == "all" and len(call.args) > 1 and HANDING_ON.search(dotted(call.args[-1])):
        return replace(call, args=())
    if call.last in ("applyRoutes", "add") and isinstance(call.callee, Name | Attribute) and call.args:
        return _mounting(call)
    return call


def _mounting(call: Call) -> Call:
    """restify-router's ``router.applyRoutes(server, prefix)`` and ``router.add(prefix, other)`` as ``use``."""
    router = dotted(call.callee).rpartition(".")[0]
    if call.last == "applyRoutes" and router and isinstance(call.args[0], Name):
        given = (*call.args[1:2], Name(router, call.line))
        return replace(call, callee=Name(f"{call.args[0].dotted}.use", call.line), args=given)
    if call.last == "add" and router and len(call.args) == 2 and (plain(call.args[0]) or "").startswith("/"):
        return replace(call, callee=Name(f"{router}.use", call.line))
    return call


def _framework(package: str) -> Framework:
    return Framework(name=DIALECTS[package].name, languages=ECMA, read=reader_of(package), packages=(package,))


POLKA = _framework("polka")
TINYHTTP = _framework("@tinyhttp/app")
HYPER_EXPRESS = _framework("hyper-express")
RESTANA = _framework("restana")
RESTIFY = _framework("restify")
ITTY_ROUTER = _framework("itty-router")
