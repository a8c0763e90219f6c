"""How much a page shows per repository, so that many repositories still make a page that opens at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """``*_evidence``: pieces that are named. ``*_lines``: pieces that are shown with their lines of code.

    ``summaries`` of what is shown well, API blocks ``folded``, and whether what is shown
    well and endpoints are ``linked`` to their lines, and cells of the endpoint grid to their rows.
    """

    ledger_evidence: int
    ledger_lines: int
    bad_evidence: int
    bad_lines: int
    good_evidence: int
    endpoints: int
    summaries: bool
    folded: bool
    linked: bool


DENSITIES = (
    (3, Density(8, 3, 8, 3, 3, 400, summaries=True, folded=False, linked=True)),
    (8, Density(8, 1, 2, 0, 1, 60, summaries=False, folded=True, linked=True)),
    (15, Density(3, 1, 2, 0, 1, 60, summaries=False, folded=True, linked=True)),
    (30, Density(3, 1, 1, 0, 1, 30, summaries=False, folded=True, linked=False)),
)
"""Up to how many reviewed repositories, and what is shown then."""
MANY = Density(3, 1, 1, 0, 0, 12, summaries=False, folded=True, linked=False)


def density(repositories: int) -> Density:
    """The density for a number of reviewed repositories."""
    return next((found for most, found in DENSITIES if repositories <= most), MANY)
