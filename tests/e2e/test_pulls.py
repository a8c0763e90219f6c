"""``reviewer review LOGIN --pulls``: merged pull requests, with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e import samples
from tests.e2e.running import Place, Ran
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login, Pull
from tests.servers.serve import Host, serve

BODY = "Refuse orders above the stock, since two customers could buy the last item."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("pulls"))


@pytest.fixture(scope="module")
def host(home: Place) -> Iterator[Host]:
    pulls = [
        Pull("ada/shop", 3, "Refuse orders", BODY, approved=True),
        Pull("ada/shop", 2, "Add the cart", BODY),
        Pull("acme/tools", 12, "Mend <b>it</b>", BODY),
    ]
    shop = Listed("shop", samples.shop(home.root / "shop.git"))
    with serve([Login("ada", "Ada Example", "ada@example.org", repositories=[shop], pulls=pulls)]) as running:
        yield running


def comms(ran: Ran) -> dict[str, dict[str, Any]]:
    """The findings about pull requests."""
    findings = ran.repository("shop")["findings"]
    return {item["check"]: item for item in findings if item["check"].startswith("comms-")}


def test_pull_requests_are_looked_at_where_asked(home: Place, host: Host) -> None:
    found = comms(home.review("ada", "--github-url", host.url, "--pulls"))
    assert {name: item["outcome"] for name, item in found.items()} == {"comms-review": "shown", "comms-others": "shown"}
    (place,) = found["comms-others"]["evidence"]
    assert (place["path"], place["url"]) == ("acme/tools#12", f"{host.url}/acme/tools/pull/12")


def test_nobody_is_asked_otherwise(home: Place, host: Host) -> None:
    before = len(host.asked())
    found = comms(home.review("ada", "--github-url", host.url))
    assert {item["outcome"] for item in found.values()} == {"not_applicable"}
    assert all("/search/" not in request.path for request in host.asked()[before:])


def test_what_was_told_is_known_offline(home: Place, host: Host) -> None:
    before = len(host.asked())
    found = comms(home.review("ada", "--github-url", host.url, "--pulls", "--offline"))
    assert found["comms-review"]["outcome"] == "shown"
    assert len(host.asked()) == before


def test_a_search_that_fails_is_noted_and_the_rest_is_reviewed(home: Place, host: Host) -> None:
    host.faults.append(Fault("/search/issues", 403))
    try:
        ran = home.review("ada", "--github-url", host.url, "--pulls")
    finally:
        host.faults.clear()
    assert ran.code == 0
    assert any(note.startswith("pull requests of 'ada'") for note in ran.report["notes"])
    assert {item["outcome"] for item in comms(ran).values()} == {"not_applicable"}
