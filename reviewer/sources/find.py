"""Targets to repositories: local folders, single repositories, and everything that a login owns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reviewer.model.repository import Repository, Subject
from reviewer.model.target import Target, TargetKind
from reviewer.settings import Settings
from reviewer.sources.failures import HostError
from reviewer.sources.local import NotARepository, find_git_dir, origin_of_folder
from reviewer.sources.token import Token, find_token

if TYPE_CHECKING:
    from reviewer.sources.github import GitHub


@dataclass(slots=True)
class Found:
    """What the targets name. ``identities`` are the candidate's login, name and address, where one is known.

    ``trouble`` is one line where a host failed after something had been found.
    """

    repositories: list[Repository] = field(default_factory=list)
    subject: Subject | None = None
    identities: tuple[str, ...] = ()
    token: Token | None = None
    trouble: str | None = None
    notes: list[str] = field(default_factory=list)


def find(targets: Sequence[Target], settings: Settings) -> Found:
    """Looks up what the targets name; nothing is cloned yet.

    Raises:
        HostError: the host does not know a login, refused the token, or could not be asked before anything was found.
    """
    found = Found()
    hosts = _Hosts(settings, found)
    for target in targets:
        if target.kind is TargetKind.PATH:
            found.repositories.append(_local(target))
        elif target.kind is TargetKind.URL:
            found.repositories.append(_elsewhere(target))
        elif target.kind is TargetKind.REPOSITORY:
            found.repositories.append(hosts.repository(target))
        else:
            hosts.login(target)
    found.repositories = _selected(_unique(found.repositories), settings)
    return found


class _Hosts:
    """GitHub, asked only when a target needs it."""

    def __init__(self, settings: Settings, found: Found) -> None:
        self.settings, self.found = settings, found
        self._github: GitHub | None = None

    @property
    def github(self) -> GitHub:
        """The one client of this run."""
        if self._github is None:
            from reviewer.sources.github import GitHub

            self.found.token = find_token(self.settings.github_url)
            self._github = GitHub(self.settings.github_url, self.found.token)
        return self._github

    def repository(self, target: Target) -> Repository:
        """One repository; a failure of its own is its state, not the run's end."""
        assert target.owner is not None and target.name is not None
        if self.settings.offline:
            return _named(target, self.settings.github_url)
        repository = self.github.repository(target.owner, target.name)
        return msgspec.structs.replace(repository, revision=target.revision)

    def login(self, target: Target) -> None:
        """Everything that a login owns; what was listed before a failure is kept."""
        assert target.owner is not None
        if self.settings.offline:
            raise HostError(
                f"{target.owner}: --offline asks no host, and a login's repositories must be listed", usage=True
            )
        user = self.github.account(target.owner)
        listing = self.github.repositories(user)
        self.found.repositories += listing.repositories
        self.found.trouble = self.found.trouble or listing.failure
        self.found.identities += tuple(item for item in (user.login, user.name, user.email) if item)
        self.found.subject = Subject(
            name=user.name or user.login,
            kind="user",
            url=user.url,
            identities=tuple(item for item in (user.login, user.name) if item),
        )


def _local(target: Target) -> Repository:
    assert target.path is not None
    folder = Path(target.path)
    try:
        git_dir, _ = find_git_dir(folder)
    except NotARepository:
        return Repository(name=folder.name or "folder", path=target.path, revision=target.revision)
    url = origin_of_folder(git_dir)
    name = "/".join(url.split("/")[-2:]) if url else _folder_name(folder)
    return Repository(name=name, url=url, path=target.path, revision=target.revision)


def _folder_name(folder: Path) -> str:
    """A folder's own name; that of the folder around it where the own one says nothing (``repo/.git``)."""
    name = folder.resolve().name.removesuffix(".git")
    return name or folder.resolve().parent.name or "repository"


def _elsewhere(target: Target) -> Repository:
    """A repository on another host than GitHub: no listing, only its address."""
    assert target.url is not None
    name = f"{target.owner}/{target.name}"
    return Repository(name=name, url=target.url, clone_url=target.url, revision=target.revision, owner=target.owner)


def _named(target: Target, github_url: str) -> Repository:
    address = f"{github_url.rstrip('/')}/{target.owner}/{target.name}"
    name = f"{target.owner}/{target.name}"
    return Repository(name=name, url=address, clone_url=address, revision=target.revision, owner=target.owner)


def _unique(repositories: list[Repository]) -> list[Repository]:
    """Each once; two of one name (two folders, two revisions) are numbered."""
    kept: dict[tuple[str | None, ...], Repository] = {}
    for item in repositories:
        kept.setdefault(
            (item.path, item.clone_url, item.revision, None if item.path or item.clone_url else item.name), item
        )
    count: dict[str, int] = {}
    found = []
    for item in kept.values():
        count[item.name] = count.get(item.name, 0) + 1
        number = count[item.name]
        found.append(item if number == 1 else msgspec.structs.replace(item, name=f"{item.name} ({number})"))
    return found


def _selected(repositories: list[Repository], settings: Settings) -> list[Repository]:
    """The same list, with the reason on each that is passed over: patterns, forks, the limit on their number."""
    order = sorted(repositories, key=lambda item: (item.pushed or "9999", item.name), reverse=True)
    taken = 0
    found = []
    for item in order:
        reason = item.skip_reason or (None if item.failure else _reason(item, settings))
        if reason is None and item.failure is None:
            taken += 1
            if taken > settings.max:
                reason = f"past the limit of {settings.max} repositories, most recently pushed first (--max)"
        found.append(msgspec.structs.replace(item, skip_reason=reason))
    return found


def _reason(item: Repository, settings: Settings) -> str | None:
    short = item.name.rpartition("/")[2]
    names = (item.name.lower(), short.lower())
    if settings.only and not any(fnmatchcase(name, wanted.lower()) for wanted in settings.only for name in names):
        return "not among --only"
    if any(fnmatchcase(name, left.lower()) for left in settings.skip for name in names):
        return "named by --skip"
    if item.fork and not settings.forks:
        return f"a fork{f' of {item.parent}' if item.parent else ''}; --forks reviews own commits in forks"
    return None
