"""FastAPI, and Starlette below it."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from reviewer.gather.frameworks.python import _fastapi_graphql as graphql
from reviewer.gather.frameworks.python import _fastapi_guards as dependencies
from reviewer.gather.frameworks.python._fastapi_generated import generated
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import children, field_of, in_class, offer
from reviewer.gather.frameworks.python._python import (
    VERBS,
    applied,
    argument,
    decorations,
    guards_of,
    handed,
    methods_of,
    owner_of,
)
from reviewer.gather.frameworks.python._starlette import APPLICATIONS, expand, keep_table, keep_tables
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Module, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router

NAME, STARLETTE = "FastAPI", "Starlette"
BARE = ("starlette.applications", "starlette.routing")
"""What an application of Starlette alone imports."""
MODULES = ("fastapi", "starlette", "fastapi_utils", "fastapi_restful", "fastapi_router_controller")
ROUTERS = frozenset({"APIRouter", "InferringRouter", "Router"})
OTHERS = (
    "tornado",
    "pyramid",
    "blacksheep",
    "flask",
    "sanic",
    "bottle",
    "quart",
    "aiohttp",
    "falcon",
    "litestar",
    "chalice",
    "django",
    "ninja",
    "cherrypy",
)
"""Libraries whose decorators look like FastAPI's: a file that imports one and not FastAPI is left to them."""
ROUTE_DECORATORS = frozenset({"api_route", "route", *VERBS})
PAGES = frozenset({"HTMLResponse", "RedirectResponse"})
OWN_CALLS = frozenset({"include_router", "mount", "add_api_route", "add_route", "run"})
OWN_NAMES = frozenset({"include_router", "add_api_route"})
"""Calls that tell by themselves, in a file that imports nothing of the library."""
STATIC = frozenset({"StaticFiles"})


