"""Runs a command and measures its whole process tree: seconds, and the highest sum of memory that was seen."""

from __future__ import annotations

import contextlib
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY = 0.05


@dataclass(frozen=True)
class Ran:
    """How a command ended. ``memory`` is in bytes; ``status`` is None where it was killed for taking too long."""

    status: int | None
    seconds: float
    memory: int
    stdout: str
    stderr: str


def run(words: list[str], folder: Path, limit: float, env: dict[str, str]) -> Ran:
    """Runs a command in an empty folder, without standard input."""
    started, memory = time.monotonic(), 0
    with open(folder / ".stdout", "wb") as out, open(folder / ".stderr", "wb") as err:
        process = subprocess.Popen(words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        watched = psutil.Process(process.pid)
        while process.poll() is None and time.monotonic() - started < limit:
            memory = max(memory, _tree(watched))
            time.sleep(EVERY)
        status = process.poll()
        if status is None:
            for item in [*watched.children(recursive=True), watched]:
                with contextlib.suppress(psutil.Error):
                    item.kill()
            process.wait()
    seconds = time.monotonic() - started
    said = [(folder / name).read_bytes().decode("utf-8", "replace") for name in (".stdout", ".stderr")]
    return Ran(status, seconds, memory, *said)


def _tree(process: psutil.Process) -> int:
    total = 0
    with contextlib.suppress(psutil.Error):
        for item in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                total += item.memory_info().rss
    return total
