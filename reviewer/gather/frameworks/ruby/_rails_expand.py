"""What a route of Rails leads to, once all controllers and templates are known: which actions are served, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reviewer.gather.frameworks.ruby._guards import is_guarding
from reviewer.gather.frameworks.ruby._inflect import underscored
from reviewer.gather.frameworks.ruby._rails_controllers import ALL, OPEN, REDIRECT
from reviewer.gather.frameworks.ruby._rails_scope import AS_JSON
from reviewer.gather.reader import Expansion
from reviewer.model.facts.values import Place

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.code import ClassDef
    from reviewer.model.facts.routing import Route, View

API_ONLY = "rails.api_only"
"""The setting that leaves forms out of every resource, as a constant of the file that sets it."""
API_BASES = ("ActionController.API", "ActionController.Metal", "JSONAPI.ResourceController", "DeviseTokenAuth.")
"""What controllers that show no pages derive from."""
RESOURCE_BASES = ("JSONAPI.ResourceController", "JSONAPI.ActsAsResourceController", "Knock.AuthTokenController")
"""Bases whose actions serve each resource that a line of routes declares."""
DEVISE_BASES = ("Devise.", "DeviseTokenAuth.")
RESPONDING = {
    "create": ("respond_with", "render_create_success"),
    "destroy": ("respond_to_on_destroy", "render_destroy_success"),
}
"""Methods by which a project answers for actions that are Devise's."""
FORMS = ("new", "edit")
"""Actions of a resource that an application without pages leaves out."""
FULL_BASE = "ActionController.Base"
KNOWN_BASES = ("ActionController.", "AbstractController.", "Devise.", "DeviseTokenAuth.")
"""Bases whose actions are known: those of controllers that are none of the project's."""
LIBRARY = re.compile(r"(?:Devise|DeviseTokenAuth|Rails|Doorkeeper|ActiveStorage|HighVoltage|Clearance|Turbo)\.")
JSON_TEMPLATES = (".json.jbuilder", ".jbuilder", ".json.rabl", ".rabl", ".json.builder")
DEVISE_PARTS = {
    "passwords": "recoverable",
    "registrations": "registerable",
    "confirmations": "confirmable",
    "unlocks": "lockable",
}
"""The module of a model without which a part of Devise has no routes."""
MODEL = "devise:"
"""What begins the view by which a model says its modules of Devise."""


class Controllers:
    """The controllers of a repository and what they say of themselves."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def views(self) -> dict[tuple[str, str], View]:
        """Views by file and symbol."""
        return {
            (path, view.symbol): view
            for path, facts in self.index.files.items()
            for view in (facts.routing.views if facts.routing else ())
        }

    @cached_property
    def by_name(self) -> dict[str, tuple[str, str]]:
        """Controllers by their names in lower case: acronyms are written as each project likes."""
        return {
            item.name.lower(): (path, item.name)
            for path, facts in sorted(self.index.files.items(), reverse=True)
            for item in facts.classes
            if item.name.endswith("Controller")
        }

    @cached_property
    def api_only(self) -> bool:
        """``config.api_only = true``."""
        return any(item.name == API_ONLY for facts in self.index.files.values() for item in facts.constants)

    @cached_property
    def devise(self) -> frozenset[str] | None:
        """The modules of Devise that models use, None where no model does."""
        found = [frozenset(view.guards) for (_, symbol), view in self.views.items() if symbol.startswith(MODEL)]
        return frozenset().union(*found) if found else None

    @cached_property
    def templates(self) -> frozenset[str]:
        """What has a template that gives JSON: ``articles/show``."""
        found = set()
        for path in self.index.files:
            ending = next((end for end in JSON_TEMPLATES if path.endswith(end)), "")
            if ending and "views/" in path:
                found.add(path.rpartition("views/")[2].removesuffix(ending))
        return frozenset(found)


REST = re.compile(r"/[:*]\w+")
"""The path of a route for what no other one takes: a page that says so, an answer to browsers of other origins."""
_known: WeakKeyDictionary[Index, Controllers] = WeakKeyDictionary()


def controllers_of(index: Index) -> Controllers:
    """The controllers of a repository, collected once."""
    found = _known.get(index)
    if found is None:
        found = _known[index] = Controllers(index)
    return found


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A declared route as it is served; nothing for an action that a controller lacks."""
    known = controllers_of(index)
    if route.implicit:
        mounted = index.classes(path, route.handler) is not None
        return [] if mounted else _each(route, implicit=True)
    if route.methods in (("ANY",), ("OPTIONS",)) and REST.fullmatch("".join(map(str, route.path))):
        return _each(route, implicit=True)
    name, _, action = route.handler.rpartition(".")
    place = known.by_name.get(name.lower())
    if place is None:
        if route.generated and known.api_only and action in FORMS:
            return []
        library = bool(LIBRARY.match(route.handler))
        if library and not _is_enabled(known, name):
            return []
        return _each(route, implicit=library and not _json_template(known, name, action))
    return _of_controller(known, place, action, route)


def _each(route: Route, implicit: bool = False) -> list[Expansion]:
    return [Expansion(method=method, implicit=implicit) for method in route.methods]


def _is_enabled(known: Controllers, name: str) -> bool:
    """Whether the models use the part of Devise that a controller is of."""
    part = underscored(name).rpartition("/")[2].removesuffix("_controller")
    module = DEVISE_PARTS.get(part)
    return module is None or known.devise is None or module in known.devise


