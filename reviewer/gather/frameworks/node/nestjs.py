"""NestJS: controllers and their methods by decorators; applications, modules and settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.node._express_values import answers, is_page
from reviewer.gather.frameworks.node._nestjs_app import (
    DEFAULT_VERSION,
    DOCUMENTATION,
    MESSAGES_ALONE,
    NEST,
    name_of,
    read_app,
    read_modules,
    read_settings,
    setting,
    takes_messages_alone,
)
from reviewer.gather.frameworks.node._nestjs_middleware import read_middleware
from reviewer.gather.frameworks.node._nestjs_trees import read_branches, read_trees
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Mapping, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

METHODS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Patch": "PATCH",
    "Delete": "DELETE",
    "Options": "OPTIONS",
    "Head": "HEAD",
    "All": "ANY",
    "Sse": "GET",
}
VERSIONED = "//"
"""How the prefix of a controller with a version of its own begins; served it is one slash."""
NEUTRAL = "VERSION_NEUTRAL"
COMMON = "@nestjs/common."
USE_GUARDS = f"{COMMON}UseGuards"
OPEN = re.compile(r"public|skip_?auth|no_?auth|anonymous|allow_?any|is_?open|unauthenticated", re.IGNORECASE)
"""Decorators that let everybody through a guard of the class or the application."""
PATHS_MOST = 20
"""Paths of one decorator that are read."""
LIMITS = re.compile(r"throttl|limit|csrf", re.IGNORECASE)


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of a NestJS application."""
    if not module.imported("@nestjs", "nest-router"):
        read_branches(module, kept)
        return
    names = Names(module)
    read_app(module, names, kept)
    read_modules(module, names, kept)
    read_trees(module, names, kept)
    read_middleware(module, kept)
    read_settings(module, names, kept)
    answered = answers(module)
    for owner in module.classes:
        controller = next((d for d in owner.decorators if origin_of(names, d) == f"{COMMON}Controller"), None)
        if controller is not None:
            _read_controller(module, names, kept, owner, controller, answered)


def origin_of(names: Names, decorator: Expr) -> str:
    """The full name of a decorator, called or not."""
    return names.origin(name_of(decorator))


def _read_controller(
    module: Module, names: Names, kept: Kept, owner: Class, decorator: Expr, answered: dict[int, set[str]]
) -> None:
    """A router for each path and version of the controller, with every route on each."""
    argument = decorator.args[0] if isinstance(decorator, Call) and decorator.args else None
    options = argument if isinstance(argument, Mapping) else None
    paths = list(_paths(names, options.get("path") if options else argument))[:PATHS_MOST]
    versions = list(_versions(options.get("version") if options else None))
    versions = versions or [version for item in owner.decorators for version in _version_of(names, item)] or [""]
    guards = _guards(names, owner.decorators)
    declared: set[str] = set()
    for method in module.methods_of(owner):
        own = [version for item in method.decorators for version in _version_of(names, item)]
        for number, path in enumerate(paths):
            for version in own or versions:
                symbol = owner.name + (f"#{number}" if number else "")
                symbol += f"@{version}" if version != versions[0] else ""
                prefix = (VERSIONED if version == NEUTRAL else f"{VERSIONED}v{version}/", *path) if version else path
                if symbol not in declared:
                    declared.add(symbol)
                    kept.routers.append(Router(symbol=symbol, framework=NEST, line=owner.line, prefix=prefix))
                kept.routes.extend(_routes(names, owner, method, symbol, guards, answered))


def _paths(names: Names, argument: Expr | None) -> Iterator[Value]:
    if isinstance(argument, Items):
        for item in argument.values:
            yield setting(names, item)
    elif argument is None or isinstance(argument, Mapping):
        yield ()
    else:
        yield setting(names, argument)


def _versions(argument: Expr | None) -> Iterator[str]:
    for item in argument.values if isinstance(argument, Items) else (argument,):
        if plain(item) or dotted(item) == NEUTRAL:
            yield plain(item) or NEUTRAL


def _version_of(names: Names, decorator: Expr) -> Iterator[str]:
    if isinstance(decorator, Call) and decorator.args and names.origin(decorator.callee) == f"{COMMON}Version":
        yield from _versions(decorator.args[0])


def _routes(
    names: Names,
    owner: Class,
    method: Function,
    symbol: str,
    guards: tuple[str, ...],
    answered: dict[int, set[str]],
) -> Iterator[Route]:
    own = _guards(names, method.decorators)
    opened = tuple(guard for guard in own if OPEN.search(guard))
    rendered = any(origin_of(names, item) == f"{COMMON}Render" for item in method.decorators)
    for decorator in method.decorators:
        origin = origin_of(names, decorator)
        http = METHODS.get(origin.removeprefix(COMMON)) if origin.startswith(COMMON) else None
        if http is None or not isinstance(decorator, Call):
            continue
        for path in list(_paths(names, decorator.args[0] if decorator.args else None))[:PATHS_MOST]:
            yield Route(
                router=symbol,
                framework=NEST,
                methods=(http,),
                path=path,
                line=decorator.line,
                end_line=method.end_line,
                handler=f"{owner.name}.{method.name}",
                page=rendered or is_page(answered.get(method.index, set())),
                guards=opened or tuple(dict.fromkeys((*guards, *own))),
            )


def _guards(names: Names, decorators: tuple[Expr, ...]) -> tuple[str, ...]:
    """The guards used, and the project's own decorators, which may set some."""
    found: list[str] = []
    for decorator in decorators:
        name = name_of(decorator)
        if isinstance(decorator, Call) and names.origin(decorator.callee) == USE_GUARDS:
            found.extend(name_of(arg) for arg in decorator.args)
        elif name and names.is_own(name):
            found.append(name)
    return tuple(name for name in found if name and not LIMITS.search(name))


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """A controller that names no version of its own has the default one before its path."""
    routing = index.files[path].routing
    serves = routing is not None and any(item.router == router.symbol for item in routing.routes)
    if router.root or not serves or own.startswith(VERSIONED):
        return own, ()
    version = index.text(path, (Ref(name=DEFAULT_VERSION),))
    return (f"{version}/{own}" if version else own), ()


def served(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A controller nearest to an application that takes messages alone answers to no request."""
    if index.text(path, (Ref(name=MESSAGES_ALONE),)) and takes_messages_alone(index, path):
        return [Expansion(method="")]
    return [Expansion(method=method) for method in route.methods]


def _nothing(module: Module, kept: Kept) -> None:
    """What shows the documentation is kept with the application."""
    del module, kept


SWAGGER_UI = Framework(name=DOCUMENTATION, languages=("JavaScript", "TypeScript"), read=_nothing, listed=False)
FRAMEWORK = Framework(
    name=NEST,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("@nestjs/core", "@nestjs/common"),
    one_root=True,
    settle=settle,
    expand=served,
    decides=True,
)
