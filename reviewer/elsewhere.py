"""The candidate under another address: what some repositories of a login tell of who they are helps in the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reviewer.gather.people import People, addresses_of_own, mark_own
from reviewer.model.facts.history import Person
from reviewer.model.review import RepositoryReview

SOLE_AUTHOR_OF = 2
"""Repositories of the login that somebody is the only author of, before they are taken for the candidate elsewhere."""


def unrecognised(reviews: Sequence[RepositoryReview], who: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Addresses of people who are the candidate by what other repositories tell, by name of repository.

    An address counts where the candidate was recognised under it by login, name or address. One that is theirs only
    because they are the only author of repositories that they own is weaker: it takes several of those, and counts
    where nothing of theirs was found and one person bears it.

    Args:
        reviews: of one login's repositories.
        who: logins, names and addresses of the candidate that they were read with.
    """
    histories = {item.repository.name: item.facts.history.people for item in reviews if item.facts}
    named = [addresses_of_own(mark_own(_people(people), who)) for people in histories.values()]
    certain = {address for addresses in named for address in addresses}
    times = Counter(address for people in histories.values() for address in addresses_of_own(_people(people)))
    likely = {address for address, count in times.items() if count >= SOLE_AUTHOR_OF}
    found: dict[str, tuple[str, ...]] = {}
    for name, people in histories.items():
        own = any(person.own for person in people)
        addresses = _of_others(people, certain) or (() if own else _of_one(people, likely))
        if addresses:
            found[name] = addresses
    return found


def _of_others(people: Iterable[Person], known: set[str]) -> tuple[str, ...]:
    """Those of the known addresses that people bear who were not recognised."""
    others = [person for person in people if not (person.own or person.bot)]
    return tuple(sorted({address for person in others for address in person.addresses if address in known}))


def _of_one(people: Sequence[Person], known: set[str]) -> tuple[str, ...]:
    """The same, where it is one person alone who bears any of them."""
    bearers = [person for person in people if _of_others([person], known)]
    return _of_others(bearers, known) if len(bearers) == 1 else ()


def _people(people: tuple[Person, ...]) -> People:
    return People(people, {}, named=True)
