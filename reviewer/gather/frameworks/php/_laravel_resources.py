"""What a resource of Laravel serves: the seven actions of a controller, or those of an API, nested and shallow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.model.facts.values import Value, text_of


@dataclass(frozen=True, slots=True)
class Action:
    """One action of a resource. ``single`` is served for one item."""

    name: str
    methods: tuple[str, ...]
    single: bool = False
    suffix: str = ""

    @property
    def page(self) -> bool:
        """Whether it shows a form."""
        return self.name in ("create", "edit")


RESOURCE = (
    Action("index", ("GET",)),
    Action("create", ("GET",), suffix="create"),
    Action("store", ("POST",)),
    Action("show", ("GET",), single=True),
    Action("edit", ("GET",), single=True, suffix="edit"),
    Action("update", ("PUT", "PATCH"), single=True),
    Action("destroy", ("DELETE",), single=True),
)
"""https://laravel.com/docs/controllers#actions-handled-by-resource-controllers"""
SINGLETON = (
    Action("show", ("GET",)),
    Action("edit", ("GET",), suffix="edit"),
    Action("update", ("PUT", "PATCH")),
)
CHAINED = {
    "creatable": (
        Action("create", ("GET",), suffix="create"),
        Action("store", ("POST",)),
        Action("destroy", ("DELETE",)),
    ),
    "destroyable": (Action("destroy", ("DELETE",)),),
}
"""What is called on a singleton to serve more of it."""
CALLS = {
    "resource": RESOURCE,
    "resources": RESOURCE,
    "apiResource": tuple(item for item in RESOURCE if not item.page),
    "apiResources": tuple(item for item in RESOURCE if not item.page),
    "singleton": SINGLETON,
    "apiSingleton": tuple(item for item in SINGLETON if not item.page),
}


def actions(call: str, only: frozenset[str] | None, without: frozenset[str] | None) -> Iterator[Action]:
    """The actions that a call declares after ``only`` and ``except``."""
    for action in CALLS[call]:
        if (only is None or action.name in only) and (without is None or action.name not in without):
            yield action


def chained(call: str, name: str) -> Iterator[Action]:
    """The actions that a method chained to a call adds: forms only where the call has them."""
    if CALLS[call] and CALLS[call][0] in SINGLETON:
        yield from (item for item in CHAINED.get(name, ()) if not (item.page and call.startswith("api")))


def path_of(name: Value, action: Action, shallow: bool, whole: bool) -> Value:
    """The path of an action.

    Args:
        name: of the resource: ``photos``, ``photos.comments``, ``users/{user}/posts``.
        action: what is served.
        shallow: one item of a nested resource is served without those around it.
        whole: the resource has no items of its own (a singleton).
    """
    text = text_of(name)
    if text is None:
        base: Value = name
        last = "item"
    else:
        pieces = text.strip("/").split(".")
        kept = pieces[-1:] if shallow and action.single and len(pieces) > 1 else pieces
        base = ("/".join(_with_parameter(piece) for piece in kept[:-1]) + "/" + kept[-1],)
        last = kept[-1].rpartition("/")[2]
    if action.single and not whole:
        base = (*base, "/{" + _parameter(last) + "}")
    return (*base, f"/{action.suffix}") if action.suffix else base


def _with_parameter(piece: str) -> str:
    return f"{piece}/{{{_parameter(piece.rpartition('/')[2])}}}"


HISSING = ("sses", "tuses", "nuses", "puses", "xes", "ches", "shes")
"""Plurals that lose two letters: ``addresses``, ``statuses``, ``boxes``, ``batches``, ``dishes``."""
IRREGULAR = {"people": "person", "children": "child", "movies": "movie", "caches": "cache"}


def _parameter(segment: str) -> str:
    """The name of a segment's parameter: its singular, dashes made underscores."""
    name = segment.replace("-", "_")
    if name in IRREGULAR:
        return IRREGULAR[name]
    if name.endswith(HISSING):
        return name[:-2]
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
