"""Looks for secrets that the candidate committed once and took out again: the history still holds them for anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import IO

import msgspec

from reviewer.gather._diff_tree import read_commits
from reviewer.gather._log import LogLimit
from reviewer.gather.classify import is_nobodys_work
from reviewer.gather.documents._secret_marks import is_sample
from reviewer.gather.documents.secrets import find_secrets, standing_at
from reviewer.gather.kinds import kind_of
from reviewer.gather.text import path_text
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.sources.objects import is_object_id

COMMIT_LIMIT = 2_000
PATCH_LIMIT = 8 << 20
"""Bytes of added lines in own files that are looked through."""
ANSWER_LIMIT = 100 << 20
"""Bytes that git may say in all, other people's files included."""
SECONDS = 20.0
FOUND_LIMIT = 200
LONGEST_LINE = 4_000
"""Characters of an added line that are looked at."""

PATCH = [
    "-p",
    "-U6",
    "--diff-filter=AM",
    "--no-textconv",
    "--no-ext-diff",
    "--no-color",
    "--src-prefix=a/",
    "--dst-prefix=b/",
]
HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

Finder = Callable[[str, str], tuple[Secret, ...]]


@dataclass(frozen=True, slots=True)
class HistorySecrets:
    """What was found, with ``commit`` and ``path`` set, and what could not be read (None where all was)."""

    secrets: tuple[Secret, ...] = ()
    reason: str | None = None
    clock: bool = False


def read_history_secrets(
    git_dir: str,
    commits: Sequence[str],
    at_head: Collection[tuple[str, str]] = (),
    seconds: float = SECONDS,
    find: Finder = find_secrets,
) -> HistorySecrets:
    """Looks through the lines that commits added.

    Args:
        git_dir: a repository of ours, with the contents of its history.
        commits: ids of the candidate's commits, no merges, newest first; a stated number of them is read.
        at_head: path and kind of the secrets that the reviewed tree still holds: they are not repeated.
        seconds: when the search is given up.
        find: finds secrets in a text of a kind.
    """
    wanted = list(commits[:COMMIT_LIMIT])
    search = _Search(frozenset(at_head), find)
    passed = read_commits(git_dir, wanted, PATCH, seconds, search)
    reasons = [f"secrets were not looked for in {passed.reason}"] if passed.reason else []
    if len(commits) > len(wanted):
        reasons.append(f"secrets were looked for in the newest {COMMIT_LIMIT:,} of {len(commits):,} commits")
    held = [item for item in search.found.values() if item.mark not in search.samples]
    found = sorted(held, key=lambda item: (item.path or "", item.line, item.kind, item.commit or ""))
    return HistorySecrets(tuple(found[:FOUND_LIMIT]), "; ".join(reasons) or None, passed.clock)


@dataclass(slots=True)
class _Patch:
    """The added lines of one file in one commit, with those around them, which tell what a value is for.

    ``hunks``: the place of a hunk's first line, and its number.
    """

    path: str
    lines: list[bytes] = field(default_factory=list)
    hunks: list[tuple[int, int]] = field(default_factory=list)

    def text(self) -> str:
        """The lines without their plus signs, the longest cut."""
        return "\n".join(line[1:].rstrip(b"\r\n").decode("utf-8", "replace")[:LONGEST_LINE] for line in self.lines)

    def number(self, place: int) -> int:
        """The number in the new file of the line at a place."""
        first, number = max((hunk for hunk in self.hunks if hunk[0] <= place), default=(place, 1))
        return number + place - first


class _Search:
    """Reads patches; see `reviewer.gather._diff_tree.Consumer`. Of each kind one is kept per file: the oldest."""

    def __init__(self, at_head: frozenset[tuple[str, str]], find: Finder) -> None:
        self.at: str | None = None
        self.found: dict[tuple[str, str], Secret] = {}
        self.samples: set[int] = set()
        self._at_head, self._find = at_head, find
        self._patch: _Patch | None = None
        self._left, self._own_left = ANSWER_LIMIT, PATCH_LIMIT

    def read(self, answer: IO[bytes]) -> None:
        """Reads to the end. Lines of a hunk are counted, so that no content can pass for a header."""
        minus = plus = 0
        for line in answer:
            self._left -= len(line)
            if self._left < 0:
                raise LogLimit(f"{ANSWER_LIMIT >> 20} MiB of changed lines")
            mark = line[:1] or b" "
            if (plus and mark == b"+") or (plus and minus and mark in b" \n"):
                plus, minus = plus - 1, minus - (mark != b"+")
                if self._patch:
                    self._keep(self._patch, line)
            elif minus and mark == b"-":
                minus -= 1
            elif hunk := HUNK.match(line):
                minus, plus = int(hunk[1] or 1), int(hunk[3] or 1)
                self._enter(int(hunk[2]))
            elif line.startswith(b"+++ "):
                self._begin(line)
            elif not minus and not plus and is_object_id(line.rstrip(b"\n").decode("ascii", "replace")):
                self.settle()
                self.at = line.decode("ascii").strip()

    def _keep(self, patch: _Patch, line: bytes) -> None:
        self._own_left -= len(line) if line.startswith(b"+") else 0
        if self._own_left < 0:
            raise LogLimit(f"{PATCH_LIMIT >> 20} MiB of changed lines")
        patch.lines.append(line)

    def _enter(self, number: int) -> None:
        """A hunk begins with this line of the new file."""
        if self._patch:
            self._patch.hunks.append((len(self._patch.lines), number))

    def settle(self) -> None:
        """Looks through the last file of the commit that is held back."""
        self._end_file()
        self.at = None

    def drop(self) -> None:
        """The last file may be cut short; what it holds is there all the same."""
        self.settle()

    def _begin(self, line: bytes) -> None:
        self._end_file()
        path = path_text(line[4:].rstrip(b"\r\n\t")).strip('"').removeprefix("b/")
        if path != "/dev/null" and not is_nobodys_work(path):
            self._patch = _Patch(path)

    def _end_file(self) -> None:
        patch, self._patch = self._patch, None
        if patch is None or not patch.lines:
            return
        secrets = self._find(kind_of(patch.path) or "", patch.text())
        sample = is_sample(patch.path)
        for secret in secrets:
            place = secret.line - 1
            real = standing_at(patch.path, secret.standing, secret.kind) is SecretStanding.REAL
            if sample and not real and secret.mark:
                self.samples.add(secret.mark)
            if not real or (patch.path, secret.kind) in self._at_head:
                continue
            if 0 <= place < len(patch.lines) and patch.lines[place].startswith(b"+"):
                first = self.found.get((patch.path, secret.kind))
                if first is None or first.commit != self.at:
                    self.found[patch.path, secret.kind] = self._of_history(secret, patch, place)

    def _of_history(self, secret: Secret, patch: _Patch, place: int) -> Secret:
        return msgspec.structs.replace(
            secret,
            standing=SecretStanding.HISTORY,
            line=patch.number(place),
            commit=self.at,
            path=patch.path,
        )
