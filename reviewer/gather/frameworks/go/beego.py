"""Beego: routes on the package, in namespaces, and in the comments of controllers that are included."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.frameworks.go._dialects import HTTP, bare_module
from reviewer.gather.frameworks.go._expand import expand as expand_methods
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import path_value, spelled
from reviewer.gather.frameworks.go._read import reader_of
from reviewer.gather.index import Index
from reviewer.gather.look import look_at
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Module, Name, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "Beego"
MODULES = ("github.com/astaxie/beego", "github.com/beego/beego", "github.com/beego/beego/server/web")
ANNOTATION = re.compile(r"^@router\s+(\S{1,200})(?:\s+\[([\w,\s]{1,60})\])?", re.MULTILINE | re.IGNORECASE)
ACTIONS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Delete": "DELETE",
    "Patch": "PATCH",
    "Head": "HEAD",
    "Options": "OPTIONS",
}
ROUTES = frozenset({"Router", "NSRouter"})
NAMESPACES = frozenset({"NewNamespace", "NSNamespace"})
INCLUDES = frozenset({"Include", "NSInclude"})
AUTOMATIC = frozenset({"AutoRouter", "NSAutoRouter", "AutoPrefix"})
ROOT = "beego"
TABLE = "[]"
PLAIN = reader_of(NAME)


def read(module: Module, kept: Kept) -> None:
    """Keeps routes by calls, namespaces with what is in them, and controllers' comments."""
    PLAIN(module, kept)
    _annotated(module, kept)
    if not any(bare_module(item.module) in MODULES for item in module.imports):
        return
    names = GoNames(look_at(module))
    inner: dict[int, str] = {}
    for call in module.calls:
        if call.last in NAMESPACES and call.args:
            _namespace(names, kept, call, inner)
    for call in module.calls:
        symbol = inner.get(id(call), ROOT)
        if call.last in ROUTES and len(call.args) > 1:
            kept.routes.extend(_routes(names, call, symbol))
        elif call.last in INCLUDES:
            for arg in call.args:
                child = f"{names.type_of(arg, call.function)}{TABLE}"
                kept.mounts.append(Mount(parent=symbol, child=child, framework=NAME, line=call.line))
        elif call.last in AUTOMATIC and call.args:
            kept.routes.append(_automatic(names, call, symbol))
    if any(item.router == ROOT for item in kept.routes) or any(item.parent == ROOT for item in kept.mounts):
        kept.routers.append(Router(symbol=ROOT, framework=NAME, line=1, root=True))


def _namespace(names: GoNames, kept: Kept, call: Call, inner: dict[int, str]) -> None:
    """A prefix for all that is among its arguments; ``NSBefore`` guards it."""
    symbol = f"namespace@{call.line}"
    parent = inner.get(id(call), ROOT)
    guards = [
        arg.dotted
        for part in call.args
        if isinstance(part, Call) and part.last == "NSBefore"
        for arg in part.args
        if isinstance(arg, Name)
    ]
    kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line))
    prefix = path_value(names.look, call.args[0], call.function)
    kept.mounts.append(
        Mount(parent=parent, child=symbol, framework=NAME, line=call.line, prefix=prefix, guards=tuple(guards))
    )
    for part in call.args[1:]:
        if isinstance(part, Call):
            inner[id(part)] = symbol


def _routes(names: GoNames, call: Call, symbol: str) -> list[Route]:
    """``Router("/x", &Users{}, "get:List;post:Create")``; without a mapping the controller's methods decide."""
    owner = names.type_of(call.args[1], call.function)
    path = path_value(names.look, call.args[0], call.function)
    mapping = plain(call.args[2]) if len(call.args) > 2 else None
    if not mapping:
        return [_route(symbol, (), path, call, owner)]
    found = []
    for part in mapping.split(";"):
        methods, _, action = part.partition(":")
        named = tuple(name.strip().upper() for name in methods.split(",") if name.strip().upper() in HTTP)
        found.append(_route(symbol, named or ("ANY",), path, call, f"{owner}.{action.strip()}"))
    return found


def _automatic(names: GoNames, call: Call, symbol: str) -> Route:
    """``AutoRouter(&ObjectController{})``: ``/object/method`` for every method."""
    target: Expr = call.args[-1]
    owner = names.type_of(target, call.function)
    short = owner.rpartition(".")[2].removesuffix("Controller").lower()
    prefix = path_value(names.look, call.args[0], call.function) if call.last == "AutoPrefix" else ()
    route = _route(symbol, (), (*prefix, f"/{short}"), call, owner)
    return Route(
        router=route.router, framework=NAME, methods=(), path=route.path, line=route.line, end_line=route.end_line,
        handler=owner, name="auto",
    )  # fmt: skip


def _route(symbol: str, methods: tuple[str, ...], path: Value, call: Call, handler: str) -> Route:
    return Route(
        router=symbol,
        framework=NAME,
        methods=methods,
        path=path,
        line=call.line,
        end_line=call.end_line,
        handler=handler,
    )


def _annotated(module: Module, kept: Kept) -> None:
    """``// @router /:id [get]`` above the methods of a controller: served where the controller is included."""
    for item in module.functions:
        match = ANNOTATION.search(item.doc[:4000]) if "@router" in item.doc.lower() and item.receiver else None
        if match is None or "." not in item.qualname or "@Summary" in item.doc:
            continue
        symbol = f"{item.qualname.partition('.')[0]}{TABLE}"
        if all(router.symbol != symbol for router in kept.routers):
            kept.routers.append(Router(symbol=symbol, framework=NAME, line=item.line))
        methods = tuple(name.strip().upper() for name in (match[2] or "get").split(",") if name.strip().upper() in HTTP)
        kept.routes.append(
            Route(
                router=symbol,
                framework=NAME,
                methods=methods or ("ANY",),
                path=(spelled(match[1]),),
                line=item.line,
                end_line=item.end_line,
                handler=item.qualname,
            )
        )


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of the controller that a route names."""
    found = index.classes(path, route.handler) if route.handler else None
    if found is None:
        yield from expand_methods(index, path, route)
        return
    for name in found[1].methods:
        if route.name == "auto" and name[:1].isupper() and name not in ("Prepare", "Finish", "URLMapping"):
            yield Expansion(method="ANY", suffix=f"/{name.lower()}", symbol=name)
        elif route.name != "auto" and name in ACTIONS:
            yield Expansion(method=ACTIONS[name], symbol=name)


FRAMEWORK = Framework(
    name=NAME,
    languages=("Go",),
    read=read,
    packages=("github.com/beego/beego/v2", "github.com/astaxie/beego", "github.com/beego/beego"),
    expand=expand,
)
