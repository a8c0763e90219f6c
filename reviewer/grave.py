"""Faults so grave that another repository cannot outweigh them: they hold a skill below their own level.

The best repository speaks for a skill, as an employer asks what somebody can do. A password that can be read is the
exception: whoever opens that repository first finds it, and good work elsewhere shows that it could be mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.model.finding import Confidence, Finding, Outcome
from reviewer.model.requirement import HeldBack

GRAVE_WEIGHT = 3.0
"""The weight from which a check is about something grave; the rubric gives it to how passwords are kept."""


def held_back(findings: Mapping[str, Sequence[Finding]], level: int) -> tuple[int, tuple[HeldBack, ...]]:
    """What is left of a level, and the grave faults at or below it that were parsed, not guessed.

    Args:
        findings: of one skill, by repository.
        level: what the best repositories reach.
    """
    faults = [
        (item, name)
        for name, items in sorted(findings.items())
        for item in items
        if item.weight >= GRAVE_WEIGHT
        and item.level <= level
        and item.outcome is Outcome.NOT_SHOWN
        and item.confidence is Confidence.CERTAIN
    ]
    left = min([level, *(item.level - 1 for item, _ in faults)])
    return left, tuple(HeldBack(repository=name, check=item.check) for item, name in faults)
