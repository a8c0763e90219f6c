"""Where Grape serves a route: the path of a mount, then prefix and version, then namespaces.

Prefix and version are those that were set last on the way in, however many APIs around set others. So each API marks in
its own prefix what is which, and `filled` puts the whole path together once it is known.
"""

from __future__ import annotations

from reviewer.model.facts.values import Value

BEGIN, PREFIX, VERSION, AT, END = "~api~", "~prefix~", "~version~", "~at~", "~end~"
"""Segments that mark where an API begins, its prefix, version or mounted path, and the end of these."""


def marked(mark: str, path: Value) -> Value:
    """A path between marks."""
    return (f"/{mark}/", *path, f"/{END}/") if path else ()


def own_prefix(prefix: Value, version: Value) -> Value:
    """What an API says of itself."""
    return (*marked(PREFIX, prefix), *marked(VERSION, version))


def filled(path: str) -> str:
    """The path as it is served, without marks."""
    parts: dict[str, list[str]] = {PREFIX: [], VERSION: [], AT: []}
    before: list[str] = []
    after: list[str] = []
    current, inside = "", False
    for segment in path.strip("/").split("/"):
        if segment in (BEGIN, END):
            current, inside = "", True
        elif segment in (PREFIX, VERSION):
            current, parts[segment] = segment, []
        elif segment == AT:
            current = AT
        else:
            (parts[current] if current else after if inside else before).append(segment)
    whole = [*before, *parts[AT], *parts[PREFIX], *parts[VERSION], *after]
    return "/" + "/".join(segment for segment in whole if segment)
