"""The lines behind evidence, read from the object store when the report is written."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.gather.notebooks import code_of_notebook
from reviewer.gather.text import decode
from reviewer.sources.git import GitError
from reviewer.sources.objects import read_blobs

LARGEST = 1 << 20
"""Bytes of a file above which no lines of it are shown."""


class LineReader:
    """Lines of files of one commit. `fetch` first."""

    def __init__(self, git_dir: str, oids: Mapping[str, str]) -> None:
        """Args: git_dir: a repository of ours; oids: object ids by path."""
        self._git_dir, self._oids = git_dir, oids
        self._lines: dict[str, list[str]] = {}

    def fetch(self) -> None:
        """Reads all files with one git; what cannot be read has no lines."""
        wanted: dict[str, list[str]] = {}
        for path, oid in sorted(self._oids.items()):
            wanted.setdefault(oid, []).append(path)
        try:
            for oid, data in read_blobs(self._git_dir, wanted):
                text = decode(data) if len(data) <= LARGEST else None
                if text is None:
                    continue
                for path in wanted[oid]:
                    self._lines[path] = (code_of_notebook(text) if path.endswith(".ipynb") else text).split("\n")
        except GitError:
            return

    def __call__(self, path: str, line: int, end_line: int) -> str | None:
        """Lines ``line`` to ``end_line`` (1-based, inclusive) of a file that was fetched."""
        lines = self._lines.get(path)
        if lines is None or not 1 <= line <= len(lines):
            return None
        return "\n".join(lines[line - 1 : max(end_line, line)])
