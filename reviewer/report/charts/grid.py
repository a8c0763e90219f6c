"""The endpoint grid: one cell per endpoint, filled when a test reaches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.document import EndpointPart

COLUMNS = 9
"""Nine cells fit on a screen that is 320 pixels wide."""
CELL, PITCH = 24, 28
"""Pixels: the least size of a target, and the distance from one cell to the next."""
CLASSES = {True: "hit", False: "miss", None: "unknown"}
WORDS = {True: "a test reaches it", False: "no test reaches it", None: "cannot tell whether a test reaches it"}


@dataclass(frozen=True, slots=True)
class Cell:
    """``row`` is the number of the endpoint's row in the table below, counted from 1."""

    x: int
    y: int
    kind: str
    label: str
    row: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with the size of the picture in pixels."""

    cells: list[Cell]
    width: int
    height: int


def grid(endpoints: Sequence[EndpointPart]) -> Grid:
    """Cells in reading order."""
    cells = [
        Cell(
            x=1 + index % COLUMNS * PITCH,
            y=1 + index // COLUMNS * PITCH,
            kind=CLASSES[endpoint.tested],
            label=f"{endpoint.method} {endpoint.path}: {WORDS[endpoint.tested]}",
            row=index + 1,
        )
        for index, endpoint in enumerate(endpoints)
    ]
    columns, rows = min(len(cells), COLUMNS), -(-len(cells) // COLUMNS)
    return Grid(cells, width=columns * PITCH, height=rows * PITCH)
