"""ASP.NET Core: controllers, minimal APIs and Razor Pages; and its predecessors Web API 2 and MVC 5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._actions import ACTIONS, CONVENTIONAL, controller_name
from reviewer.gather.frameworks.dotnet._attributes import ASPNET, ASPNET_CORE, GUARDS
from reviewer.gather.frameworks.dotnet._builders import CLASS_TOKEN
from reviewer.gather.frameworks.dotnet._controllers import (
    AREA_CONSTANT,
    ROUTE_CONSTANT,
    VERSION_CONSTANT,
    read_controllers,
)
from reviewer.gather.frameworks.dotnet._conventional import (
    PREFIX_CONSTANT,
    VERSION_SETTING,
    conventional,
    inherited,
    inheriting,
    read_conventions,
    slug,
)
from reviewer.gather.frameworks.dotnet._given import filled, guards_given
from reviewer.gather.frameworks.dotnet._methods import ELSEWHERE, by_members
from reviewer.gather.frameworks.dotnet._minimal import read_minimal
from reviewer.gather.frameworks.dotnet._uncalled import uncalled
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.route_paths import full_path
from reviewer.gather.syntax import Module, Number, dotted
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref

ACTION_TOKEN = "[action]"
VERSION_SEGMENT = "/v{version}"
FILTER = "AuthorizeFilter"
PAGE_MODEL = "PageModel"
PAGES_ROUTER = "#pages"
PAGE_HANDLER = re.compile(r"On(Get|Post|Put|Delete|Patch)(?![a-z])")
PAGE_FILE = re.compile(r"(?:(?:^|/)Areas/(?P<area>[^/]+)/)?(?:^|/)?Pages/(?P<page>.+?)\.cshtml\.cs\Z")
CONTROLLER_SYMBOL = re.compile(r"(?P<name>[^:#]+):\d+(?:@(?P<version>.+))?\Z")
VERSION = re.compile(r"\{v(?:ersion)?:apiVersion\}", re.IGNORECASE)


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of an ASP.NET application."""
    read_controllers(module, kept)
    read_conventions(module, kept)
    read_minimal(module, kept)
    _read_pages(module, kept)
    _read_policies(module, kept)


def _read_policies(module: Module, kept: Kept) -> None:
    """What every endpoint asks for that is not opened: a fallback policy, or a filter for all controllers."""
    lines = [call.line for call in module.calls if call.new and call.last == FILTER]
    lines += [
        item.line
        for item in module.assignments
        if item.target.endswith(".FallbackPolicy")
        and not (isinstance(item.value, Number) and item.value.text == "null")
    ]
    lines += [call.line for call in module.calls if call.last == "SetFallbackPolicy"]
    if lines:
        kept.routers.append(Router(symbol="#policies", framework=ASPNET_CORE, line=lines[0], guards=(FILTER,)))


def _read_pages(module: Module, kept: Kept) -> None:
    """The handlers of Razor Pages; the path of the file says where a page is."""
    for owner in module.classes:
        if not any((dotted(base) or "").rpartition(".")[2] == PAGE_MODEL for base in owner.bases):
            continue
        kept.routers.append(Router(symbol=PAGES_ROUTER, framework=ASPNET_CORE, line=owner.line))
        for method in module.methods_of(owner):
            if found := PAGE_HANDLER.match(method.name):
                kept.routes.append(
                    Route(
                        router=PAGES_ROUTER,
                        framework=ASPNET_CORE,
                        methods=(),
                        path=(),
                        line=method.line,
                        end_line=method.end_line,
                        handler=f"{owner.name}.{method.name}",
                        page=True,
                        name=found[1].upper(),
                    )
                )


def expand(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """Where a page or an action without attributes is served."""
    if route.router == PAGES_ROUTER:
        found = PAGE_FILE.search(path)
        page = found["page"].removesuffix("Index").rstrip("/") if found else ""
        area = f"/{found['area']}" if found and found["area"] else ""
        yield Expansion(method=route.name if found else "", suffix=f"{area}/{page}", page=True)
    elif route.name.startswith(ELSEWHERE):
        yield from by_members(index, path, route)
    elif route.router.endswith(CONVENTIONAL):
        yield from conventional(index, path, route)
    elif ACTIONS in route.router:
        yield from inheriting(index, path, route)


def fill(index: Index, route: Route, path: str) -> str:
    """The action's name in place of its token in the controller's route, and the version in a template of its own."""
    if " " in path and "[" in path:
        path = full_path(filled(index, route, path))
    if VERSION_SEGMENT in path and (version := index.text("", (Ref(name=VERSION_SETTING),))):
        path = path.replace(VERSION_SEGMENT, f"/v{version}")
    if ACTION_TOKEN not in path:
        return path
    name = route.handler.rpartition(".")[2].removesuffix("Async")
    return path.replace(ACTION_TOKEN, slug(index, "", name))


def settle(index: Index, path: str, router: Router, prefix: str) -> tuple[str, tuple[str, ...]]:
    """The prefix of a controller with its tokens filled in, and the guards of its class and its bases."""
    if CLASS_TOKEN in prefix:
        own = router.symbol.split(">")[0].rpartition(".")[0] or router.symbol
        return prefix.replace(CLASS_TOKEN, own.rpartition(".")[2]), ()
    name = router.symbol.partition(":")[0].partition(".#")[0]
    if ":" not in router.symbol and ".#" not in router.symbol:
        return _versioned(index, path, prefix, ""), tuple(guards_given(index, prefix))
    known = list(index.mro(path, name))
    guards = tuple(
        guard for _, item in known for full in item.decorators if GUARDS.search(guard := full.rpartition(".")[2])
    )
    found = CONTROLLER_SYMBOL.match(router.symbol)
    if found is None:
        return prefix, guards if router.symbol.endswith((CONVENTIONAL, ".#absolute")) else ()
    prefix = prefix or inherited(index, path, name, ROUTE_CONSTANT)
    area = inherited(index, path, name, AREA_CONSTANT)
    prefix = prefix.replace("[controller]", slug(index, path, controller_name(name))).replace("[area]", area)
    prefix = "/".join((index.text(path, (Ref(name=PREFIX_CONSTANT),)), prefix.lstrip("/").removeprefix("~/")))
    version = found["version"] or inherited(index, path, name, VERSION_CONSTANT)
    return _versioned(index, path, prefix, version), guards


def _versioned(index: Index, path: str, prefix: str, version: str) -> str:
    """A prefix with its version filled in: the router's own, or the only one that the application knows."""
    if not VERSION.search(prefix):
        return prefix
    return VERSION.sub(version or index.text(path, (Ref(name=VERSION_SETTING),)) or "{version}", prefix)


FRAMEWORK = Framework(
    name=ASPNET_CORE,
    languages=("C#",),
    read=read,
    packages=("microsoft.net.sdk.web", "microsoft.aspnetcore.app"),
    expand=expand,
    one_root=True,
    settle=settle,
    fill=fill,
    unnamed=uncalled,
)


def _nothing(_module: Module, _kept: Kept) -> None:
    """The reader of the newer framework keeps the routes of the older one too."""


CLASSIC = Framework(
    name=ASPNET,
    languages=("C#",),
    read=_nothing,
    packages=("microsoft.aspnet.webapi", "microsoft.aspnet.mvc"),
    expand=expand,
    one_root=True,
    settle=settle,
    fill=fill,
)
