"""The functions that documents name as handlers of a route: ``src/users.list`` of the Serverless Framework and SAM."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Module
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Place

if TYPE_CHECKING:
    from reviewer.gather.index import Index

SUFFIXES = (".py", ".js", ".ts", ".mjs", ".cjs", ".mts", "/index.js", "/index.ts")


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The route's own methods, with the place of the function that answers."""
    place = _place(index, path, route.name)
    return [Expansion(method=method, place=place) for method in route.methods]


def _place(index: Index, path: str, handler: str) -> Place | None:
    module, _, name = handler.rpartition(".")
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), module)) if module else ""
    for suffix in SUFFIXES if base else ():
        other = f"{base}{suffix}"
        if other in index.files:
            found = index.function(other, name)
            if found is not None:
                return Place(path=found[0], line=found[1].line, end_line=found[1].end_line)
            exported = next((item for item in index.files[other].exports if item.name == name), None)
            local = index.function(other, exported.local) if exported else None
            return Place(path=local[0], line=local[1].line, end_line=local[1].end_line) if local else None
    return None


def read_nothing(module: Module, kept: Kept) -> None:
    """The routes stand in documents."""
    del module, kept


def framework(name: str, language: tuple[str, ...], packages: tuple[str, ...] = ()) -> Framework:
    """A framework whose routes documents declare, for the languages that its functions are written in."""
    return Framework(name=name, languages=language, read=read_nothing, packages=packages, expand=expand, decides=True)
