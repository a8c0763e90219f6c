"""Minimal APIs: routes mapped on an application, on groups, and in methods that are given a route builder."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewer.gather.frameworks.dotnet._attributes import ASPNET_CORE, guards_of
from reviewer.gather.frameworks.dotnet._builders import (
    APPLICATIONS,
    FLUENT_GUARDS,
    Builders,
    after,
    calls_in,
    given_lambdas,
    guard_name,
    guards_after,
    helpers_of,
    methods_named,
    mount,
    outer_calls,
)
from reviewer.gather.frameworks.dotnet._given import taken
from reviewer.gather.frameworks.dotnet._methods import elsewhere, listed, read_methods
from reviewer.gather.frameworks.dotnet._mounts import MODULES, keep_given, read_mount
from reviewer.gather.frameworks.dotnet._receivers import path_base, receiver, root_router, router_of
from reviewer.gather.frameworks.dotnet._uncalled import keep_helpers, keep_named
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

VERBS = {
    "MapGet": ("GET",),
    "MapPost": ("POST",),
    "MapPut": ("PUT",),
    "MapPatch": ("PATCH",),
    "MapDelete": ("DELETE",),
    "MapHealthChecks": ("GET",),
    "UseHealthChecks": ("GET",),
    "Map": ("ANY",),
    "MapMethods": (),
}
IDENTITY = (
    ("POST", "/register"),
    ("POST", "/login"),
    ("POST", "/refresh"),
    ("GET", "/confirmEmail"),
    ("POST", "/resendConfirmationEmail"),
    ("POST", "/forgotPassword"),
    ("POST", "/resetPassword"),
    ("POST", "/manage/2fa"),
    ("GET", "/manage/info"),
    ("POST", "/manage/info"),
)
"""What ``MapIdentityApi`` serves."""
LIBRARY_ROUTES = {
    "MapOpenApi": "/openapi/{documentName}.json",
    "MapScalarApiReference": "/scalar",
    "UseSwaggerUI": "/swagger",
    "MapGraphQL": "/graphql",
    "MapHub": "/hub",
    "MapMetrics": "/metrics",
    "MapPrometheusScrapingEndpoint": "/metrics",
    "UseHangfireDashboard": "/hangfire",
    "MapHangfireDashboard": "/hangfire",
}
LIBRARY_VERBS = {"MapGraphQL": "POST", "MapHub": "ANY"}
"""How what a library serves is asked for, where not by GET."""

HOSTS = words("ConfigureWebHostDefaults ConfigureWebHost UseStartup UseKestrel")


def read_minimal(module: Module, kept: Kept) -> None:
    """Keeps applications, groups, routes and the methods that they are handed to."""
    read_methods(module, kept)
    keep_named(module, kept)
    if not any(call.last.startswith(("Map", "Use", "Create", "Configure")) for call in module.calls):
        return
    file = Builders(
        module=module,
        look=look_at(module),
        kept=kept,
        outer=outer_calls(module),
        given_to=given_lambdas(module),
        calls=calls_in(module),
        helpers=helpers_of(module),
        named=methods_named(module),
    )
    for call in module.calls:
        _read_call(file, call)
    keep_given(file)
    keep_helpers(file)
    _keep(file, kept)


def _read_call(file: Builders, call: Call) -> None:
    if call.name in APPLICATIONS or call.last in HOSTS:
        root_router(file, "app" if call.name in APPLICATIONS else "host", call.line)
        return
    maps = (call.last in VERBS and bool(call.args or call.keywords.keys() - {"<>"})) or call.last in LIBRARY_ROUTES
    if (maps or call.last == "MapIdentityApi") and (router := receiver(file, call)):
        file.routes.extend(_routes(file, call, router))
    elif call.last == "MapGroup":
        router_of(file, call, call.function)
    elif call.last == "UsePathBase" and call.args:
        path_base(file, call)
    elif FLUENT_GUARDS.fullmatch(call.last):
        _guard(file, call)
    else:
        read_mount(file, call)


def _routes(file: Builders, call: Call, router: str) -> Iterator[Route]:
    if call.last == "MapIdentityApi":
        for verb, place in IDENTITY:
            yield _route(file, call, router, (verb,), (place,), None, implicit=True)
        return
    if call.last in LIBRARY_ROUTES:
        named = (value_of(arg) for arg in call.args if isinstance(arg, Text) or call.last == "MapHub")
        text = next(named, (LIBRARY_ROUTES[call.last],))
        yield _route(file, call, router, (LIBRARY_VERBS.get(call.last, "GET"),), text, None, implicit=True)
        return
    path, handler = _path_and_handler(call)
    if (path is None and handler is None) or _is_handed_on(file, call, path):
        return
    methods = VERBS[call.last] or listed(file.look, call)
    if call.last == "Map" and (not isinstance(path, (Text, Name)) or _is_branch(file, handler)):
        return
    yield _route(file, call, router, methods, taken(file, path, call.function), handler)


def _is_handed_on(file: Builders, call: Call, path: Expr | None) -> bool:
    """Whether the path is a parameter of a method that is called like one of the framework, and read where it is."""
    around = next(file.look.around(call.function), None)
    if not isinstance(path, Name) or around is None or (around.name not in VERBS and around.name != "<lambda>"):
        return False
    return any(item.name == path.dotted for item in around.parameters)


def _is_branch(file: Builders, handler: Expr | None) -> bool:
    """``app.Map("/x", branch => branch.UseY())`` is a branch of middlewares."""
    if not isinstance(handler, Lambda):
        return False
    names = [item.name for item in file.module.functions[handler.function].parameters]
    if len(names) != 1:
        return False
    return any(
        call.function == handler.function and call.name.startswith(f"{names[0]}.Use") for call in file.module.calls
    )


def _path_and_handler(call: Call) -> tuple[Expr | None, Expr | None]:
    """The template and the handler, in whichever order an extension takes them."""
    args = list(call.args)
    pattern = call.keywords.get("pattern") or call.keywords.get("path")
    handler = call.keywords.get("handler")
    text = next((arg for arg in args if isinstance(arg, Text)), None)
    if pattern is None and text is not None:
        pattern = text
        args = [arg for arg in args if arg is not text]
    elif pattern is None and len(args) > 1:
        pattern = args.pop(0)
    return pattern, handler or (args[-1] if args else None)


def _route(
    file: Builders,
    call: Call,
    router: str,
    methods: tuple[str, ...],
    path: Value,
    handler: Expr | None,
    implicit: bool = False,
) -> Route:
    guards = (*guards_after(file, call), *_guards_of_handler(file, handler))
    return Route(
        router=router,
        framework=ASPNET_CORE,
        methods=methods,
        path=path,
        line=call.line,
        end_line=call.end_line,
        handler=dotted(handler),
        guards=guards,
        implicit=implicit,
        name=_name_after(file, call) if methods else elsewhere(file.look, call),
    )


def _name_after(file: Builders, call: Call) -> str:
    return next((plain(item.args[0]) or "" for item in after(file, call) if item.last == "WithName" and item.args), "")


def _guards_of_handler(file: Builders, handler: Expr | None) -> tuple[str, ...]:
    if isinstance(handler, Lambda):
        return guards_of(file.module.functions[handler.function].decorators)
    name = dotted(handler)
    found = file.named.get(name) if name else None
    return guards_of(found.decorators) if found else ()


def _guard(file: Builders, call: Call) -> None:
    """``group.RequireAuthorization()`` as a statement of its own, or after ``MapControllers()``."""
    before = call.callee.value if isinstance(call.callee, Attribute) else None
    if before is None:
        router = receiver(file, call)
        if router in file.groups:
            file.groups[router].guards.append(guard_name(call))
        elif router in file.routers and not file.routers[router].root:
            file.guards.setdefault(router, []).append(guard_name(call))
    elif isinstance(before, Call) and before.last == "MapControllers":
        router = receiver(file, before)
        if router in file.routers:
            old = file.routers[router]
            file.routers[router] = msgspec.structs.replace(old, guards=(*old.guards, guard_name(call)))


def _keep(file: Builders, kept: Kept) -> None:
    """Hands everything over; what is guarded in a method's own words stands before all that the method maps."""
    _guard_modules(file)
    kept.routers.extend(file.routers.values())
    for route in file.routes:
        guards = tuple(file.guards.get(route.router, ()))
        opened = any("Anonymous" in guard for guard in route.guards)
        kept.routes.append(route if opened else msgspec.structs.replace(route, guards=(*guards, *route.guards)))
    for symbol, group in file.groups.items():
        kept.routers.append(Router(symbol=symbol, framework=ASPNET_CORE, line=group.line, prefix=group.prefix))
        guards = (*file.guards.get(group.parent, ()), *group.guards)
        kept.mounts.append(mount(group.parent, symbol, group.line, guards))
    kept.mounts.extend(
        msgspec.structs.replace(item, guards=(*file.guards.get(item.parent, ()), *item.guards)) for item in file.mounts
    )


def _guard_modules(file: Builders) -> None:
    """``RequireAuthorization()`` in the constructor of a module stands before all its routes."""
    for call in file.module.calls:
        if call.owner == -1 or call.name.removeprefix("this.") != "RequireAuthorization":
            continue
        owner = file.module.classes[call.owner]
        if any(dotted(getattr(base, "callee", base)).endswith("CarterModule") for base in owner.bases):
            for method in MODULES.values():
                file.guards.setdefault(f"{owner.name}.{method}", []).append(call.last)
