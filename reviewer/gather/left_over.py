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


LOADERS = frozenset({
    "awilix", "require-all", "require-dir", "require-directory", "glob", "globby", "fast-glob", "consign",
    "express-load",
    "include-all", "typedi", "tsyringe", "inversify", "enrouten", "express-enrouten", "express-file-routing",
})  # fmt: skip
"""Packages that take in files by themselves: where one is imported, a file that nobody names may be served."""


def left_over(
    index: Index, frameworks: Mapping[str, Framework], routers: Mapping[Node, Router], mounted: Container[Node]
) -> set[Node]:
    """The routers that are served nowhere.

    Only of frameworks whose routers are served where they are mounted, and where no file takes in others by names that
    it puts together: beside routers that are mounted, or below the folder of an application (one service of several)
    in a project that mounts its routers by name. A file counts as imported as well where an import that leads nowhere
    ends in its name: an alias may lead there.
    """
    unnamed = _unnamed(index, frameworks, routers, mounted)
    loose = {
        node: router
        for node, router in routers.items()
        if router.framework in frameworks and frameworks[router.framework].by_mount
    }
    around = [node for node in loose if node in mounted]
    alone = [node for node, router in loose.items() if node not in mounted and not router.root]
    if not alone or not around or _loads_folders(index):
        return unnamed
    imported = _imported(index)
    by_name = imported.isdisjoint(LOADERS)
    applications = {posixpath.dirname(path) for (path, _), router in loose.items() if router.root} if by_name else set()
    return unnamed | {
        node
        for node in alone
        if node[0] not in imported
        and imported.isdisjoint(_names(node[0]))
        and (
            sum(_is_near(node[0], path) for path, _ in around) >= MOUNTED_LEAST
            or any(_is_below(node[0], folder) and _mounts(folder, around) for folder in applications)
        )
    }


def _mounts(folder: str, around: list[Node]) -> bool:
    """Whether an application mounts its routers by name: some in its own folder, or the project in general."""
    return any(_is_below(path, folder) for path, _ in around) or (bool(folder) and len(around) >= MOUNTED_LEAST)


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _unnamed(
    index: Index, frameworks: Mapping[str, Framework], routers: Mapping[Node, Router], mounted: Container[Node]
) -> set[Node]:
    """What frameworks say of their own routers."""
    found: set[Node] = set()
    for name in {router.framework for router in routers.values()}:
        tells = frameworks[name].unnamed if name in frameworks else None
        if tells is not None:
            found |= tells(index, [node for node, router in routers.items() if router.framework == name], mounted)
    return found


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
