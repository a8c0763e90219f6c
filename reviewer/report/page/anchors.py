"""Addresses inside the page: readable, safe in an attribute, and each given once."""

from __future__ import annotations

import re

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LENGTH = 60


class Anchors:
    """Hands out element ids; a second claim on the same name gets a number."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def claim(self, kind: str, name: str) -> str:
        """``need-rest``, ``repo-orders-api``, ``repo-orders-api-2``."""
        wanted = f"{kind}-{UNSAFE.sub('-', name)[:LENGTH].strip('-') or 'unnamed'}"
        anchor, number = wanted, 1
        while anchor in self._given:
            number += 1
            anchor = f"{wanted}-{number}"
        self._given.add(anchor)
        return anchor
