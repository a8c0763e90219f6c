"""Pull requests as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.facts.pulls import PullRequest
from reviewer.model.finding import Evidence

NOT_ASKED = "Pull requests are looked at with --pulls only."
DESCRIBED = 10
"""Words of a description from which it says more than a title."""


def places(pulls: Iterable[PullRequest]) -> list[Evidence]:
    """Each with its address and title."""
    return [Evidence(path=f"{item.repository}#{item.number}", url=item.url, note=item.title) for item in pulls]
