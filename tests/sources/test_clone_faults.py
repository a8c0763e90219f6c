"""What cannot be cloned is refused in one sentence."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.sources.failures import CloneError, explain_git
from reviewer.sources.git import GitError
from tests.servers.faults import Fault
from tests.servers.serve import Host
from tests.sources.cloning import QUICK, SPARSE, cloner, count, kinds, left_over, record, shop
from tests.sources.repositories import add_commits, git

PACK = r"/git-upload-pack\?$"

SHOP = "/ada/shop.git"

REFUSED = [
    # id, fault, words, is it the host rather than this repository
    ("401", Fault(SHOP, 401), "asks for a login", False),
    ("403", Fault(SHOP, 403), "may not be read (403)", False),
    ("404", Fault(SHOP, 404), "is not there (404)", False),
    ("410", Fault(SHOP, 410), "was removed (410)", False),
    ("429", Fault(SHOP, 429), "limits requests (429)", True),
    ("451", Fault(SHOP, 451), "legal reasons (451)", False),
    ("500", Fault(SHOP, 500), "a fault of its own (5xx)", True),
    ("503", Fault(SHOP, 503), "a fault of its own (5xx)", True),
    ("a redirect to a foreign host", Fault(SHOP, 301, {"Location": "http://localhost:9/x.git"}), "moved", False),
    ("no git at all", Fault(SHOP, 200, body=b"<html>\nSign in\n"), "is no git repository", False),
    ("a cut pack", Fault(PACK, cut=300, skip=2), "broke off", True),
    ("a damaged pack", Fault(PACK, flip=True, skip=2), "damaged", False),
    ("an endless wait", Fault(SHOP, delay=5), "took longer than the time limit", False),
]


@pytest.mark.parametrize(
    ("fault", "words", "unreachable"), [bad[1:] for bad in REFUSED], ids=[bad[0] for bad in REFUSED]
)
def test_what_goes_wrong_is_one_sentence(
    fault: Fault, words: str, unreachable: bool, host: Host, tmp_path: Path
) -> None:
    host.faults.append(fault)
    limits = replace(QUICK, refs_seconds=1, seconds=3, tries=1)
    with pytest.raises(CloneError) as raised:
        cloner(host, tmp_path, limits).clone(shop(host))
    message = str(raised.value)
    assert message.startswith("shop ")
    assert words in message
    assert "\n" not in message
    assert raised.value.unreachable is unreachable
    assert left_over(tmp_path) == []


def test_a_host_that_lost_an_object(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, ["lost"])
    lost = git(upstream, "rev-parse", "HEAD:lost.txt")
    (upstream / "objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(CloneError, match="shop cannot be had: the host's own copy is damaged"):
        cloner(host, tmp_path).clone(shop(host))


def test_without_a_token_a_private_one_and_none_look_alike(host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError, match="private or not there"):
        cloner(host, tmp_path).clone(shop(host, clone_url=f"{host.url}/ada/nowhere.git"))


def test_a_fault_that_passes_is_waited_out(host: Host, tmp_path: Path) -> None:
    host.faults.append(Fault(SHOP, 502, times=1))
    assert kinds(cloner(host, tmp_path).clone(shop(host)))["commit"] == 3


def test_a_history_that_cannot_be_had_leaves_the_newest_commit(host: Host, tmp_path: Path) -> None:
    host.faults.append(Fault(PACK, 500, skip=3))  # refs, then refs and pack of the clone, then no more
    usual = cloner(host, tmp_path, replace(SPARSE, tries=1))
    made = usual.clone(shop(host))
    found = record(made)
    assert found.shallow
    assert "the history could not be fetched" in (found.cut or "")
    assert (count(made, "HEAD"), kinds(made)["blob"]) == (1, 3)
    host.faults.clear()
    assert count(usual.clone(shop(host)), "HEAD") == 3
    assert record(made).cut is None


def test_one_larger_than_any_limit_is_refused(host: Host, upstream: Path, tmp_path: Path) -> None:
    add_commits(upstream, ["big"], content=os.urandom(2_000_000))
    limits = replace(QUICK, full_bytes=500_000, most_bytes=500_000, blob="100m")
    with pytest.raises(CloneError, match="shop is larger than the size limit"):
        cloner(host, tmp_path, limits).clone(shop(host))


FORBIDDEN = {
    "ssh": "ssh://git@github.com/ada/shop.git",
    "a command": "ext::sh -c touch% /tmp/pwned",
    "an option": "--upload-pack=touch /tmp/pwned",
    "a file": "file:///etc",
    "a path": "/etc",
    "git": "git://github.com/ada/shop.git",
    "credentials": "https://ada:secret@github.com/ada/shop.git",
    "plain http": "http://github.com/ada/shop.git",
    "plain http on another port": "http://127.0.0.1:1/ada/shop.git",
    "a way up": "https://github.com/../../etc",
    "a line end": "https://github.com/ada/shop.git\nhttps://evil.example",
    "a query": "https://github.com/ada/shop.git?x=1",
    "no path": "https://github.com",
    "nothing": "",
}


@pytest.mark.parametrize("url", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_an_address_that_is_not_cloned(url: str, host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError, match="is no address that is cloned"):
        cloner(host, tmp_path).clone(shop(host, clone_url=url))
    assert host.log == []


AT = "fatal: unable to access 'https://h.example/ada/SSL-certificate-not-found/': "
SAID = {
    "no such name": (AT + "Could not resolve host: h.example", "the host's name is not known here", "unreachable"),
    "nobody listens": (AT + "Failed to connect to h.example port 443", "the host does not answer", "unreachable"),
    "certificate": (AT + "SSL certificate problem: self-signed certificate", "is not trusted here", "unreachable"),
    "too slow": (AT + "Operation too slow. Less than 1000 bytes/sec", "came too slowly", "transient"),
    "no memory": ("fatal: packfile x cannot be mapped: Cannot allocate memory", "needs more memory", ""),
    "no disk": ("fatal: write error: No space left on device", "needs more disk", ""),
    "something new": ("fatal: the moon is full", "git said fatal: the moon is full", ""),
    "nothing": ("", "git said nothing", ""),
}


@pytest.mark.parametrize(("said", "words", "mark"), SAID.values(), ids=SAID.keys())
def test_what_git_says_in_plain_words(said: str, words: str, mark: str) -> None:
    explained = explain_git("ada/shop", GitError("clone", 128, said))
    assert str(explained).startswith("ada/shop ")
    assert words in str(explained)
    assert explained.mark == mark
