"""Looking into parsed documents whose shape a stranger chose: a wrong type reads as empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts

Tree = object
"""What the loaders return: nested dict, list and str; JSON and TOML add numbers, booleans and None."""

BRANCH_LIMIT = 60_000
"""How many branches of one document are looked at."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parsed document, or why it could not be parsed, as a sentence for the report."""

    tree: Tree = None
    problem: str | None = None
    documents: tuple[Tree, ...] = ()


class Scalar(str):
    """A text with the line it starts on. ``block`` marks YAML's ``|`` and ``>``, whose text begins a line later."""

    line: int
    block: bool

    def __new__(cls, value: str, line: int, block: bool = False) -> Scalar:
        made = super().__new__(cls, value)
        made.line = line
        made.block = block
        return made


def mapping(value: Tree) -> dict[str, Tree]:
    """``value`` where it is a mapping with text keys, else an empty one."""
    if not isinstance(value, dict):
        return {}
    return {key: item for key, item in value.items() if isinstance(key, str)}


def sequence(value: Tree) -> list[Tree]:
    """``value`` where it is a list, a list of it where it is text, else empty."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []


def text(value: Tree) -> str:
    """``value`` where it is text, else ``""``."""
    return value if isinstance(value, str) else ""


def is_true(value: Tree) -> bool:
    """Whether a value says yes, in JSON's or YAML's spelling."""
    return value is True or text(value).lower() in ("true", "yes", "on")


def line_of(value: Tree, default: int = 1) -> int:
    """The line of a text that came from YAML or XML."""
    return value.line if isinstance(value, Scalar) else default


def branches(tree: Tree) -> Iterator[dict[str, Tree]]:
    """Every mapping of a document, outer ones first and in source order, up to `BRANCH_LIMIT`."""
    waiting, seen = [tree], 0
    while waiting and seen < BRANCH_LIMIT:
        item = waiting.pop()
        seen += 1
        if isinstance(item, dict):
            yield mapping(item)
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


class LineFinder:
    """Lines of words in a text, asked for in source order: each search goes on where the last one ended."""

    def __init__(self, source: str, section: str = "") -> None:
        """``section`` is where the search begins, as written in the source; the whole text where it is not found."""
        self.source = source
        self.position = max(source.find(section), 0)
        self.after = self.position
        self.line = source.count("\n", 0, self.position) + 1

    def find(self, word: str) -> int:
        """The line of the next ``word``; the last line that was found where there is none."""
        found = self.source.find(word, self.after)
        if found >= 0:
            self.line += self.source.count("\n", self.position, found)
            self.position, self.after = found, found + 1
        return self.line


def not_read(base: FileFacts, problem: str | None) -> FileFacts:
    """The facts with a problem added; nothing in the file may be blamed then."""
    if problem is None:
        return base
    return msgspec.structs.replace(base, understood=False, problems=(*base.problems, problem))


def with_document(base: FileFacts, document: Document, problem: str | None = None) -> FileFacts:
    """The facts of a file with what its document says, and a problem where there was one."""
    return not_read(msgspec.structs.replace(base, document=document), problem)
