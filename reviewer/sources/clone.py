"""A repository on a host becomes a bare clone on our disk: kept between runs, updated when the host's HEAD moved.

Small ones are cloned whole. Large ones hold every commit and folder, but of the contents only those of the reviewed
commit up to a size. A clone appears under its name when it is finished, with `Record` inside; what was killed on the
way is thrown away by the next run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reviewer.model.repository import Repository
from reviewer.sources.addresses import GITHUB, check_address
from reviewer.sources.failures import CloneError
from reviewer.sources.fresh import SHORT_ID, Fresh, no_such
from reviewer.sources.git import GitError
from reviewer.sources.hosted import FETCH, HostGit
from reviewer.sources.kept import Record, keep_whole, lock, place_of, read_record, set_head, write_record
from reviewer.sources.limits import CloneLimits
from reviewer.sources.objects import commit_of
from reviewer.sources.refs import RemoteRefs
from reviewer.sources.token import Token

UPSTREAM_REF = "refs/reviewer/upstream"


class Cloner:
    """Clones from one GitHub and from other hosts into one folder; may be used from many threads at once.

    Args:
        into: the folder that holds the clones; made where absent.
        token: for the host of ``github_url`` only; None without one.
        github_url: as given; plain http is spoken only where this is http on loopback.
        offline: what is in the folder is used as it is; nothing is asked.
    """

    def __init__(
        self,
        into: Path,
        token: Token | None = None,
        *,
        github_url: str = GITHUB,
        limits: CloneLimits | None = None,
        offline: bool = False,
    ) -> None:
        self.into, self.github_url, self.offline = into.absolute(), github_url, offline
        self.host = HostGit(token, limits or CloneLimits())

    def clone(self, repository: Repository) -> Path:
        """The bare git directory of a repository at its ``revision`` (default: the host's HEAD); see `read_record`.

        Raises:
            CloneError: in one sentence, why there is none.
        """
        address = check_address(repository.clone_url or "", self.github_url)
        with self._locked(address, repository.revision) as place:
            kept = read_record(place)
            if kept is not None and (self.offline or _settled(kept, repository.revision)):
                return place
            if self.offline:
                raise CloneError(f"{repository.name} is not in the cache, and --offline asks no host")
            address, refs = self.host.refs(address, repository.name)
            wanted = _wanted(refs, repository)
            if kept is not None and wanted and self._updated(place, kept, wanted, refs, repository.revision):
                return place
            Fresh(self.host, repository, address, refs, wanted).make(place)
            return place

    def fetch_upstream(self, git_dir: Path, parent_clone_url: str, name: str) -> str:
        """Brings the commits of a fork's parent into its clone, without their contents.

        Args:
            git_dir: what `clone` gave for the fork.
            parent_clone_url: where the parent lies; name: of the parent, for messages.

        Returns:
            The parent's tip: what is reachable from it is not the fork's own (``git log HEAD ^TIP``).

        Raises:
            CloneError: the parent cannot be had.
        """
        address = check_address(parent_clone_url, self.github_url)
        with lock(git_dir):
            kept = read_record(git_dir)
            if kept is None or (self.offline and kept.upstream is None):
                raise CloneError(
                    f"{name} is not in the cache" + (", and --offline asks no host" if self.offline else "")
                )
            if self.offline and kept.upstream is not None:
                return kept.upstream
            address, refs = self.host.refs(address, name)
            if refs.head is None:
                raise CloneError(f"{name} has no commits yet")
            if kept.upstream != refs.head:
                self._bring(git_dir, refs.head, address, name, kept)
            return refs.head

    def _bring(self, git_dir: Path, tip: str, address: str, name: str, kept: Record) -> None:
        here = commit_of(str(git_dir), tip) is not None
        if not here:
            asked = [*FETCH, "--filter=tree:0", "--", address, f"+{tip}:{UPSTREAM_REF}"]
            self.host.attempt(name, lambda: self.host.git(asked, git_dir, address))
            keep_whole(git_dir)
        write_record(git_dir, msgspec.structs.replace(kept, upstream=tip, partial=kept.partial or not here))

    def _updated(self, place: Path, kept: Record, wanted: str, refs: RemoteRefs, revision: str | None) -> bool:
        """Brings a kept clone to what the host has now. False where it is simpler and safer to clone again."""
        if kept.cut:
            return False
        if kept.commit != wanted:
            if kept.blobless or kept.shallow or kept.partial:
                return False
            try:
                self.host.git([*FETCH, "origin", wanted], place, kept.url)
                set_head(place, wanted)
            except GitError:
                return False
        now = msgspec.structs.replace(
            kept,
            commit=wanted,
            branch=refs.branch_of(revision),
            tags=len(refs.tags),
            branches=refs.others(revision),
        )
        if now != kept:
            write_record(place, now)
        return True

    @contextlib.contextmanager
    def _locked(self, address: str, revision: str | None) -> Iterator[Path]:
        place = self.into / place_of(address, revision)
        place.parent.mkdir(parents=True, exist_ok=True)
        with lock(place):
            yield place


def clone(repository: Repository, into: Path, token: Token | None = None, github_url: str = GITHUB) -> Path:
    """Clones one repository with the usual limits; see `Cloner.clone`."""
    return Cloner(into, token, github_url=github_url).clone(repository)


def _wanted(refs: RemoteRefs, repository: Repository) -> str | None:
    """The commit to review by what the host says; None for the beginning of an id, which only a clone can tell.

    Raises:
        CloneError: nothing was ever pushed, or nothing bears that name.
    """
    if not refs.head and not refs.heads:
        raise CloneError(f"{repository.name} has no commits yet", "empty")
    if repository.revision is None:
        return refs.head or refs.fallback(repository.default_branch)
    found = refs.resolve(repository.revision)
    if found is None and not SHORT_ID.match(repository.revision):
        raise no_such(repository.name, repository.revision)
    return found


def _settled(kept: Record, revision: str | None) -> bool:
    """Whether what was asked cannot have moved: the beginning of the reviewed commit's id, or all of it."""
    return kept.cut is None and bool(revision and SHORT_ID.match(revision) and kept.commit.startswith(revision))
