"""Git calls that speak to a host: through GitPython's command layer, in a session of their own, bounded in every way.

What a stranger named is never an argument: object ids are, and addresses behind ``--`` that `check_address` has passed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from reviewer.sources.git import (
    CLONE_MEMORY,
    NOT_FOUND,
    RUNNING,
    STDERR_LIMIT,
    GitError,
    command,
    end_group,
    environment,
    limited,
    printable,
)
from reviewer.sources.token import Token

if TYPE_CHECKING:
    from git.cmd import Git

ANSWER_LIMIT = 16 << 20
CHUNK = 1 << 16
POLL_SECONDS = 0.2


class _Pipe:
    """Reads a pipe to its end in a thread of its own and keeps the first ``limit`` bytes."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        self.kept, self.over, self._pipe, self._limit = b"", False, pipe, limit
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        pieces: list[bytes] = []
        room = self._limit
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(self._pipe.fileno(), CHUNK):
                pieces.append(piece[:room])
                self.over = self.over or len(piece) > room
                room = max(0, room - len(piece))
        self.kept = b"".join(pieces)

    def text(self) -> bytes:
        self._thread.join(5)
        return self.kept


def call(
    args: Sequence[str],
    git_dir: str | None = None,
    *,
    address: str,
    token: Token | None = None,
    seconds: float = 60,
    folder: tuple[Path, int] | None = None,
) -> bytes:
    """Runs git against a host and returns what it printed.

    Args:
        args: the git command and its arguments.
        git_dir: the repository it works in; None for clone and ls-remote.
        address: the host's address: decides the one protocol that is allowed and whether the token may go there.
        token: sent by environment, to its own host only.
        seconds: when git and whatever it started are killed.
        folder: a folder that git fills, and the bytes it may reach before git is killed.

    Raises:
        GitError: git failed, or a limit was reached.
    """
    extra = token.git_settings(address) if token else {}
    env = environment(urlsplit(address).scheme, extra)
    process = _start(command(args, git_dir), env)
    RUNNING.add(process.pid)
    try:
        assert process.stdout is not None and process.stderr is not None
        answer, errors = _Pipe(process.stdout, ANSWER_LIMIT), _Pipe(process.stderr, STDERR_LIMIT)
        reached = _watch(process, seconds, folder, answer) or _too_large(folder, answer)
    finally:
        if process.poll() is None:
            _kill(process)
        RUNNING.remove(process.pid)
    said, wrong = answer.text(), errors.text()
    process.stdout.close()
    process.stderr.close()
    if reached:
        raise GitError(args[0], process.returncode, reached)
    if process.returncode:
        raise GitError(args[0], process.returncode, printable(wrong))
    return said


def _start(words: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # GitPython lays our environment over the inherited one, so env(1) takes away what is inherited.
    dropped = [word for name in sorted(os.environ) if name not in env and name for word in ("-u", name)]
    running = _git().execute(
        ["/usr/bin/env", *dropped, *limited(words, CLONE_MEMORY)],
        as_process=True,
        env=dict(env),
        start_new_session=True,
    )
    process: subprocess.Popen[bytes] = running.proc  # type: ignore[assignment]
    running.proc = None
    return process


def _git() -> Git:
    """GitPython's command layer, imported at its first use: the import runs git and takes a tenth of a second."""
    try:
        from git.cmd import Git
    except ImportError as error:
        raise GitError("version", NOT_FOUND, "git is not installed or not on PATH") from error
    return Git("/")


def _watch(
    process: subprocess.Popen[bytes], seconds: float, folder: tuple[Path, int] | None, answer: _Pipe
) -> str | None:
    """Waits for the end. Says which limit ended git; None where it ended by itself."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.001, min(POLL_SECONDS, end - time.monotonic())))
            return None
        if time.monotonic() >= end:
            return _ended(process, "time limit reached")
        if too_large := _too_large(folder, answer):
            return _ended(process, too_large)


def _too_large(folder: tuple[Path, int] | None, answer: _Pipe) -> str | None:
    return "size limit reached" if answer.over or (folder and size_of(folder[0]) > folder[1]) else None


def _ended(process: subprocess.Popen[bytes], why: str) -> str:
    _kill(process)
    return why


def _kill(process: subprocess.Popen[bytes]) -> None:
    end_group(process.pid)
    process.wait()


def size_of(folder: Path) -> int:
    """Bytes of the files below a folder of ours; files that vanish meanwhile count nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - bytes on disk, thousands of files
    return total
