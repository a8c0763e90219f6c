"""How git is run against a host: nothing inherited, nothing endless, nothing left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.sources import remote
from reviewer.sources.failures import explain_git
from reviewer.sources.git import GitError, environment
from reviewer.sources.refs import RemoteRefs, read_refs
from reviewer.sources.remote import call

ADDRESS = "https://github.com/ada/shop.git"
OWN_TO_SHELLS = {"PWD", "OLDPWD", "SHLVL", "_"}
Fake = Callable[[str], None]


@pytest.fixture
def fake_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a program called git first on PATH."""
    remote._git()  # GitPython asks the real one for its version when it is imported

    def write(script: str) -> None:
        program = tmp_path / "bin" / "git"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    return write


def test_nothing_is_inherited(fake_git: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_TRACE_CURL", "GIT_CONFIG_PARAMETERS", "GITHUB_TOKEN", "PYTHONPATH", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "l3aked")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    fake_git("env")
    said = call(["fetch"], address=ADDRESS).decode()
    names = {line.partition("=")[0] for line in said.splitlines()}
    assert names - OWN_TO_SHELLS - {"LANGUAGE"} == set(environment("https"))
    assert "l3aked" not in said
    assert "GIT_ALLOW_PROTOCOL=https\n" in said
    assert "https_proxy=http://proxy.example:3128\n" in said


ANSWERS = {
    "an empty standard input": ("cat; echo done", b"done"),
    "no folder of anybody's": ("pwd", b"/"),
    "limited memory": ("ulimit -v", b"921600"),
    "no core files": ("ulimit -c", b"0"),
    "settings before the command": ('echo "$1 $2"', b"-c safe.bareRepository=explicit"),
}


@pytest.mark.parametrize(("script", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_git_is_given(script: str, expected: bytes, fake_git: Fake) -> None:
    fake_git(script)
    assert call(["fetch"], address=ADDRESS).strip() == expected


ENDLESS = {
    "waits": ("sleep 60", "time limit reached"),
    "prints": ("exec yes", "size limit reached"),
    "complains": ("yes >&2", "time limit reached"),
    "leaves somebody behind": ("sleep 60 & wait", "time limit reached"),
    "takes no hint": ("trap '' TERM INT HUP; sleep 60; sleep 60", "time limit reached"),
}


@pytest.mark.parametrize(("script", "reason"), ENDLESS.values(), ids=ENDLESS.keys())
def test_an_endless_git_is_ended(script: str, reason: str, fake_git: Fake) -> None:
    fake_git(script)
    begun = time.monotonic()
    with pytest.raises(GitError, match=reason):
        call(["fetch"], address=ADDRESS, seconds=0.5 if "time" in reason else 20)
    assert time.monotonic() - begun < 10


def test_whatever_git_started_is_ended_with_it(fake_git: Fake, tmp_path: Path) -> None:
    fake_git(f"sleep 60 & echo $! >{tmp_path}/child; wait")
    with pytest.raises(GitError):
        call(["fetch"], address=ADDRESS, seconds=0.4)
    child = int((tmp_path / "child").read_text())
    assert _ended(child)


def _ended(process: int) -> bool:
    """Whether a process is gone, or waits to be collected by the process that adopted it."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_growing_folder_is_stopped(fake_git: Fake, tmp_path: Path) -> None:
    (tmp_path / "grows").mkdir()
    fake_git(f"cd {tmp_path}/grows; while :; do head -c 100000 /dev/zero >>pack; done")
    with pytest.raises(GitError, match="size limit reached"):
        call(["clone"], address=ADDRESS, seconds=20, folder=(tmp_path / "grows", 1_000_000))


def test_a_folder_that_grew_too_fast_to_be_seen_counts_as_well(fake_git: Fake, tmp_path: Path) -> None:
    (tmp_path / "grows").mkdir()
    fake_git(f"head -c 2000000 /dev/zero >{tmp_path}/grows/pack")
    with pytest.raises(GitError, match="size limit reached"):
        call(["clone"], address=ADDRESS, seconds=20, folder=(tmp_path / "grows", 1_000_000))


def test_last_words_are_one_escaped_line(fake_git: Fake) -> None:
    fake_git(r"printf '\033[31mremote:\r\n::error::no\n' >&2; head -c 100000 /dev/zero >&2; exit 128")
    with pytest.raises(GitError) as raised:
        call(["fetch"], address=ADDRESS)
    assert raised.value.status == 128
    assert raised.value.said.startswith(r"\x1b[31mremote: ::error::no")
    assert str(explain_git("shop", raised.value)).isprintable()


def test_a_signal_is_said(fake_git: Fake) -> None:
    fake_git("kill -SEGV $$")
    with pytest.raises(GitError) as raised:
        call(["fetch"], address=ADDRESS)
    assert str(explain_git("shop", raised.value)) == "shop could not be read: git was ended by signal 11"


def test_without_git_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    remote._git()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError) as raised:
        call(["fetch"], address=ADDRESS)
    assert "git is not installed" in str(explain_git("shop", raised.value))


A, B, C = "a" * 40, "b" * 40, "c" * 40
LISTINGS = {
    "nothing": ("", RemoteRefs()),
    "usual": (
        f"ref: refs/heads/main\tHEAD\n{A}\tHEAD\n{A}\trefs/heads/main\n{B}\trefs/heads/feature/x\n",
        RemoteRefs(A, "main", {"main": A, "feature/x": B}),
    ),
    "a tag with a message is what it stands for": (
        f"{A}\tHEAD\n{B}\trefs/tags/v1\n{C}\trefs/tags/v1^{{}}\n",
        RemoteRefs(A, None, {}, {"v1": C}),
    ),
    "other refs": (f"{A}\trefs/pull/1/head\n{A}\trefs/remotes/origin/HEAD\n", RemoteRefs()),
    "no commits yet": ("ref: refs/heads/main\tHEAD\n", RemoteRefs(None, "main")),
    "garbage": ("x\n\n\t\nref: x\tHEAD\nzz\trefs/heads/main\n", RemoteRefs()),
}


@pytest.mark.parametrize(("listing", "expected"), LISTINGS.values(), ids=LISTINGS.keys())
def test_refs(listing: str, expected: RemoteRefs) -> None:
    assert read_refs(listing.encode()) == expected


NAMED = {
    "a branch": ("main", A),
    "a tag": ("v1", B),
    "a branch before a tag": ("both", A),
    "an id": (C, C),
    "the beginning of one": (C[:8], None),
    "an option": ("--upload-pack=x", None),
    "a path of a ref": ("refs/heads/main", None),
}


@pytest.mark.parametrize(("revision", "commit"), NAMED.values(), ids=NAMED.keys())
def test_what_a_revision_names(revision: str, commit: str | None) -> None:
    refs = RemoteRefs(A, "main", {"main": A, "both": A}, {"v1": B, "both": B})
    assert refs.resolve(revision) == commit
