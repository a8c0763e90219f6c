"""The strip of four steps per requirement: reached steps filled, the wanted step outlined."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 4
PITCH = 16
"""Pixels from one step to the next."""
WIDTH = STEPS * PITCH
HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``x`` is in pixels."""

    x: int
    reached: bool
    wanted: bool


def steps(level: int | None, wanted: int) -> list[Step]:
    """The four steps of the ladder; none is reached where the level could not be told."""
    return [Step(2 + PITCH * index, (level or 0) > index, wanted == index + 1) for index in range(STEPS)]
