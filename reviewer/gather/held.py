"""Routers that objects hold and that an application mounts without knowing the objects by name.

``controllers.forEach((item) => this.app.use("/api", item.router))`` mounts the router of every class that has one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from reviewer.gather.index import Index
from reviewer.model.facts.routing import Mount, Router

Node = tuple[str, str]
HOLDING = ("javascript", "typescript", "tsx")
PARTS = 2


def held_by_objects(
    index: Index, routers: Mapping[Node, Router], mounted: Container[Node], by_last: Mapping[str, list[Node]]
) -> Iterator[tuple[str, Mount, Node]]:
    """The file and the mount, with each router that it takes in.

    Only where one mount of the repository asks for a field of that name, and of classes whose routers nothing else
    mounts.

    Args:
        index: the files of the repository.
        routers: every router by its place.
        mounted: the routers that are known to be mounted.
        by_last: the routers by the last part of their symbol.
    """
    asked: dict[str, list[tuple[str, Mount]]] = {}
    for path, facts in sorted(index.files.items()):
        if facts.kind in HOLDING and facts.routing:
            for mount in facts.routing.mounts:
                if _is_unknown(index, path, mount):
                    asked.setdefault(mount.child.rpartition(".")[2], []).append((path, mount))
    for field, found in asked.items():
        for node in by_last.get(field, []) if len(found) == 1 else ():
            path, mount = found[0]
            held = "." in node[1] and node not in mounted and not routers[node].root
            if held and node[0] != path and routers[node].framework == mount.framework:
                yield path, mount, node


def _is_unknown(index: Index, path: str, mount: Mount) -> bool:
    """Whether a mount names the field of an object that only a loop knows."""
    parts = mount.child.split(".")
    return len(parts) == PARTS and bool(mount.prefix) and parts[0] != "this" and not index.defines(path, parts[0])
