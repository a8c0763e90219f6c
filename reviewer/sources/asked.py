"""What a GitHub said, kept between runs: with ``--offline`` the same logins and forks are known without asking."""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec

from reviewer.model.base import Noun
from reviewer.model.repository import Repository
from reviewer.settings import Settings, cache_folder
from reviewer.sources.failures import HostError
from reviewer.sources.github import Account, GitHub, Listing
from reviewer.sources.pulls import Merged, merged_pulls
from reviewer.sources.token import Token, find_token

FOLDER = "asked"
Answer = TypeVar("Answer", bound=Noun)


class Host:
    """The GitHub of one run. What it answers is kept in the cache; offline, what it answered last is all there is."""

    def __init__(self, settings: Settings) -> None:
        cache = cache_folder(settings)
        self.url, self.offline = settings.github_url.rstrip("/"), settings.offline
        self.folder = cache / FOLDER if cache else None

    @cached_property
    def token(self) -> Token | None:
        """The token for this host, looked for when it is first needed; none offline.

        Raises:
            HostError: what is set as the token cannot be one.
        """
        return None if self.offline else find_token(self.url)

    def account(self, login: str) -> Account:
        """Looks a login up; see `GitHub.account`."""
        key = f"login {login}"
        if self.offline:
            return self._kept(key, Account) or _absent(f"login '{login}'")
        return self._keep(key, self._github.account(login))

    def repositories(self, account: Account) -> Listing:
        """All repositories of an account; see `GitHub.repositories`."""
        key = f"repositories {account.login}"
        if self.offline:
            return self._kept(key, Listing) or _absent(f"repositories of '{account.login}'")
        return self._keep(key, self._github.repositories(account))

    def repository(self, owner: str, name: str) -> Repository:
        """One repository; see `GitHub.repository`. Offline, one that was never asked for goes by what was typed."""
        key = f"repository {owner}/{name}"
        if self.offline:
            return self._kept(key, Repository) or self.named(owner, name)
        found = self._github.repository(owner, name)
        return found if found.failure else self._keep(key, found)

    def with_parent(self, fork: Repository) -> Repository:
        """A fork with its parent, where that is to be had; see `GitHub.with_parent`."""
        key = f"fork {fork.name}"
        if self.offline:
            kept = self._kept(key, Repository) or fork
            return msgspec.structs.replace(fork, parent=kept.parent, parent_clone_url=kept.parent_clone_url)
        return self._keep(key, self._github.with_parent(fork))

    def pulls(self, login: str) -> Merged:
        """The merged pull requests of a login; see `merged_pulls`."""
        key = f"pulls {login}"
        if self.offline:
            return self._kept(key, Merged) or _absent(f"pull requests of '{login}'")
        return self._keep(key, merged_pulls(self._github.api, login))

    def named(self, owner: str, name: str) -> Repository:
        """A repository of which nothing but its name is known."""
        address = f"{self.url}/{owner}/{name}"
        return Repository(name=f"{owner}/{name}", url=address, clone_url=address, owner=owner)

    @cached_property
    def _github(self) -> GitHub:
        return GitHub(self.url, self.token)

    def _place(self, key: str) -> Path | None:
        """Names of strangers are no file names: a hash of them is."""
        name = hashlib.sha256(f"{self.url.lower()} {key.lower()}".encode()).hexdigest()[:32]
        return self.folder / f"{name}.json" if self.folder else None

    def _keep(self, key: str, answer: Answer) -> Answer:
        place = self._place(key)
        if place is not None:
            with contextlib.suppress(OSError):  # without a cache the review is the same
                place.parent.mkdir(parents=True, exist_ok=True)
                new = place.with_name(f"{place.name}.{os.getpid()}")
                new.write_bytes(msgspec.json.encode(answer))
                new.replace(place)
        return answer

    def _kept(self, key: str, kind: type[Answer]) -> Answer | None:
        place = self._place(key)
        try:
            return msgspec.json.decode(place.read_bytes(), type=kind) if place else None
        except (OSError, ValueError):
            return None


def _absent(what: str) -> NoReturn:
    raise HostError(f"{what}: not in the cache, and --offline asks no host", usage=True)