def _json_template(known: Controllers, name: str, action: str) -> bool:
    return f"{underscored(name).removesuffix('_controller')}/{action}" in known.templates


def _of_controller(known: Controllers, place: tuple[str, str], action: str, route: Route) -> list[Expansion]:
    chain = list(known.index.mro(*place))
    unknown = _unknown_bases(known, chain)
    defined = next((item for item in chain if action in item[1].methods), None)
    if defined is None and route.generated:
        return _without_action(known, place, action, route, unknown)
    if defined is not None and _passes_on(known, defined, action, unknown):
        return _each(route, implicit=not _answers_itself(known, place, action))
    page = AS_JSON not in route.guards and _shows_page(known, chain, unknown, defined, action)
    silent = defined is not None and not _template(known, defined, action)
    guards = tuple(_guards(known, chain, action))
    method = known.index.function(defined[0], f"{defined[1].name}.{action}") if defined else None
    where = Place(path=method[0], line=method[1].line, end_line=method[1].end_line) if method else None
    return [
        Expansion(method=verb, page=page and not (silent and verb != "GET"), guards=guards, place=where)
        for verb in route.methods
    ]


def _passes_on(known: Controllers, defined: tuple[str, ClassDef], action: str, unknown: tuple[str, ...]) -> bool:
    """Whether an action of a controller of Devise shows nothing by itself: what answers is Devise's own."""
    view = known.views.get((defined[0], f"{defined[1].name}.{action}"))
    return view is not None and not view.path and any(base.startswith(DEVISE_BASES) for base in unknown)


def _answers_itself(known: Controllers, place: tuple[str, str], action: str) -> bool:
    """Whether a controller of the project says what Devise answers an action with."""
    answering = RESPONDING.get(action, ())
    return any(name in item.methods for _, item in known.index.mro(*place) for name in answering)


def _unknown_bases(known: Controllers, chain: list[tuple[str, ClassDef]]) -> tuple[str, ...]:
    """The bases of a controller that the repository does not define, as written."""
    return tuple(
        base
        for path, item in chain
        for base in item.bases
        if base and (base.startswith(KNOWN_BASES) or known.index.classes(path, base) is None)
    )


def _without_action(
    known: Controllers, place: tuple[str, str], action: str, route: Route, unknown: tuple[str, ...]
) -> list[Expansion]:
    """An action of a resource that no controller of the project has: a library's, a template's alone, or none."""
    if _json_template(known, place[1], action):
        return _each(route)
    if any(base.startswith(RESOURCE_BASES) for base in unknown):
        guards = tuple(_guards(known, list(known.index.mro(*place)), action))
        return [Expansion(method=method, guards=guards) for method in route.methods]
    if any(base.startswith(DEVISE_BASES) for base in unknown):
        answers = _answers_itself(known, place, action)
        return _each(route, implicit=not answers) if _is_enabled(known, place[1]) else []
    if known.api_only and action in FORMS:
        return []
    if all(base.startswith(KNOWN_BASES) for base in unknown):
        return []
    return _each(route, implicit=True)


def _shows_page(
    known: Controllers,
    chain: list[tuple[str, ClassDef]],
    unknown: tuple[str, ...],
    defined: tuple[str, ClassDef] | None,
    action: str,
) -> bool:
    """Whether an action shows a template or sends the browser on; one without code shows the template of its name."""
    view = known.views.get((defined[0], f"{defined[1].name}.{action}")) if defined else None
    if (view is None and defined) or any(base.startswith(API_BASES) for base in unknown):
        return False
    if known.api_only and FULL_BASE not in unknown:
        return False
    if any((found := known.views.get((path, item.name))) is not None and found.detail for path, item in chain):
        return False
    template = (_template(known, defined, action) if defined else "") or action
    if template == REDIRECT:
        return True
    return not any(template in known.templates or _json_template(known, item.name, template) for _, item in chain)


def _template(known: Controllers, defined: tuple[str, ClassDef], action: str) -> str:
    """What an action says that it shows; ``""`` where it says nothing: a page when asked for, else no content."""
    view = known.views.get((defined[0], f"{defined[1].name}.{action}"))
    return str(view.path[0]) if view and view.path else ""


def _guards(known: Controllers, chain: list[tuple[str, ClassDef]], action: str) -> Iterator[str]:
    """The filters that keep strangers out of an action, those of the bases first."""
    found: dict[str, None] = {}
    opened: set[str] = set()
    methods = {name for _, item in chain for name in item.methods}
    for path, item in reversed(chain):
        view = known.views.get((path, item.name))
        for encoded in view.guards if view is not None else ():
            word, name, *rest = encoded.split(" ")
            if word == OPEN:
                opened.add(name)
            elif not _holds(rest, action):
                continue
            elif word == "skip":
                for known_name in list(found) if name == ALL else [name]:
                    found.pop(known_name, None)
            elif is_guarding(name) and (name.endswith("!") or f"{name}!" not in methods):
                found[name] = None
    for name in opened:
        found.pop(name, None)
    yield from (f"guard {name}" for name in found)


def _holds(rest: list[str], action: str) -> bool:
    """Whether a filter stands before an action: ``all``, or ``only`` and ``except`` with actions."""
    return rest[:1] == ["all"] or (action in rest[1:]) == (rest[:1] == ["only"])
