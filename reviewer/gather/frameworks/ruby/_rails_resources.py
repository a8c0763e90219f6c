"""``resources`` and ``resource`` of Rails' routes: the actions that one line declares."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.ruby._dsl import below, positional
from reviewer.gather.frameworks.ruby._inflect import plural, singular
from reviewer.gather.frameworks.ruby._rails_drawing import GENERATED, Drawing, Site
from reviewer.gather.frameworks.ruby._rails_drawing import place as place_of
from reviewer.gather.frameworks.ruby._rails_scope import Resource, in_module, joined_name
from reviewer.gather.syntax import Expr, Items, Mapping
from reviewer.model.facts.values import Value

Row = tuple[tuple[str, ...], str, str]
NAMES_MOST = 40
"""Resources of one line that are read."""
MANY: dict[str, Row] = {
    "index": (("GET",), "collection", ""),
    "create": (("POST",), "collection", ""),
    "new": (("GET",), "collection", "new"),
    "edit": (("GET",), "member", "edit"),
    "show": (("GET",), "member", ""),
    "update": (("PATCH", "PUT"), "member", ""),
    "destroy": (("DELETE",), "member", ""),
}
"""The actions of ``resources``: methods, whether they stand on the list or on one of it, and what follows."""
ONE: dict[str, Row] = {
    "new": (("GET",), "collection", "new"),
    "edit": (("GET",), "member", "edit"),
    "show": (("GET",), "member", ""),
    "update": (("PATCH", "PUT"), "member", ""),
    "destroy": (("DELETE",), "member", ""),
    "create": (("POST",), "collection", ""),
}
FORMS = frozenset({"new", "edit"})
"""Actions that show a form: an API has none."""


@dataclass(frozen=True, slots=True)
class _Named:
    """One resource that a line declares; ``one`` where there is but one of it, so that it needs no id."""

    name: str
    one: bool
    site: Site

    @property
    def actions(self) -> dict[str, Row]:
        """The actions that it may have."""
        return ONE if self.one else MANY


def resources(draw: Drawing, site: Site) -> None:
    """``resources :articles, only: [:index]`` and ``resource :profile``, each of several names by itself."""
    one = site.call.last in ("resource", "jsonapi_resource")
    for given in positional(site.call)[:NAMES_MOST]:
        for name in draw.blocks.texts(given, site.env):
            _resource(draw, _Named(name, one, site))


def _resource(draw: Drawing, item: _Named) -> None:
    site, scope = item.site, item.site.scope
    shallow = scope.shallow or truth(site.option("shallow")) is True
    module = draw.text(site, "module") or ""
    inside = replace(scope, module="/".join((scope.module, module)).strip("/"))
    outer = scope.resource.singular if scope.resource is not None and not scope.level else ""
    where = joined_name(scope.name, outer)
    found = _paths(draw, item)
    member = found if item.one else _shallowed(site, found, shallow)
    for action in _actions(draw, item):
        methods, place, _ = item.actions[action]
        path = found.collection if place == "collection" else member.member
        path = below(path, (_segment(draw, site, action),)) if action in FORMS else path
        name = _name(found, where, action, item.one)
        draw.keep(site, methods, path, in_module(inside, found.controller, action), name, GENERATED)
    inner = replace(
        inside,
        resource=member,
        level="",
        shallow=shallow,
        name=where,
        options=tuple(pair for pair in scope.options if pair[0] not in ("only", "except")),
    )
    draw.use_concerns(draw.blocks.texts(site.option("concerns"), site.env), site, inner)
    draw.block(site, inner)


def _paths(draw: Drawing, item: _Named) -> Resource:
    """The resource with its paths."""
    site, name = item.site, item.name
    own: Value = (name,)
    if "path" in site.call.keywords:
        own = draw.path(site, site.call.keywords["path"])
    collection = below(place_of(site), own)
    controller = draw.text(site, "controller") or (plural(name) if item.one else name)
    named = draw.text(site, "as") or name
    if item.one:
        return Resource(named, named, controller, collection, collection, collection)
    param = draw.text(site, "param") or "id"
    member, nested = below(collection, (f":{param}",)), below(collection, (f":{singular(name)}_{param}",))
    return Resource(named, singular(named), controller, collection, member, nested)


def _shallowed(site: Site, found: Resource, shallow: bool) -> Resource:
    """A resource below another, where what belongs to one of it is served without the other."""
    if not shallow or site.scope.resource is None:
        return found
    own = below(site.scope.outside, found.collection[len(place_of(site)) + 1 :])
    return replace(found, member=below(own, found.member[-1:]), nested=below(own, found.nested[-1:]))


def _actions(draw: Drawing, item: _Named) -> list[str]:
    site = item.site
    only, exclude = site.option("only"), site.option("except")
    names = [name for name in item.actions if not (name in FORMS and site.call.last.startswith("jsonapi"))]
    if only is not None and _is_known(draw, site, only):
        wanted = draw.blocks.texts(only, site.env)
        return [name for name in names if name in wanted]
    unwanted = draw.blocks.texts(exclude, site.env) if exclude is not None else ()
    return [name for name in names if name not in unwanted]


def _is_known(draw: Drawing, site: Site, expr: Expr) -> bool:
    """Whether a list of actions is written out: of one that is not, nothing can be told."""
    value = draw.blocks.value(expr, site.env)
    return bool(draw.blocks.texts(value, site.env)) or (isinstance(value, Items) and not value.values)


def _segment(draw: Drawing, site: Site, action: str) -> str:
    """What ``new`` and ``edit`` are called in the path."""
    names = site.option("path_names")
    given = names.get(action) if isinstance(names, Mapping) else None
    return draw.blocks.text(given, site.env) or action


def _name(found: Resource, where: str, action: str, one: bool) -> str:
    if action in FORMS:
        return joined_name(action, where, found.singular)
    if one or action not in ("index", "create"):
        return joined_name(where, found.singular)
    return joined_name(where, f"{found.name}_index" if found.name == found.singular else found.name)
