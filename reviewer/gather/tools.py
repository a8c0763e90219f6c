"""What gathering works with."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from reviewer.gather.worker import Pool
from reviewer.store import Store


@dataclass(slots=True)
class Timings:
    """Seconds that each step took, for the bench."""

    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def step(self, name: str) -> None:
        """Ends a step that began when the one before it ended."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.started
        self.started = now


@dataclass(frozen=True, slots=True)
class Tools:
    """What gathering works with: the readers' pool, the cache, and where times are noted."""

    pool: Pool
    store: Store
    timings: Timings = field(default_factory=Timings)
