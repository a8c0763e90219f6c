"""Commits per week, own against others: whether the work grew in steps or in one heap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

BARS = 104
"""Most bars that are drawn; a longer history puts several weeks into one."""
HEIGHT = 48
UNIT = 10
"""Units of the viewBox per bar; the picture is stretched to the width of the page."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Two paths in a viewBox of ``width`` by HEIGHT; ``per_bar`` weeks stand in each bar, ``most`` commits in one."""

    own: str
    others: str
    width: int
    per_bar: int
    most: int
    first: str
    last: str


def weeks(found: Iterable[tuple[str, int, int]]) -> Weeks | None:
    """The picture of (Monday, own commits, others' commits); None where no week has a sane date and a commit."""
    rows = sorted(row for row in map(_parsed, found) if row and row[1] + row[2] > 0)
    if not rows:
        return None
    first, last = rows[0][0], rows[-1][0]
    span = (last - first).days // 7 + 1
    per_bar = -(-span // BARS)
    own: Counter[int] = Counter()
    both: Counter[int] = Counter()
    for day, mine, theirs in rows:
        bar = (day - first).days // 7 // per_bar
        own[bar] += mine
        both[bar] += mine + theirs
    most = max(both.values())
    return Weeks(
        own=_path(((bar, 0, count) for bar, count in own.items()), most),
        others=_path(((bar, own[bar], count) for bar, count in both.items()), most),
        width=-(-span // per_bar) * UNIT,
        per_bar=per_bar,
        most=most,
        first=first.isoformat(),
        last=last.isoformat(),
    )


def _parsed(row: tuple[str, int, int]) -> tuple[date, int, int] | None:
    try:
        return date.fromisoformat(row[0]), max(row[1], 0), max(row[2], 0)
    except ValueError:
        return None


def _path(bars: Iterable[tuple[int, int, int]], most: int) -> str:
    """Upright bars from ``low`` to ``high`` commits, as one path."""
    pieces: list[str] = []
    for bar, low, high in sorted(bars):
        bottom, top = round(HEIGHT - HEIGHT * low / most), round(HEIGHT - HEIGHT * high / most)
        if high > low:
            pieces.append(f"M{bar * UNIT + 1} {bottom}V{min(top, bottom - 1)}h{UNIT - 2}V{bottom}z")
    return "".join(pieces)
