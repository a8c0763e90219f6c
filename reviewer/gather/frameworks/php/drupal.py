"""Drupal: REST resource plugins; routes in ``module.routing.yml`` are read in `documents.yaml_routes`."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.documents.yaml_routes import DRUPAL
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Mapping, Module, dotted, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

PLUGIN = "RestResource"
METHODS = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
CREATING = ("create", "https://www.drupal.org/link-relations/create")
"""Where ``POST`` goes, if the plugin says so; all else goes to the canonical path."""
GUARD = "permission"
"""Resources ask for a permission of their own unless the site's configuration says otherwise."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the resources of a file."""
    if not module.imported("Drupal"):
        return
    for owner in module.classes:
        for decorator in owner.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] == PLUGIN:
                routes = list(_routes(module, owner, decorator))
                if routes:
                    kept.routers.append(Router(symbol=owner.name, framework=DRUPAL, line=owner.line))
                    kept.routes.extend(routes)


def _routes(module: Module, owner: Class, plugin: Call) -> Iterator[Route]:
    paths = plugin.keywords.get("uri_paths")
    if not isinstance(paths, Mapping):
        return
    canonical = paths.get("canonical")
    creating = next((found for name in CREATING if (found := paths.get(name)) is not None), canonical)
    for method in module.methods_of(owner):
        verb = METHODS.get(method.name)
        value = creating if verb == "POST" else canonical or creating
        if verb is None or value is None:
            continue
        path: Value = value_of(value)
        yield Route(
            router=owner.name,
            framework=DRUPAL,
            methods=(verb,),
            path=path,
            line=method.line,
            end_line=method.end_line,
            handler=f"{owner.name}.{method.name}",
            guards=(GUARD,),
        )


FRAMEWORK = Framework(name=DRUPAL, languages=("PHP",), read=read)
