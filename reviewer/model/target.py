"""What the user typed, read but not yet looked up."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun


class TargetKind(StrEnum):
    """The four ways to name something to review."""

    LOGIN = "login"
    REPOSITORY = "repository"
    URL = "url"
    PATH = "path"


class Target(Noun):
    """One target. ``owner`` and ``name`` are set for logins (owner only), repositories and URLs; ``path`` for paths."""

    kind: TargetKind
    text: str
    owner: str | None = None
    name: str | None = None
    url: str | None = None
    path: str | None = None
    revision: str | None = None
