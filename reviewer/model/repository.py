"""A repository before it is read: what its host or its folder says of it."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun


class Status(StrEnum):
    """How the review of one repository ended."""

    REVIEWED = "reviewed"
    SKIPPED = "skipped"
    FAILED = "failed"


class Repository(Noun):
    """One repository that was found, whether or not it will be read.

    ``clone_url`` is set for repositories on a host, ``path`` for local ones. ``size_kib`` is the host's own figure.
    ``pushed`` is an ISO 8601 date. ``skip_reason`` is a sentence: why it is passed over without being cloned.
    ``parent_clone_url`` is where the upstream of a fork lies.
    """

    name: str
    url: str | None = None
    clone_url: str | None = None
    path: str | None = None
    revision: str | None = None
    default_branch: str | None = None
    owner: str | None = None
    fork: bool = False
    parent: str | None = None
    parent_clone_url: str | None = None
    archived: bool = False
    private: bool = False
    size_kib: int | None = None
    pushed: str | None = None
    skip_reason: str | None = None
    failure: str | None = None


class Subject(Noun):
    """Whose work is reviewed. ``identities`` are the names, logins and addresses that count as the candidate's."""

    name: str
    kind: str
    url: str | None = None
    identities: tuple[str, ...] = ()
    named: bool = False
