"""Routers that a loop mounts by the names that another file gives them: ``app.use(`/${name}`, routes[name])``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.index import Index
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import FILE, Ref, Value

KEYS = ".{}"
"""Ends the name of a module of which every export is mounted."""
KEYS_MOST = 200


def unrolled(index: Index, path: str, mount: Mount) -> Iterator[tuple[Mount, str]]:
    """A mount of the file at ``path``, with the file that its child is named in.

    One of a list of another file is a mount of each of its elements, one of a whole module a mount of each of its
    exports below its name.
    """
    if not mount.child.endswith(KEYS):
        yield mount, path
        return
    base = mount.child.removesuffix(KEYS)
    where, name = index.resolve(path, base)
    facts = index.files.get(where)
    listed = (
        [item for item in facts.routing.mounts if item.parent == f"{name}{KEYS}"] if facts and facts.routing else []
    )
    for item in listed[:KEYS_MOST]:
        yield replace(mount, child=item.child, prefix=_filled(mount, index.text(where, item.prefix))), where
    if listed:
        return
    module = where if name in ("", "default") else index.module(path, base)
    facts = index.files.get(module or "")
    names = [item.name for item in facts.exports if item.name not in ("default", "*")] if facts else []
    for name in dict.fromkeys(names[:KEYS_MOST]):
        yield replace(mount, child=f"{base}.{name}", prefix=_filled(mount, name)), path


def _filled(mount: Mount, text: str) -> Value:
    return tuple(text if part == Ref(name=FILE) else part for part in mount.prefix)
