"""Repositories to object stores: local folders opened in place, hosted ones cloned by a few threads at once."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from reviewer.model.repository import Repository
from reviewer.settings import Settings
from reviewer.sources.asked import Host
from reviewer.sources.clone import Cloner
from reviewer.sources.failures import CloneError, SourceError
from reviewer.sources.git import GitError
from reviewer.sources.kept import read_record
from reviewer.sources.local import NotARepository, Opened, open_local

CLONES_AT_ONCE = 4

Result = tuple[Repository, Opened | str | None, tuple[str, ...]]
"""A repository, its objects (None: passed over; a text: why it cannot be read), and the upstream ids of a fork."""


class Opener:
    """Opens the repositories of one run."""

    def __init__(self, settings: Settings, cache: Path | None, workspace: Path, host: Host | None) -> None:
        """Opens nothing yet.

        Args:
            settings: say which GitHub there is, and whether it may be asked.
            cache: where clones are kept, None to keep none.
            workspace: a folder of this run alone.
            host: the GitHub that gave the repositories, None where all are local or elsewhere.
        """
        self.workspace, self.host = workspace, host
        token = host.token if host else None
        self.cloner = Cloner(
            (cache or workspace) / "clones", token, github_url=settings.github_url, offline=settings.offline
        )

    def each(self, repositories: Sequence[Repository]) -> Generator[Result, None, None]:
        """Every repository once: passed over and local ones in order, hosted ones as their clones are finished."""
        hosted = []
        for number, item in enumerate(repositories):
            if item.skip_reason or item.failure:
                yield item, None, ()
            elif item.path is not None:
                yield item, self._local(item, number), ()
            else:
                hosted.append(item)
        with ThreadPoolExecutor(CLONES_AT_ONCE) as threads:
            waiting = [threads.submit(self._hosted, item) for item in hosted]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                for left in waiting:
                    left.cancel()

    def _local(self, item: Repository, number: int) -> Opened | str:
        place = self.workspace / f"local-{number}"
        place.mkdir()
        try:
            return open_local(item.path or "", item.revision, place)
        except NotARepository:
            return "not a git repository"
        except (GitError, OSError) as error:
            return f"could not be opened: {error.said if isinstance(error, GitError) else error.strerror}"

    def _hosted(self, item: Repository) -> Result:
        try:
            git_dir = self.cloner.clone(item)
            item, upstream = self._upstream(item, git_dir)
            return item, _opened(item, git_dir), upstream
        except (SourceError, GitError) as error:
            if isinstance(error, CloneError) and error.mark == "empty":
                return item, Opened(git_dir="", commit=None, reason="no commits yet", empty=True), ()
            return item, str(error), ()
        except OSError as error:
            return item, f"could not be cloned: {error.strerror or error}", ()

    def _upstream(self, item: Repository, git_dir: Path) -> tuple[Repository, tuple[str, ...]]:
        """A fork with its parent named, and the parent's tip: what is reachable from it is not the fork's own."""
        if not item.fork:
            return item, ()
        try:
            if item.parent_clone_url is None and self.host is not None:
                item = self.host.with_parent(item)
            if item.parent_clone_url is not None:
                name = item.parent or "its parent"
                return item, (self.cloner.fetch_upstream(git_dir, item.parent_clone_url, name),)
        except SourceError as error:
            raise CloneError(f"a fork whose upstream cannot be read: {error}") from None
        raise CloneError("a fork whose upstream could not be found: own commits cannot be told apart")


def _opened(item: Repository, git_dir: Path) -> Opened:
    record = read_record(git_dir)
    if record is None:
        return Opened(git_dir=str(git_dir), commit=None, reason="its clone could not be read")
    return Opened(
        git_dir=str(git_dir),
        commit=record.commit,
        branch=record.branch or item.revision,
        url=item.url,
        shallow=record.shallow,
        blobless=record.blobless,
        tags=record.tags,
        problems=[record.cut] if record.cut else [],
        branches=dict.fromkeys(record.branches, ""),
    )
