"""Where a token is found, where it may go, and that it stands nowhere else."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.model.repository import Repository
from reviewer.sources.clone import Cloner
from reviewer.sources.failures import CloneError, HostError
from reviewer.sources.limits import CloneLimits
from reviewer.sources.token import Token, find_token
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve
from tests.sources.repositories import add_commits, make_repository

SECRET = "ghp_plantedSecret0123456789"
GITHUB = "https://github.com"
NO_GH = {"PATH": "/nowhere"}

FOUND = {
    "GITHUB_TOKEN": ({"GITHUB_TOKEN": "a"}, "a", "GITHUB_TOKEN"),
    "GH_TOKEN": ({"GH_TOKEN": "b"}, "b", "GH_TOKEN"),
    "both": ({"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, "a", "GITHUB_TOKEN"),
    "an empty one and another": ({"GITHUB_TOKEN": "", "GH_TOKEN": "b"}, "b", "GH_TOKEN"),
    "with a line end": ({"GITHUB_TOKEN": "a\n"}, "a", "GITHUB_TOKEN"),
}


@pytest.mark.parametrize(("environ", "text", "source"), FOUND.values(), ids=FOUND.keys())
def test_a_token_of_the_environment(environ: dict[str, str], text: str, source: str) -> None:
    token = find_token(GITHUB, {**NO_GH, **environ})
    assert token is not None
    assert (token.reveal(), token.source) == (text, source)


def test_none_without_one() -> None:
    assert find_token(GITHUB, NO_GH) is None


@pytest.mark.parametrize("text", ["two words", "line\nend", "tab\tbed", "é", "x" * 600])
def test_what_cannot_be_a_token_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(HostError) as raised:
        find_token(GITHUB, {**NO_GH, "GITHUB_TOKEN": text})
    assert raised.value.usage
    assert str(raised.value) == "GITHUB_TOKEN holds no token: it has spaces or control characters"


GH = {
    "logged in": ("echo ghp_fromGh", "ghp_fromGh"),
    "asked for the host": ('echo "$3=$4"', "--hostname=git.example.com"),
    "not logged in": ("echo no; exit 1", None),
    "nothing": ("exit 0", None),
    "a sentence": ("echo not logged in", None),
    "hangs": ("exec sleep 60", None),
}


@pytest.mark.parametrize(("script", "text"), GH.values(), ids=GH.keys())
def test_a_token_of_gh(script: str, text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.sources.token.GH_SECONDS", 0.5)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    program = tmp_path / "gh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    token = find_token("https://git.example.com", {"PATH": os.environ["PATH"]})
    assert (token.reveal() if token else None) == text


HOSTS = {
    "its own": (GITHUB, "https://github.com/ada/shop.git", True),
    "its own, in capitals": (GITHUB, "https://GitHub.com/ada/shop.git", True),
    "an enterprise's own": ("https://git.example.com", "https://git.example.com/ada/shop.git", True),
    "its own on loopback": ("http://127.0.0.1:81", "http://127.0.0.1:81/ada/shop.git", True),
    "another host": (GITHUB, "https://gitlab.com/ada/shop.git", False),
    "a look-alike": (GITHUB, "https://github.com.evil.example/ada/shop.git", False),
    "a host below": (GITHUB, "https://evil.github.com/ada/shop.git", False),
    "plain http": (GITHUB, "http://github.com/ada/shop.git", False),
    "another port": ("http://127.0.0.1:81", "http://127.0.0.1:82/ada/shop.git", False),
    "GitHub, with an enterprise's token": ("https://git.example.com", "https://github.com/ada/shop.git", False),
}


@pytest.mark.parametrize(("own", "asked", "goes"), HOSTS.values(), ids=HOSTS.keys())
def test_a_token_goes_to_its_own_host_only(own: str, asked: str, goes: bool) -> None:
    settings = Token(SECRET, "GITHUB_TOKEN", own).git_settings(asked)
    assert bool(settings) is goes
    if goes:
        assert settings["GIT_CONFIG_KEY_0"] == f"http.{own}/.extraHeader"


def test_a_token_shows_stars() -> None:
    token = Token(SECRET, "GITHUB_TOKEN", GITHUB)
    assert SECRET not in f"{token} {token!r} {[token]}"
    with pytest.raises(TypeError):
        pickle.dumps(token)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    repository = make_repository(tmp_path / "served" / "notes.git", ["one"])
    add_commits(repository, ["big"], content=os.urandom(300_000))
    with serve([Login("ada", repositories=[Listed("notes", repository, private=True)])], {SECRET: "ada"}) as running:
        yield running


def notes(host: Host) -> Repository:
    return Repository(name="notes", clone_url=f"{host.url}/ada/notes.git", private=True)


def cloner(host: Host, into: Path, secret: str = SECRET) -> Cloner:
    limits = CloneLimits(seconds=20, refs_seconds=10, tries=1)
    return Cloner(into, Token(secret, "GITHUB_TOKEN", host.url), github_url=host.url, limits=limits)


@contextlib.contextmanager
def watched_arguments() -> Iterator[set[bytes]]:
    """Collects the command lines of all processes while something runs."""
    seen: set[bytes] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            for place in Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    seen.add(place.read_bytes())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_a_private_clone_leaves_the_token_nowhere(
    host: Host, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", SECRET)
    monkeypatch.setenv("GIT_TRACE_CURL", str(tmp_path / "cache-trace"))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    caplog.set_level(logging.DEBUG)
    host.faults.append(Fault("/ada/notes", delay=0.05))  # long enough to be seen
    with watched_arguments() as seen:
        made = cloner(host, tmp_path / "cache").clone(notes(host))
    encoded = Token(SECRET, "", host.url).git_settings(host.url)["GIT_CONFIG_VALUE_0"].split()[-1]
    assert any(b"clone\0-q\0--bare" in line for line in seen)
    assert any(b"remote-http" in line for line in seen)
    for secret in (SECRET.encode(), encoded.encode()):
        assert not [line for line in seen if secret in line]
        assert not [file for file in (tmp_path / "cache").rglob("*") if file.is_file() and secret in file.read_bytes()]
        assert secret.decode() not in caplog.text
    assert (made / "config").exists()
    assert not (tmp_path / "cache-trace").exists()
    assert all(request.headers.get("authorization", "").startswith("Basic ") for request in host.asked(git=True))


FAULTS = {
    "401": Fault("/ada/notes", 401),
    "500": Fault("/ada/notes", 500),
    "elsewhere": Fault("/ada/notes", 301, {"Location": "http://localhost:9/x"}),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_failed_clone_does_not_say_the_token(fault: Fault, host: Host, tmp_path: Path) -> None:
    host.faults.append(fault)
    with pytest.raises(CloneError) as raised:
        cloner(host, tmp_path / "cache").clone(notes(host))
    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_a_bad_token_is_refused_by_the_host(host: Host, tmp_path: Path) -> None:
    with pytest.raises(CloneError, match="asks for a login"):
        cloner(host, tmp_path / "cache", "wrong").clone(notes(host))


def test_another_host_is_not_told(host: Host, tmp_path: Path) -> None:
    token = Token(SECRET, "GITHUB_TOKEN", GITHUB)
    with pytest.raises(CloneError, match="asks for a login"):
        Cloner(tmp_path / "cache", token, github_url=host.url).clone(notes(host))
    assert not [request for request in host.log if "authorization" in request.headers]
