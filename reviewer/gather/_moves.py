"""Finds files that a commit moved without comparing contents, which a stranger could make as dear as he likes."""

from __future__ import annotations

from collections.abc import Iterator


class Moves:
    """The files that came and went in one commit, paired by blob id, then by a name that is unique on both sides."""

    def __init__(self) -> None:
        self._born: list[tuple[int, bytes, bytes]] = []
        self._gone_blobs: dict[bytes, int] = {}
        self._gone_names: dict[bytes, list[int]] = {}
        self._born_names: dict[bytes, int] = {}

    def see(self, status: bytes, old: bytes, new: bytes, path: bytes, row: int) -> None:
        """Takes note of a row."""
        name = path.rpartition(b"/")[2]
        if status == b"D":
            self._gone_blobs.setdefault(old, row)
            self._gone_names.setdefault(name, []).append(row)
        elif status == b"A":
            self._born.append((row, new, name))
            self._born_names[name] = self._born_names.get(name, 0) + 1

    def found(self) -> Iterator[tuple[int, int, bool]]:
        """Pairs of rows, the new path's and the old one's, and whether the content stayed the same."""
        if not self._gone_blobs:
            return
        for row, blob, name in self._born:
            if blob in self._gone_blobs:
                yield row, self._gone_blobs[blob], True
            elif self._born_names[name] == 1 and len(self._gone_names.get(name, ())) == 1:
                yield row, self._gone_names[name][0], False
