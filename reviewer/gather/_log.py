"""Reads what ``git log`` says, as bytes and piece by piece: commits, and the paths that each of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import IO

from reviewer.gather._moves import Moves
from reviewer.gather._rows import Log, RawCommit
from reviewer.gather.text import path_text

FORMAT = "--format=%H%x00%P%x00%an%x00%ae%x00%ad%x00%s%x00%b%x00"
FIELDS = 8
"""Seven fields, each closed by NUL, and the empty one that ends the record. No content can hold a NUL."""

CHUNK = 1 << 20
LONGEST_TOKEN = 1 << 20
"""Bytes of one field (a message, a path) above which its tail is dropped."""
SUBJECT_LIMIT = 500
BODY_LIMIT = 4000
NAME_LIMIT = 200
COAUTHOR_LIMIT = 20
TRAILERS_READ = 8000
"""Bytes at the end of a message in which trailers are looked for."""

RAW_DATE = re.compile(rb"(\d{1,12}) ([+-])(\d\d)(\d\d)\Z")
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
EPOCH = date(1970, 1, 1).toordinal()
COAUTHOR = re.compile(rb"^co-authored-by:[ \t]*([^<\n]{0,200})<([^>\n]{0,200})>", re.IGNORECASE | re.MULTILINE)


class LogLimit(Exception):
    """A count was reached; the message names what the log is read up to."""


class LogReader:
    """Fills a `Log` from git's answer, within limits that are counts."""

    def __init__(self, row_limit: int, byte_limit: int) -> None:
        self.log = Log()
        self.row_limit, self.byte_limit = row_limit, byte_limit
        self._identities: dict[tuple[bytes, bytes], int] = {}
        self._paths: dict[bytes, int] = {}

    def read(self, answer: IO[bytes]) -> None:
        """Reads to the end.

        Raises:
            LogLimit: the limit on rows or bytes was reached; whole commits were kept up to there.
        """
        tokens = read_tokens(answer, self.byte_limit)
        token = next(tokens, None)
        while token is not None:
            fields = [token, *islice(tokens, FIELDS - 1)]
            if len(fields) < FIELDS:
                return
            start = len(self.log.rows.path)
            try:
                token = self._read_rows(tokens)
            except LogLimit:
                self.log.rows.cut(start)
                raise
            self.log.commits.append(self._commit(fields, start))

    def _commit(self, fields: list[bytes], start: int) -> RawCommit:
        oid, parents, name, address, day, subject, body, _ = fields
        lines = parents.split()
        return RawCommit(
            oid=oid.strip().decode("ascii", "replace"),
            who=self._identity(name, address),
            coauthors=tuple(self._coauthors(body)),
            day=read_day(day),
            subject=_text(subject, SUBJECT_LIMIT),
            body=_text(body, BODY_LIMIT).strip(),
            parents=len(lines),
            brought=lines[1].decode("ascii", "replace") if len(lines) > 1 else "",
            start=start,
            end=len(self.log.rows.path),
        )

    def _coauthors(self, body: bytes) -> Iterator[int]:
        tail = body[-TRAILERS_READ:]
        if b"uthored-" in tail or b"UTHORED-" in tail:
            for match in islice(COAUTHOR.finditer(tail), COAUTHOR_LIMIT):
                yield self._identity(match[1], match[2])

    def _identity(self, name: bytes, address: bytes) -> int:
        key = (name, address)
        index = self._identities.get(key)
        if index is None:
            index = self._identities[key] = len(self.log.identities)
            self.log.identities.append((_text(name, NAME_LIMIT).strip(), _text(address, NAME_LIMIT).strip()))
        return index

    def _read_rows(self, tokens: Iterator[bytes]) -> bytes | None:
        """Reads the rows of one commit and returns the token that begins the next one."""
        rows, moves = self.log.rows, Moves()
        token = next(tokens, None)
        while token is not None and token.lstrip(b"\n").startswith(b":"):
            path = next(tokens, None)
            words = token.split(b" ")
            if path is None or len(words) < 5:
                return None
            if len(rows.path) >= self.row_limit:
                raise LogLimit(f"{self.row_limit:,} changed paths")
            status = words[4][:1] or b"M"
            moves.see(status, words[2], words[3], path, len(rows.path))
            rows.append(self._path(path), status[0])
            token = next(tokens, None)
        for new, old, exact in moves.found():
            rows.source[new], rows.exact[new] = rows.path[old], exact
        return token

    def _path(self, raw: bytes) -> int:
        index = self._paths.get(raw)
        if index is None:
            index = self._paths[raw] = len(self.log.paths)
            self.log.paths.append(path_text(raw))
        return index


def read_day(raw: bytes) -> str | None:
    """The author's own day out of git's raw date (``1700000000 +0100``); None outside 1990 to 2100.

    git cannot be asked for days: it dies on a time stamp that is out of its range.
    """
    match = RAW_DATE.match(raw)
    if not match:
        return None
    offset = (int(match[3]) * 60 + int(match[4])) * 60
    ordinal = EPOCH + (int(match[1]) + (offset if match[2] == b"+" else -offset)) // 86_400
    if not FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
        return None
    return date.fromordinal(ordinal).isoformat()


def read_tokens(answer: IO[bytes], byte_limit: int) -> Iterator[bytes]:
    """The NUL-separated fields of an answer; a field that is too long loses its tail.

    Raises:
        LogLimit: more than ``byte_limit`` bytes came.
    """
    rest, left = b"", byte_limit
    while chunk := answer.read1(CHUNK):  # type: ignore[attr-defined]
        left -= len(chunk)
        if left < 0:
            raise LogLimit(f"{byte_limit >> 20} MiB of log text")
        if len(rest) > LONGEST_TOKEN:
            rest = rest[:LONGEST_TOKEN]
            _, nul, chunk = chunk.partition(b"\0")
            if not nul:
                continue
            yield rest
            rest = b""
        *tokens, rest = (rest + chunk).split(b"\0")
        yield from tokens
    if rest.strip(b"\n"):
        yield rest


def _text(raw: bytes, limit: int) -> str:
    return raw[: limit * 4].decode("utf-8", "replace")[:limit]
