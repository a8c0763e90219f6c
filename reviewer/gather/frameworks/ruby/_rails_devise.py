"""Routes that libraries of identity declare for Rails: Devise, Devise Token Auth, Doorkeeper.

Each is a route to the library's own controller or to one of the project's; which of them the project answers itself
is told once its controllers and templates are known.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.gather.expressions import pairs_of
from reviewer.gather.frameworks.ruby._dsl import below, positional
from reviewer.gather.frameworks.ruby._inflect import controller_class, singular
from reviewer.gather.frameworks.ruby._rails_drawing import GENERATED, IMPLICIT, Drawing, Site, place
from reviewer.gather.frameworks.ruby._rails_scope import joined_name
from reviewer.model.facts.values import Value

Row = tuple[str, str, str, str, str]
"""Controller, method, segment (a key of ``path_names``), what follows it, and action."""

DEVISE_ROWS: tuple[Row, ...] = (
    ("sessions", "GET", "sign_in", "", "new"),
    ("sessions", "POST", "sign_in", "", "create"),
    ("sessions", "DELETE", "sign_out", "", "destroy"),
    ("passwords", "POST", "password", "", "create"),
    ("passwords", "GET", "password", "new", "new"),
    ("passwords", "GET", "password", "edit", "edit"),
    ("passwords", "PATCH", "password", "", "update"),
    ("passwords", "PUT", "password", "", "update"),
    ("registrations", "GET", "cancel", "", "cancel"),
    ("registrations", "POST", "registration", "", "create"),
    ("registrations", "GET", "sign_up", "", "new"),
    ("registrations", "GET", "edit", "", "edit"),
    ("registrations", "PATCH", "registration", "", "update"),
    ("registrations", "PUT", "registration", "", "update"),
    ("registrations", "DELETE", "registration", "", "destroy"),
    ("confirmations", "POST", "confirmation", "", "create"),
    ("confirmations", "GET", "confirmation", "new", "new"),
    ("confirmations", "GET", "confirmation", "", "show"),
    ("unlocks", "POST", "unlock", "", "create"),
    ("unlocks", "GET", "unlock", "new", "new"),
    ("unlocks", "GET", "unlock", "", "show"),
)
SEGMENTS = {"registration": ""}
"""Segments that are not called as they are."""
TOKEN_ROWS: tuple[Row, ...] = (
    ("sessions", "POST", "sign_in", "", "create"),
    ("sessions", "DELETE", "sign_out", "", "destroy"),
    ("registrations", "POST", "registration", "", "create"),
    ("registrations", "PUT", "registration", "", "update"),
    ("registrations", "PATCH", "registration", "", "update"),
    ("registrations", "DELETE", "registration", "", "destroy"),
    ("passwords", "POST", "password", "", "create"),
    ("passwords", "GET", "password", "edit", "edit"),
    ("passwords", "PUT", "password", "", "update"),
    ("passwords", "PATCH", "password", "", "update"),
    ("confirmations", "GET", "confirmation", "", "show"),
    ("confirmations", "POST", "confirmation", "", "create"),
    ("unlocks", "GET", "unlock", "", "show"),
    ("unlocks", "POST", "unlock", "", "create"),
    ("token_validations", "GET", "validate_token", "", "validate_token"),
)


@dataclass(frozen=True, slots=True)
class Library:
    """The routes of a library, and the module that its controllers lie in."""

    module: str
    rows: tuple[Row, ...]


DEVISE = Library("devise", DEVISE_ROWS)
TOKEN_AUTH = Library("devise_token_auth", TOKEN_ROWS)
OF_ONESELF = frozenset({"edit", "update", "destroy"})
SIGNED_IN = "authenticate_user!"
"""What the libraries ask by themselves before an account is changed or deleted."""
HELPED = frozenset({"new", "edit", "destroy"})
"""Actions that stand before the name of a route."""
DOORKEEPER = (
    ("GET", "authorize"),
    ("POST", "authorize"),
    ("DELETE", "authorize"),
    ("POST", "token"),
    ("POST", "revoke"),
    ("POST", "introspect"),
    ("GET", "token/info"),
)


def devise_for(draw: Drawing, site: Site) -> None:
    """``devise_for :users, path: "", path_names: { sign_in: "login" }, controllers: { sessions: "sessions" }``."""
    for given in positional(site.call)[:10]:
        for name in draw.blocks.texts(given, site.env):
            path: Value = (name,)
            if "path" in site.call.keywords:
                path = draw.path(site, site.call.keywords["path"])
            _library(draw, site, path, singular(name), DEVISE)


def token_auth_for(draw: Drawing, site: Site) -> None:
    """``mount_devise_token_auth_for "User", at: "auth"``."""
    for given in positional(site.call)[:1]:
        path = draw.path(site, site.call.keywords["at"]) if "at" in site.call.keywords else ("auth",)
        _library(draw, site, path, (draw.blocks.text(given, site.env) or "user").lower(), TOKEN_AUTH)


def doorkeeper(draw: Drawing, site: Site) -> None:
    """``use_doorkeeper``: the endpoints of OAuth 2."""
    prefix = below(place(site), ("oauth",))
    for method, path in DOORKEEPER:
        draw.keep(site, (method,), below(prefix, (path,)), "Doorkeeper", mark=IMPLICIT)


def _library(draw: Drawing, site: Site, path: Value, model: str, library: Library) -> None:
    own, names = _texts(draw, site, "controllers"), _texts(draw, site, "path_names")
    skip = draw.blocks.texts(site.call.keywords.get("skip"), site.env)
    only = draw.blocks.texts(site.call.keywords.get("only"), site.env)
    within = draw.text(site, "module") or library.module
    prefix = below(place(site), path)
    for part, method, segment, rest, action in library.rows if "all" not in skip else ():
        if part in skip or (only and part not in only):
            continue
        word = names.get(segment, SEGMENTS.get(segment, segment))
        handler = f"{controller_class(own.get(part) or f'{within}/{part}')}.{action}"
        whole = below(below(prefix, (word,) if word else ()), (rest,) if rest else ())
        helper = joined_name(action if action in HELPED else "", site.scope.name, model, singular(part))
        guard = SIGNED_IN if part == "registrations" and action in OF_ONESELF else ""
        draw.keep(site, (method,), whole, handler, helper, GENERATED, guard)


def _texts(draw: Drawing, site: Site, key: str) -> dict[str, str]:
    """The constant entries of a hash among the keywords."""
    pairs = pairs_of(draw.blocks.value(site.call.keywords.get(key), site.env))
    return {name: text for name, value in pairs if (text := draw.blocks.text(value, site.env)) is not None}
