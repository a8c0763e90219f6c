"""Everything that goes wrong with a GitHub is one sentence; what was had before is kept."""

from __future__ import annotations

import time

import pytest

from reviewer.sources.failures import HostError
from reviewer.sources.github import GitHub
from reviewer.sources.limits import ApiLimits
from tests.servers.faults import Fault
from tests.sources.asking import LIMIT, QUICK, SECRET, USERS, github, host_of, listed, many

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


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with host_of([]) as host:
        host.faults.append(Fault(USERS, 403, message="Forbidden"))
        with pytest.raises(HostError):
            github(host).account("ada")
    assert capfd.readouterr() == ("", "")
