"""One repository of three commits on a local host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve
from tests.sources.cloning import NAMES
from tests.sources.repositories import make_repository


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "served" / "shop.git", NAMES)


@pytest.fixture
def host(upstream: Path) -> Iterator[Host]:
    with serve([Login("ada", repositories=[Listed("shop", upstream)])], {"t0ken": "ada"}) as running:
        yield running
