"""Runs a command and measures it from outside: wall time, and the memory of its whole process tree."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

INTERVAL = 0.05
"""Seconds between two samples of memory; a peak shorter than that may be missed."""
TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. ``peak`` is in bytes: the largest sum of resident memory, pages that processes share counted in each."""

    seconds: float
    peak: int
    status: int
    said: str


def measure(command: Sequence[str]) -> Measured:
    """Runs a command to its end, without tokens and proxies, and samples it meanwhile; ``said`` is its stderr."""
    env = {name: value for name, value in os.environ.items() if name not in TOKENS}
    env |= {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "GIT_CONFIG_GLOBAL": os.devnull}
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=env)
        sampler = _Sampler(process.pid)
        sampler.start()
        status = process.wait()
        seconds = time.perf_counter() - started
        peak = sampler.stop()
        errors.seek(0)
        return Measured(seconds, peak, status, errors.read().decode("utf-8", "replace").strip())


class _Sampler(threading.Thread):
    """Looks at a process and everything below it until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._over = threading.Event()
        self._peak = 0

    def run(self) -> None:
        while not self._over.wait(INTERVAL):
            self._peak = max(self._peak, self._resident())

    def stop(self) -> int:
        """Ends the sampling; the largest sum in bytes."""
        self._over.set()
        self.join()
        return self._peak

    def _resident(self) -> int:
        total = 0
        with contextlib.suppress(psutil.Error):
            for process in [self._root, *self._root.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    total += process.memory_info().rss
        return total
