"""What a table of database drivers says of each."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.gather.look import words


@dataclass(frozen=True, slots=True)
class Driver:
    """A package that leads to a database.

    ``database`` is None where the package speaks to several; ``layer`` is the data layer it counts as, None for a bare
    driver. ``connects`` are the last parts of the calls that open a connection.
    """

    database: str | None
    layer: str | None = None
    connects: frozenset[str] = frozenset()


def driver(database: str | None, layer: str | None, connects: str) -> Driver:
    """A driver, with the calls that connect as one text."""
    return Driver(database, layer, words(connects))
