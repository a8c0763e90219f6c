"""Controllers: classes whose methods are actions, with the routes that their attributes declare.

The actions of a class are declared on a router of their own, ``Users.#actions``, which the controller and everything
that inherits from it mount; so inherited actions are served below the route of each heir. ``Users:0`` is the
controller itself at its first route.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reviewer.gather.frameworks.dotnet._actions import (
    ABSOLUTE,
    ACTIONS,
    CONVENTIONAL,
    SUFFIX,
    ControllerFile,
    attributed,
    has_template,
    is_action,
    is_meant,
    is_routed,
    unattributed,
    untold,
)
from reviewer.gather.frameworks.dotnet._attributes import (
    ASPNET,
    ASPNET_CORE,
    PREFIXES,
    ROUTE,
    find,
    last_name,
    template_in,
    template_of,
    versions_of,
)
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Class, Function, Module, Return, dotted, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Mount, Router
from reviewer.model.facts.values import Value

ROUTE_CONSTANT = "#route"
VERSION_CONSTANT = "#version"
AREA_CONSTANT = "#area"
PREFIXED_CONSTANT = "#prefixed"
"""Says that a class has a prefix for the templates of its actions and no route of its own."""
CONTROLLER_MARKS = words("ApiController Controller")
CONTROLLER_BASES = re.compile(r"(?:\w*Controller(?:Base)?|\w*Endpoint\w*|EndpointBase\w*(?:\.\w+)*)\Z")
OLD_LIBRARIES = ("System.Web.Mvc", "System.Web.Http", "System.Web.Routing")
PATHS_MOST = 10
"""Routes and versions of one controller that are read."""


def read_controllers(module: Module, kept: Kept) -> None:
    """Keeps the controllers of a file, and the base classes that give actions or routes to others."""
    if not module.classes:
        return
    look = look_at(module)
    old = look.imports(*OLD_LIBRARIES) or any(item.module in OLD_LIBRARIES for item in module.imports)
    web_api = any(item.module.startswith("System.Web.Http") for item in module.imports)
    returns: dict[int, list[Return]] = {}
    for item in module.returns:
        returns.setdefault(item.function, []).append(item)
    file = ControllerFile(module, kept, ASPNET if old else ASPNET_CORE, web_api, returns)
    mvc = any(item.module.startswith("System.Web.Mvc") for item in module.imports)
    for owner in module.classes:
        if owner.kind in ("class", "record"):
            of_mvc = web_api and mvc and not any("Api" in base for base in _bases(owner))
            _read_class(replace(file, web_api=False) if of_mvc else file, owner)


def _bases(owner: Class) -> list[str]:
    return [name for base in owner.bases if (name := dotted(base) or dotted(getattr(base, "callee", None)))]


def _read_class(file: ControllerFile, owner: Class) -> None:
    methods = [item for item in file.module.methods_of(owner) if _is_public(item)]
    routed = any(is_routed(item) for item in methods)
    bases = _bases(owner)
    named = owner.name.endswith(SUFFIX) or any(last_name(item) in CONTROLLER_MARKS for item in owner.decorators)
    inherits = any(CONTROLLER_BASES.match(base[-120:]) for base in bases)
    if not (routed and bases) and not (named and (inherits or _marked(owner))) and not inherits:
        return
    if (
        not (named or routed)
        and not _marked(owner)
        and not any(base.endswith((SUFFIX, "ControllerBase")) for base in bases)
    ):
        return
    _keep_constants(file, owner)
    is_abstract = "abstract" in owner.modifiers or "generic" in owner.modifiers
    if not is_abstract:
        _keep_routers(file, owner, bases)
    else:
        _keep_abstract(file, owner, bases)
    own_route = any(True for _ in find(owner.decorators, ROUTE))
    for method in methods:
        if is_routed(method) and not own_route and not is_abstract and not has_template(method):
            file.kept.routes.extend(untold(file, owner, method, bases))
        elif is_routed(method):
            file.kept.routes.extend(attributed(file, owner, method))
        elif not is_abstract and named and is_action(method, file.web_api) and is_meant(owner, method, own_route):
            file.kept.routes.append(unattributed(file, owner, method, own_route))


def _marked(owner: Class) -> bool:
    return any(last_name(item) in (*CONTROLLER_MARKS, *PREFIXES) for item in owner.decorators)


def _is_public(method: Function) -> bool:
    return "public" in method.modifiers and not {"static", "bodyless"} & set(method.modifiers)


def _keep_constants(file: ControllerFile, owner: Class) -> None:
    """What heirs take over: route, version and area."""
    routes = [template_in(template_of(item), owner) for name in PREFIXES for item in find(owner.decorators, name)]
    for number, value in enumerate(routes[:PATHS_MOST]):
        _keep_constant(file, owner, f"{ROUTE_CONSTANT}{number or ''}", value)
    if routes and not any(find(owner.decorators, ROUTE)):
        _keep_constant(file, owner, PREFIXED_CONSTANT, (PREFIXED_CONSTANT,))
    for version in versions_of(owner.decorators, "ApiVersion")[:1]:
        _keep_constant(file, owner, VERSION_CONSTANT, (version,))
    for name in ("Area", "RouteArea"):
        for item in find(owner.decorators, name):
            if area := plain(template_of(item)):
                _keep_constant(file, owner, AREA_CONSTANT, (area,))


def _keep_constant(file: ControllerFile, owner: Class, name: str, value: Value) -> None:
    file.kept.constants.append(Attribute(name=f"{owner.name}.{name}", value=value, line=owner.line))


def _keep_routers(file: ControllerFile, owner: Class, bases: list[str]) -> None:
    """One router for each route and version of a controller; its own actions and those of its bases are on each."""
    routes = [template_in(template_of(item), owner) for name in PREFIXES for item in find(owner.decorators, name)]
    versions = versions_of(owner.decorators, "ApiVersion") or [""]
    for number, prefix in enumerate((routes or [()])[:PATHS_MOST]):
        for version in versions[:PATHS_MOST]:
            symbol = f"{owner.name}:{number}" + (f"@{version}" if version else "")
            file.kept.routers.append(Router(symbol=symbol, framework=file.framework, line=owner.line, prefix=prefix))
            suffixes = (ACTIONS, f"{ACTIONS}@{version}") if version else (ACTIONS,)
            file.kept.mounts.extend(_mount(file, symbol, owner.name + suffix, owner) for suffix in suffixes)
    for suffix in (ABSOLUTE, CONVENTIONAL):
        file.kept.routers.append(Router(symbol=owner.name + suffix, framework=file.framework, line=owner.line))
    _keep_actions(file, owner, bases)


def _keep_abstract(file: ControllerFile, owner: Class, bases: list[str]) -> None:
    """A class that only its heirs serve."""
    file.kept.routers.append(Router(symbol=owner.name + ABSOLUTE, framework=file.framework, line=owner.line))
    _keep_actions(file, owner, bases)


def _keep_actions(file: ControllerFile, owner: Class, bases: list[str]) -> None:
    symbol = owner.name + ACTIONS
    file.kept.routers.append(Router(symbol=symbol, framework=file.framework, line=owner.line))
    for version in dict.fromkeys(
        version
        for method in file.module.methods_of(owner)
        for version in versions_of(method.decorators, "MapToApiVersion")
    ):
        file.kept.routers.append(Router(symbol=f"{symbol}@{version}", framework=file.framework, line=owner.line))
    for base in bases:
        file.kept.mounts.append(_mount(file, symbol, base + ACTIONS, owner))


def _mount(file: ControllerFile, parent: str, child: str, owner: Class) -> Mount:
    return Mount(parent=parent, child=child, framework=file.framework, line=owner.line)
