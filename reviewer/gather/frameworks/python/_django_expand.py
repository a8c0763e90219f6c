"""The methods behind a route to a Django view: a function, a class, or something of a library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_library import methods_of_base
from reviewer.gather.frameworks.python._django_permissions import OF_OBJECT, OPEN, fits
from reviewer.gather.frameworks.python._django_views import DEFAULTS, HANDLER, SETTINGS
from reviewer.gather.frameworks.python._python import SERVED_METHODS
from reviewer.gather.reader import Expansion
from reviewer.model.facts.values import Ref

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.code import ClassDef
    from reviewer.model.facts.routing import Route, View

GRAPHQL_VIEWS = frozenset({"GraphQLView", "AsyncGraphQLView", "FileUploadGraphQLView"})
"""Views of libraries that answer a GraphQL schema."""
CONSUMER = "Consumer"
"""How the bases of what talks over a websocket end (Channels)."""
PARAMETERS = re.compile(r"\{(\w+)\}")
VERB_ORDER = tuple(method.lower() for method in SERVED_METHODS)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of the view that a route names."""
    place = _behind(index, _place(index, path, route.handler))
    known = list(index.mro(*place))
    if known:
        return _of_class(index, place, known, _parameters(index, path, route))
    view = view_of(index, *index.resolve(*place))
    if view is not None:
        methods = view.methods or ("ANY",)
        asked = meant(index, index.resolve(*place)[0], view.guards)
        guards = asked or (default_guards(index, path) if view.api else ())
        return [Expansion(method=m, page=view.page, guards=guards_for(m, guards)) for m in methods]
    if index.function(*place) is not None:
        return [Expansion(method="ANY")]
    return _of_library(index.full_name(path, route.handler))


def _parameters(index: Index, path: str, route: Route) -> tuple[frozenset[str], frozenset[str]]:
    """The parameters of a route's own path, and those of the other routes of its file to the same view."""
    given = frozenset(PARAMETERS.findall(index.text(path, route.path)))
    routing = index.files[path].routing
    others = [item for item in routing.routes if item.handler == route.handler] if routing else []
    return given, frozenset(name for item in others for name in PARAMETERS.findall(index.text(path, item.path))) - given


def _place(index: Index, path: str, handler: str) -> tuple[str, str]:
    """Where a view is looked up: here, or in the module that old URL lists name in a string."""
    module, _, name = handler.rpartition(".")
    if module and index.resolve(path, handler) == (path, handler):
        where = index.module(path, module)
        if where is not None:
            return where, name
    return path, handler


def _behind(index: Index, place: tuple[str, str]) -> tuple[str, str]:
    """The class behind a variable that holds ``View.as_view()``."""
    where, symbol = index.resolve(*place)
    view = view_of(index, where, symbol)
    return (where, view.stands_for) if view is not None and view.stands_for else place


def _of_library(full: str) -> list[Expansion]:
    methods, page = methods_of_base(full)
    if methods:
        return [Expansion(method=method, page=page) for method in methods]
    return [Expansion(method="ANY", implicit="." in full and full.rpartition(".")[2] not in GRAPHQL_VIEWS)]


def _of_class(
    index: Index,
    place: tuple[str, str],
    known: list[tuple[str, ClassDef]],
    parameters: tuple[frozenset[str], frozenset[str]],
) -> list[Expansion]:
    defined = {name for _, item in known for name in item.methods}
    bases = set(index.unresolved_bases(*place))
    if any(base.endswith(CONSUMER) for base in bases):
        return [Expansion(method="ANY", implicit=True)]
    own = [verb.upper() for verb in VERB_ORDER if verb in defined]
    inherited = {method for base in bases for method in methods_of_base(base)[0]}
    allowed = allowed_methods(index, known)
    page = shows_pages(index, known, bases)
    guards = guards_of_class(index, known) or _default_guards(index, place)
    one = any(base.rpartition(".")[2].startswith("Retrieve") for base in bases) and "get_object" not in defined
    takes = next((view.takes for view in views_of_classes(index, known) if view.takes), ())
    return [
        Expansion(
            method=method,
            symbol=method.lower() if method in own else "",
            page=page,
            guards=guards_of_handler(index, known, method.lower()) or guards_for(method, guards, one=one),
        )
        for method in SERVED_METHODS
        if (method in own or method in inherited)
        and (not allowed or method in allowed)
        and fits(takes, method.lower(), *parameters)
    ]


