"""What is asked of a GitHub, and what is made of its answers."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewer.sources.addresses import api_bases
from reviewer.sources.failures import HostError
from reviewer.sources.limits import ApiLimits
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import serve
from tests.sources.asking import SECRET, USERS, github, host_of, listed, many

ROOT = Path(__file__).parents[2]


def test_an_account_has_the_public_name_and_address() -> None:
    with host_of([]) as host:
        ada = github(host).account("Ada")
    assert (ada.login, ada.name, ada.email, ada.kind) == ("ada", "Ada Example", "ada@example.org", "User")
    assert ada.url == f"{host.url}/ada"


def test_a_listed_repository_is_read_whole() -> None:
    with host_of([Listed("shop", size_kib=77, default_branch="trunk", archived=True, fork=True)]) as host:
        (shop,) = listed(github(host)).repositories
    assert (shop.owner, shop.name, shop.url) == ("ada", "ada/shop", f"{host.url}/ada/shop")
    assert shop.clone_url == f"{host.url}/ada/shop.git"
    assert (shop.default_branch, shop.size_kib, shop.pushed) == ("trunk", 77, "2026-01-02T03:04:05Z")
    assert (shop.fork, shop.archived, shop.private, shop.failure) == (True, True, False, None)


def test_250_repositories_take_four_requests() -> None:
    with host_of(many(250)) as host:
        assert len(listed(github(host)).repositories) == 250
        assert len(host.asked()) == 4


def test_250_repositories_take_four_requests_with_the_token_of_somebody_else() -> None:
    with serve([Login("ada", repositories=many(250)), Login("eve")], {SECRET: "eve"}) as host:
        assert len(listed(github(host, token=True)).repositories) == 250
        assert len(host.asked()) == 4


def test_250_own_repositories_take_four_requests() -> None:
    with host_of([*many(200), *[Listed(f"p{i}", private=True) for i in range(50)]]) as host:
        found = listed(github(host, token=True)).repositories
        assert len(host.asked()) == 4
    assert (len(found), sum(each.private for each in found)) == (250, 50)


def test_a_fork_that_is_reviewed_takes_one_request_more() -> None:
    upstream = Login("acme", repositories=[Listed("shop")])
    ada = Login("ada", repositories=[*many(249), Listed("shop", fork=True, parent="acme/shop")])
    with serve([ada, upstream]) as host:
        hub = github(host)
        (fork,) = [each for each in listed(hub).repositories if each.fork]
        assert fork.parent is None
        whole = hub.with_parent(fork)
        assert (whole.parent, whole.parent_clone_url) == ("acme/shop", f"{host.url}/acme/shop.git")
        assert hub.with_parent(whole) is whole
        assert len(host.asked()) == 5


@pytest.mark.parametrize(
    ("count", "requests"), [(0, 2), (1, 2), (99, 2), (100, 3), (101, 3), (200, 3)], ids=lambda value: str(value)
)
def test_page_boundaries(count: int, requests: int) -> None:
    with host_of(many(count)) as host:
        assert len(listed(github(host)).repositories) == count
        assert len(host.asked()) == requests


def test_most_recently_pushed_first() -> None:
    with host_of(many(28)) as host:
        pushed = [each.pushed for each in listed(github(host)).repositories]
    assert pushed == sorted(pushed, reverse=True)


def test_more_pages_than_the_limit_are_named() -> None:
    with host_of(many(250)) as host:
        listing = listed(github(host, limits=ApiLimits(between_requests=0, pages=2)))
    assert len(listing.repositories) == 200
    assert listing.failure == "repositories of 'ada': only the 200 most recently pushed are listed"


@pytest.mark.parametrize("says_so", [True, False], ids=["the host says whose it is", "permissions tell"])
@pytest.mark.parametrize("public", [0, 3], ids=["private ones only", "both"])
def test_the_owner_of_the_token_sees_private_ones(says_so: bool, public: int) -> None:
    repositories = [*many(public), Listed("notes", private=True)]
    with host_of(repositories, private_view=says_so) as host:
        assert len(listed(github(host, token=True)).repositories) == public + 1
        assert len(listed(github(host)).repositories) == public


def test_a_token_that_may_not_list_leaves_the_public_ones() -> None:
    with host_of([Listed("shop"), Listed("notes", private=True)]) as host:
        host.faults.append(Fault("/user/repos", status=403, message="Resource not accessible by integration"))
        listing = listed(github(host, token=True))
    assert ([each.name for each in listing.repositories], listing.failure) == (["ada/shop"], None)


def test_an_organization_is_listed_by_what_it_shows() -> None:
    with serve([Login("acme", type="Organization", repositories=many(2))], {SECRET: "acme"}) as host:
        hub = github(host, token=True)
        account = hub.account("acme")
        assert account.kind == "Organization"
        assert len(hub.repositories(account).repositories) == 2
        assert not [request for request in host.log if request.path.endswith("/user/repos")]


def test_one_repository_by_name() -> None:
    with host_of([Listed("shop", default_branch="trunk")]) as host:
        shop = github(host).repository("ADA", "Shop")
    assert (shop.name, shop.default_branch) == ("ada/shop", "trunk")


def test_a_renamed_repository_is_had_by_its_new_name() -> None:
    with host_of([Listed("old", renamed_to="ada/new"), Listed("new")]) as host:
        assert github(host).repository("ada", "old").name == "ada/new"


ABSENT = {
    "404": (Listed("gone", status=404), "has nothing of that name; check the spelling"),
    "410": (Listed("gone", status=410), "has removed it"),
    "451": (Listed("gone", status=451), "keeps it back for legal reasons (451)"),
    "private": (Listed("gone", private=True), "private ones need a token"),
}


@pytest.mark.parametrize(("gone", "words"), ABSENT.values(), ids=ABSENT.keys())
def test_one_absent_repository_is_a_result(gone: Listed, words: str) -> None:
    with host_of([gone]) as host:
        found = github(host).repository("ada", "gone")
    assert found.failure is not None
    assert found.failure.startswith("repository 'ada/gone': 127.0.0.1:")
    assert words in found.failure


def test_an_old_listing_without_the_newer_fields_costs_no_requests() -> None:
    old = b'[{"full_name": "ada/x", "html_url": "https://h/ada/x", "clone_url": "https://h/ada/x.git"}]'
    with host_of([]) as host:
        host.faults.append(Fault("/repos", 200, body=old))
        (found,) = listed(github(host)).repositories
        assert len(host.asked()) == 2
    assert (found.name, found.size_kib, found.pushed, found.default_branch) == ("ada/x", None, None, None)


def test_a_listing_that_shifts_meanwhile_counts_nothing_twice() -> None:
    with host_of(many(150)) as host:
        first = host.api.logins["ada"].repositories[0]
        hub = github(host)
        account = hub.account("ada")
        host.api.logins["ada"].repositories = [first, *host.api.logins["ada"].repositories]
        assert len(hub.repositories(account).repositories) == 150


BASES = {
    "github.com": ("https://github.com", ["https://api.github.com"]),
    "enterprise server": ("https://git.example.com", ["https://git.example.com/api/v3"]),
    "enterprise cloud": ("https://acme.ghe.com", ["https://api.acme.ghe.com"]),
    "the API itself": ("https://git.example.com/api/v3/", ["https://git.example.com/api/v3"]),
    "loopback": ("http://127.0.0.1:81", ["http://127.0.0.1:81/api/v3", "http://127.0.0.1:81"]),
}


@pytest.mark.parametrize(("url", "expected"), BASES.values(), ids=BASES.keys())
def test_where_the_api_lies(url: str, expected: list[str]) -> None:
    assert api_bases(url) == expected


def test_a_server_of_ones_own_may_have_its_api_at_the_root() -> None:
    with serve([Login("ada", repositories=many(3))], prefix="") as host:
        hub = github(host)
        assert len(listed(hub).repositories) == 3
        assert len(host.asked()) == 3


def test_the_token_goes_to_the_api_and_into_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with host_of(many(2)) as host:
        listed(github(host, token=True))
        assert all(SECRET in request.headers["authorization"] for request in host.asked())
        host.faults.append(Fault(USERS, 301, {"Location": "http://localhost:9/users/ada"}))
        with pytest.raises(HostError) as raised:
            github(host, token=True).account("ada")
    assert "requests" in caplog.text.lower() or "http" in caplog.text.lower()
    assert SECRET not in caplog.text
    assert SECRET not in repr(raised.value)


def test_many_threads_may_ask_at_once() -> None:
    with host_of(many(30)) as host:
        hub = github(host)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda number: hub.repository("ada", f"r{number}").name, range(30)))
    assert found == [f"ada/r{number}" for number in range(30)]


def test_nothing_is_loaded_before_the_first_call() -> None:
    code = "import sys, reviewer.sources.github as g; g.GitHub(); print('github' in sys.modules, 'git' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == ["False", "False"]
