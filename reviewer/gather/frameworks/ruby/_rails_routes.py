"""The declarations of Rails' routes that hold others: namespaces, scopes, concerns, mounted applications."""

from __future__ import annotations

from dataclasses import replace

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.ruby._dsl import VERBS, arrow, below, positional
from reviewer.gather.frameworks.ruby._rails_devise import devise_for, doorkeeper, token_auth_for
from reviewer.gather.frameworks.ruby._rails_drawing import IMPLICIT, Declaration, Drawing, Site, place
from reviewer.gather.frameworks.ruby._rails_endpoints import declare
from reviewer.gather.frameworks.ruby._rails_resources import resources
from reviewer.gather.frameworks.ruby._rails_scope import AS_JSON, Scope, joined_name
from reviewer.gather.syntax import Call, Expr, Mapping, dotted, plain
from reviewer.model.facts.values import Value


def namespace(draw: Drawing, site: Site) -> None:
    """``namespace :api do``: path, module and name at once."""
    for given in positional(site.call)[:1]:
        name = draw.blocks.text(given, site.env) or ""
        path = draw.path(site, site.call.keywords.get("path", given))
        module = draw.text(site, "module") if "module" in site.call.keywords else name
        named = draw.text(site, "as") if "as" in site.call.keywords else name
        draw.block(site, _inner(site, path, module or "", named or ""))


def scope(draw: Drawing, site: Site) -> None:
    """``scope "/api", module: "api", as: "api" do``."""
    path: Value = ()
    for given in positional(site.call):
        path = below(path, draw.path(site, given)) if path else draw.path(site, given)
    if "path" in site.call.keywords:
        path = draw.path(site, site.call.keywords["path"])
    inner = _inner(site, path, draw.text(site, "module") or "", draw.text(site, "as") or "")
    inner = replace(inner, action=draw.text(site, "action") or inner.action)
    controller = draw.text(site, "controller") or inner.controller
    draw.block(site, replace(inner, controller=controller, shallow=inner.shallow or bool(site.option("shallow"))))


def _inner(site: Site, path: Value, module: str, name: str) -> Scope:
    around = formatted(site)
    parent = around.resource.singular if around.resource else ""
    return replace(
        around,
        prefix=below(place(site), path),
        module="/".join((around.module, module)).strip("/"),
        name=joined_name(around.name, parent, name.replace("/", "_")),
        outside=below(around.outside, path),
        resource=None,
        level="",
    )


def formatted(site: Site) -> Scope:
    """The scope, marked where everything in it answers with JSON: ``defaults: { format: :json }``."""
    given = site.call.keywords.get("defaults")
    entry = given.get("format") if isinstance(given, Mapping) else None
    if site.call.last == "defaults":
        entry = site.call.keywords.get("format")
    if plain(entry) != "json" or AS_JSON in site.scope.guards:
        return site.scope
    return replace(site.scope, guards=(*site.scope.guards, AS_JSON))


def controller(draw: Drawing, site: Site) -> None:
    """``controller :users do``."""
    for given in positional(site.call)[:1]:
        name = draw.blocks.text(given, site.env) or ""
        resource = site.scope.resource
        inner = replace(resource, controller=name) if resource is not None else None
        draw.block(site, replace(site.scope, controller=name, resource=inner))


def at_level(draw: Drawing, site: Site) -> None:
    """``member do``, ``collection do``, ``new do``."""
    draw.block(site, replace(site.scope, level=site.call.last))


def shallow(draw: Drawing, site: Site) -> None:
    """``shallow do``."""
    draw.block(site, replace(site.scope, shallow=True))


def with_options(draw: Drawing, site: Site) -> None:
    """``with_options only: [:index] do |options|``, and ``defaults`` alike."""
    draw.block(site, replace(formatted(site), options=(*site.scope.options, *site.call.keywords.items())))


def api_version(draw: Drawing, site: Site) -> None:
    """Versionist's ``api_version(module: "V1", path: { value: "v1" }, default: true) do``.

    Versions of a path stand below it; those of a header or a parameter, and the one that is the default, do not.
    """
    module = draw.text(site, "module") or ""
    given = site.call.keywords.get("path")
    value = given.get("value") if isinstance(given, Mapping) else None
    name = draw.blocks.text(value, site.env) or ""
    if value is not None:
        draw.block(site, _inner(site, draw.path(site, value), module, name))
    if value is None or truth(site.call.keywords.get("default")) is True:
        draw.block(site, _inner(site, (), module, name))


def concern(draw: Drawing, site: Site) -> None:
    """``concern :commentable do``: read where it is used."""
    for given in positional(site.call)[:1]:
        draw.concerns[draw.blocks.text(given, site.env) or ""] = site


def concerns(draw: Drawing, site: Site) -> None:
    """``concerns :commentable, :likeable``."""
    names = (name for given in positional(site.call) for name in draw.blocks.texts(given, site.env))
    draw.use_concerns(names, site, site.scope)


def mount(draw: Drawing, site: Site) -> None:
    """``mount App => "/path"`` and ``mount App, at: "/path"``."""
    pair = arrow(site.call)
    given: Expr | None = pair[0] if pair else next(iter(positional(site.call)), None)
    child = dotted(given.callee if isinstance(given, Call) else given).removesuffix(".new")
    if child:
        prefix = below(place(site), draw.path(site, pair[1] if pair else site.option("at")))
        draw.mount(site, child, prefix)
        draw.keep(site, ("ANY",), prefix, child, mark=IMPLICIT)


def drawn(draw: Drawing, site: Site) -> None:
    """``draw :admin``: the routes of ``config/routes/admin.rb``."""
    for given in positional(site.call)[:1]:
        name = draw.blocks.text(given, site.env)
        if name:
            draw.mount(site, f"./routes/{name}.rb", place(site))


DECLARATIONS: dict[str, Declaration] = {
    **dict.fromkeys((*VERBS, "match", "root"), declare),
    "namespace": namespace,
    "scope": scope,
    "controller": controller,
    "api_version": api_version,
    **dict.fromkeys(("resources", "resource", "jsonapi_resources", "jsonapi_resource"), resources),
    **dict.fromkeys(("member", "collection", "new"), at_level),
    "shallow": shallow,
    **dict.fromkeys(("with_options", "defaults"), with_options),
    "concern": concern,
    "concerns": concerns,
    "mount": mount,
    "draw": drawn,
    "devise_for": devise_for,
    "mount_devise_token_auth_for": token_auth_for,
    "use_doorkeeper": doorkeeper,
}
"""Declarations of routes by their names."""
