"""Somebody's answer to a finding, as it stands in a `reviewer.toml`."""

from __future__ import annotations

from reviewer.model.base import Noun

KEYS = frozenset({"check", "reason", "path", "repository"})
WAIVERS_MOST = 500
REASON_MOST = 300
"""Characters of a reason that are kept."""


class Waiver(Noun):
    """An answer to a finding, with the reason. It stays in the report and never makes a requirement met.

    ``path`` and ``repository`` are patterns; empty for all. ``source`` is the file that it stands in and ``number`` its
    place among the waivers there, from 1. ``counts`` says that the finding counts all the same: the answer is the
    reviewed repository's own.
    """

    check: str
    reason: str
    path: str = ""
    repository: str = ""
    source: str = ""
    number: int = 0
    counts: bool = False


class WaiverError(ValueError):
    """A waiver that cannot be used; the message says which and why, without the file's name."""


def read_waivers(rows: object, source: str, *, counts: bool = False) -> tuple[Waiver, ...]:
    """The ``[[waive]]`` tables of a file.

    Args:
        rows: what stands under ``waive``, as TOML gives it.
        source: the file's name, for the report.
        counts: see `Waiver`.

    Raises:
        WaiverError: one has no check or reason, an unknown key, or is no table of texts.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WaiverError("waivers are written as [[waive]] tables")
    if len(rows) > WAIVERS_MOST:
        raise WaiverError(f"more than {WAIVERS_MOST} waivers")
    return tuple(_waiver(row, number, source, counts) for number, row in enumerate(rows, start=1))


def _waiver(row: dict[str, object], number: int, source: str, counts: bool) -> Waiver:
    unknown = sorted(set(row) - KEYS)
    if unknown:
        raise WaiverError(f"waiver {number}: unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    texts = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
    wrong = sorted(set(row) - set(texts))
    if wrong:
        raise WaiverError(f"waiver {number}: {wrong[0]} is no text")
    missing = [name for name in ("check", "reason") if not texts.get(name)]
    if missing:
        raise WaiverError(f'waiver {number}: no {missing[0]}; write check = "..." and reason = "..."')
    texts["reason"] = texts["reason"][:REASON_MOST]
    return Waiver(source=source, number=number, counts=counts, **texts)
