"""One clone in the making: whole where it is small, without old contents where it is large."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from reviewer.model.repository import Repository
from reviewer.sources.failures import CloneError
from reviewer.sources.git import GitError, output, printable
from reviewer.sources.hosted import FETCH, HostGit
from reviewer.sources.kept import LAYOUT, LOCAL_SECONDS, Record, keep_whole, set_head, write_record
from reviewer.sources.objects import commit_of
from reviewer.sources.refs import RemoteRefs

SHORT_ID = re.compile(r"[0-9a-f]{4,64}\Z")


class Fresh:
    """One clone in the making."""

    def __init__(
        self, host: HostGit, repository: Repository, address: str, refs: RemoteRefs, wanted: str | None
    ) -> None:
        self.host, self.limits, self.name, self.revision = host, host.limits, repository.name, repository.revision
        self.address, self.refs, self.wanted = address, refs, wanted
        self.blobless = (repository.size_kib or 0) > self.limits.full_kib

    def make(self, place: Path) -> None:
        """Fills a folder beside ``place`` and moves it there when it is whole."""
        for leftover in place.parent.glob(f"{place.name}.part-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        part = place.with_name(f"{place.name}.part-{os.getpid()}")
        try:
            write_record(part, self._fill(part))
            if place.exists():
                place.rename(part.with_suffix(f"{part.suffix}-old"))
            part.rename(place)
        finally:
            for leftover in place.parent.glob(f"{place.name}.part-*"):
                shutil.rmtree(leftover, ignore_errors=True)

    def _fill(self, part: Path) -> Record:
        try:
            self._first(part)
        except CloneError as error:
            if error.mark != "too_large" or self.blobless:
                raise
            self.blobless = True
            self._first(part)
        commit = self._commit(part)
        cut = self._deepen(part, commit) if self.blobless else None
        set_head(part, commit)
        keep_whole(part)
        return Record(
            layout=LAYOUT,
            url=self.address,
            commit=commit,
            branch=self.refs.branch_of(self.revision),
            blobless=self.blobless,
            shallow=(part / "shallow").exists(),
            tags=len(self.refs.tags),
            branches=self.refs.others(self.revision),
            cut=cut,
        )

    def _first(self, part: Path) -> None:
        """Everything, or what the newest commit needs; an empty repository where the commit is fetched by its id."""

        def clone() -> None:
            shutil.rmtree(part, ignore_errors=True)
            if self._by_id():
                output(["init", "-q", "--bare", "--template=", str(part)], str(part), LOCAL_SECONDS)
                output(["config", "remote.origin.url", self.address], str(part), LOCAL_SECONDS)
                return
            usual = ["clone", "-q", "--bare", "--template=", "--no-tags", "--single-branch", *self._sparse()]
            most = self.limits.most_bytes if self.blobless else self.limits.full_bytes
            self.host.git([*usual, "--", self.address, str(part)], None, self.address, (part, most))

        self.host.attempt(self.name, clone)

    def _by_id(self) -> bool:
        """Whether a clone of HEAD would be in vain, or leave another branch cut short beside the wanted commit."""
        head = self.refs.head
        return head is None or (self.blobless and self.wanted not in (None, head))

    def _sparse(self) -> list[str]:
        return ["--depth=1", f"--filter=blob:limit={self.limits.blob}"] if self.blobless else []

    def _commit(self, part: Path) -> str:
        """The commit to review, fetched by its id where the clone of HEAD did not bring it."""
        wanted = self.wanted or self._expanded(part)
        if wanted is not None and commit_of(str(part), wanted) is None:
            asked = [*FETCH, *self._sparse(), "origin", wanted]
            self.host.attempt(self.name, lambda: self.host.git(asked, part, self.address))
        found = commit_of(str(part), wanted) if wanted else None
        if found is None:
            raise no_such(self.name, self.revision)
        return found

    def _expanded(self, part: Path) -> str | None:
        """The commit whose id was begun. Where history is fetched apart, that comes first and its contents after."""
        if not self.blobless:
            return _expand(part, self.revision or "")
        if self.refs.head is not None:
            self._deepen(part, self.refs.head)
            self.wanted = _expand(part, self.revision or "")
        if self.wanted is not None:
            self._first(part)
        return self.wanted

    def _deepen(self, part: Path, commit: str) -> str | None:
        """Fetches older commits without contents. What cuts it short is returned; the newest commit is whole then."""
        asked = [*FETCH, f"--depth={self.limits.commits}", "--filter=blob:none", "origin", commit]
        try:
            self.host.attempt(self.name, lambda: self.host.git(asked, part, self.address))
        except CloneError as error:
            for unfinished in part.glob("objects/pack/tmp_*"):
                unfinished.unlink(missing_ok=True)
            return f"the history could not be fetched: {error}"
        return None


def no_such(name: str, revision: str | None) -> CloneError:
    """The error for a revision that nothing bears."""
    if revision is None:
        return CloneError(f"{name} has no commits yet", "empty")
    return CloneError(f"{name} has no branch, tag or commit '{printable(revision)}'")


def _expand(git_dir: Path, start: str) -> str | None:
    """The one commit whose id begins so; None where there is none or several."""
    if not SHORT_ID.match(start):
        return None
    try:
        asked = ["rev-parse", "--verify", "--quiet", f"{start}^{{commit}}"]
        return output(asked, str(git_dir), LOCAL_SECONDS).decode().strip() or None
    except GitError:
        return None
