"""Joins the names and addresses of a history into people, and says which of them is the candidate.

A ``.mailmap`` is never applied: it is part of what is reviewed. People are joined by address, by GitHub's noreply
addresses, and by name only where no other person bears it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from reviewer.gather._identities import is_bot, is_placeholder_address, is_placeholder_name, login_of
from reviewer.model.facts.history import Person

Identity = tuple[str, str]

FIRST_NAMES_UP_TO = 20
"""Up to this many different names in a repository, one word is name enough; among more, two may well be called Anna."""
SHORTEST_LOOK_ALIKE = 5
"""Characters from which ``jane-doe`` and ``Jane Doe`` are taken for the same."""
DOMINANCE = 0.5
"""One author with more than this share of the commits is the candidate where nobody is named (the contract's rule)."""
ACCOUNTS_UP_TO = 300
"""Identities of a repository up to which accounts are compared; among more, two people may well spell alike."""
SHORTEST_ACCOUNT = 6
"""Letters of an address's account from which on it is taken for a login or name that it spells."""
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a history, most commits first, and who of them stands behind which identity.

    ``named`` says that the candidate was named by who asked; ``known`` is False where nobody was named and nobody
    dominates, so that everyone's work counts.
    """

    people: tuple[Person, ...]
    index: Mapping[Identity, int]
    named: bool = False
    known: bool = True

    def is_own(self, identity: Identity) -> bool:
        """Whether an identity's work counts as the candidate's."""
        person = self.people[self.index[identity]]
        return person.own or (not self.known and not person.bot)


def name_key(name: str) -> str:
    """A name for comparison: one Unicode form, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def join_people(identities: Mapping[Identity, int]) -> People:
    """Joins identities into people.

    Args:
        identities: name and address as commits spell them, to the number of commits.
    """
    ordered = sorted(identities)
    groups = _Groups(ordered)
    _join_by_address(groups)
    _join_by_name(groups)
    _join_by_account(groups)
    people = [(_person(members, identities), members) for members in groups.members()]
    people.sort(key=lambda item: (-item[0].commits, item[0].name, item[1]))
    index = {identity: place for place, (_, members) in enumerate(people) for identity in members}
    return People(tuple(person for person, _ in people), index)


def mark_own(people: People, who: Sequence[str] = (), owner: str | None = None) -> People:
    """Marks the candidate.

    Args:
        people: from `join_people`.
        who: logins, names and addresses that are the candidate's; empty where nobody is named.
        owner: the login that owns the repository, where it has one.
    """
    wanted = {name_key(word).lstrip("@") for word in who} - {""}
    humans = [place for place, person in enumerate(people.people) if not person.bot]
    if wanted:
        own = {place for place in humans if _is(people.people[place], wanted)}
        if not own and owner and name_key(owner) in wanted and len(humans) == 1:
            own = set(humans)
        return _marked(people, own, named=True, known=True)
    total = sum(people.people[place].commits for place in humans)
    own = {place for place in humans if people.people[place].commits > DOMINANCE * total}
    return _marked(people, own, named=False, known=bool(own) or not humans)


def addresses_of_own(people: People) -> tuple[str, ...]:
    """Addresses that are the candidate's alone, to find the same person in another repository. For no output."""
    found = {address for person in people.people if person.own for address in person.addresses}
    return tuple(sorted(address for address in found if not is_placeholder_address(address)))


class _Groups:
    """Disjoint sets of identities."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self.identities = identities
        self._parent = {identity: identity for identity in identities}

    def root(self, identity: Identity) -> Identity:
        while self._parent[identity] != identity:
            self._parent[identity] = self._parent[self._parent[identity]]
            identity = self._parent[identity]
        return identity

    def join(self, one: Identity, other: Identity) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def members(self) -> list[list[Identity]]:
        found: dict[Identity, list[Identity]] = defaultdict(list)
        for identity in self.identities:
            found[self.root(identity)].append(identity)
        return list(found.values())


def _join_by_address(groups: _Groups) -> None:
    """Same address or same login. Programs join only programs, whatever address they borrow."""
    first: dict[tuple[str, bool], Identity] = {}
    for identity in groups.identities:
        address = identity[1].casefold().strip()
        bot = is_bot(*identity)
        if bot or not is_placeholder_address(address):
            groups.join(first.setdefault((login_of(address) or address, bot), identity), identity)
        else:
            groups.join(first.setdefault((f"{name_key(identity[0])}\n{address}", bot), identity), identity)


def _join_by_name(groups: _Groups) -> None:
    """Same name, a login counting as one, unless two logins show that different people bear it."""
    bearers: dict[str, list[Identity]] = defaultdict(list)
    logins: dict[Identity, set[str]] = defaultdict(set)
    for identity in groups.identities:
        if is_bot(*identity):
            continue
        login = login_of(identity[1])
        if login:
            bearers[login].append(identity)
            logins[groups.root(identity)].add(login)
        bearers[name_key(identity[0])].append(identity)
    many = len({name_key(name) for name, _ in groups.identities}) > FIRST_NAMES_UP_TO
    for name in sorted(bearers):
        known = set().union(*(logins[root] for root in {groups.root(item) for item in bearers[name]}))
        if is_placeholder_name(name) or len(known) > 1 or (many and name.isalpha() and name not in known):
            continue
        before = {groups.root(item) for item in bearers[name]}
        for identity in bearers[name][1:]:
            groups.join(bearers[name][0], identity)
        logins[groups.root(bearers[name][0])] |= set().union(*(logins[root] for root in before))


def _join_by_account(groups: _Groups) -> None:
    """An address whose account spells another's login or name (``dana.dev42@``), where one person alone bears it."""
    if len(groups.identities) > ACCOUNTS_UP_TO:
        return
    bearers: dict[str, set[Identity]] = defaultdict(set)
    for identity in groups.identities:
        if not is_bot(*identity):
            for key in _spelled(identity):
                bearers[key].add(groups.root(identity))
    for identity in groups.identities:
        mail = identity[1].casefold().strip()
        if is_bot(*identity) or login_of(mail) or is_placeholder_address(mail):
            continue
        account = NOT_WORDS.sub("", mail.partition("@")[0]).rstrip("0123456789")
        if len(account) < SHORTEST_ACCOUNT:
            continue
        known = {groups.root(item) for item in bearers.get(account, ())} - {groups.root(identity)}
        if len(known) == 1 and _may_join(groups, other := known.pop(), identity):
            groups.join(other, identity)


def _spelled(identity: Identity) -> set[str]:
    """How an account of this identity may be spelled: its login, its name in one word, its initial with the surname."""
    words = name_key(identity[0]).split()
    plain = [NOT_WORDS.sub("", word) for word in words]
    found = {NOT_WORDS.sub("", login_of(identity[1]) or ""), "".join(plain), "".join(reversed(plain))}
    if len(plain) == 2 and "@" not in identity[0] and all(plain):
        found |= {plain[0][0] + plain[1], plain[1][0] + plain[0]}
    return {word.rstrip("0123456789") for word in found if not is_placeholder_name(word)} - {""}


def _may_join(groups: _Groups, one: Identity, other: Identity) -> bool:
    """Not where logins of GitHub tell two people apart, nor where their names share no word."""
    sides = [[item for item in groups.identities if groups.root(item) == groups.root(side)] for side in (one, other)]
    logins = [{login_of(item[1]) for item in side} - {None} for side in sides]
    if logins[0] and logins[1] and not logins[0] & logins[1]:
        return False
    words = [{word for item in side for word in NOT_WORDS.split(name_key(item[0])) if len(word) > 2} for side in sides]
    return any(a in b or b in a for a in words[0] for b in words[1])


def _person(members: Sequence[Identity], identities: Mapping[Identity, int]) -> Person:
    names: Counter[str] = Counter()
    addresses: Counter[str] = Counter()
    for name, address in members:
        names[name] += identities[name, address]
        addresses[address.casefold().strip()] += identities[name, address]
    ranked = sorted(
        (name for name in names if name), key=lambda name: (is_placeholder_name(name_key(name)), -names[name], name)
    )
    return Person(
        name=ranked[0] if ranked else "unknown",
        names=tuple(ranked),
        addresses=tuple(sorted((a for a in addresses if a), key=lambda address: (-addresses[address], address))),
        bot=any(is_bot(*member) for member in members),
        commits=sum(identities[member] for member in members),
    )


def _is(person: Person, wanted: Iterable[str]) -> bool:
    """Whether a person bears a wanted login, name or address, or one that differs in punctuation alone."""
    logins = {login for login in map(login_of, person.addresses) if login}
    exact = {*map(name_key, person.names), *person.addresses, *logins}
    look_alikes = {NOT_WORDS.sub("", name_key(name)) for name in person.names}
    look_alikes |= {
        NOT_WORDS.sub("", address.partition("@")[0]) for address in person.addresses if not login_of(address)
    }
    for word in wanted:
        if word in exact or login_of(word) in logins:
            return True
        plain = NOT_WORDS.sub("", word)
        if "@" not in word and not logins and len(plain) >= SHORTEST_LOOK_ALIKE and plain in look_alikes:
            return True
    return False


def _marked(people: People, own: set[int], *, named: bool, known: bool) -> People:
    marked = tuple(msgspec.structs.replace(person, own=place in own) for place, person in enumerate(people.people))
    return replace(people, people=marked, named=named, known=known)
