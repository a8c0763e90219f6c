"""Looks at everything that a program starts while it runs: arguments and environment of each process below it."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from types import TracebackType

import psutil


@dataclass
class Watch:
    """Polls the children of a process in a thread of its own. ``seen`` holds arguments and environment of each.

    A child that is forked and has not begun its own program yet still shows those of its parent: it is left out.
    """

    pid: int
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=set)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.002):
            with contextlib.suppress(psutil.Error):
                parent = psutil.Process(self.pid)
                for child in parent.children(recursive=True):
                    self._look(child, parent)

    def _look(self, child: psutil.Process, parent: psutil.Process) -> None:
        with contextlib.suppress(psutil.Error, OSError):
            words = child.cmdline()
            env = tuple(f"{name}={value}" for name, value in sorted(child.environ().items()))
            if words == child.cmdline() != parent.cmdline():
                self.seen.add((tuple(words), env))
