"""FOSRestBundle, first and second version: routes made of the names of a controller's methods.

``cgetAction()`` and ``getAction($id)`` of a ``BookController`` are ``GET /books`` and ``GET /books/{id}``;
``getUserCommentsAction($user)`` is ``GET /users/{user}/comments``. Only where a file of routes loads the controller
with ``type: rest``; see the bundle's documentation of automatic route generation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.orm.php._inflection import plural
from reviewer.gather.frameworks.php._symfony_places import rest_parents
from reviewer.gather.index import Index
from reviewer.gather.syntax import Call, Class, Function, Module, dotted, plain
from reviewer.model.facts.routing import Route

NAMED = "RouteResource"
CLASS_RESOURCE = "ClassResourceInterface"
FORMS = {"new": "GET", "edit": "GET", "remove": "GET"}
"""Actions that show a form: their name stands at the end of the path."""
ACTION = re.compile(r"(c?)(get|post|put|patch|delete|options|head|new|edit|remove)((?:[A-Z][A-Za-z0-9]*)?)Action")
WORD = re.compile(r"[A-Z][^A-Z]*")
GIVEN = re.compile(
    r"(?:Request|ParamFetcher|ConstraintViolationList|User|Session|Repository|Manager|Service|Factory)(?:Interface)?\Z"
)
"""Types of parameters that are no part of the path."""
MARK = "rest:"
"""What the name of such a route begins with, before its verb."""
RESOURCES_MOST = 8
PART = re.compile(r"/(?:\{(\w+)\}|([^/{}]+))")


def rest_routes(module: Module, owner: Class, methods: list[Function]) -> Iterator[tuple[Function, Route]]:
    """The routes of a controller's methods, to be put together once the controllers above it are known.

    Until then a path is the resources, then the parameters: ``/book/{id}``, ``/books`` for all of them.
    """
    if "FOS" not in module.text:
        return
    named = _resources_of(owner)
    for method in methods:
        found = ACTION.fullmatch(method.name[:200])
        if found is None:
            continue
        collection, verb, rest = found.groups()
        resources = [*named, *WORD.findall(rest)][:RESOURCES_MOST]
        if not resources:
            continue
        if named and (collection or verb == "options"):
            resources[len(named) - 1] = plural(resources[len(named) - 1].lower())
        given = [item.name for item in method.parameters if not GIVEN.search(item.type)]
        path = "".join(f"/{word.lower()}" for word in resources) + "".join(f"/{{{name}}}" for name in given)
        yield (
            method,
            Route(
                router=owner.name,
                framework="Symfony",
                methods=(FORMS.get(verb, verb.upper()),),
                path=(path,),
                line=method.line,
                end_line=method.end_line,
                handler=f"{owner.name}.{method.name}",
                name=f"{MARK}{verb}",
                generated=True,
            ),
        )


def _resources_of(owner: Class) -> list[str]:
    """What a class says that all of its methods are about."""
    for item in owner.decorators:
        if isinstance(item, Call) and item.last == NAMED and item.args:
            return (plain(item.args[0]) or "").split("_")
    if any(dotted(base).rpartition(".")[2] == CLASS_RESOURCE for base in owner.bases):
        return WORD.findall(owner.name.removesuffix("Controller"))
    return []


def is_made(route: Route) -> bool:
    """Whether a route is made of a method's name."""
    return route.generated and route.name.startswith(MARK)


def rest_path(index: Index, path: str, route: Route) -> str | None:
    """The path that such a route is served at, None where no file of routes loads its controller so."""
    parents = rest_parents(index, path)
    if parents is None:
        return None
    above = [resource for parent in parents for resource in _about(index, parent)]
    verb = route.name.removeprefix(MARK)
    parts = PART.findall("".join(part for part in route.path if isinstance(part, str)))
    given = [parameter for parameter, _ in parts if parameter]
    made = []
    for place, resource in enumerate((*above, *(resource for _, resource in parts if resource))):
        if place < len(given):
            made.append(f"{plural(resource)}/{{{given[place]}}}")
        else:
            made.append(plural(resource) if verb in ("post", "new") else resource)
    return "/".join(("", *made, *([verb] if verb in FORMS else ())))


def _about(index: Index, path: str) -> list[str]:
    """The resources of a controller above, from a route for one of them."""
    facts = index.files[path]
    for route in facts.routing.routes if facts.routing else ():
        if is_made(route) and "{" in str(route.path[0]):
            return [resource for _, resource in PART.findall(str(route.path[0])) if resource]
    return []
