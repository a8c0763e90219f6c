"""Routes of Rails that are declared one by one: ``get "/x", to: "users#show"``, ``match``, ``root``."""

from __future__ import annotations

from reviewer.gather.frameworks.ruby._dsl import VERBS, arrow, below, positional
from reviewer.gather.frameworks.ruby._rails_drawing import IMPLICIT, PAGE, Drawing, Site
from reviewer.gather.frameworks.ruby._rails_scope import cleaned, in_module, joined_name, level_prefix, name_of
from reviewer.gather.syntax import Call, Expr, Lambda, Name, dotted, plain
from reviewer.model.facts.values import Value

REDIRECT = "redirect"
CANONICAL = tuple((name,) for name in ("index", "create", "new", "show", "update", "destroy"))
"""Actions that, declared on a list or on one of it, add nothing to its path."""
PATHS_MOST = 20
"""Paths of one declaration that are read."""


def declare(draw: Drawing, site: Site) -> None:
    """``get "/x", to: "users#show"`` and its like; ``root "pages#home"``."""
    pair = arrow(site.call)
    target = site.option("to")
    paths: list[Expr | None] = list(positional(site.call))
    if pair is not None:
        paths, target = [pair[0]], pair[1]
    if site.call.last == "root":
        paths, target = [None], target or (paths[0] if paths else None)
    for path in paths[:PATHS_MOST]:
        _endpoint(draw, site, path, draw.blocks.value(target, site.env))


def _methods(draw: Drawing, site: Site) -> tuple[str, ...]:
    name = site.call.last
    if name in VERBS:
        return (VERBS[name],)
    if name == "root":
        return ("GET",)
    via = draw.blocks.texts(site.option("via"), site.env)
    return tuple("ANY" if item in ("all", "any") else item.upper() for item in via) or ("ANY",)


def _endpoint(draw: Drawing, site: Site, path: Expr | None, target: Expr | None) -> None:
    level = draw.text(site, "on") or site.scope.level
    own = draw.path(site, path) if path is not None else ()
    given = own
    if "path" in site.call.keywords:
        given = draw.path(site, site.call.keywords["path"])
    elif level and own in CANONICAL:
        given = ()
    whole = below(level_prefix(site.scope, level), given)
    methods, name = _methods(draw, site), _name(draw, site, level, own)
    if isinstance(target, Call) and target.last == REDIRECT:
        draw.keep(site, methods, whole, "", name, PAGE)
    elif isinstance(target, Lambda):
        draw.keep(site, methods, whole, "", name)
    elif isinstance(target, (Name, Call)):
        mounted = dotted(target.callee if isinstance(target, Call) else target).removesuffix(".new")
        draw.keep(site, methods, whole, mounted, name, IMPLICIT)
    else:
        draw.keep(site, methods, whole, _handler(draw, site, own, plain(target)), name)


def _name(draw: Drawing, site: Site, level: str, own: Value) -> str:
    given = draw.text(site, "as")
    last = "root" if site.call.last == "root" else given if given is not None else name_of(cleaned(own))
    scope, resource = site.scope, site.scope.resource
    if resource is None:
        return joined_name(scope.name, last)
    if level in ("member", "collection", "new"):
        parent = resource.singular if level != "collection" else resource.name
        return joined_name(last, "new" if level == "new" else "", scope.name, parent)
    return joined_name(scope.name, resource.singular, last)


def _handler(draw: Drawing, site: Site, own: Value, target: str | None) -> str:
    """The action as class and method: ``Api.UsersController.show``; ``""`` where no controller can be told."""
    scope = site.scope
    controller, action = draw.text(site, "controller"), draw.text(site, "action") or scope.action or None
    path = "".join(part for part in own if isinstance(part, str)).strip("/")
    around = scope.resource.controller if scope.resource else scope.controller
    if target is not None and "#" in target:
        controller, _, action = target.partition("#")
    elif target is not None:
        action = target
    elif action is None and controller is None and not around and "/" in path:
        controller, _, action = path.rpartition("/")
    action = action or path.rpartition("/")[2].partition("(")[0]
    controller = controller or around
    return in_module(scope, controller, action) if controller else ""
