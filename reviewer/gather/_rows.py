"""A log as it was read: commits, and one row for every path that a commit changed."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

Identity = tuple[str, str]
"""Name and address as a commit spells them."""

NOT_COUNTED = -1
NO_SOURCE = -1
BORN, GONE = ord("A"), ord("D")
SAME_FILE = 0.5
"""A file of the same name that went and came in one commit was moved where its size stayed within this ratio."""


@dataclass(slots=True)
class RawCommit:
    """One commit as it was written. ``who`` and ``coauthors`` index `RawHistory.identities`.

    ``brought`` is the second parent of a merge: the newest commit that came in. ``start`` and ``end`` bound its rows;
    ``counted`` says that they hold lines.
    """

    oid: str
    who: int
    coauthors: tuple[int, ...]
    day: str | None
    subject: str
    body: str
    parents: int
    brought: str = ""
    start: int = 0
    end: int = 0
    counted: bool = False


@dataclass(slots=True)
class Rows:
    """Every path of every commit, in columns.

    ``source`` is the path that a moved file had before, ``added`` and ``deleted`` are lines; -1 where there is none.
    """

    path: array[int] = field(default_factory=lambda: array("l"))
    source: array[int] = field(default_factory=lambda: array("l"))
    added: array[int] = field(default_factory=lambda: array("l"))
    deleted: array[int] = field(default_factory=lambda: array("l"))
    status: bytearray = field(default_factory=bytearray)
    exact: bytearray = field(default_factory=bytearray)

    def append(self, path: int, status: int) -> None:
        """Adds a row whose lines are not counted yet."""
        self.path.append(path)
        self.source.append(NO_SOURCE)
        self.added.append(NOT_COUNTED)
        self.deleted.append(NOT_COUNTED)
        self.status.append(status)
        self.exact.append(0)

    def settle_moves(self, start: int, end: int) -> None:
        """Takes the lines of moved files out of one commit's rows, so that moving is nobody's gain.

        A file that only kept its name is let go as new where its size changed too much.
        """
        gone = {self.path[row]: row for row in range(start, end) if self.status[row] == GONE}
        lines = {path: self.deleted[row] for path, row in gone.items()}
        for row in range(start, end):
            source = self.source[row]
            if source == NO_SOURCE:
                continue
            added, deleted = self.added[row], lines[source]
            if self.exact[row]:
                self.added[row] = self.deleted[row] = self.deleted[gone[source]] = 0
            elif NOT_COUNTED in (added, deleted):
                continue
            elif min(added, deleted) < SAME_FILE * max(added, deleted):
                self.source[row] = NO_SOURCE
            else:
                self.added[row], self.deleted[row] = max(0, added - deleted), max(0, deleted - added)
                self.deleted[gone[source]] = 0

    def cut(self, length: int) -> None:
        """Drops the rows from ``length`` on."""
        for column in (self.path, self.source, self.added, self.deleted, self.status, self.exact):
            del column[length:]


@dataclass(slots=True)
class Log:
    """A log as far as it was read: newest commit first."""

    commits: list[RawCommit] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
