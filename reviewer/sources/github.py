"""What a GitHub says of a login and its repositories: 250 of them in four requests, one more for each fork's parent."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from reviewer.model.base import Noun
from reviewer.model.repository import Repository
from reviewer.sources.addresses import GITHUB
from reviewer.sources.failures import HostError
from reviewer.sources.limits import ApiLimits
from reviewer.sources.token import Token

if TYPE_CHECKING:
    from reviewer.sources.api import Api

GONE = (404, 410, 451)
"""Answers about one repository that are a result, not a failure of the host."""


class Account(Noun):
    """Who a login is. ``name`` and ``email`` are what they made public; ``own``: the host says the token is theirs."""

    login: str
    name: str | None = None
    email: str | None = None
    kind: str = "User"
    url: str | None = None
    own: bool = False


class Listing(Noun):
    """Repositories, most recently pushed first. ``failure`` says what is missing where a part could not be had."""

    repositories: tuple[Repository, ...] = ()
    failure: str | None = None


class GitHub:
    """One host, asked within ``limits``; nothing is asked, nor PyGithub loaded, before the first call."""

    def __init__(self, github_url: str = GITHUB, token: Token | None = None, limits: ApiLimits | None = None) -> None:
        self.github_url, self.token, self.limits = github_url, token, limits or ApiLimits()

    @cached_property
    def api(self) -> Api:
        """PyGithub behind its bounds."""
        from reviewer.sources.api import Api

        return Api(self.github_url, self.token, self.limits)

    def account(self, login: str) -> Account:
        """Looks a login up.

        Raises:
            HostError: there is none (``usage``), or the host cannot be asked.
        """
        asked = f"login '{login}'"
        _, found = self.api.get(f"/users/{_piece(login)}", asked)
        if not isinstance(found, dict) or not isinstance(found.get("login"), str):
            raise self.api.misunderstood(asked)
        return Account(
            login=found["login"],
            name=_text(found.get("name")),
            email=_text(found.get("email")),
            kind=_text(found.get("type")) or "User",
            url=_text(found.get("html_url")),
            own=self.token is not None and found.get("user_view_type") == "private",
        )

    def repositories(self, account: Account) -> Listing:
        """All repositories of an account; private ones too where the token is its own.

        What was listed before a failure is kept, and the failure named beside it.

        Raises:
            HostError: nothing was listed.
        """
        public = _Pages(self, f"/users/{_piece(account.login)}/repos", account, type="owner")
        if self.token is not None and account.kind == "User" and (account.own or self._owns(account, public)):
            try:
                listing = _Pages(self, "/user/repos", account, affiliation="owner").all()
            except HostError:
                listing = Listing()  # a token without the right to list
            if listing.repositories:
                return listing
        return public.all()

    def repository(self, owner: str, name: str) -> Repository:
        """One repository, by its present name if it was renamed. ``failure`` is set where the host has none to give.

        Raises:
            HostError: the host cannot be asked.
        """
        asked = f"repository '{owner}/{name}'"
        try:
            _, found = self.api.get(f"/repos/{_piece(owner)}/{_piece(name)}", asked)
        except HostError as error:
            if error.status not in GONE:
                raise
            return Repository(name=f"{owner}/{name}", owner=owner, failure=str(error))
        return self.api.repository(found, asked)

    def with_parent(self, fork: Repository) -> Repository:
        """A listed fork with its parent, for one request; unchanged where the parent is not to be had.

        Raises:
            HostError: the host cannot be asked.
        """
        if not fork.fork or fork.parent is not None or fork.owner is None:
            return fork
        found = self.repository(fork.owner, fork.name.rpartition("/")[2])
        return msgspec.structs.replace(fork, parent=found.parent, parent_clone_url=found.parent_clone_url)

    def _owns(self, account: Account, public: _Pages) -> bool:
        """Whether the token is the account's own: nobody else administers a person's repositories.

        Costs a request only where the account shows no repository.
        """
        if public.next() or public.administered or public.found:
            return public.administered
        try:
            _, found = self.api.get("/user", "the token's own login")
        except HostError:
            return False
        return isinstance(found, dict) and str(found.get("login")).lower() == account.login.lower()


class _Pages:
    """A listing on its way, page by page. Pages are asked for by number: a ``Link`` header is only looked at."""

    def __init__(self, github: GitHub, path: str, account: Account, **parameters: str) -> None:
        self.github, self.path, self.login, self.parameters = github, path, account.login, parameters
        self.asked = f"repositories of '{account.login}'"
        self.found: dict[str, Repository] = {}
        self.page, self.more, self.administered = 0, True, False

    def all(self) -> Listing:
        """What was listed and what is left."""
        while self.more and self.page < self.github.limits.pages:
            try:
                self.next()
            except HostError as error:
                if self.page == 0:
                    raise
                return self._listing(f"{error} (after the first {len(self.found)})")
        return self._listing(
            f"{self.asked}: only the {len(self.found)} most recently pushed are listed" if self.more else None
        )

    def next(self) -> bool:
        """Lists one page; says whether there may be another."""
        from reviewer.sources.api import PER_PAGE

        api = self.github.api
        numbered = {"page": self.page + 1} if self.page else {}
        usual = {"sort": "pushed", "direction": "desc"}
        headers, documents = api.get(self.path, self.asked, per_page=PER_PAGE, **self.parameters, **usual, **numbered)
        if not isinstance(documents, list):
            raise api.misunderstood(self.asked)
        for document in documents:
            self._add(api.repository(document, self.asked))
        link = headers.get("link", "").strip()
        self.administered = self.administered or any(_administered(document) for document in documents)
        self.more = 'rel="next"' in link if link else len(documents) >= PER_PAGE
        self.page += 1
        return self.more

    def _listing(self, failure: str | None) -> Listing:
        return Listing(repositories=tuple(self.found.values()), failure=failure)

    def _add(self, repository: Repository) -> None:
        """Keeps one of this login's; one that slid to the next page meanwhile comes twice and counts once."""
        if (repository.owner or "").lower() == self.login.lower():
            self.found.setdefault(repository.name.lower(), repository)


def _administered(document: object) -> bool:
    permissions = document.get("permissions") if isinstance(document, dict) else None
    return isinstance(permissions, dict) and permissions.get("admin") is True


def _piece(text: str) -> str:
    """A login or a name as one piece of a path."""
    return quote(text, safe="")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
