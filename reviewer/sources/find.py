"""Targets to repositories: local folders, single repositories, and everything that a login owns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import msgspec

from reviewer.model.facts.pulls import Pulls
from reviewer.model.repository import Repository, Subject
from reviewer.model.target import Target, TargetKind
from reviewer.settings import Settings
from reviewer.sources.asked import Host
from reviewer.sources.failures import HostError
from reviewer.sources.local import NotARepository, find_git_dir, origin_of_folder
from reviewer.sources.pulls import parted


@dataclass(slots=True)
class Found:
    """What the targets name. ``identities`` are the candidate's login, name and address, where one is known.

    ``host`` is the GitHub that was asked, None where no target needed it. ``trouble`` is one line where it failed.
    ``unknown`` are repositories that it does not know.
    ``pulls`` are a login's pull requests by repository, where they were asked for.
    """

    repositories: list[Repository] = field(default_factory=list)
    subject: Subject | None = None
    identities: tuple[str, ...] = ()
    host: Host | None = None
    trouble: str | None = None
    unknown: list[Repository] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pulls: dict[str, Pulls] = field(default_factory=dict)


def find(targets: Sequence[Target], settings: Settings) -> Found:
    """Looks up what the targets name; nothing is cloned yet.

    Raises:
        HostError: the host does not know a login or any of the repositories, or refused the token.
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
    if found.unknown and len(found.unknown) == len(targets):
        more = f" (and {len(targets) - 1} more)" if len(targets) > 1 else ""
        raise HostError(f"{found.unknown[0].failure}{more}", usage=True)
    if found.trouble:
        found.notes.append(found.trouble)
    found.repositories = _selected(_unique(found.repositories), settings)
    return found


class _Hosts:
    """GitHub, asked only when a target needs it. A failure of the host is noted, and what was found before is kept."""

    def __init__(self, settings: Settings, found: Found) -> None:
        self.settings, self.found = settings, found

    @cached_property
    def host(self) -> Host:
        """The one GitHub of this run."""
        self.found.host = Host(self.settings)
        return self.found.host

    def repository(self, target: Target) -> Repository:
        """One repository; a failure of its own is its state, not the run's end."""
        assert target.owner is not None and target.name is not None
        try:
            repository = self.host.repository(target.owner, target.name)
            if repository.failure:
                self.found.unknown.append(repository)
        except HostError as error:
            self._failed(error)
            repository = msgspec.structs.replace(self.host.named(target.owner, target.name), failure=str(error))
        return msgspec.structs.replace(repository, revision=target.revision)

    def login(self, target: Target) -> None:
        """Everything that a login owns; what was listed before a failure is kept."""
        assert target.owner is not None
        url = f"{self.host.url}/{target.owner}"
        self.found.subject = Subject(name=target.owner, kind="user", url=url, identities=(target.owner,))
        try:
            user = self.host.account(target.owner)
            self.found.identities += tuple(item for item in (user.login, user.name, user.email) if item)
            names = tuple(item for item in (user.login, user.name) if item)
            self.found.subject = Subject(name=user.name or user.login, kind="user", url=user.url, identities=names)
            listing = self.host.repositories(user)
        except HostError as error:
            self._failed(error)
            return
        self.found.repositories += listing.repositories
        if self.settings.pulls:
            self._pulls(user.login, listing.repositories)
        self.found.trouble = self.found.trouble or listing.failure

    def _pulls(self, login: str, repositories: Sequence[Repository]) -> None:
        """The login's merged pull requests; that they could not be had is noted, and ends nothing."""
        try:
            found = self.host.pulls(login)
        except HostError as error:
            self.found.notes.append(str(error))
            return
        self.found.pulls |= parted(found.pulls, repositories, login)
        if found.more:
            self.found.notes.append(f"of the pull requests of {login} the newest {len(found.pulls)} are looked at")

    def _failed(self, error: HostError) -> None:
        """Notes a failure of the host; raises one that whoever started the run can mend."""
        if error.usage:
            raise error
        self.found.trouble = self.found.trouble or str(error)


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


def _unique(repositories: list[Repository]) -> list[Repository]:
    """Each once; folders of one name bear that of the folder around them too, what still has one name is numbered."""
    kept: dict[tuple[str | None, ...], Repository] = {}
    for item in repositories:
        kept.setdefault(
            (item.path, item.clone_url, item.revision, None if item.path or item.clone_url else item.name), item
        )
    several = Counter(item.name for item in kept.values())
    named = [_with_folder(item) if several[item.name] > 1 else item for item in kept.values()]
    count: dict[str, int] = {}
    found = []
    for item in named:
        count[item.name] = count.get(item.name, 0) + 1
        number = count[item.name]
        found.append(item if number == 1 else msgspec.structs.replace(item, name=f"{item.name} ({number})"))
    return found


def _with_folder(item: Repository) -> Repository:
    """``ada/api`` for the folder ``ada/api`` that is known as ``api``; what has an address is known by that."""
    if item.path is None or item.url:
        return item
    around = Path(item.path).resolve().parent.name
    return msgspec.structs.replace(item, name=f"{around}/{item.name}") if around else item


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
