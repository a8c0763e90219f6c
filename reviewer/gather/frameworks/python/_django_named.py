"""Lists of URLs that nothing names: no settings, no other list, no import."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.reader import Node

if TYPE_CHECKING:
    from reviewer.gather.index import Index

LIST = "urlpatterns"
ROOT = "ROOT_URLCONF"
UNKNOWN = "?"
"""The child of a mount whose name is put together when the program runs."""
FILES = ("urls", "routers", "router", "api", "views", "routing")
PACKAGE = "__init__"


def unnamed_lists(index: Index, routers: Iterable[Node], mounted: Container[Node]) -> set[Node]:
    """The lists of URLs that are served nowhere, in a project whose settings say where its URLs begin.

    Args:
        index: all files of the server, settings included.
        routers: every router of the framework.
        mounted: those that another one includes.
    """
    alone = [node for node in routers if node[1] == LIST and node not in mounted]
    if not alone or not any(item.name == ROOT for facts in index.files.values() for item in facts.constants):
        return set()
    named: set[tuple[str, ...]] = set()
    for name in _names(index):
        if name == UNKNOWN:
            return set()
        parts = tuple(name.split("."))
        named.update((parts, parts[-2:]))
    imported = {
        index.module(path, item.module) for path, facts in index.files.items() for item in facts.imports if item.module
    }
    imported |= {
        index.module(path, f"{item.module}.{item.name}")
        for path, facts in index.files.items()
        for item in facts.imports
        if item.name in FILES
    }
    return {node for node in alone if node[0] not in imported and not named.intersection(_tails(node[0]))}


def _names(index: Index) -> Iterator[str]:
    """What lists include, and every dotted constant."""
    for facts in index.files.values():
        for mount in facts.routing.mounts if facts.routing else ():
            yield mount.child
        for item in facts.constants:
            text = item.value[0] if len(item.value) == 1 else ""
            if isinstance(text, str) and "." in text[:200]:
                yield text[:200]


def _tails(path: str) -> tuple[tuple[str, ...], ...]:
    """A file as others may name it: ``("shop", "urls")``; one at the root by its own name alone."""
    parts = tuple(posixpath.splitext(path)[0].split("/"))
    if parts[-1] == PACKAGE:
        parts = parts[:-1]
    return (parts[-2:], parts)
