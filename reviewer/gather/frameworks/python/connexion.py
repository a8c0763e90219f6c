"""Connexion: an OpenAPI description whose operations are the routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._declaring import Declaring
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import argument, owner_of
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Module, plain, value_of
from reviewer.model.facts.routing import Route

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Connexion"
MODULE = "connexion"
APPLICATIONS = frozenset({"App", "FlaskApp", "AsyncApp", "AioHttpApp"})


def read(module: Module, kept: Kept) -> None:
    """Applications, and the descriptions that are added to them."""
    if not module.imported(MODULE):
        return
    file = Declaring(NAME, Lookup(module), kept)
    for item in module.assignments:
        call = item.value
        if isinstance(call, Call) and call.last in APPLICATIONS and file.lookup.origin(call.name).startswith(MODULE):
            file.router(item.target, item.line, root=True)
    for call in module.calls:
        given = argument(call, 0, "specification") if call.last == "add_api" else None
        name = next((text for part in (given, *getattr(given, "args", ())) if (text := plain(part))), None)
        if name:
            prefix = value_of(call.keywords.get("base_path"))
            file.route(owner_of(call.name)[0], (), prefix, call, "", name=name)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The operations of the description of that name, nearest to the file that adds it."""
    wanted = route.name.rpartition("/")[2].lower()
    near = sorted(
        (other for other in index.files if other.lower().rpartition("/")[2] == wanted),
        key=lambda other: (-_shared(path, other), other),
    )
    for other in near[:1]:
        document = index.files[other].document
        for operation in document.api.operations if document and document.api else ():
            method, _, served = operation.name.partition(" ")
            base = index.text(path, route.path).rstrip("/")
            yield Expansion(method=method, suffix=served.removeprefix(base) if base else served)
    if not near:
        yield Expansion(method="")


def _shared(one: str, other: str) -> int:
    return sum(1 for left, right in zip(one.split("/"), other.split("/"), strict=False) if left == right)


CONNEXION = Framework(name=NAME, languages=("Python",), read=read, packages=("connexion",), expand=expand)
