"""The stacked bar of requirement states: how much of the job is shown."""

from __future__ import annotations

from dataclasses import dataclass

LABEL_WIDTH = 4.0
"""Per cent of the width below which a segment is too narrow for its number."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar; ``x``, ``width`` and ``middle`` are per cent of the bar's width."""

    state: str
    count: int
    x: float
    width: float
    middle: float
    labelled: bool


def segments(counts: list[tuple[str, int]]) -> list[Segment]:
    """Segments in the given order, as wide as their share; empty states have none."""
    total = sum(count for _, count in counts)
    found: list[Segment] = []
    before = 0
    for state, count in counts:
        if count:
            x, width = 100 * before / total, 100 * count / total
            found.append(
                Segment(state, count, round(x, 2), round(width, 2), round(x + width / 2, 2), width >= LABEL_WIDTH)
            )
        before += count
    return found
