"""Places, and string values that may only be known once the whole repository is linked."""

from __future__ import annotations

from typing import Generic, TypeVar

from reviewer.model.base import Noun

T = TypeVar("T")


class Ref(Noun):
    """A name whose value another line, file or setting gives: ``settings.API_PREFIX``, ``process.env.PREFIX``."""

    name: str


Value = tuple[str | Ref, ...]
"""A string in pieces: literal text and names still to be looked up. ``()`` is the empty string."""


FILE = "{file}"
"""The `Ref` that stands for the name of a file, without suffix, in what is declared for every file of a folder."""


class At(Noun, Generic[T]):
    """A fact together with the path of the file it was read in."""

    path: str
    fact: T


class Place(Noun):
    """A line range of a file at the reviewed commit; lines are 1-based and inclusive."""

    path: str
    line: int
    end_line: int = 0


def text_of(value: Value) -> str | None:
    """The plain text of a value, or None where a part of it is a name."""
    return "".join(value) if all(isinstance(part, str) for part in value) else None  # type: ignore[arg-type]