def shows_pages(index: Index, known: list[tuple[str, ClassDef]], bases: set[str]) -> bool:
    """Whether a view class renders: by itself, or as one of Django's generic views."""
    return any(methods_of_base(base)[1] for base in bases) or any(view.page for view in views_of_classes(index, known))


def views_of_classes(index: Index, known: list[tuple[str, ClassDef]]) -> Iterator[View]:
    """What the classes say of themselves, the class before its bases."""
    for where, item in known:
        view = view_of(index, where, item.name)
        if view is not None:
            yield view


def allowed_methods(index: Index, known: list[tuple[str, ClassDef]]) -> tuple[str, ...]:
    """``http_method_names``, () where it is not narrowed."""
    return next((view.methods for view in views_of_classes(index, known) if view.methods), ())


def guards_of_class(index: Index, known: list[tuple[str, ClassDef]]) -> tuple[str, ...]:
    """The permissions of the nearest class that names any."""
    for where, item in known:
        view = view_of(index, where, item.name)
        if view is not None and view.guards:
            return meant(index, where, view.guards)
    return ()


def meant(index: Index, path: str, guards: tuple[str, ...]) -> tuple[str, ...]:
    """Guards with what the project's own permission classes among them ask in place of their names."""
    found: list[str] = []
    for guard in guards:
        known = list(index.mro(path, guard)) if guard.isidentifier() or "." in guard else []
        asked = next((view.guards for view in views_of_classes(index, known) if view.guards), ())
        found += asked or (guard,)
    asking = tuple(guard for guard in found if guard != OPEN)
    return asking if asking else tuple(found)


def guards_of_handler(index: Index, known: list[tuple[str, ClassDef]], handler: str) -> tuple[str, ...]:
    """The permissions that the nearest class which tells its handlers apart gives to one of them."""
    for where, item in known:
        view = view_of(index, where, f"{item.name}.{handler}{HANDLER}")
        if view is not None:
            return meant(index, where, view.guards)
    return ()


def _default_guards(index: Index, place: tuple[str, str]) -> tuple[str, ...]:
    """Those of every view of Django REST framework that names none."""
    of_library = any(base.startswith("rest_framework.") for base in index.unresolved_bases(*place))
    return default_guards(index, place[0]) if of_library else ()


def default_guards(index: Index, path: str) -> tuple[str, ...]:
    """The permissions that the settings give to all views."""
    text = index.text(path, (Ref(name=f"{SETTINGS}.{DEFAULTS}"),))
    return tuple(name for name in text.split(",") if name)


def guards_for(method: str, guards: tuple[str, ...], *, one: bool = False) -> tuple[str, ...]:
    """The guards that hold for a method: those ending in ``ReadOnly`` let everybody read.

    What looks only at an object guards neither what creates nor what lists, only what reads ``one``.
    """
    found = guards
    if method == "GET":
        found = tuple(guard for guard in found if not guard.removesuffix(f" {OF_OBJECT}").endswith("ReadOnly"))
    if method == "POST" or (method == "GET" and not one):
        found = tuple(guard for guard in found if not guard.endswith(OF_OBJECT))
    return found or ((OPEN,) if guards else ())


def view_of(index: Index, path: str, symbol: str) -> View | None:
    """What a view says of itself."""
    facts = index.files.get(path)
    views = facts.routing.views if facts and facts.routing else ()
    return next((view for view in views if view.symbol == symbol), None)
