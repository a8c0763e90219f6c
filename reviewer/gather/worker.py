"""Reads files in processes that can be killed: a limit on time and memory per file, whatever a stranger wrote."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path

import msgspec

from reviewer.model.facts.file import FileFacts

SECONDS_PER_FILE = 8.0
GARBAGE_THRESHOLD = 200_000
"""Objects between two searches for cycles. What a reader builds holds none, and searching cost a tenth of its time."""
MEMORY_LIMIT = 640 << 20
"""Address space of a worker, in bytes: about 250 MiB of it are the interpreter and the grammars."""
BATCH_FILES = 24
BATCH_BYTES = 256 << 10
START_SECONDS = 30.0
HURRIED_AFTER = 6
HURRIED_SECONDS = 1.0
"""After so many files of one repository were given up, the others get less time each."""
GIVEN_UP_MOST = 40
"""Files of one repository that are given up one by one; then all that are left are: somebody wrote them to be slow."""
READY = b""
"""What a worker says first, once its readers are loaded."""
RECURSION = 1500
DECODER = msgspec.msgpack.Decoder(FileFacts)
PACKAGE_ROOT = Path(__file__).parents[2]
"""Where a worker finds this package, however it was found by the main process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read. ``key`` is handed back with the answer."""

    key: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The facts of one job, and what they were sent as. ``clock`` marks answers that depend on time or memory: they are
    not cached."""

    key: str
    facts: FileFacts
    clock: bool = False
    packed: bytes = b""


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection
    ready: bool = False
    waiting: deque[Job] = field(default_factory=deque)
    deadline: float = 0.0


class Pool:
    """A few worker processes that live as long as the run. Use as a context manager; not for several threads."""

    def __init__(self, size: int, seconds: float = SECONDS_PER_FILE) -> None:
        """Args: size: how many processes; seconds: for one file."""
        self.size, self.seconds = size, seconds
        self.workers: list[_Worker] = []
        self.given_up = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            _end(worker)
        self.workers.clear()

    def warm(self) -> None:
        """Starts the workers, so that they load their grammars while something else goes on."""
        while len(self.workers) < self.size:
            self.workers.append(_start())

    def read(self, jobs: Iterable[Job]) -> Iterator[Answer]:
        """Reads the jobs of one repository, each once; answers come as they are made, in no fixed order."""
        source = iter(jobs)
        again: deque[Job] = deque()
        self.given_up = 0
        first = next(source, None)
        if first is None:
            return
        again.append(first)
        self.warm()
        try:
            yield from self._answers(source, again)
            for job in (*again, *source):
                yield _unread(job, f"left out, because {self.given_up:,} other files could not be read in time")
        finally:
            for worker in [worker for worker in self.workers if worker.waiting]:
                self._replace(worker)

    def _answers(self, source: Iterator[Job], again: deque[Job]) -> Iterator[Answer]:
        while self.given_up < GIVEN_UP_MOST:
            self._hand_out(source, again)
            busy = [worker for worker in self.workers if worker.waiting]
            if not busy:
                return
            pause = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
            ready = wait([worker.pipe for worker in busy], timeout=pause)
            for worker in busy:
                if worker.pipe in ready:
                    yield from self._take(worker, again)
                elif time.monotonic() >= worker.deadline:
                    yield self._give_up(worker, again, f"took longer than the limit of {self._limit:g} s; left out")
        for worker in self.workers:
            again.extend(worker.waiting)

    @property
    def _limit(self) -> float:
        """Seconds for one file."""
        return self.seconds if self.given_up < HURRIED_AFTER else min(self.seconds, HURRIED_SECONDS)

    def _hand_out(self, source: Iterator[Job], again: deque[Job]) -> None:
        for worker in self.workers:
            if worker.waiting:
                continue
            batch = _batch(source, again)
            if not batch:
                continue
            worker.waiting.extend(batch)
            worker.deadline = time.monotonic() + (self._limit if worker.ready else START_SECONDS)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                worker.pipe.send([(job.kind, job.data) for job in batch])

    def _take(self, worker: _Worker, again: deque[Job]) -> Iterator[Answer]:
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            yield self._give_up(worker, again, "ended the reader: more memory than its limit, or a fault; left out")
            return
        worker.deadline = time.monotonic() + self._limit
        if answer == READY:
            worker.ready = True
            return
        job = worker.waiting.popleft()
        clock, packed = answer[:1] == b"!", answer[1:]
        yield Answer(job.key, DECODER.decode(packed), clock, packed)

    def _give_up(self, worker: _Worker, again: deque[Job], why: str) -> Answer:
        job = worker.waiting.popleft()
        again.extendleft(reversed(worker.waiting))
        self._replace(worker)
        self.given_up += 1
        return _unread(job, why)

    def _replace(self, worker: _Worker) -> None:
        _end(worker, kill=True)
        self.workers.remove(worker)
        self.workers.append(_start())


def _unread(job: Job, why: str) -> Answer:
    return Answer(job.key, FileFacts(kind=job.kind, understood=False, problems=(why,)), clock=True)


def _batch(source: Iterator[Job], again: deque[Job]) -> list[Job]:
    batch: list[Job] = []
    size = 0
    while len(batch) < BATCH_FILES and size < BATCH_BYTES:
        job = again.popleft() if again else next(source, None)
        if job is None:
            break
        batch.append(job)
        size += len(job.data)
    return batch


def _start() -> _Worker:
    """A new interpreter that runs this module: it imports nothing of the program or folder that we were started from.

    It has a session of its own, so that Ctrl-C is for the main process alone; when that is gone, its pipe ends.
    """
    ours, theirs = Pipe()
    words = [sys.executable, "-P", "-m", __name__, str(theirs.fileno())]
    env = os.environ | {"PYTHONPATH": str(PACKAGE_ROOT)}
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=env, cwd="/", start_new_session=True
    )
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker, kill: bool = False) -> None:
    worker.pipe.close()
    if kill:
        worker.process.kill()
    try:
        worker.process.wait(1)
    except subprocess.TimeoutExpired:
        worker.process.kill()
        worker.process.wait()


def _serve(pipe: Connection) -> None:
    """The worker's loop: batches in, one packed answer per file out, ``!`` before those that hang on a limit."""
    _limit()
    from reviewer.gather.read import read_file

    encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
    with contextlib.suppress(EOFError, OSError):  # whoever sent the files is gone
        pipe.send_bytes(READY)
        while True:
            for kind, data in pipe.recv():
                pipe.send_bytes(_read(read_file, encode, kind, data))


def _read(read_file: object, encode: object, kind: str, data: bytes) -> bytes:
    assert callable(read_file) and callable(encode)
    try:
        return b" " + bytes(encode(read_file(kind, data)))
    except MemoryError:
        why, mark = "needs more memory than the limit for one file; left out", b"!"
    except RecursionError:
        why, mark = "nests too deep to be read; left out", b" "
    except Exception as error:  # a fault in a reader must not end the run: it is named in the report
        why, mark = f"could not be read: a fault in the reader ({type(error).__name__})", b" "
    return mark + bytes(encode(FileFacts(kind=kind, understood=False, problems=(why,))))


def _plain(value: object) -> str:
    """A text that knows its line (a YAML scalar) as mere text: only such travels between processes."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"facts hold a {type(value).__name__}")


def _limit() -> None:
    sys.setrecursionlimit(RECURSION)
    gc.set_threshold(GARBAGE_THRESHOLD)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
