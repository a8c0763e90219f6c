"""What the path and name of a function say of its purpose."""

from __future__ import annotations

import re

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
ONCE = frozenset(
    "seed seeds seeder seeders seeding fixture fixtures migration migrations migrate import importer imports populate"
    " script scripts factory factories backfill bootstrap alembic versions setup".split()
)
"""Words of code that runs once, or by hand, on few rows."""


def runs_once(path: str, function: str) -> bool:
    """Whether a function seeds, imports or migrates, as opposed to serving requests."""
    return not ONCE.isdisjoint(word.lower() for word in WORDS.findall(f"{path}/{function}"))
