"""Django REST framework's routers and view sets; its other views are routed by Django's URL lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_expand import (
    allowed_methods,
    default_guards,
    guards_for,
    guards_of_class,
)
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, owner_of
from reviewer.gather.frameworks.python._regex_paths import regex_value
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Module, dotted, plain, walk
from reviewer.model.facts.routing import Mount, Route, Router

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.code import ClassDef

NAME = "Django REST framework"
ROUTERS = frozenset({
    "DefaultRouter", "SimpleRouter", "NestedSimpleRouter", "NestedDefaultRouter", "ExtendedSimpleRouter",
    "ExtendedDefaultRouter", "BulkRouter", "OptionalSlashRouter",
})  # fmt: skip
WITH_ROOT = frozenset({"DefaultRouter", "ExtendedDefaultRouter"})
NESTED = frozenset({"NestedSimpleRouter", "NestedDefaultRouter"})
ACTIONS = {
    "list": ("GET", ""),
    "create": ("POST", ""),
    "retrieve": ("GET", "{lookup}"),
    "update": ("PUT", "{lookup}"),
    "partial_update": ("PATCH", "{lookup}"),
    "destroy": ("DELETE", "{lookup}"),
}
"""A view set's standard actions: method, and path below the view set."""
PROVIDED = {
    "ModelViewSet": tuple(ACTIONS),
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "ListModelMixin": ("list",),
    "CreateModelMixin": ("create",),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
    "DestroyModelMixin": ("destroy",),
}
"""The actions that the library's bases bring."""


def read(module: Module, kept: Kept) -> None:
    """Routers and what is registered on them."""
    if "outer" not in module.text or "register" not in module.text:
        return
    routers = [item for item in module.assignments if _router_call(item)]
    names = {item.target for item in routers}
    lookup = Lookup(module)
    for item in routers:
        _router(item, kept)
    for call in module.calls:
        head, last = owner_of(call.name)
        if last == "register" and (head in names or _is_imported_router(lookup, head)):
            _registered(call, head, kept)


def _router_call(item: Assignment) -> Call | None:
    """The router that an assignment makes, also one of two (``DefaultRouter() if DEBUG else SimpleRouter()``)."""
    if item.value is None or item.owner != -1:
        return None
    return next((part for part in walk(item.value) if isinstance(part, Call) and part.last in ROUTERS), None)


def _is_imported_router(lookup: Lookup, head: str) -> bool:
    return head.partition(".")[0] in lookup.imported_names and "router" in head.lower()


def _router(item: Assignment, kept: Kept) -> None:
    call = _router_call(item)
    if call is None:
        return
    kept.routers.append(Router(symbol=item.target, framework=NAME, line=item.line))
    if call.last in WITH_ROOT:
        kept.routes.append(
            Route(
                router=item.target,
                framework=NAME,
                methods=("GET",),
                path=(),
                line=item.line,
                end_line=item.end_line,
                implicit=True,
            )
        )
    if call.last in NESTED and len(call.args) > 1:
        lookup = plain(argument(call, 2, "lookup")) or "parent"
        prefix = (*regex_value(call.args[1]), f"/{{{lookup}_pk}}")
        mount = Mount(parent=dotted(call.args[0]), child=item.target, framework=NAME, line=item.line, prefix=prefix)
        kept.mounts.append(mount)


def _registered(call: Call, router: str, kept: Kept) -> None:
    prefix, view = argument(call, 0, "prefix"), argument(call, 1, "viewset")
    if prefix is None or not dotted(view):
        return
    kept.routes.append(
        Route(
            router=router,
            framework=NAME,
            methods=(),
            path=regex_value(prefix),
            line=call.line,
            end_line=call.end_line,
            handler=dotted(view),
        )
    )


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The endpoints of a view set: standard actions that it defines or inherits, then extra ones."""
    known = list(index.mro(path, route.handler))
    if not known:
        return [Expansion(method="ANY", implicit=True)]
    actions = {name for _, item in known for name in item.methods if name in ACTIONS}
    for base in index.unresolved_bases(path, route.handler):
        actions.update(PROVIDED.get(base.rpartition(".")[2], ()))
    allowed = allowed_methods(index, known)
    guards = guards_of_class(index, known) or default_guards(index, path)
    lookup = _lookup(known)
    found = [
        Expansion(
            method=method,
            suffix=suffix.format(lookup=f"{{{lookup}}}"),
            symbol=name,
            guards=guards_for(method, guards),
        )
        for name, (method, suffix) in ACTIONS.items()
        if name in actions
    ]
    found += _extra_actions(index, known, lookup, guards)
    return [item for item in found if not allowed or item.method in allowed]


def _lookup(known: list[tuple[str, ClassDef]]) -> str:
    """The name of the path parameter that tells one item from another."""
    for name in ("lookup_url_kwarg", "lookup_field"):
        for _, item in known:
            for attribute in item.attributes:
                if attribute.name == name and attribute.value and isinstance(attribute.value[0], str):
                    return attribute.value[0]
    return "pk"


def _extra_actions(
    index: Index, known: list[tuple[str, ClassDef]], lookup: str, guards: tuple[str, ...]
) -> Iterator[Expansion]:
    seen: set[str] = set()
    for where, item in known:
        routing = index.files[where].routing
        for view in routing.views if routing else ():
            owner, name = owner_of(view.symbol)
            if owner != item.name or name in seen:
                continue
            seen.add(name)
            below = index.text(where, view.path)
            suffix = f"{{{lookup}}}/{below}" if view.detail else below
            for method in view.methods:
                yield Expansion(
                    method=method,
                    suffix=suffix,
                    symbol=name,
                    guards=guards_for(method, view.guards or guards),
                )


DRF = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("djangorestframework", "drf-nested-routers"),
    expand=expand,
)
