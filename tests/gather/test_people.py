"""Joining identities into people, and finding the candidate among them: ``people.yml`` holds the cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reviewer.gather.people import People, addresses_of_own, join_people, mark_own
from reviewer.model.facts.history import Person

CASES = yaml.safe_load(Path(__file__).with_name("people.yml").read_text(encoding="utf-8"))


def joined(identities: dict[str, int]) -> People:
    spelt = {tuple(re.fullmatch(r"(.*?) ?<(.*)>", text).groups()): commits for text, commits in identities.items()}
    return join_people(spelt)


def shown(person: Person) -> str:
    names, addresses = ", ".join(person.names), ", ".join(person.addresses)
    return f"{person.name} {person.commits}: {names} | {addresses}" + (" (bot)" if person.bot else "")


def many(names: list[str]) -> dict[str, int]:
    return {f"{name} <{number}@x.org>": 1 for number, name in enumerate(names)}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES if "people" in case])
def test_identities_are_joined_into_people(case: dict) -> None:
    assert [shown(person) for person in joined(case["identities"]).people] == case["people"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES if "own" in case])
def test_the_candidate_is_marked(case: dict) -> None:
    people = mark_own(joined(case["identities"]), case.get("who", ()), case.get("owner"))
    assert [person.name for person in people.people if person.own] == case["own"]
    assert people.known is case.get("known", True)
    assert people.named is ("who" in case)


def test_every_identity_has_a_person() -> None:
    people = joined({"Dana <dana@x.org>": 1, "Dana Dev <dana@x.org>": 1, "Eve <>": 0})
    assert sorted(people.index) == [("Dana", "dana@x.org"), ("Dana Dev", "dana@x.org"), ("Eve", "")]
    assert people.index["Dana", "dana@x.org"] == people.index["Dana Dev", "dana@x.org"]


@pytest.mark.parametrize(
    ("others", "people_called_anna"),
    [pytest.param(3, 1, id="few-names"), pytest.param(40, 2, id="many-names")],
)
def test_a_first_name_alone_joins_only_where_few_names_are_about(others: int, people_called_anna: int) -> None:
    people = joined(
        many([f"Somebody Else{number}" for number in range(others)]) | {"Anna <a@y.org>": 1, "Anna <b@y.org>": 1}
    )
    assert sum(person.name == "Anna" for person in people.people) == people_called_anna


def test_a_full_name_joins_among_many() -> None:
    people = joined(many([f"Somebody Else{number}" for number in range(40)] + ["Anna Ek", "Anna Ek"]))
    assert sum(person.name == "Anna Ek" for person in people.people) == 1


def test_everybody_counts_where_nobody_dominates_but_bots_never_do() -> None:
    people = mark_own(joined({"Dana <d@x.org>": 5, "Eve <e@x.org>": 5, "ci[bot] <c@x.org>": 1}))
    assert people.is_own(("Dana", "d@x.org"))
    assert people.is_own(("Eve", "e@x.org"))
    assert not people.is_own(("ci[bot]", "c@x.org"))


def test_addresses_of_the_candidate_leave_out_what_others_may_use_too() -> None:
    people = mark_own(joined({"Dana <dana@x.org>": 2, "Dana <root@localhost>": 1, "Eve <e@x.org>": 9}), ("dana",))
    assert addresses_of_own(people) == ("dana@x.org",)


def test_the_order_of_the_history_changes_nothing() -> None:
    identities = {"Dana <d@x.org>": 1, "Dana Dev <d@x.org>": 1, "Dana Dev <e@x.org>": 1, "F <f@x.org>": 1}
    backwards = dict(reversed(identities.items()))
    assert joined(identities) == joined(backwards)
