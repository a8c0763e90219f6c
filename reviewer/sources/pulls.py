"""The merged pull requests of a login, out of GitHub's search: two requests, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer.model.base import Noun
from reviewer.model.facts.pulls import PullRequest, Pulls
from reviewer.model.repository import Repository

if TYPE_CHECKING:
    from reviewer.sources.api import Api

NEWEST = 100
MERGED = "is:pr is:merged author:{login}"
APPROVED = "is:pr is:merged review:approved author:{login}"


class Merged(Noun):
    """The newest pull requests of a login that were merged. ``more`` says that there are older ones."""

    pulls: tuple[PullRequest, ...] = ()
    more: bool = False


def merged_pulls(api: Api, login: str) -> Merged:
    """Asks for the newest hundred, and which of them somebody approved.

    Raises:
        HostError: the host cannot be asked, or does not answer as GitHub does.
    """
    asked = f"pull requests of '{login}'"
    documents, total = _searched(api, MERGED.format(login=login), asked)
    approved = {item.get("html_url") for item in _searched(api, APPROVED.format(login=login), asked)[0]}
    pulls = [_pull(item, item.get("html_url") in approved) for item in documents]
    return Merged(pulls=tuple(pull for pull in pulls if pull), more=total > len(documents))


def parted(pulls: Iterable[PullRequest], repositories: Iterable[Repository], login: str) -> dict[str, Pulls]:
    """The pull requests of each of a login's repositories, by its name.

    Those that others merged into theirs are with the first repository that is not passed over.
    """
    found = list(pulls)
    listed = [item for item in repositories if not item.skip_reason]
    foreign = tuple(item for item in found if item.repository.partition("/")[0].lower() != login.lower())
    given: dict[str, Pulls] = {}
    for item in listed:
        own = tuple(pull for pull in found if pull.repository.lower() == item.name.lower())
        given[item.name] = Pulls(asked=True, own=own, others=() if given else foreign)
    return given


def _searched(api: Api, query: str, asked: str) -> tuple[Sequence[Mapping[str, object]], int]:
    _, found = api.get("/search/issues", asked, q=query, sort="created", order="desc", per_page=NEWEST)
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(items, list):
        raise api.misunderstood(asked)
    total = found.get("total_count")
    documents = [item for item in items if isinstance(item, dict)]
    return documents, total if isinstance(total, int) else len(documents)


def _pull(item: Mapping[str, object], reviewed: bool) -> PullRequest | None:
    """One of the answer's items; None where it lacks what tells it from another."""
    place, number, url = item.get("repository_url"), item.get("number"), item.get("html_url")
    if not isinstance(place, str) or not isinstance(number, int) or not isinstance(url, str):
        return None
    title, body = item.get("title"), item.get("body")
    return PullRequest(
        repository="/".join(place.rstrip("/").split("/")[-2:]),
        number=number,
        title=title if isinstance(title, str) else "",
        url=url,
        words=len(body.split()) if isinstance(body, str) else 0,
        reviewed=reviewed,
    )
