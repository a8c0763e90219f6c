"""Paths put together from the blocks around a route."""

from __future__ import annotations

from reviewer.model.facts.values import Value


def below(prefix: Value, path: Value) -> Value:
    """A path under a prefix, with one slash between them."""
    if not path or path in (("/",), ("",)):
        return prefix or path
    if not prefix:
        return path
    first, last = path[0], prefix[-1]
    head = first.lstrip("/") if isinstance(first, str) else first
    start = prefix if isinstance(last, str) and last.endswith("/") else (*prefix, "/")
    return tuple(part for part in (*start, head, *path[1:]) if part != "")
