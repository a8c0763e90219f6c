"""Symfony: controllers with attributes or annotations; files of routes are read in `documents.yaml_routes`."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from reviewer.gather.documents.yaml_routes import SYMFONY_TABLE
from reviewer.gather.frameworks.php._annotated import guards_of, is_templated, prefix_of, routes_of
from reviewer.gather.frameworks.php._fos_rest import is_made, rest_path, rest_routes
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._symfony_places import action_of, loading_prefix, table_prefix
from reviewer.gather.frameworks.php._symfony_tables import read_table
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Function, Module
from reviewer.model.facts.routing import Route, Router, View

NAME = "Symfony"
PACKAGES = ("Symfony.Component.Routing", "FOS.RestBundle", "Sensio.Bundle.FrameworkExtraBundle")
BASES = ("Symfony.Bundle.FrameworkBundle", "Symfony.Component.HttpFoundation", *PACKAGES)
INVOKED = "__invoke"


def read(module: Module, kept: Kept) -> None:
    """Keeps the controllers of a file."""
    read_table(module, kept)
    if not module.imported(*BASES):
        return
    pages = Pages(module)
    for owner in module.classes:
        _controller(module, kept, owner, pages)


def _controller(module: Module, kept: Kept, owner: Class, pages: Pages) -> None:
    """A class whose method is called itself is a route itself; else its route is a prefix."""
    methods = list(module.methods_of(owner))
    declared = [(method, route) for method in methods for route in routes_of(module, method.decorators)]
    invoked = next((method for method in methods if method.name == INVOKED), None)
    prefix = prefix_of(module, owner.decorators) if declared else ()
    if not declared and invoked is not None:
        declared = [(invoked, route) for route in routes_of(module, owner.decorators)]
    for method in methods:
        if pages.shows(method):
            kept.views.append(View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True))
    said = {method.index for method, route in declared if route.methods or any(route.paths)}
    made = [item for item in rest_routes(module, owner, methods) if item[0].index not in said]
    declared = [item for item in declared if item[0].index in said or all(item[0] is not other for other, _ in made)]
    if not declared and not made:
        return
    kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line, prefix=prefix))
    guards = guards_of(module, owner.decorators)
    for method, named in made:
        kept.routes.append(replace(named, guards=(*guards, *guards_of(module, method.decorators))))
    for method, route in declared:
        for path in route.paths:
            kept.routes.append(
                Route(
                    router=owner.name,
                    framework=NAME,
                    methods=route.methods or ("ANY",),
                    path=path,
                    line=route.line,
                    end_line=method.end_line,
                    handler=f"{owner.name}.{method.name}",
                    page=_is_page(module, method, pages),
                    guards=tuple(dict.fromkeys((*guards, *guards_of(module, method.decorators)))),
                    name=route.name,
                )
            )


def _is_page(module: Module, method: Function, pages: Pages) -> bool:
    return is_templated(module, method.decorators) or pages.shows(method)


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """The prefix of a controller, or of a bundle's file of routes, below that of the file of routes that loads it."""
    table = router.symbol == SYMFONY_TABLE
    prefix = table_prefix(index, path) if table else loading_prefix(index, path)
    return (f"{prefix}/{own.lstrip('/')}" if prefix else own), ()


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A route as declared; one that is made of a method's name where its controller is loaded for that."""
    place = action_of(index, route.handler)
    whole = rest_path(index, path, route) if is_made(route) else None
    if whole is None and is_made(route):
        return []
    return [Expansion(method=method, path=whole, place=place) for method in route.methods]


FRAMEWORK = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("symfony/framework-bundle", "symfony/symfony"),
    expand=expand,
    decides=True,
    settle=settle,
)
