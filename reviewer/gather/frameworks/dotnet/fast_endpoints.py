"""FastEndpoints: one class for each endpoint, which says its route in ``Configure``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._attributes import METHODS, find, guards_of, methods_of, template
from reviewer.gather.look import words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Function, Items, Module, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router

NAME = "FastEndpoints"
BASES = re.compile(r"(?:Ep\.|Endpoint)(?:\w*)(?:\.\w+)*\Z|EndpointWithoutRequest\Z|EndpointWithMapping\Z")
VERBS = {"Get": "GET", "Post": "POST", "Put": "PUT", "Patch": "PATCH", "Delete": "DELETE", "Head": "HEAD"}
CONFIGURE = "Configure"
OPEN = "AllowAnonymous"
GUARD = "Authorize"
"""Every endpoint asks who is there, unless it says that it does not."""
GROUP_BASES = words("Group SubGroup")
PREFIX = "Endpoints.RoutePrefix"


def read(module: Module, kept: Kept) -> None:
    """Keeps endpoints, their groups and the application's prefix."""
    known = any(item.module.split(".")[0] == NAME for item in module.imports)
    for item in module.assignments:
        if item.target.endswith(PREFIX) and isinstance(item.value, Text):
            kept.routers.append(
                Router(symbol="app", framework=NAME, line=item.line, root=True, prefix=value_of(item.value))
            )
    for owner in module.classes:
        if any(BASES.match(_base(base)) for base in owner.bases):
            _endpoint(module, kept, owner, known)
        elif known and any(_base(base) in GROUP_BASES for base in owner.bases):
            _group(module, kept, owner)


def _base(base: object) -> str:
    return dotted(getattr(base, "callee", base))  # type: ignore[arg-type]


def _endpoint(module: Module, kept: Kept, owner: Class, known: bool) -> None:
    methods = list(module.methods_of(owner))
    configure = next((item for item in methods if item.name == CONFIGURE), None)
    handler = next((item for item in methods if item.name in ("HandleAsync", "ExecuteAsync", "Handle")), None)
    routes = list(_configured(module, owner, configure, handler)) if configure is not None else []
    if not routes and known:
        routes = list(_attributed(owner, handler))
    if not routes:
        return
    kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line))
    kept.routes.extend(routes)
    for call in module.calls:
        groups = getattr(call.keywords.get("<>"), "values", ()) if call.last == "Group" else ()
        if groups and configure is not None and call.function == configure.index:
            kept.mounts.append(Mount(parent=dotted(groups[0]), child=owner.name, framework=NAME, line=call.line))


def _configured(module: Module, owner: Class, configure: Function, handler: Function | None) -> Iterator[Route]:
    calls = [call for call in module.calls if call.function == configure.index]
    names = {call.last for call in calls}
    guards = (OPEN,) if OPEN in names else (GUARD,)
    listed = _listed(calls, "Verbs") or ("ANY",)
    for call in calls:
        verbs = (VERBS[call.name],) if call.name in VERBS else listed if call.name == "Routes" else ()
        for path in call.args if verbs else ():
            yield Route(
                router=owner.name,
                framework=NAME,
                methods=verbs,
                path=template(path),
                line=call.line,
                end_line=(handler or configure).end_line,
                handler=f"{owner.name}.{(handler or configure).name}",
                guards=guards,
            )


def _listed(calls: list[Call], name: str) -> tuple[str, ...]:
    found = [arg for call in calls if call.name == name for arg in call.args]
    parts = [part for arg in found for part in (arg.values if isinstance(arg, Items) else (arg,))]
    return tuple((plain(part) or dotted(part).rpartition(".")[2]).upper() for part in parts)


def _attributed(owner: Class, handler: Function | None) -> Iterator[Route]:
    """``[HttpGet("/x")]`` before the class."""
    for methods, path, item in methods_of(owner.decorators):
        if last_is_verb(item) and path is not None:
            guards = guards_of(owner.decorators) or (GUARD,)
            end = handler.end_line if handler else owner.end_line
            name = f"{owner.name}.{handler.name}" if handler else owner.name
            yield Route(
                router=owner.name,
                framework=NAME,
                methods=methods,
                path=template(path),
                line=owner.line,
                end_line=end,
                handler=name,
                guards=(OPEN,) if any(find(owner.decorators, OPEN)) else guards,
            )


def last_is_verb(item: object) -> bool:
    """Whether an attribute is one of a verb."""
    return _base(item).rpartition(".")[2] in METHODS


def _group(module: Module, kept: Kept, owner: Class) -> None:
    """``Configure("admin", ep => ...)`` in the constructor of a group."""
    for call in module.calls:
        if call.owner == owner.index and call.name == CONFIGURE and call.args:
            kept.routers.append(
                Router(symbol=owner.name, framework=NAME, line=owner.line, prefix=template(call.args[0]))
            )
            return


FAST_ENDPOINTS = Framework(name=NAME, languages=("C#",), read=read, packages=("fastendpoints",), one_root=True)
