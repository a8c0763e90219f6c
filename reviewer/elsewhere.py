"""The candidate under another address: what some repositories of a login tell of who they are helps in the others."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.gather.people import People, addresses_of_own, mark_own
from reviewer.model.facts.history import Person
from reviewer.model.review import RepositoryReview


def unrecognised(reviews: Sequence[RepositoryReview], who: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Addresses of people who are the candidate by what other repositories tell, by name of repository.

    An address counts where the candidate was recognised under it by login, name or address. One that is theirs only
    because they own a repository with a single author counts where nothing of theirs was found otherwise.

    Args:
        reviews: of one login's repositories.
        who: logins, names and addresses of the candidate that they were read with.
    """
    histories = {item.repository.name: item.facts.history.people for item in reviews if item.facts}
    certain = {address for people in histories.values() for address in addresses_of_own(mark_own(_people(people), who))}
    likely = {address for people in histories.values() for address in addresses_of_own(_people(people))}
    found: dict[str, tuple[str, ...]] = {}
    for name, people in histories.items():
        known = certain if any(person.own for person in people) else certain | likely
        others = {address for person in people if not (person.own or person.bot) for address in person.addresses}
        if others & known:
            found[name] = tuple(sorted(others & known))
    return found


def _people(people: tuple[Person, ...]) -> People:
    return People(people, {}, named=True)
