"""``reviewer review LOGIN``: every repository that a host lists ends in a state, with a reason where it is not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import samples
from tests.e2e.logins import TOKEN, Expected, logins, spoil
from tests.e2e.running import Place, Ran
from tests.servers.serve import Host, serve

FORK = "a fork; --forks reviews own commits in forks"
EXPECTED = {
    "by-noreply": Expected("reviewed", own_share=1),
    "by-name": Expected("reviewed", own_share=1),
    "by-address": Expected("reviewed", own_share=1),
    "alone": Expected("reviewed", own_share=1),
    "alone-too": Expected("reviewed", own_share=1),
    "with-bob": Expected("reviewed", own_share=0.5),
    "others": Expected("skipped", "No commit matches ada, Ada Example. Authors found: Bob B, Eve E; add --me NAME"),
    "archived": Expected("reviewed", own_share=1),
    "large": Expected("reviewed", own_share=1),
    "empty": Expected("skipped", "no commits yet"),
    "readme": Expected("skipped", "its default branch holds only a README"),
    "deleted": Expected("failed", "ada/deleted asks for a login: it is private or not there"),
    "renamed": Expected("failed", "ada/renamed moved"),
    "blocked": Expected("failed", "ada/blocked is kept back for legal reasons (451)"),
    "framework": Expected("skipped", FORK),
    "copied": Expected("skipped", FORK),
    "orphan": Expected("skipped", FORK),
}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with serve(logins(tmp_path_factory.mktemp("ada")), {TOKEN: "ada"}) as running:
        spoil(running)
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where the runs of this module share a cache."""
    return Place(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def plain(host: Host, home: Place) -> Ran:
    return home.review("ada", "--github-url", host.url)


@pytest.fixture(scope="module")
def forks(host: Host, home: Place, plain: Ran) -> Ran:
    """With forks, by the owner of the token."""
    return home.review("ada", "--github-url", host.url, "--forks", GITHUB_TOKEN=TOKEN)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_repository_ends_in_a_state_with_a_reason(name: str, plain: Ran) -> None:
    found, expected = plain.repository(name), EXPECTED[name]
    assert found["status"] == expected.status
    assert (found["reason"] or "").startswith(expected.reason)
    assert bool(found["reason"]) is (expected.status != "reviewed")
    if expected.own_share is not None:
        assert found["own_share"] == pytest.approx(expected.own_share, abs=0.01)


def test_what_fails_on_the_way_ends_no_run(plain: Ran) -> None:
    assert (plain.code, plain.err) == (0, "")
    assert set(plain.statuses()) == set(EXPECTED)
    assert plain.report["readiness"]["percent"] > 0


def test_the_candidate_is_who_the_host_says(plain: Ran, host: Host) -> None:
    subject = plain.report["subject"]
    assert subject == {
        "name": "Ada Example", "kind": "user", "url": f"{host.url}/ada", "identities": ["ada", "Ada Example"],
        "named": True,
    }  # fmt: skip


def test_an_address_that_another_repository_tells_of_counts_and_is_said_but_not_shown(plain: Ran) -> None:
    assert plain.report["notes"] == [
        "ada/with-bob: commits under an address that is the candidate's elsewhere count as theirs"
    ]
    assert all(b"home.example" not in data for data in plain.written().values())


def test_a_large_repository_is_read_without_its_old_contents(plain: Ran) -> None:
    large = plain.repository("large")
    assert large["history"]["commits"] == 4
    assert any("secrets were not looked for in the history" in item["what"] for item in large["problems"])


def test_the_token_shows_private_repositories_and_forks_count_for_own_commits(forks: Ran) -> None:
    assert forks.code == 0
    assert forks.repository("hidden")["status"] == "reviewed"
    fork = forks.repository("framework")
    assert (fork["status"], fork["history"]["commits"]) == ("reviewed", 1)
    assert 0 < fork["own_share"] < 0.3
    copied, orphan = forks.repository("copied"), forks.repository("orphan")
    assert (copied["status"], copied["reason"]) == ("skipped", "a fork of una/framework without own commits")
    assert orphan["status"] == "failed"
    assert orphan["reason"].startswith("a fork whose upstream could not be found")


def test_offline_the_same_report_comes_out_of_the_cache_without_a_request(
    host: Host, home: Place, plain: Ran, forks: Ran
) -> None:
    asked = len(host.log)
    again = home.review("ada", "--github-url", host.url, "--forks", "--offline")
    assert len(host.log) == asked
    assert again.code == 0
    same = {name for name, status in forks.statuses().items() if status == "reviewed"} | {"copied", "readme"}
    assert {name: again.repository(name) for name in same} == {name: forks.repository(name) for name in same}
    assert again.repository("renamed")["reason"] == "ada/renamed is not in the cache, and --offline asks no host"


def test_offline_an_unknown_login_is_2(host: Host, home: Place) -> None:
    refused = home.review("eve", "--github-url", host.url, "--offline").refused(2)
    assert refused == "login 'eve': not in the cache, and --offline asks no host"


def test_strict_fails_for_what_could_not_be_read(host: Host, home: Place, plain: Ran) -> None:
    ran = home.review("ada", "--github-url", host.url, "--offline", "--strict", "--only", "by-*", "--only", "renamed")
    assert ran.refused(1) == "gate: 1 repository could not be read (--strict)"


def test_single_repositories_are_named_by_slug_or_address_with_a_revision(host: Host, place: Place) -> None:
    first = samples.git(host.api.find("ada/by-name")[1].path, "rev-parse", "HEAD~1")  # type: ignore[union-attr,arg-type]
    ran = place.review(f"ada/by-name@{first[:10]}", f"{host.url}/ada/archived", "--github-url", host.url)
    assert (ran.code, ran.statuses()) == (0, {"by-name": "reviewed", "archived": "reviewed"})
    assert (ran.repository("by-name")["commit"], ran.repository("by-name")["history"]["commits"]) == (first, 3)


def test_a_renamed_repository_is_reviewed_under_its_present_name(host: Host, place: Place, tmp_path: Path) -> None:
    renamed = host.api.find("ada/renamed")[1]
    assert renamed is not None
    renamed.renamed_to = "ada/archived"
    try:
        ran = place.review("ada/renamed", "--github-url", host.url)
    finally:
        renamed.renamed_to = None
    assert (ran.code, ran.statuses()) == (0, {"archived": "reviewed"})


def test_an_unknown_repository_beside_a_good_one_is_listed_as_failed(host: Host, home: Place) -> None:
    ran = home.review("ada/nothing", "ada/by-name", "--github-url", host.url)
    assert (ran.code, ran.statuses()) == (0, {"by-name": "reviewed", "nothing": "failed"})
