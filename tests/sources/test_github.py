"""What is asked of a GitHub, what is made of its answers, and one sentence for everything that goes wrong."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reviewer.sources.addresses import api_bases
from reviewer.sources.failures import HostError
from reviewer.sources.github import GitHub
from reviewer.sources.limits import ApiLimits
from reviewer.sources.token import Token
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve

ROOT = Path(__file__).parents[2]
SECRET = "ghp_plantedSecret0123456789"
QUICK = ApiLimits(run_seconds=20, request_seconds=5, retries=2, backoff=0, rate_wait=0.1, between_requests=0)


def many(count: int, **more: object) -> list[Listed]:
    return [Listed(f"r{i}", pushed=f"2026-01-{1 + i % 28:02}T00:00:00Z", **more) for i in range(count)]


def host_of(repositories: list[Listed], **more: object):
    return serve([Login("ada", "Ada Example", "ada@example.org", repositories=repositories, **more)], {SECRET: "ada"})


def github(host: Host, token: bool = False, limits: ApiLimits = QUICK) -> GitHub:
    return GitHub(host.url, Token(SECRET, "GITHUB_TOKEN", host.url) if token else None, limits)


def listed(hub: GitHub, login: str = "ada"):
    return hub.repositories(hub.account(login))


def test_an_account_has_the_public_name_and_address() -> None:
    with host_of([]) as host:
        ada = github(host).account("Ada")
    assert (ada.login, ada.name, ada.email, ada.kind) == ("ada", "Ada Example", "ada@example.org", "User")
    assert ada.url == f"{host.url}/ada"


def test_a_listed_repository_is_read_whole() -> None:
    with host_of([Listed("shop", size_kib=77, default_branch="trunk", archived=True, fork=True)]) as host:
        (shop,) = listed(github(host)).repositories
    assert (shop.owner, shop.name, shop.url) == ("ada", "shop", f"{host.url}/ada/shop")
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
    assert ([each.name for each in listing.repositories], listing.failure) == (["shop"], None)


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
    assert (shop.owner, shop.name, shop.default_branch) == ("ada", "shop", "trunk")


def test_a_renamed_repository_is_had_by_its_new_name() -> None:
    with host_of([Listed("old", renamed_to="ada/new"), Listed("new")]) as host:
        assert github(host).repository("ada", "old").name == "new"


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


USERS = "/users/ada"
LIMIT = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}
BAD = [
    # id, fault, with a token, is it the user's turn (exit 2), words of the message
    ("401", Fault(USERS, 401, message="Bad credentials"), True, True, "refused the token from GITHUB_TOKEN (401)"),
    ("403", Fault(USERS, 403, message="Forbidden"), True, True, "the token from GITHUB_TOKEN may lack rights"),
    ("403 without a token", Fault(USERS, 403, message="Forbidden"), False, True, "it may need a token"),
    ("403 of no JSON", Fault(USERS, 403, body=b"<html>"), False, True, "refused access (403"),
    ("404", Fault(USERS, 404, message="Not Found"), False, True, "check the spelling"),
    ("451", Fault(USERS, 451), False, True, "legal reasons"),
    ("rate limit", Fault(USERS, 403, LIMIT, message="API rate limit exceeded for 1.2.3.4."), False, False,
     "limits requests until 2100-01-01 00:00 UTC"),
    ("rate limit without a token", Fault(USERS, 403, LIMIT, message="API rate limit exceeded"), False, False,
     "set GITHUB_TOKEN"),
    ("secondary limit", Fault(USERS, 403, {"Retry-After": "3600"}, message="You have exceeded a secondary rate limit."),
     True, False, "limits requests for another 60 minutes"),
    ("secondary limit without a header", Fault(USERS, 403, message="You have exceeded a secondary rate limit"),
     True, False, "limits requests for now"),
    ("429", Fault(USERS, 429, {"Retry-After": "90"}), True, False, "limits requests for another 90 seconds"),
    ("429 without a header", Fault(USERS, 429), True, False, "limits requests for now"),
    ("500", Fault(USERS, 500), False, False, "has a fault of its own (500)"),
    ("502 of no JSON", Fault(USERS, 502, body=b"<html>Bad gateway"), False, False, "has a fault of its own (502)"),
    ("503", Fault(USERS, 503), False, False, "has a fault of its own (503)"),
    ("202 for ever", Fault(USERS, 202), False, False, "still preparing"),
    ("204", Fault(USERS, 204, body=b""), False, False, "answered 204"),
    ("302", Fault(USERS, 302, {"Location": "https://elsewhere.example/"}), True, False, "sends elsewhere"),
    ("307", Fault(USERS, 307, {"Location": "/api/v3/users/eve"}), True, False, "sends elsewhere (307"),
    ("301 to a foreign host", Fault(USERS, 301, {"Location": "http://localhost:9/users/ada"}), True, False,
     "sends elsewhere"),
    ("301 to https", Fault(USERS, 301, {"Location": "https://127.0.0.1/users/ada"}), True, False, "sends elsewhere"),
    ("301 to itself", Fault(USERS, 301, {"Location": "/api/v3/users/ada"}), False, False, "sends elsewhere"),
    ("cut JSON", Fault(USERS, 200, body=b'{"login": "ada", "na'), False, False, "cut its answer short"),
    ("cut body", Fault(USERS, cut=40), False, False, "ended its answer early"),
    ("no JSON", Fault(USERS, 200, body=b"<html>Sign in"), False, False, "cut its answer short"),
    ("nothing", Fault(USERS, 200, body=b""), False, False, "cut its answer short"),
    ("a list", Fault(USERS, 200, body=b"[1]"), False, False, "something else than GitHub's API"),
    ("another form", Fault(USERS, 200, body=b'{"login": 7}'), False, False, "something else than GitHub's API"),
    ("deep JSON", Fault(USERS, 200, body=b"[" * 100_000), False, False, "cut its answer short"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "token", "usage", "words"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_what_goes_wrong_is_one_sentence(fault: Fault, token: bool, usage: bool, words: str) -> None:
    fault.times = 1_000_000
    with host_of([]) as host:
        host.faults.append(fault)
        with pytest.raises(HostError) as raised:
            github(host, token).account("ada")
        assert len(host.asked()) <= 4
    message = str(raised.value)
    assert message.startswith("login 'ada': 127.0.0.1:")
    assert words in message
    assert raised.value.usage is usage
    assert "\n" not in message
    assert SECRET not in message


def test_a_slow_host_is_given_up() -> None:
    with host_of([]) as host:
        host.faults.append(Fault(USERS, delay=0.8))
        begun = time.monotonic()
        with pytest.raises(HostError, match="does not answer in time") as raised:
            github(host, limits=ApiLimits(run_seconds=0.3, between_requests=0)).account("ada")
    assert time.monotonic() - begun < 2
    assert not raised.value.usage


def test_the_time_of_a_run_is_shared_by_its_calls() -> None:
    with host_of([]) as host:
        hub = github(host, limits=ApiLimits(run_seconds=0.2, between_requests=0))
        hub.account("ada")
        time.sleep(0.25)
        with pytest.raises(HostError, match="is used up"):
            hub.account("ada")
        assert len(host.asked()) == 1


NOWHERE = {
    "nobody listens": ("http://127.0.0.1:9", "cannot be reached"),
    "no such name": ("https://host.invalid", "has a name that is not known here"),
}


@pytest.mark.parametrize(("url", "words"), NOWHERE.values(), ids=NOWHERE.keys())
def test_an_unreachable_host(url: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(HostError, match=words) as raised:
        GitHub(url, None, QUICK).account("ada")
    assert not raised.value.usage


def test_an_untrusted_certificate() -> None:
    with host_of([]) as host, pytest.raises(HostError) as raised:
        GitHub(host.url.replace("http:", "https:"), None, QUICK).account("ada")
    assert "certificate" in str(raised.value)
    assert not raised.value.usage


PASSING = {
    "500 once": Fault(USERS, 500, times=1),
    "502 twice": Fault(USERS, 502, times=2),
    "429 for a moment": Fault(USERS, 429, {"Retry-After": "0"}, times=1),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_passes_is_waited_out(name: str) -> None:
    with host_of([]) as host:
        host.faults.append(PASSING[name])
        assert github(host).account("ada").login == "ada"


LINKS = {
    "empty": {"Link": ""},
    "garbage": {"Link": ";;,,<"},
    "to a foreign host": {"Link": '<https://elsewhere.example/?page=2>; rel="next"'},
}


@pytest.mark.parametrize("extra", LINKS.values(), ids=LINKS.keys())
def test_a_strange_link_header_is_harmless(extra: dict[str, str]) -> None:
    with host_of(many(3)) as host:
        host.faults.append(Fault("/repos", extra=extra, times=1))
        assert len(listed(github(host)).repositories) == 3


def test_an_empty_link_header_does_not_hide_the_next_page() -> None:
    with host_of(many(150)) as host:
        host.faults.append(Fault("/repos", extra={"Link": ""}))
        assert len(listed(github(host)).repositories) == 150


LATER = {
    "500": (Fault(r"page=2", 500), "has a fault of its own (500)"),
    "rate limit": (Fault(r"page=2", 403, LIMIT, message="API rate limit exceeded"), "limits requests until 2100"),
    "cut": (Fault(r"page=2", cut=100), "ended its answer early"),
    "no list": (Fault(r"page=2", 200, body=b"{}"), "something else than GitHub's API"),
    "no repositories": (Fault(r"page=2", 200, body=b'["a"]'), "something else than GitHub's API"),
    "a wrong type": (Fault(r"page=2", 200, body=b'[{"full_name": "ada/x", "clone_url": 7}]'), "something else"),
}


@pytest.mark.parametrize(("fault", "words"), LATER.values(), ids=LATER.keys())
def test_what_was_listed_before_a_failure_is_kept(fault: Fault, words: str) -> None:
    with host_of(many(150)) as host:
        host.faults.append(fault)
        listing = listed(github(host))
    assert len(listing.repositories) == 100
    assert listing.failure is not None
    assert words in listing.failure
    assert listing.failure.endswith("(after the first 100)")


def test_a_listing_that_fails_at_once_is_never_an_empty_one() -> None:
    with host_of(many(3)) as host:
        host.faults.append(Fault("/repos", 500))
        with pytest.raises(HostError, match="repositories of 'ada'"):
            listed(github(host))


def test_an_old_listing_without_the_newer_fields_costs_no_requests() -> None:
    old = b'[{"full_name": "ada/x", "html_url": "https://h/ada/x", "clone_url": "https://h/ada/x.git"}]'
    with host_of([]) as host:
        host.faults.append(Fault("/repos", 200, body=old))
        (found,) = listed(github(host)).repositories
        assert len(host.asked()) == 2
    assert (found.name, found.size_kib, found.pushed, found.default_branch) == ("x", None, None, None)


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


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with host_of([]) as host:
        host.faults.append(Fault(USERS, 403, message="Forbidden"))
        with pytest.raises(HostError):
            github(host).account("ada")
    assert capfd.readouterr() == ("", "")


def test_nothing_is_loaded_before_the_first_call() -> None:
    code = "import sys, reviewer.sources.github as g; g.GitHub(); print('github' in sys.modules, 'git' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == ["False", "False"]
