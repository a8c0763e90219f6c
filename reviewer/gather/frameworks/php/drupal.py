"""Drupal: REST resource plugins, and which controllers show pages; routes in ``module.routing.yml`` are read in
`documents.yaml_routes`, those of Drupal 7 in `_drupal_menu`."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.documents.yaml_routes import DRUPAL
from reviewer.gather.frameworks.php._drupal_menu import read_menu
from reviewer.gather.look import words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import (
    Call,
    Class,
    Expr,
    Function,
    Items,
    Mapping,
    Module,
    Name,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Route, Router, View
from reviewer.model.facts.values import Value

PLUGIN = "RestResource"
METHODS = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
CREATING = ("create", "https://www.drupal.org/link-relations/create")
"""Where ``POST`` goes, if the plugin says so; all else goes to the canonical path."""
GUARD = "permission"
"""Resources ask for a permission of their own unless the site's configuration says otherwise."""


ENTITY_TYPES = words("ContentEntityType ConfigEntityType")
PROVIDER = "route_provider"
CONTROLLER = "Controller"
RENDERED = "#"
"""What the keys of a render array begin with."""
BUILDING = words("formBuilder getForm getViewBuilder view viewMultiple buildForm")
ANSWERS = words(
    "JsonResponse CacheableJsonResponse ResourceResponse ModifiedResourceResponse Response CacheableResponse"
    " BinaryFileResponse StreamedResponse RedirectResponse TrustedRedirectResponse AjaxResponse"
)
"""Classes of answers that are no page."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the resources, the pages and the menu of a file."""
    read_menu(module, kept)
    if not (module.imported("Drupal") or (module.namespace or "").startswith("Drupal.")):
        return
    controls = f".{CONTROLLER}" in (module.namespace or "")
    for owner in module.classes:
        if controls or CONTROLLER in owner.name or any(CONTROLLER in dotted(base) for base in owner.bases):
            kept.views.extend(_pages(module, owner))
        _keep(kept, owner, list(_entity_pages(owner)))
        for decorator in owner.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] == PLUGIN:
                _keep(kept, owner, list(_routes(module, owner, decorator)))


def _keep(kept: Kept, owner: Class, routes: list[Route]) -> None:
    if routes:
        kept.routers.append(Router(symbol=owner.name, framework=DRUPAL, line=owner.line))
        kept.routes.extend(routes)


def _entity_pages(owner: Class) -> Iterator[Route]:
    """The pages that a route provider serves for an entity, at the links that its type names."""
    for decorator in owner.decorators:
        if not (isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] in ENTITY_TYPES):
            continue
        links, handlers = decorator.keywords.get("links"), decorator.keywords.get("handlers")
        if isinstance(links, Mapping) and isinstance(handlers, Mapping) and handlers.get(PROVIDER) is not None:
            for _, link in links.pairs:
                if (place := plain(link)) is not None:
                    yield Route(
                        router=owner.name,
                        framework=DRUPAL,
                        methods=("GET",),
                        path=(place,),
                        line=owner.line,
                        end_line=owner.end_line,
                        guards=(GUARD,),
                        implicit=True,
                    )


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


def _pages(module: Module, owner: Class) -> Iterator[View]:
    """The methods of a controller that give a render array, themselves or through another method of the class."""
    methods = list(module.methods_of(owner))
    showing = {item.name for item in methods if _renders(module, item)}
    for method in methods:
        handed = {
            item.value.last
            for item in module.returns
            if item.function == method.index and isinstance(item.value, Call) and item.value.name.startswith("this.")
        }
        if method.name in showing or handed & showing:
            yield View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True)


def _renders(module: Module, method: Function) -> bool:
    if any(call.new and call.last in ANSWERS for call in module.calls if call.function == method.index):
        return False
    built = {
        item.target.partition(".")[0]: item.value
        for item in module.assignments
        if item.function == method.index and item.value is not None and _is_rendered(item.value)
    }
    return any(
        _is_rendered(item.value) or (isinstance(item.value, Name) and item.value.dotted in built)
        for item in module.returns
        if item.function == method.index and item.value is not None
    )


def _is_rendered(expr: Expr) -> bool:
    """``['#theme' => 'x']``, one inside another array, or what builds one."""
    if isinstance(expr, Call):
        return expr.last in BUILDING
    inner: tuple[Expr, ...] = ()
    if isinstance(expr, Items):
        inner = expr.values
    elif isinstance(expr, Mapping):
        inner = (expr, *(value for _, value in expr.pairs))
    return any(_is_marked(item) for item in inner)


def _is_marked(expr: Expr) -> bool:
    keys = (
        [key.parts[0] for key, _ in expr.pairs if isinstance(key, Text) and key.parts]
        if isinstance(expr, Mapping)
        else []
    )
    return any(isinstance(key, str) and key.startswith(RENDERED) for key in keys)


FRAMEWORK = Framework(name=DRUPAL, languages=("PHP",), read=read)
