"""Django REST framework's routers and view sets; its other views are routed by Django's URL lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_expand import (
    allowed_methods,
    default_guards,
    guards_for,
    guards_of_class,
    guards_of_handler,
    meant,
)
from reviewer.gather.frameworks.python._django_views import HANDLER
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, owner_of
from reviewer.gather.frameworks.python._regex_paths import regex_value
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Items, Module, Name, Text, dotted, plain, walk
from reviewer.model.facts.routing import Mount, Route, Router

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.code import ClassDef
    from reviewer.model.facts.values import Value

NAME = "Django REST framework"
ROUTERS = frozenset({
    "DefaultRouter", "SimpleRouter", "NestedSimpleRouter", "NestedDefaultRouter", "ExtendedSimpleRouter",
    "ExtendedDefaultRouter", "BulkRouter", "OptionalSlashRouter",
})  # fmt: skip
REGISTER, REGISTRY = "register", ".registry"
CHAIN_MOST = 6
"""View sets registered on what the registration of another returns."""
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
BROUGHT = {
    "djoser.views.UserViewSet": (
        *(("POST", suffix) for suffix in ("activation", "resend_activation", "set_password", "reset_password")),
        *(("POST", suffix) for suffix in ("reset_password_confirm", "set_username", "reset_username")),
        *((method, "me") for method in ("GET", "PUT", "PATCH", "DELETE")),
    )
}
"""Whole view sets of libraries, with what they answer beside the standard actions."""
BROUGHT_GUARD = "permission of the library"
"""What they ask for where nothing else is said; everybody may make an account."""


def read(module: Module, kept: Kept) -> None:
    """Routers and what is registered on them."""
    if "outer" not in module.text or "register" not in module.text:
        return
    lookup = Lookup(module)
    routed = frozenset(f"{owner_of(item.name)[0]}.urls" for item in module.calls if _registers(item))
    own = routed & _mentioned(module) if routed else routed
    routers = [item for item in module.assignments if _router_call(item, own)]
    names = {item.target for item in routers}
    for item in routers:
        _router(item, kept)
    for call in module.calls:
        head, last = owner_of(call.name)
        if last == REGISTER:
            first, above = _nested(lookup, call)
            if first in names or (not head.startswith(".") and _is_imported_router(lookup, first)):
                _registered(call, first, kept, above)
        elif last == "extend" and head.endswith(REGISTRY) and call.args and dotted(call.args[0]).endswith(REGISTRY):
            names_of = (head.removesuffix(REGISTRY), dotted(call.args[0]).removesuffix(REGISTRY))
            kept.mounts.append(Mount(parent=names_of[0], child=names_of[1], framework=NAME, line=call.line))


def _registers(call: Call) -> bool:
    """Whether a call registers something below a path, and not a model in an admin site."""
    prefix, view = argument(call, 0, "prefix"), argument(call, 1, "viewset")
    return call.last == REGISTER and isinstance(prefix, Text) and bool(dotted(view))


def _nested(lookup: Lookup, call: Call) -> tuple[str, Value]:
    """The router that a view set ends up on, and what stands above it there.

    ``router.register("a", A).register("b", B, parents_query_lookups=["a"])`` of drf-extensions, also through a
    variable that holds what the first call returns.
    """
    above: Value = ()
    for _ in range(CHAIN_MOST):
        outer: Expr | None = call.callee.value if isinstance(call.callee, Attribute) else None
        if outer is None:
            head = owner_of(call.name)[0]
            outer = lookup.value(head)
            if not (isinstance(outer, Call) and outer.last == REGISTER):
                return head, above
        if not (isinstance(outer, Call) and outer.last == REGISTER):
            return "", ()
        parents = call.keywords.get("parents_query_lookups")
        named = [plain(item) or "" for item in parents.values] if isinstance(parents, Items) else []
        above = (*regex_value(argument(outer, 0, "prefix")), f"/{{parent_lookup_{(named or ['parent'])[-1]}}}/", *above)
        call = outer
    return "", ()


def _mentioned(module: Module) -> frozenset[str]:
    """The names ending in ``.urls`` that stand in the lists of a module."""
    values = (item.value for item in module.assignments if item.value is not None)
    return frozenset(part.dotted for value in values for part in walk(value) if isinstance(part, Name))


def _router_call(item: Assignment, used: frozenset[str]) -> Call | None:
    """The router that an assignment makes, also one of two (``DefaultRouter() if DEBUG else SimpleRouter()``).

    One of a class of the project is known by what is registered on it below paths, and by its use as a list of URLs.
    """
    if item.value is None or item.owner != -1:
        return None
    calls = (part for part in walk(item.value) if isinstance(part, Call))
    own = f"{item.target}.urls" in used
    return next((part for part in calls if part.last in ROUTERS or own), None)


def _is_imported_router(lookup: Lookup, head: str) -> bool:
    return head.partition(".")[0] in lookup.imported_names and "router" in head.lower()


def _router(item: Assignment, kept: Kept) -> None:
    call = _router_call(item, frozenset({f"{item.target}.urls"}))
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


def _registered(call: Call, router: str, kept: Kept, above: Value) -> None:
    prefix, view = argument(call, 0, "prefix"), argument(call, 1, "viewset")
    if prefix is None or not dotted(view):
        return
    kept.routes.append(
        Route(
            router=router,
            framework=NAME,
            methods=(),
            path=above + regex_value(prefix),
            line=call.line,
            end_line=call.end_line,
            handler=dotted(view),
            name=plain(argument(call, 2, "basename", "base_name")) or plain(prefix) or "",
        )
    )


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The endpoints of a view set: standard actions that it defines or inherits, then extra ones."""
    known = list(index.mro(path, route.handler))
    bases = index.unresolved_bases(path, route.handler) if known else (index.full_name(path, route.handler),)
    brought = next((base for base in bases if base in BROUGHT), "")
    if not (known or brought):
        return [Expansion(method="ANY", implicit=True)]
    actions = {name for _, item in known for name in item.methods if name in ACTIONS}
    for base in bases:
        actions.update(ACTIONS if base in BROUGHT else PROVIDED.get(base.rpartition(".")[2], ()))
    allowed = allowed_methods(index, known)
    guards = guards_of_class(index, known) or ((BROUGHT_GUARD,) if brought else default_guards(index, path))
    lookup = _lookup(known)
    found = [
        Expansion(
            method=method,
            suffix=suffix.format(lookup=f"{{{lookup}}}"),
            symbol=name,
            guards=guards_of_handler(index, known, name)
            or guards_for(
                method, () if guards == (BROUGHT_GUARD,) and name == "create" else guards, one=name == "retrieve"
            ),
        )
        for name, (method, suffix) in ACTIONS.items()
        if name in actions
    ]
    found += _extra_actions(index, known, lookup, guards)
    found += [Expansion(method=method, suffix=suffix, implicit=True) for method, suffix in BROUGHT.get(brought, ())]
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
            if owner != item.name or name in seen or name.endswith(HANDLER):
                continue
            seen.add(name)
            below = index.text(where, view.path)
            suffix = f"{{{lookup}}}/{below}" if view.detail else below
            asked = guards_of_handler(index, known, name)
            for method in view.methods:
                yield Expansion(
                    method=method,
                    suffix=suffix,
                    symbol=name,
                    guards=asked or guards_for(method, meant(index, where, view.guards) or guards, one=view.detail),
                )


DRF = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("djangorestframework", "drf-nested-routers"),
    expand=expand,
)
