"""What several rooms' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reviewer.gather.worker import Pool


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """One pair of reading processes for the whole session."""
    with Pool(2) as made:
        yield made
