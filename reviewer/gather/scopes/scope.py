"""What every way of looking names up across files offers, and what a file defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Protocol

from reviewer.model.facts.code import Import
from reviewer.model.facts.file import FileFacts

Found = tuple[str, str]
"""The path of a file and a dotted name in it."""


class Scope(Protocol):
    """The rules by which the languages of one family find what a name means."""

    def module(self, path: str, module: str) -> str | None:
        """The file that ``module``, imported in the file at ``path``, means; None outside the repository."""

    def hop(self, path: str, name: str) -> Found | None:
        """One step towards the definition of a name, None where it is defined here or unknown."""


class Definitions:
    """The files of one repository by path, with what each defines and imports."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self.files = files
        self._defined: dict[str, frozenset[str]] = {}

    @cached_property
    def imports(self) -> dict[str, dict[str, Import]]:
        """The imports of each file by their local name, but for those of everything."""
        return {
            path: {item.alias: item for item in facts.imports if item.name != "*"}
            for path, facts in self.files.items()
            if facts.imports
        }

    def defines(self, path: str, name: str) -> bool:
        """Whether a name is defined in, imported into or exported from a file."""
        if path not in self._defined:
            facts = self.files.get(path)
            self._defined[path] = frozenset(_names_of(facts)) if facts else frozenset()
        return name in self._defined[path]


def nearest(path: str, candidates: list[str]) -> str | None:
    """The path that shares most folders with ``path``, then the shortest, then the first."""
    return min(candidates, key=lambda item: (-shared_folders(path, item), item.count("/"), item), default=None)


def shared_folders(one: str, other: str) -> int:
    """How many folders two paths begin with together."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count


def _names_of(facts: FileFacts) -> Iterator[str]:
    yield from (item.qualname.partition(".")[0] for item in facts.functions)
    yield from (item.name for item in facts.classes)
    yield from (item.name.partition(".")[0] for item in facts.constants)
    yield from (item.alias for item in facts.imports if item.name != "*")
    yield from (item.name for item in facts.exports)
    if facts.routing:
        yield from (item.symbol.partition(".")[0] for item in facts.routing.routers)
