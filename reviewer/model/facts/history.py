"""The history, walked once."""

from __future__ import annotations

from reviewer.model.base import Noun


class Person(Noun):
    """Somebody who committed, all of their names and addresses joined. Addresses stand in no output.

    ``written`` holds each name and address under which the person wrote commits, merges left out, with the id of the
    newest such commit.
    """

    name: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    own: bool = False
    bot: bool = False
    commits: int = 0
    written: tuple[tuple[str, str, str], ...] = ()


class Change(Noun):
    """One path in one commit. ``added`` and ``deleted`` are lines, None where not counted (binary, touches)."""

    path: str
    added: int | None = None
    deleted: int | None = None


class Commit(Noun):
    """One commit. ``day`` is its author date as ISO 8601, None where the date is not sane. ``person`` indexes people.

    ``brought`` indexes the people too: who wrote the newest commit that a merge brought in, where that is known.
    ``changes`` holds the paths that are somebody's work (nothing vendored, generated or binary), cut at a stated count;
    ``paths`` is how many there are (a moved file counts once), ``added`` and ``deleted`` are their lines.
    ``shifted`` of them were moved, and ``moved`` of these without a change.
    """

    oid: str
    day: str | None
    person: int
    subject: str
    body: str
    merge: bool
    brought: int | None = None
    paths: int = 0
    moved: int = 0
    shifted: int = 0
    added: int = 0
    deleted: int = 0
    changes: tuple[Change, ...] = ()


class History(Noun):
    """Newest first. ``complete`` is False where the history is shallow, cut at a limit or could not be read whole.

    ``own_known`` is False where nobody is named and nobody dominates, so that everyone's work counts.
    ``shares`` is the candidate's share (0..1) of the lines that each present path gained; ``touches`` how many own
    commits touched it. ``branches`` names a few branches that stand beside the reviewed one,
    ``pulls`` is how many pull requests the repository keeps as refs.
    """

    commits: tuple[Commit, ...] = ()
    people: tuple[Person, ...] = ()
    complete: bool = True
    reason: str | None = None
    own_known: bool = True
    lines_counted: bool = True
    own_share: float | None = None
    shares: dict[str, float] = {}
    touches: dict[str, int] = {}
    tags: int = 0
    branches: tuple[str, ...] = ()
    pulls: int = 0
