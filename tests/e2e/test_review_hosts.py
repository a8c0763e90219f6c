"""What a review costs the host, what it does when the host fails, and where the token goes."""

from __future__ import annotations

import base64
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import samples
from tests.e2e.logins import TOKEN, one
from tests.e2e.running import Place
from tests.e2e.watching import Watch
from tests.project import make_repository
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve

USER, LISTING = r"/users/ada\?", "/users/ada/repos"
LIMIT = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two repositories and a fork of the first, below one folder."""
    root = tmp_path_factory.mktemp("served")
    samples.shop(root / "shop.git")
    samples.shop(root / "bakery.git", name="bakery")
    make_repository(root / "fork.git", [*samples.commits(), one(samples.ADA, "mine.py")])
    return root


@pytest.fixture
def host(served: Path) -> Iterator[Host]:
    """Ada's two repositories, the shop pushed last."""
    listed = [
        Listed("bakery", served / "bakery.git", pushed="2025-01-01T00:00:00Z"),
        Listed("shop", served / "shop.git"),
    ]
    with serve([Login("ada", "Ada Example", repositories=listed)], {TOKEN: "ada"}) as running:
        yield running


def test_250_repositories_cost_four_requests_and_one_more_for_a_fork(served: Path, place: Place) -> None:
    listed = [Listed(f"r{i}", pushed=f"2020-01-{1 + i % 28:02}T00:00:00Z") for i in range(247)]
    listed += [Listed("shop", served / "shop.git"), Listed("bakery", served / "bakery.git")]
    listed += [Listed("fork", served / "fork.git", fork=True, parent="una/shop", pushed="2026-05-01T00:00:00Z")]
    una = Login("una", repositories=[Listed("shop", served / "shop.git")])
    with serve([Login("ada", "Ada Example", repositories=listed), una]) as host:
        for words, most in ([], 4), (["--forks"], 5):
            before = len(host.asked())
            ran = place.review("ada", "--github-url", host.url, "--max", "3", *words)
            assert len(host.asked()) - before <= most
            assert len(ran.statuses()) == 250
    assert ran.statuses() | {"shop": "reviewed", "bakery": "reviewed", "fork": "reviewed"} == ran.statuses()
    assert ran.repository("fork")["history"]["commits"] == 1
    assert ran.repository("r7")["reason"] == "past the limit of 3 repositories, most recently pushed first (--max)"


def test_a_host_that_fails_on_the_second_page_leaves_what_was_listed(served: Path, place: Place) -> None:
    listed = [Listed(f"r{i}", pushed="2020-01-01T00:00:00Z") for i in range(150)]
    listed += [Listed("shop", served / "shop.git")]
    with serve([Login("ada", "Ada Example", repositories=listed)]) as host:
        host.faults.append(Fault(r"repos\?.*\bpage=2", 502))
        ran = place.review("ada", "--github-url", host.url, "--max", "1")
    assert "has a fault of its own (502); try again later (after the first 100)" in ran.refused(0)
    assert (len(ran.statuses()), ran.statuses()["shop"]) == (100, "reviewed")
    assert any("(after the first 100)" in note for note in ran.report["notes"])


UNKNOWN = {
    "an unknown login": (["eve"], {}, "login 'eve'", "check the spelling"),
    "an unknown repository": (["ada/nothing"], {}, "repository 'ada/nothing'", "check the spelling"),
    "two unknown repositories": (["ada/nothing", "eve/none"], {}, "repository 'ada/nothing'", "(and 1 more)"),
    "a bad token": (["ada"], {"GITHUB_TOKEN": "wrong"}, "login 'ada'", "refused the token from GITHUB_TOKEN (401)"),
    "a bad token, one repository": (["ada/shop"], {"GH_TOKEN": "wrong"}, "repository 'ada/shop'", "from GH_TOKEN"),
    "no token at all": (["ada"], {"GITHUB_TOKEN": "two words"}, "GITHUB_TOKEN holds no token", "spaces"),
}


