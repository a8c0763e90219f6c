"""FastEndpoints: one class for each endpoint, which says its route in ``Configure``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._attributes import METHODS, find, guards_of, methods_of, template
from reviewer.gather.frameworks.dotnet._conventional import inherited
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Function, Items, Lambda, Module, Text, dotted, plain, value_of
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "FastEndpoints"
BASES = re.compile(r"(?:Ep\.|Endpoint)(?:\w*)(?:\.\w+)*\Z|EndpointWithoutRequest\Z|EndpointWithMapping\Z")
VERBS = {"Get": "GET", "Post": "POST", "Put": "PUT", "Patch": "PATCH", "Delete": "DELETE", "Head": "HEAD"}
CONFIGURE = "Configure"
OPEN = "AllowAnonymous"
GUARD = "Authorize"
"""Every endpoint asks who is there, unless it says that it does not."""
GROUP_BASES = words("Group SubGroup")
PREFIX = "Endpoints.RoutePrefix"
GROUP_OF, OPENED = "#GROUPOF", "#OPENED"
"""Settings under names that no program can declare: the group of an endpoint, and what opens a group to everybody."""
GROUPS_DEEP = 5


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
        groups = _types(call) if call.last == "Group" else ()
        if groups and configure is not None and call.function == configure.index:
            _below(kept, groups[0], owner)


def _types(expr: object) -> tuple[str, ...]:
    """The type arguments of a call or a base."""
    keywords = expr.keywords if isinstance(expr, Call) else {}
    return tuple(name for item in getattr(keywords.get("<>"), "values", ()) if (name := dotted(item)))


def _below(kept: Kept, group: str, owner: Class) -> None:
    """An endpoint or a group below another group."""
    kept.mounts.append(Mount(parent=group, child=owner.name, framework=NAME, line=owner.line))
    kept.constants.append(Attribute(name=f"{owner.name}.{GROUP_OF}", value=(group,), line=owner.line))


def _configured(module: Module, owner: Class, configure: Function, handler: Function | None) -> Iterator[Route]:
    calls = [call for call in module.calls if call.function == configure.index]
    names = {call.last for call in calls}
    guards = (OPEN,) if OPEN in names else ()
    version = next((getattr(call.args[0], "text", "") for call in calls if call.name == "Version" and call.args), "")
    listed = _listed(calls, "Verbs") or ("ANY",)
    for call in calls:
        verbs = (VERBS[call.name],) if call.name in VERBS else listed if call.name == "Routes" else ()
        for path in (item for item in call.args if verbs and not isinstance(item, Lambda)):
            yield Route(
                router=owner.name,
                framework=NAME,
                methods=verbs,
                path=(*_plain(template(path)), f"/v{version}") if version else _plain(template(path)),
                line=call.line,
                end_line=(handler or configure).end_line,
                handler=f"{owner.name}.{(handler or configure).name}",
                guards=guards,
                name=owner.name.rpartition(".")[2],
            )


def _plain(path: Value) -> Value:
    """``{@id}`` takes its name from the request's property."""
    return tuple(part.replace("{@", "{") if isinstance(part, str) else part for part in path)


def _listed(calls: list[Call], name: str) -> tuple[str, ...]:
    found = [arg for call in calls if call.name == name for arg in call.args]
    parts = [part for arg in found for part in (arg.values if isinstance(arg, Items) else (arg,))]
    return tuple((plain(part) or dotted(part).rpartition(".")[2]).upper() for part in parts)


def _attributed(owner: Class, handler: Function | None) -> Iterator[Route]:
    """``[HttpGet("/x")]`` before the class."""
    for methods, path, item in methods_of(owner.decorators):
        if last_is_verb(item) and path is not None:
            guards = guards_of(owner.decorators)
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
                name=owner.name.rpartition(".")[2],
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
            break
    if any(call.owner == owner.index and call.last == OPEN for call in module.calls):
        kept.constants.append(Attribute(name=f"{owner.name}.{OPENED}", value=(OPEN,), line=owner.line))
    for base in owner.bases:
        if parents := _types(base):
            _below(kept, parents[0], owner)


def settle(index: Index, path: str, router: Router, prefix: str) -> tuple[str, tuple[str, ...]]:
    """The guard of an endpoint: there is one, unless a group that it is in is open."""
    name = router.symbol
    for _ in range(GROUPS_DEEP):
        group = inherited(index, path, name, GROUP_OF)
        if not group or inherited(index, path, group, OPENED):
            break
        name = group
    else:
        group = ""
    is_endpoint = not router.root and not prefix
    return prefix, (GUARD,) if is_endpoint and not group else ()


FAST_ENDPOINTS = Framework(
    name=NAME, languages=("C#",), read=read, packages=("fastendpoints",), one_root=True, settle=settle
)
