"""Complexity against the number of changes: which function to split first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.document import HotspotPart

NAMED = 5
"""Dots that carry a number and are named below the picture."""
LEFT, RIGHT, TOP, BOTTOM = 4.0, 94.0, 12, 148
"""The plot: left and right edge in per cent of the width, top and bottom in pixels."""
HEIGHT = 176
SIMPLE = 10
"""Cyclomatic complexity up to which a function counts as simple (McCabe 1976)."""


@dataclass(frozen=True, slots=True)
class Dot:
    """``x`` in per cent, ``y`` in pixels; ``number`` counts the named dots from 1 and is 0 for the others."""

    x: float
    y: int
    number: int


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots with the edges of the plot; ``threshold`` is the x of complexity 10."""

    dots: list[Dot]
    most_complex: int
    most_touched: int
    threshold: float | None


def dots(hotspots: Sequence[HotspotPart]) -> Dots | None:
    """The picture of ``hotspots``, which come worst first; None where there are none."""
    if not hotspots:
        return None
    widest = max(1, *(spot.complexity for spot in hotspots))
    highest = max(1, *(spot.touches for spot in hotspots))
    found = [
        Dot(
            x=_x(spot.complexity, widest),
            y=round(BOTTOM - (BOTTOM - TOP) * spot.touches / highest),
            number=index + 1 if index < NAMED else 0,
        )
        for index, spot in enumerate(hotspots)
    ]
    return Dots(found, widest, highest, _x(SIMPLE, widest) if widest > SIMPLE else None)


def _x(complexity: int, widest: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * max(complexity, 0) / widest, 1)
