"""Texts of which a part cannot be read: a name that leads nowhere, or a value that only the running program has."""

from __future__ import annotations

from reviewer.gather.index import Index
from reviewer.model.facts.values import Ref, Value

UNREAD = "\0"
"""What stands in a text for such a part."""


def is_unread(index: Index, path: str, value: Value) -> bool:
    """Whether a named part of a value leads nowhere, so that it may say more than is known.

    Args:
        index: the names of all files.
        path: the file that the value stands in.
        value: any.
    """
    named = any(isinstance(part, Ref) and part.name for part in value)
    return named and UNREAD in index.text(path, value, unknown=UNREAD)
