"""Counts and the figures made of them: precision and recall, balanced accuracy, rank correlation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """What was found of what is there, what was missed, and what was claimed wrongly."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, other: Counts) -> None:
        """Adds another one's counts, so that figures are micro averages."""
        self.hit += other.hit
        self.missed += other.missed
        self.wrong += other.wrong

    @property
    def precision(self) -> float:
        """Share of the claims that are right; 1 where nothing was claimed."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the truth that was found; 1 where there was nothing to find."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Balanced:
    """Answers to a yes/no question: right ones and all, where the truth is yes and where it is no."""

    right: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    asked: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    def add(self, truth: bool, right: bool) -> None:
        """Counts one answer."""
        self.asked[truth] += 1
        self.right[truth] += right

    @property
    def accuracy(self) -> float:
        """The mean of the accuracy on yes and on no, so that a constant answer gets 0.5."""
        rates = [self.right[truth] / asked for truth, asked in self.asked.items() if asked]
        return sum(rates) / len(rates) if rates else 0.0


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's coefficient: Pearson's over ranks, ties sharing the mean of theirs. 0 for fewer than three pairs."""
    if len(pairs) < 3:
        return 0.0
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    mean = (len(pairs) - 1) / 2
    above = sum((a - mean) * (b - mean) for a, b in zip(first, second, strict=True))
    below = (sum((a - mean) ** 2 for a in first) * sum((b - mean) ** 2 for b in second)) ** 0.5
    return above / below if below else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]
