"""A place to run in for each test, and repositories that are made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import samples
from tests.e2e.running import Place, Ran


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work tree; not to be changed."""
    return samples.shop(tmp_path_factory.mktemp("served") / "shop", bare=False)


@pytest.fixture(scope="session")
def reviewed(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One plain review of the shop, to look at from many sides."""
    return Place(tmp_path_factory.mktemp("reviewed")).review(shop, "--format", "markdown")
