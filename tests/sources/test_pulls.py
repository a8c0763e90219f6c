"""The candidate's merged pull requests, as a GitHub tells them."""

from __future__ import annotations

import pytest

from reviewer.model.repository import Repository
from reviewer.sources.failures import HostError
from reviewer.sources.pulls import merged_pulls, parted
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login, Pull
from tests.servers.serve import serve
from tests.sources.asking import github

BODY = "Refuse orders above the stock, since two customers could buy the last item."
PULLS = [
    Pull("ada/shop", 3, "Refuse orders above the stock", BODY, approved=True),
    Pull("ada/shop", 2, "Add the cart"),
    Pull("acme/tools", 12, "Mend the parser", BODY),
]


def ada(pulls: list[Pull]) -> Login:
    """A login with a repository and these pull requests."""
    return Login("ada", repositories=[Listed("shop"), Listed("blog")], pulls=pulls)


def test_merged_pulls_take_two_requests() -> None:
    with serve([ada(PULLS)]) as host:
        found = merged_pulls(github(host).api, "ada")
        assert len(host.asked()) == 2
    assert [(item.repository, item.number, item.words, item.reviewed) for item in found.pulls] == [
        ("ada/shop", 3, 13, True),
        ("ada/shop", 2, 0, False),
        ("acme/tools", 12, 13, False),
    ]
    assert found.pulls[0].url == f"{host.url}/ada/shop/pull/3"
    assert not found.more


def test_of_very_many_the_newest_hundred_are_looked_at() -> None:
    with serve([ada([Pull("ada/shop", number) for number in range(1, 151)])]) as host:
        found = merged_pulls(github(host).api, "ada")
    assert (len(found.pulls), found.more) == (100, True)


def test_a_login_without_any_has_none() -> None:
    with serve([ada([])]) as host:
        assert merged_pulls(github(host).api, "ada").pulls == ()


@pytest.mark.parametrize("status", [403, 422, 500])
def test_a_host_that_does_not_answer_is_named(status: int) -> None:
    with serve([ada(PULLS)]) as host:
        host.faults.append(Fault("/search/issues", status))
        with pytest.raises(HostError, match="pull requests of 'ada'"):
            merged_pulls(github(host).api, "ada")


def test_those_of_others_are_with_the_first_repository_that_is_reviewed() -> None:
    listed = [
        Repository(name="ada/fork", skip_reason="a fork"),
        Repository(name="ada/shop"),
        Repository(name="ada/blog"),
    ]
    with serve([ada(PULLS)]) as host:
        pulls = merged_pulls(github(host).api, "ada").pulls
    found = parted(pulls, listed, "Ada")
    assert {
        name: ([item.number for item in one.own], [item.number for item in one.others]) for name, one in found.items()
    } == {
        "ada/shop": ([3, 2], [12]),
        "ada/blog": ([], []),
    }
