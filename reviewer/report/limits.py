"""How much of each list is kept, so that no repository can make the report a bomb; what is cut is counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

EVIDENCE = 8
"""Pieces of evidence of a finding, the rest as a count."""
NAMED_EVIDENCE = 3
"""Pieces of evidence of a framework, database, claim or skill."""
SNIPPETS = 3
"""Pieces of evidence of a finding that are shown with their lines."""
SNIPPET_LINES = 6
SNIPPET_WIDTH = 120

KEPT = {
    "findings": 400,
    "endpoints": 2000,
    "operations": 500,
    "languages": 60,
    "frameworks": 60,
    "databases": 40,
    "migrations": 40,
    "tables": 500,
    "injection_risks": 200,
    "drift": 200,
    "ci": 60,
    "containers": 100,
    "secrets": 200,
    "claims": 60,
    "excluded": 300,
    "problems": 300,
    "people": 100,
    "weeks": 1040,
    "hotspots": 40,
    "steps": 60,
    "notes": 40,
    "identities": 20,
}
"""Entries of each list in report.json, per repository (per job for steps)."""


class Cut:
    """Keeps the head of each list and remembers how much was left out."""

    def __init__(self) -> None:
        self.left_out: dict[str, int] = {}

    def keep(self, name: str, items: Iterable[T]) -> list[T]:
        """The first ``KEPT[name]`` of ``items``."""
        every = list(items)
        if len(every) > KEPT[name]:
            self.left_out[name] = self.left_out.get(name, 0) + len(every) - KEPT[name]
        return every[: KEPT[name]]
