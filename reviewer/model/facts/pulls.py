"""Pull requests of the candidate, as a host tells them: known only where it was asked."""

from __future__ import annotations

from reviewer.model.base import Noun


class PullRequest(Noun):
    """A merged pull request. ``words`` is how many its description has; ``reviewed`` says that somebody approved it."""

    repository: str
    number: int
    title: str
    url: str
    words: int = 0
    reviewed: bool = False


class Pulls(Noun):
    """Those of one review: merged into the repository itself (``own``), and into repositories of others (``others``).

    ``asked`` is False where nobody asked the host for them. ``others`` are given to one repository of a candidate
    alone, so that they count once.
    """

    asked: bool = False
    own: tuple[PullRequest, ...] = ()
    others: tuple[PullRequest, ...] = ()
