"""Symfony: controllers with attributes or annotations; files of routes are read in `documents.yaml_routes`."""

from __future__ import annotations

import posixpath

from reviewer.gather.documents.yaml_routes import CONTROLLERS, FOLDER
from reviewer.gather.frameworks.php._annotated import guards_of, is_templated, prefix_of, routes_of
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.index import Index
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Class, Function, Module
from reviewer.model.facts.routing import Route, Router, View

NAME = "Symfony"
PACKAGES = ("Symfony.Component.Routing", "FOS.RestBundle", "Sensio.Bundle.FrameworkExtraBundle")
BASES = ("Symfony.Bundle.FrameworkBundle", "Symfony.Component.HttpFoundation", *PACKAGES)
INVOKED = "__invoke"


def read(module: Module, kept: Kept) -> None:
    """Keeps the controllers of a file."""
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
    if not declared:
        return
    kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line, prefix=prefix))
    guards = guards_of(module, owner.decorators)
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
    """The prefix of a controller below that of the file of routes that loads its folder, the last where several do."""
    prefix = None
    for place, facts in sorted(index.files.items()):
        for mount in facts.routing.mounts if facts.routing else ():
            if mount.framework != router.framework or not mount.child.startswith(FOLDER):
                continue
            if mount.prefix and _is_inside(path, place, mount.child.removeprefix(FOLDER)):
                prefix = index.text(place, mount.prefix)
    return (own if prefix is None else f"{prefix}/{own.lstrip('/')}"), ()


def _is_inside(path: str, place: str, resource: str) -> bool:
    """Whether a file is in the folder that a file of routes at ``place`` loads: ``@AppBundle`` is found by its name."""
    if resource == CONTROLLERS:
        return path.endswith(".php") and f"/{path}".startswith(f"/{place}".rpartition("/config/")[0] + "/")
    if resource.startswith("@"):
        return f"/{resource[1:]}/" in f"/{path}"
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(place), resource))
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


FRAMEWORK = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("symfony/framework-bundle", "symfony/symfony"),
    settle=settle,
)
