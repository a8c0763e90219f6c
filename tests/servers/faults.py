"""What can be wrong with a host, switched on for one test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class Fault:
    """Spoils the answers to paths that ``path`` (a pattern) is found in: after ``skip`` of them, ``times`` of them.

    ``status`` with ``headers`` and ``body`` replaces the answer; ``cut`` ends its body after so many bytes; ``flip``
    changes a byte near its end; ``delay`` seconds come before it; ``extra`` headers are laid over it.
    """

    path: str
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    message: str = "fault"
    cut: int | None = None
    delay: float = 0
    extra: dict[str, str] = field(default_factory=dict)
    times: int = 1_000_000
    skip: int = 0
    flip: bool = False

    def takes(self, path: str) -> bool:
        """Whether it spoils this request; counts it."""
        if self.times <= 0 or not re.search(self.path, path):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True
