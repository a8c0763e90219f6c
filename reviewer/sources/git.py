"""The one safe way to run git: a new environment, settings that switch every hook and helper off, hard limits.

Nothing else in the project starts git. Clone, fetch and refs go through GitPython's command layer (`execute`);
content and history are streamed (`stream`). Names of strangers are never passed, only object ids.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

MIB = 1 << 20
READ_MEMORY = 640 * MIB
"""Address space of a git that reads a repository of ours: beside two reading processes the sum stays below 1 GiB."""
CLONE_MEMORY = 900 * MIB
"""Address space of a git that clones: it maps the pack that it writes, and nothing else reads meanwhile."""
FILE_LIMIT = 4096 * MIB
STDERR_LIMIT = 2000
NOT_FOUND = 127
"""What env(1) and shells end with where a program is not there."""
LIMITED = """{ ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; } 2>/dev/null; shift 2; exec "$@\""""
"""Limits memory (KiB) and file size (blocks of 512 bytes, as POSIX has it), then becomes the command that follows."""

PASSED_ON = (
    "PATH", "TMPDIR", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy",
    "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "CURL_CA_BUNDLE",
)  # fmt: skip

SETTINGS = (
    "safe.bareRepository=explicit",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.symlinks=false",
    "submodule.recurse=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "credential.helper=",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=20",
    "transfer.credentialsInUrl=die",
    "core.bigFileThreshold=16m",
    "core.packedGitWindowSize=64m",
    "core.packedGitLimit=256m",
    "pack.threads=1",
)


class GitError(Exception):
    """A git call that failed. ``status``: exit status, negative for a signal; ``said``: its last words, escaped."""

    def __init__(self, what: str, status: int, said: str = "") -> None:
        super().__init__(f"git {what} failed ({status}){': ' + said if said else ''}")
        self.what, self.status, self.said = what, status, said


def environment(protocol: str = "none", extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of one git call, built new; ``protocol`` is what git may speak: https, http or none."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return (
        passed
        | {
            "HOME": _empty_home(),
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "false",
            "SSH_ASKPASS": "false",
            "GIT_SSH_COMMAND": "false",
            "GIT_PROTOCOL_FROM_USER": "0",
            "GIT_ALLOW_PROTOCOL": protocol,
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_LITERAL_PATHSPECS": "1",
        }
        | dict(extra or {})
    )


def command(args: Sequence[str], git_dir: str | None = None) -> list[str]:
    """The full command line of a git call."""
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    where = ["--git-dir", git_dir] if git_dir else []
    return ["git", *settings, *where, *args]


class Running:
    """The git calls of this process, so that a run that is interrupted ends them all and waits for none."""

    def __init__(self) -> None:
        self.groups: set[int] = set()
        self.over = False

    def add(self, group: int) -> None:
        """Notes a process group; ends it at once where the run is over."""
        self.groups.add(group)
        if self.over:
            end_group(group)

    def remove(self, group: int) -> None:
        """Forgets a process group that has ended."""
        self.groups.discard(group)

    def end(self) -> None:
        """Ends every git and lets no other get far; for a process that is about to end itself."""
        self.over = True
        for group in tuple(self.groups):
            end_group(group)


RUNNING = Running()


def end_group(group: int) -> None:
    """Ends a git and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class Stream:
    """A running git whose answer is read piece by piece. Closing it ends git, whether or not all was read."""

    def __init__(self, process: subprocess.Popen[bytes], what: str, errors: IO[bytes]) -> None:
        self.process, self.what, self.errors = process, what, errors
        assert process.stdin is not None and process.stdout is not None
        self.stdin: IO[bytes] = process.stdin
        self.stdout: IO[bytes] = process.stdout
        self.timed_out = False

    def kill(self) -> None:
        """Ends git and whatever it started."""
        end_group(self.process.pid)

    def expire(self) -> None:
        """Ends git because its time is over."""
        self.timed_out = True
        self.kill()

    def finish(self) -> None:
        """Waits for git to end by itself.

        Raises:
            GitError: its exit status is not 0.
        """
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()
        status = self.process.wait()
        if self.timed_out:
            raise GitError(self.what, status, "time limit reached")
        if status:
            self.errors.seek(0)
            said = "git is not installed or not on PATH" if status == NOT_FOUND else self.errors.read(STDERR_LIMIT)
            raise GitError(self.what, status, printable(said))


@contextlib.contextmanager
def stream(args: Sequence[str], git_dir: str, seconds: float = 120) -> Iterator[Stream]:
    """Starts git on one of our own repositories and hands over its pipes; it is ended when the block is left.

    Args:
        args: the git command and its arguments; object ids only, never a stranger's names.
        git_dir: a repository that we made (see `reviewer.sources.local` and `reviewer.sources.clone`).
        seconds: when the process group is killed.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            limited(command(args, git_dir), READ_MEMORY),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
            cwd="/",
            start_new_session=True,
        )
        RUNNING.add(process.pid)
        running = Stream(process, args[0], errors)
        timer = threading.Timer(seconds, running.expire)
        timer.daemon = True
        timer.start()
        try:
            yield running
        finally:
            timer.cancel()
            if process.poll() is None:
                running.kill()
            running.stdout.close()
            with contextlib.suppress(BrokenPipeError):
                running.stdin.close()
            process.wait()
            RUNNING.remove(process.pid)


def output(args: Sequence[str], git_dir: str, seconds: float = 60, limit: int = 16 * MIB) -> bytes:
    """The whole answer of a git call.

    Raises:
        GitError: git failed, took too long, or said more than ``limit`` bytes.
    """
    with stream(args, git_dir, seconds) as running:
        said = running.stdout.read(limit + 1)
        if len(said) > limit:
            raise GitError(args[0], 0, f"answer larger than {limit} bytes")
        running.finish()
        return said


def limited(words: Sequence[str], memory: int) -> list[str]:
    """A command line that limits itself before it begins: address space (``memory`` bytes), core files, file size.

    A shell sets the limits, not Python between fork and exec: with threads about, that may wait forever for a lock
    that nobody gives back. A system that lacks one of the limits goes without it.
    """
    return ["/bin/sh", "-c", LIMITED, "sh", str(memory >> 10), str(FILE_LIMIT >> 9), *words]


def printable(said: bytes | str) -> str:
    """One line of text out of what git or a server said: control characters escaped, cut at a limit."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join(text.split())[:STDERR_LIMIT]
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)


_home: tempfile.TemporaryDirectory[str] | None = None


def _empty_home() -> str:
    global _home
    if _home is None:
        _home = tempfile.TemporaryDirectory(prefix="reviewer-home-")
    return _home.name
