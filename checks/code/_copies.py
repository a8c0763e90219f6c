"""Blocks of code that stand in several places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reviewer.model.facts.code import Block
from reviewer.model.facts.repository import SourceFile

GAP = 4
"""Lines between two copied blocks that are still one copy: not every block has a fingerprint."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Lines of a file that stand before in the same or another file, at ``of_path`` and ``of_line``."""

    path: str
    line: int
    end_line: int
    of_path: str
    of_line: int

    @property
    def lines(self) -> int:
        """How many lines it spans."""
        return self.end_line - self.line + 1


def copies(files: Iterable[SourceFile]) -> list[Copy]:
    """The copies of earlier blocks, longest first."""
    seen: dict[int, tuple[str, Block]] = {}
    found: list[Copy] = []
    for file in files:
        for block in file.facts.blocks if file.facts else ():
            path, first = seen.setdefault(block.digest, (file.path, block))
            if path == file.path and block.line <= first.end_line:
                continue
            found = _joined(found, Copy(file.path, block.line, block.end_line, path, first.line))
    found.sort(key=lambda item: (-item.lines, item.path, item.line))
    return found


def _joined(found: list[Copy], item: Copy) -> list[Copy]:
    """The copies with one more; it prolongs the last where it goes on there."""
    last = found[-1] if found else None
    if last and (last.path, last.of_path) == (item.path, item.of_path) and item.line <= last.end_line + GAP:
        found[-1] = replace(last, end_line=item.end_line)
    else:
        found.append(item)
    return found
