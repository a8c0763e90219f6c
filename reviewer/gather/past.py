"""The past of a repository: its history with the candidate marked, and the secrets that it still holds. Cached."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import msgspec

from reviewer.gather.history import HistoryOptions, RawHistory, read_history, read_people
from reviewer.gather.history_facts import link_history
from reviewer.gather.history_secrets import HistorySecrets, read_history_secrets
from reviewer.gather.people import People
from reviewer.model.base import Noun
from reviewer.model.facts.documents import Secret
from reviewer.model.facts.history import History
from reviewer.sources.local import Opened
from reviewer.store import Store

PAST_VERSION = "5"
NOT_HERE = "secrets were not looked for in the history: its contents were not fetched"


class Past(Noun):
    """What is kept of a history. ``reasons`` says what could not be read; ``clock`` that time ran out somewhere."""

    history: History
    secrets: tuple[Secret, ...] = ()
    reasons: tuple[str, ...] = ()
    clock: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What the thread hands over."""

    raw: RawHistory
    people: People
    secrets: HistorySecrets


class PastReader:
    """Reads the history in a thread of its own, while the tree is read; what is cached is not read again."""

    def __init__(
        self, opened: Opened, who: Sequence[str], owner: str | None, upstream: tuple[str, ...], store: Store
    ) -> None:
        self._opened, self._who, self._owner, self._upstream = opened, tuple(who), owner, upstream
        self._store = store
        self._kept = _decoded(store.get(self._key()))
        self._threads = ThreadPoolExecutor(1)
        self._read: Future[_Read] | None = None if self._kept else self._threads.submit(self._reading)

    def past(self, lines: Mapping[str, int]) -> Past:
        """The past, once it is read.

        Args:
            lines: of the tree's own source files, by path; the same commit always gives the same.
        """
        if self._read is None:
            assert self._kept is not None
            return self._kept
        read = self._read.result()
        self._threads.shutdown()
        found = Past(
            history=link_history(read.raw, read.people, lines, self._opened.tags, self._beside(), self._opened.pulls),
            secrets=read.secrets.secrets,
            reasons=(*read.raw.reasons, *([read.secrets.reason] if read.secrets.reason else [])),
            clock=read.raw.clock or read.secrets.clock,
        )
        if not found.clock:
            self._store.put_many([(self._key(), msgspec.msgpack.encode(found))])
        return found

    def _beside(self) -> tuple[str, ...]:
        """Names of branches beside the reviewed one, those that a clone remembers included."""
        return tuple(sorted(name for name in self._opened.branches if name != self._opened.branch))

    def _reading(self) -> _Read:
        options = HistoryOptions(count_lines=not self._opened.blobless, who=self._who, owner=self._owner)
        raw = read_history(self._opened.git_dir, self._opened.commit or "", options, self._upstream)
        people = read_people(raw, self._who, self._owner)
        return _Read(raw=raw, people=people, secrets=self._secrets(raw, people))

    def _secrets(self, raw: RawHistory, people: People) -> HistorySecrets:
        if self._opened.blobless:
            return HistorySecrets(reason=NOT_HERE)
        own = {index for index, identity in enumerate(raw.identities) if not people.known or people.is_own(identity)}
        oids = [item.oid for item in raw.commits if item.who in own and item.parents < 2]
        return read_history_secrets(self._opened.git_dir, oids)

    def _key(self) -> str:
        opened = self._opened
        refs = (opened.shallow, opened.tags, opened.pulls, self._beside())
        asked = repr((self._who, self._owner, self._upstream, *refs))
        return f"past/{PAST_VERSION}/{self._opened.commit}/{hashlib.sha256(asked.encode()).hexdigest()}"


def _decoded(data: bytes | None) -> Past | None:
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Past)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
