"""The methods behind a route to a Django view: a function, a class, or something of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_views import DEFAULTS, SETTINGS
from reviewer.gather.frameworks.python._python import SERVED_METHODS
from reviewer.gather.reader import Expansion
from reviewer.model.facts.values import Ref

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.code import ClassDef
    from reviewer.model.facts.routing import Route, View

GENERIC_VIEWS = {
    "ListAPIView": ("GET",),
    "RetrieveAPIView": ("GET",),
    "CreateAPIView": ("POST",),
    "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"),
    "ListCreateAPIView": ("GET", "POST"),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"),
    "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
    "ObtainAuthToken": ("POST",),
    "TokenObtainPairView": ("POST",),
    "TokenRefreshView": ("POST",),
    "TokenVerifyView": ("POST",),
    "TokenBlacklistView": ("POST",),
    "TokenObtainSlidingView": ("POST",),
    "TokenRefreshSlidingView": ("POST",),
    "ObtainJSONWebToken": ("POST",),
    "RefreshJSONWebToken": ("POST",),
    "VerifyJSONWebToken": ("POST",),
    "obtain_auth_token": ("POST",),
    "obtain_jwt_token": ("POST",),
    "refresh_jwt_token": ("POST",),
    "verify_jwt_token": ("POST",),
}
"""Django REST framework's generic views and those of its token libraries, by the methods that they answer."""
PAGE_VIEWS = {
    "TemplateView": ("GET",),
    "ListView": ("GET",),
    "DetailView": ("GET",),
    "RedirectView": ("GET",),
    "ArchiveIndexView": ("GET",),
    "YearArchiveView": ("GET",),
    "MonthArchiveView": ("GET",),
    "DayArchiveView": ("GET",),
    "FormView": ("GET", "POST"),
    "CreateView": ("GET", "POST"),
    "UpdateView": ("GET", "POST"),
    "DeleteView": ("GET", "POST"),
    "LoginView": ("GET", "POST"),
    "LogoutView": ("GET", "POST"),
    "PasswordChangeView": ("GET", "POST"),
    "PasswordResetView": ("GET", "POST"),
    "PasswordResetConfirmView": ("GET", "POST"),
}
"""Django's generic views, which show pages, by the methods that they answer."""
VERB_ORDER = tuple(method.lower() for method in SERVED_METHODS)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of the view that a route names."""
    place = _behind(index, _place(index, path, route.handler))
    known = list(index.mro(*place))
    if known:
        return _of_class(index, place, known)
    view = view_of(index, *index.resolve(*place))
    if view is not None:
        methods = view.methods or ("ANY",)
        guards = view.guards or (default_guards(index, path) if view.api else ())
        return [Expansion(method=m, page=view.page, guards=guards_for(m, guards)) for m in methods]
    if index.function(*place) is not None:
        return [Expansion(method="ANY")]
    return _of_library(index.full_name(path, route.handler))


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
    name = full.rpartition(".")[2]
    if name in PAGE_VIEWS:
        return [Expansion(method=method, page=True) for method in PAGE_VIEWS[name]]
    if name in GENERIC_VIEWS:
        return [Expansion(method=method) for method in GENERIC_VIEWS[name]]
    return [Expansion(method="ANY", implicit="." in full)]


def _of_class(index: Index, place: tuple[str, str], known: list[tuple[str, ClassDef]]) -> list[Expansion]:
    defined = {name for _, item in known for name in item.methods}
    bases = {name.rpartition(".")[2] for name in index.unresolved_bases(*place)}
    own = [verb.upper() for verb in VERB_ORDER if verb in defined]
    inherited = {method for base in bases for method in GENERIC_VIEWS.get(base, PAGE_VIEWS.get(base, ()))}
    allowed = allowed_methods(index, known)
    page = shows_pages(index, known, bases)
    guards = guards_of_class(index, known) or _default_guards(index, place)
    return [
        Expansion(
            method=method,
            symbol=method.lower() if method in own else "",
            page=page,
            guards=guards_for(method, guards),
        )
        for method in SERVED_METHODS
        if (method in own or method in inherited) and (not allowed or method in allowed)
    ]


def shows_pages(index: Index, known: list[tuple[str, ClassDef]], bases: set[str]) -> bool:
    """Whether a view class renders: by itself, or as one of Django's generic views."""
    return bool(bases & PAGE_VIEWS.keys()) or any(view.page for view in views_of_classes(index, known))


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
    return next((view.guards for view in views_of_classes(index, known) if view.guards), ())


def _default_guards(index: Index, place: tuple[str, str]) -> tuple[str, ...]:
    """Those of every view of Django REST framework that names none."""
    of_library = any(base.startswith("rest_framework.") for base in index.unresolved_bases(*place))
    return default_guards(index, place[0]) if of_library else ()


def default_guards(index: Index, path: str) -> tuple[str, ...]:
    """The permissions that the settings give to all views."""
    text = index.text(path, (Ref(name=f"{SETTINGS}.{DEFAULTS}"),))
    return tuple(name for name in text.split(",") if name)


def guards_for(method: str, guards: tuple[str, ...]) -> tuple[str, ...]:
    """The guards that hold for a method: those ending in ``ReadOnly`` let everybody read."""
    return tuple(guard for guard in guards if not (method == "GET" and guard.endswith("ReadOnly")))


def view_of(index: Index, path: str, symbol: str) -> View | None:
    """What a view says of itself."""
    facts = index.files.get(path)
    views = facts.routing.views if facts and facts.routing else ()
    return next((view for view in views if view.symbol == symbol), None)