@pytest.mark.parametrize(("targets", "env", "begin", "said"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_target_or_a_bad_token_is_one_line_and_2(
    targets: list[str], env: dict[str, str], begin: str, said: str, host: Host, place: Place
) -> None:
    ran = place.review(*targets, "--github-url", host.url, **env)
    line = ran.refused(2)
    assert line.startswith(begin)
    assert said in line
    assert not ran.folder.exists()


FAILING = {
    "rate limit": (Fault(USER, 403, LIMIT, message="API rate limit exceeded"), "limits requests until 2100-01-01"),
    "secondary limit": (Fault(USER, 429, {"Retry-After": "3600"}), "limits requests for another 60 minutes"),
    "its own fault": (Fault(USER, 503), "has a fault of its own (503); try again later"),
    "its own fault while listing": (Fault(LISTING, 500), "has a fault of its own (500)"),
    "cut answers": (Fault(USER, cut=30), "ended its answer early"),
    "no JSON": (Fault(USER, 200, body=b"<html>Sign in"), "cut its answer short"),
}


@pytest.mark.parametrize(("fault", "said"), FAILING.values(), ids=FAILING.keys())
def test_a_host_that_fails_before_anything_was_reviewed_is_one_line_and_3_with_a_report(
    fault: Fault, said: str, host: Host, place: Place
) -> None:
    host.faults.append(fault)
    ran = place.review("ada", "--github-url", host.url)
    line = ran.refused(3)
    assert line.startswith("nothing could be reviewed: ")
    assert said in line
    assert (ran.report["readiness"]["percent"], ran.report["repositories"]) == (None, [])
    assert said in (ran.folder / "report.html").read_text("utf-8")


def test_a_host_that_cannot_be_reached_is_3(place: Place) -> None:
    ran = place.review("ada", "ada/shop", "--github-url", "http://127.0.0.1:9")
    assert "127.0.0.1:9 cannot be reached" in ran.refused(3)
    assert ran.statuses() == {"shop": "failed"}


def test_a_local_folder_is_reviewed_all_the_same(shop: Path, place: Place) -> None:
    ran = place.review("ada", shop, "--github-url", "http://127.0.0.1:9")
    assert "127.0.0.1:9 cannot be reached" in ran.refused(0)
    assert ran.statuses() == {"shop": "reviewed"}


def test_a_login_without_repositories_is_3(place: Place) -> None:
    with serve([Login("ada")]) as host:
        ran = place.review("ada", "--github-url", host.url)
    assert ran.refused(3) == "nothing could be reviewed: no repository was found"
    assert ran.report["subject"]["name"] == "ada"


def test_the_token_is_nowhere_but_in_what_is_sent_to_its_host(host: Host, place: Place) -> None:
    basic = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    host.faults.append(Fault("^/ada/bakery.git", 403))
    running = place.start("ada", "--github-url", host.url, "--format", "markdown", GITHUB_TOKEN=TOKEN)
    with Watch(running.pid) as watch:
        printed = "".join(running.communicate(timeout=60))
    assert running.returncode == 0
    assert any(TOKEN in request.headers.get("authorization", "") for request in host.asked())
    assert any(basic in request.headers.get("authorization", "") for request in host.asked(git=True))
    secrets = (TOKEN, basic)
    assert not any(secret in printed for secret in secrets)
    files = [path for path in place.root.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files for secret in secrets if secret.encode() in path.read_bytes()]
    assert len(watch.seen) > 5
    for words, env in watch.seen:
        assert not any(secret in word for word in words for secret in secrets)
        held = [pair.partition("=")[0] for pair in env for secret in secrets if secret in pair]
        git = any(word.rpartition("/")[2].startswith("git") for word in words)
        assert not held or (git and held == ["GIT_CONFIG_VALUE_0"]), (words, held)


@contextlib.contextmanager
def slow(host: Host, name: str) -> Iterator[None]:
    """One repository whose clone takes long."""
    fault = Fault(f"^/ada/{name}.git/", delay=30)
    host.faults.append(fault)
    yield
    host.faults.remove(fault)


def test_a_killed_run_leaves_finished_clones_for_the_next_one(host: Host, place: Place) -> None:
    with slow(host, "bakery"):
        running = place.start("ada", "--github-url", host.url)
        assert running.stderr is not None
        assert [running.stderr.readline() for _ in range(2)] == ["ada/shop: reading\n", "ada/shop: reviewed\n"]
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    before = len(host.log)
    ran = place.review("ada", "--github-url", host.url)
    assert (ran.code, ran.statuses()) == (0, {"bakery": "reviewed", "shop": "reviewed"})
    asked = [request for request in host.log[before:] if request.path.startswith("/ada/shop.git/")]
    assert [request.method for request in asked] == ["GET", "POST"]  # ls-remote alone
    assert not [path for path in place.cache.rglob("*") if ".part-" in path.name]


def test_two_runs_at_once_share_a_cache(host: Host, place: Place) -> None:
    both = [place.start("ada", "--github-url", host.url, "--cache-dir", place.root / "cache") for _ in range(2)]
    assert [(running.communicate(timeout=60), running.returncode)[1] for running in both] == [0, 0]
    first, second = (place.root / f"out-{number}" / "report.json" for number in (1, 2))
    assert first.read_bytes() == second.read_bytes()
