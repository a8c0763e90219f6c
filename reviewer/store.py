"""The cache: facts by extractor version, kind and blob id, and histories by commit, in one SQLite file.

A cache never decides anything: without one, or with a damaged one, the same review is made, more slowly.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

FORMAT = 1
BUSY_SECONDS = 20
BATCH = 500
"""Keys asked for in one statement; below SQLite's oldest limit on variables (999)."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""


class Store:
    """Bytes by key. Every method is quiet about a cache that cannot be used: reads find nothing, writes do nothing."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the cache in ``folder``; None for no cache at all. ``note`` says why one could not be used."""
        self.note: str | None = None
        self.path = folder / "facts.sqlite" if folder else None
        self._connection = self._open() if self.path else None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get_many(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Key and bytes of those that are kept; damaged entries are left out."""
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), BATCH):
            yield from self._batch(wanted[start : start + BATCH])

    def get(self, key: str) -> bytes | None:
        """The bytes under one key, or None."""
        return next((data for _, data in self._batch([key])), None)

    def put_many(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keeps bytes under their keys, in one transaction."""
        if self._connection is None:
            return
        packed = [(key, zlib.compress(data, 1)) for key, data in rows]
        with self._quiet() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", packed)

    def entries(self) -> int:
        """How many entries are kept."""
        count = 0
        if self._connection is not None:
            with self._quiet() as connection:
                count = int(connection.execute("SELECT count(*) FROM kept").fetchone()[0])
        return count

    def clear(self) -> None:
        """Forgets everything."""
        if self._connection is not None:
            with self._quiet() as connection:
                with connection:
                    connection.execute("DELETE FROM kept")
                connection.execute("VACUUM")

    def close(self) -> None:
        """Closes the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _batch(self, keys: list[str]) -> Iterator[tuple[str, bytes]]:
        if self._connection is None or not keys:
            return
        marks = ",".join("?" * len(keys))
        rows: list[tuple[str, bytes]] = []
        with self._quiet() as connection:
            rows = connection.execute(f"SELECT key, data FROM kept WHERE key IN ({marks})", keys).fetchall()
        for key, data in rows:
            with contextlib.suppress(zlib.error, TypeError):
                yield key, zlib.decompress(data)

    @contextlib.contextmanager
    def _quiet(self) -> Iterator[sqlite3.Connection]:
        """The connection for one use, which may fail without a word; damage that shows now starts the cache anew."""
        assert self._connection is not None
        try:
            yield self._connection
        except sqlite3.OperationalError:  # in use elsewhere, or the disk is full: another time it may work
            return
        except sqlite3.DatabaseError:
            self.close()
            self._connection = self._rebuilt()

    def _open(self) -> sqlite3.Connection | None:
        assert self.path is not None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._checked()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                self.note = "the cache is in use elsewhere and was left aside"
                return None
            return self._rebuilt()
        except OSError as error:
            self.note = f"no cache: {error.strerror}"
            return None

    def _checked(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self.path), timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError(f"format {version}")
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.execute("SELECT key FROM kept LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _rebuilt(self) -> sqlite3.Connection | None:
        """Puts a damaged or newer cache aside and starts an empty one."""
        assert self.path is not None
        try:
            for end in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
            connection = self._checked()
        except (sqlite3.Error, OSError):
            self.note = "no cache: its file cannot be written"
            return None
        self.note = "the cache was damaged or of another version; it was started anew"
        return connection
