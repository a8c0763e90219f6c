"""Routers that lie about: no file imports theirs any more, while the ones beside it are mounted."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Mapping

from reviewer.gather.index import Index
from reviewer.gather.reader import Framework
from reviewer.gather.scopes.scope import shared_folders
from reviewer.model.facts.routing import Router

Node = tuple[str, str]

MOUNTED_LEAST = 3
"""Mounted routers around one that is not, so that the project is known to mount its routers by name."""


def left_over(
    index: Index, frameworks: Mapping[str, Framework], routers: Mapping[Node, Router], mounted: Container[Node]
) -> set[Node]:
    """The routers that are served nowhere.

    Only of frameworks whose routers are served where they are mounted, and where no file takes in others by names that
    it puts together. A file counts as imported as well where an
    import that leads nowhere ends in its name: an alias may lead there.
    """
    loose = {
        node: router
        for node, router in routers.items()
        if router.framework in frameworks and frameworks[router.framework].by_mount
    }
    around = [node for node in loose if node in mounted]
    alone = [node for node, router in loose.items() if node not in mounted and not router.root]
    if not alone or len(around) < MOUNTED_LEAST or _loads_folders(index):
        return set()
    imported = _imported(index)
    return {
        node
        for node in alone
        if node[0] not in imported
        and imported.isdisjoint(_names(node[0]))
        and sum(_is_near(node[0], path) for path, _ in around) >= MOUNTED_LEAST
    }


def _loads_folders(index: Index) -> bool:
    return any(mount.folder for facts in index.files.values() if facts.routing for mount in facts.routing.mounts)


def _imported(index: Index) -> set[str]:
    """The files that any file imports, and the last parts of what is imported from who knows where."""
    found: set[str] = set()
    for path, facts in index.files.items():
        for item in facts.imports:
            where = index.module(path, item.module)
            found.add(where if where is not None else _stem(item.module))
    return found


def _names(path: str) -> tuple[str, ...]:
    folder, name = posixpath.split(path)
    return (_stem(name), posixpath.basename(folder)) if _stem(name) == "index" else (_stem(name),)


def _stem(name: str) -> str:
    stem, ending = posixpath.splitext(posixpath.basename(name))
    return stem if ending in (".js", ".ts", ".mjs", ".cjs", ".mts", ".cts") else posixpath.basename(name)


def _is_near(path: str, other: str) -> bool:
    """Whether another file lies in the same folder, or in one beside it."""
    return path != other and shared_folders(path, other) >= max(1, path.count("/") - 1)
