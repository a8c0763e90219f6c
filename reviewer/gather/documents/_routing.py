"""Adds what a document declares of routing to what other readers of the same document found."""

from __future__ import annotations

import msgspec

from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Routing


def with_routing(base: FileFacts, found: Routing) -> FileFacts:
    """The facts with more routing in them; unchanged where nothing was found."""
    if not (found.routers or found.routes or found.mounts or found.views or found.rules):
        return base
    known = base.routing or Routing()
    joined = Routing(
        routers=known.routers + found.routers,
        routes=known.routes + found.routes,
        mounts=known.mounts + found.mounts,
        views=known.views + found.views,
        rules=known.rules + found.rules,
    )
    return msgspec.structs.replace(base, routing=joined)