@dataclass(slots=True)
class _File:
    lookup: Lookup
    kept: Kept
    framework: str = NAME
    guards: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The dependencies of a router itself, which stand before all of its routes."""


def read(module: Module, kept: Kept) -> None:
    """Routers, routes and mounts of one file."""
    known = module.imported(*MODULES, *graphql.ROUTER_MODULES)
    if not known and module.imported(*OTHERS):
        return
    bare = module.imported(*BARE) and not module.imported("fastapi")
    file = _File(Lookup(module), kept, STARLETTE if bare else NAME)
    if known:
        for assignment in module.assignments:
            _router(file, assignment)
        keep_tables(file.lookup, file.framework, kept)
    for decorator, target in decorations(module):
        head, last = owner_of(decorator.name)
        routes = bool(head) and last in ROUTE_DECORATORS
        if routes and (known or _looks_like_fastapi(file, head, target)):
            _decorated(file, decorator, target)
    for decorator, view, _ in applied(module) if known else ():
        head, last = owner_of(decorator.name)
        if head and last in ROUTE_DECORATORS:
            made = replace(decorator, keywords={**decorator.keywords, "endpoint": view})
            _added(file, made, _router_of(file, head, decorator))
    for call in module.calls:
        _called(file, call, known)
    if known:
        graphql.keep_given_back(file.lookup, file.framework, kept)
    offer(file.lookup, file.framework, kept)


def _looks_like_fastapi(file: _File, head: str, target: Function | Class) -> bool:
    """A decorator in a file that imports the application or router alone, not FastAPI."""
    imported = head.partition(".")[0] in file.lookup.imported_names
    is_async = isinstance(target, Function) and target.is_async
    return imported and (is_async or "router" in head.rpartition(".")[2].lower())


def _router(file: _File, item: Assignment) -> None:
    call = item.value
    if not isinstance(call, Call):
        return
    origin = file.lookup.origin(call.name)
    if not (origin.startswith((*MODULES, *graphql.MODULES)) or origin == call.last or origin.endswith(".APIRouter")):
        return
    root = call.last in APPLICATIONS
    target = field_of(file.lookup, item)
    if graphql.is_graphql(call):
        graphql.keep_made(file.kept, file.framework, target, call, item.line)
    if not root and call.last not in ROUTERS:
        return
    prefix = () if root else in_class(file.lookup, item, value_of(call.keywords.get("prefix")))
    file.kept.routers.append(Router(symbol=target, framework=file.framework, line=item.line, root=root, prefix=prefix))
    file.guards[item.target] = dependencies.listed(call.keywords.get("dependencies"))
    if call.last == "FastAPI":
        file.kept.routes += generated(file.framework, target, call)
    keep_table(file.lookup, file.framework, file.kept, target, call.keywords.get("routes"))


def _router_of(file: _File, head: str, call: Call) -> str:
    """What a route or mount belongs to: a variable, or the function that is given it as a parameter."""
    given = file.lookup.given_to(head, call.function)
    if given and not any(router.symbol == given for router in file.kept.routers):
        file.kept.routers.append(Router(symbol=given, framework=file.framework, line=call.line))
    return given or head


def _decorated(file: _File, decorator: Call, target: Function | Class) -> None:
    head, last = owner_of(decorator.name)
    head = _router_of(file, head, decorator)
    path = argument(decorator, 0, "path")
    if path is None or not isinstance(target, Function) or not _is_path(path):
        return
    guards = dependencies.listed(decorator.keywords.get("dependencies"))
    guards += dependencies.of_parameters(target) + guards_of(target.decorators, ROUTE_DECORATORS)
    answer = dotted(decorator.keywords.get("response_class")).rpartition(".")[2]
    file.kept.routes.append(
        Route(
            router=head,
            framework=file.framework,
            methods=(VERBS[last],) if last in VERBS else _declared(file, decorator),
            path=value_of(path),
            line=decorator.line,
            end_line=target.end_line,
            handler=target.qualname,
            page=file.lookup.renders(target) or answer in PAGES,
            name=plain(decorator.keywords.get("name")) or "",
            guards=file.guards.get(head, ()) + guards,
            implicit=file.lookup.is_given(value_of(path), decorator.function),
        )
    )


def _is_path(path: Expr) -> bool:
    """Whether it begins like a path, as FastAPI demands; ``@mock.patch("module.name")`` does not."""
    first = path.parts[0] if isinstance(path, Text) and path.parts else "/"
    return not isinstance(first, str) or first == "" or first.startswith("/")


def _declared(file: _File, call: Call) -> tuple[str, ...]:
    if "methods" not in call.keywords:
        return ("GET",)
    return methods_of(file.lookup, call.keywords["methods"], call.function) or ("ANY",)


def _called(file: _File, call: Call, known: bool) -> None:
    head, last = owner_of(call.name)
    if last not in OWN_CALLS:
        symbols = [router.symbol for router in file.kept.routers if router.framework == file.framework]
        for name in handed(file.lookup, call, symbols) if known else ():
            _mount(file, name, call.name, None, call)
        return
    if not head or not (known or last in OWN_NAMES):
        return
    head = _router_of(file, head, call)
    if last == "include_router":
        _included(file, call, head)
    elif last == "mount" and len(call.args) > 1:
        _mounted(file, call, head)
    elif tables := file.lookup.tables_of(call):
        for table in tables:
            _mount(file, head, table, None, call)
    elif last in ("add_api_route", "add_route"):
        _added(file, call, head)


def _included(file: _File, call: Call, head: str) -> None:
    """``include_router(router, prefix=...)`` of a router by name, by the function that makes it, or made there."""
    router = argument(call, 0, "router")
    if isinstance(router, Call) and graphql.is_graphql(router):
        prefix = value_of(call.keywords.get("prefix")) + value_of(router.keywords.get("prefix"))
        graphql.keep_route(file.kept, file.framework, head, router, prefix)
        return
    for child in children(file.lookup, router, call.function):
        _mount(file, head, child, call.keywords.get("prefix"), call)


def _mount(file: _File, parent: str, child: str, prefix: Expr | None, call: Call) -> None:
    file.kept.mounts.append(
        Mount(
            parent=parent,
            child=child,
            framework=file.framework,
            line=call.line,
            prefix=value_of(prefix),
            guards=dependencies.listed(call.keywords.get("dependencies")),
        )
    )


def _mounted(file: _File, call: Call, head: str) -> None:
    path, child = call.args[0], call.args[1]
    if isinstance(child, Call) and child.last in STATIC:
        text = plain(path) or ""
        file.kept.routes.append(
            Route(
                router=head,
                framework=file.framework,
                methods=("GET",),
                path=(f"{text.rstrip('/')}/{{path}}",),
                line=call.line,
                end_line=call.end_line,
                implicit=True,
            )
        )
    elif graphql.is_graphql(child):
        graphql.keep_route(file.kept, file.framework, head, call, value_of(path), own=False)
    else:
        for name in children(file.lookup, child, call.function):
            _mount(file, head, name, path, call)


def _added(file: _File, call: Call, head: str) -> None:
    path, endpoint = argument(call, 0, "path"), argument(call, 1, "endpoint", "route")
    if graphql.is_graphql(endpoint):
        graphql.keep_route(file.kept, file.framework, head, call, value_of(path), own=False)
        return
    if path is None or endpoint is None or not _is_path(path):
        return
    handler = file.lookup.functions.get(dotted(endpoint))
    guards = dependencies.listed(call.keywords.get("dependencies"))
    if handler is not None:
        guards += dependencies.of_parameters(handler) + guards_of(handler.decorators, ROUTE_DECORATORS)
    file.kept.routes.append(
        Route(
            router=head,
            framework=file.framework,
            methods=(VERBS[call.last],) if call.last in VERBS else _declared(file, call),
            path=value_of(path),
            line=call.line,
            end_line=call.end_line,
            handler=dotted(endpoint),
            page=handler is not None and file.lookup.renders(handler),
            name=plain(call.keywords.get("name")) or "",
            guards=file.guards.get(head, ()) + guards,
            implicit=file.lookup.is_given(value_of(path), call.function),
        )
    )


def _nothing(module: Module, kept: Kept) -> None:
    """Starlette is read with FastAPI, which is built on it."""
    del module, kept


STARLETTE_FRAMEWORK = Framework(
    name=STARLETTE, languages=("Python",), read=_nothing, packages=("starlette",), expand=expand
)
FASTAPI = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("fastapi", "fastapi-utils"),
    expand=expand,
)
