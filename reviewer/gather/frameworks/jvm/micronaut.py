"""Micronaut: controllers and their methods by annotations, also those of interfaces and base classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.jvm._annotations import find, flat, given, name_of, option, path_of, words_of
from reviewer.gather.frameworks.jvm._programs import roots_of
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Expr, Function, Module
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.routing import Route, Router, View
from reviewer.model.facts.values import Value

MICRONAUT = "Micronaut"
MODULE = "io.micronaut"
METHODS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Patch": "PATCH",
    "Delete": "DELETE",
    "Head": "HEAD",
    "Options": "OPTIONS",
}
CONTROLLER = "Controller"
GUARDS = ("Secured", "RolesAllowed", "DenyAll")
OPEN = re.compile(r"IS_ANONYMOUS|isAnonymous|permitAll", re.IGNORECASE)
PUBLIC = "public"
QUERY = re.compile(r"\{[?&][^{}]*\}")
SLASHED = re.compile(r"\{/([^{}]*)\}")
EXPANDED = re.compile(r"\{[+.#;]([^{}]*)\}")
HTML = re.compile(r"text/html|TEXT_HTML")
PAGES = ("ModelAndView", "TurboFrame")
NOT_SERVED = Expansion(method="")


def read(module: Module, kept: Kept) -> None:
    """Keeps the controllers of a file, and the methods that controllers may inherit."""
    if not module.imported(MODULE):
        return
    for owner in module.classes:
        if find(owner.decorators, "Client") is None:
            _read_class(module, kept, owner)


def _read_class(module: Module, kept: Kept, owner: Class) -> None:
    mapped = [(function, item) for function in module.methods_of(owner) for item in function.decorators
              if name_of(item) in METHODS]  # fmt: skip
    kept.views.extend(_views(module, owner, mapped))
    controller = find(owner.decorators, CONTROLLER)
    if controller is None or owner.kind in ("interface", "abstract"):
        return
    prefix = template(path_of(module, owner, given(controller, "uri")))
    kept.routers.append(Router(symbol=owner.name, framework=MICRONAUT, line=owner.line, prefix=prefix))
    if owner.bases:
        kept.routes.append(
            Route(
                router=owner.name,
                framework=MICRONAUT,
                methods=(),
                path=(),
                line=owner.line,
                end_line=owner.end_line,
                handler=owner.name,
            )
        )
    guards = guards_of(owner.decorators)
    for function, decorator in mapped:
        kept.routes.extend(_routes(module, owner, function, decorator, guards))


def _views(module: Module, owner: Class, mapped: list[tuple[Function, Expr]]) -> Iterator[View]:
    for function, decorator in mapped:
        for path in _paths(module, owner, decorator):
            yield View(
                symbol=f"{owner.name}.{function.name}",
                line=function.line,
                methods=(METHODS[name_of(decorator)],),
                path=path,
                page=_is_page(owner, function),
                guards=guards_of(function.decorators),
            )


def _routes(
    module: Module, owner: Class, function: Function, decorator: Expr, guards: tuple[str, ...]
) -> Iterator[Route]:
    for path in _paths(module, owner, decorator):
        yield Route(
            router=owner.name,
            framework=MICRONAUT,
            methods=(METHODS[name_of(decorator)],),
            path=path,
            line=function.line,
            end_line=function.end_line,
            handler=f"{owner.name}.{function.name}",
            page=_is_page(owner, function),
            guards=guards_of(function.decorators) or guards,
        )


def _paths(module: Module, owner: Class, decorator: Expr) -> Iterator[Value]:
    given_paths = option(decorator, "uris")
    named = flat(given_paths if given_paths is not None else given(decorator, "uri"))
    if not named:
        yield ()
    for item in named:
        yield template(path_of(module, owner, item))


def template(path: Value) -> Value:
    """A URI template as a path: no query in it, what may follow a slash as a part of its own."""
    found = []
    for part in path:
        if isinstance(part, str):
            part = QUERY.sub("", part)
            part = SLASHED.sub(r"/{\1}", part)
            part = EXPANDED.sub(r"{\1}", part)
        found.append(part)
    return tuple(found)


def guards_of(decorators: Iterable[Expr]) -> tuple[str, ...]:
    """What annotations ask for; ``public`` where they open something to everybody."""
    found = []
    for decorator in decorators:
        if name_of(decorator) == "PermitAll" or (
            name_of(decorator) in GUARDS and OPEN.search(words_of(decorator)[:400])
        ):
            found.append(PUBLIC)
        elif name_of(decorator) in GUARDS:
            found.append(f"{name_of(decorator)} (authorized)")
    return tuple(found)


def _is_page(owner: Class, function: Function) -> bool:
    if find(function.decorators, "View") is not None or any(name in function.returns[:200] for name in PAGES):
        return True
    produced = find(function.decorators, "Produces") or find(owner.decorators, "Produces")
    return produced is not None and bool(HTML.search(words_of(produced)[:400]))


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a controller inherits from interfaces and base classes."""
    found = index.classes(path, route.handler)
    if found is None:
        return [NOT_SERVED]
    own = {view.symbol.rpartition(".")[2] for view in _method_views(index, *found)}
    expansions = [
        Expansion(
            method=method,
            suffix=index.text(where, view.path, unknown="{value}"),
            symbol=view.symbol.rpartition(".")[2],
            page=view.page,
            guards=view.guards,
        )
        for number, (where, item) in enumerate(index.mro(path, route.handler))
        for view in (_method_views(index, where, item) if number else ())
        if view.symbol.rpartition(".")[2] not in own
        for method in view.methods
    ]
    return expansions or [NOT_SERVED]


def _method_views(index: Index, path: str, item: ClassDef) -> Iterator[View]:
    routing = index.files[path].routing
    return (
        view
        for view in (routing.views if routing else ())
        if view.methods and view.symbol.rpartition(".")[0] == item.name
    )


FRAMEWORK = Framework(
    name=MICRONAUT,
    languages=("Java", "Kotlin"),
    read=read,
    packages=("io.micronaut:micronaut-http-server-netty",),
    expand=expand,
    one_root=True,
    roots=roots_of,
)
