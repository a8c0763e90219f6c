"""The reading processes: every job is answered once, and no file stops, fills or ends more than its own reading."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator

import psutil
import pytest

from reviewer.gather import worker
from reviewer.gather.read import read_file
from reviewer.gather.worker import Answer, Job, Pool

SOON = 1.5
SLOW = Job("slow", "python", b'x = "' + b"\\N{" * 50_000)
"""The grammar takes half a minute for it: it looks for the end of every name up to the end of the file."""
HUGE = Job("huge", "python", b"x\n" * 30_000_000)
"""Its tree takes far more memory than a reader may have."""


def small(number: int, key: str = "small") -> Job:
    return Job(f"{key} {number}", "python", f"def f{number}():\n    return {number}\n".encode())


def keys(answers: list[Answer]) -> Counter[str]:
    return Counter(answer.key for answer in answers)


def problem(answers: list[Answer], key: str) -> str:
    (answer,) = [answer for answer in answers if answer.key == key]
    assert not answer.facts.understood
    assert answer.clock
    return " ".join(answer.facts.problems)


@pytest.fixture
def quick() -> Iterator[Pool]:
    """One process that gives up on a file soon; warm."""
    with Pool(1, seconds=SOON) as made:
        assert list(made.read([small(0)]))
        yield made


@pytest.fixture
def lone() -> Iterator[Pool]:
    """One patient process."""
    with Pool(1, seconds=60) as made:
        assert list(made.read([small(0)]))
        yield made


TEMPLATE = b"""
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.main
      Events: {Get: {Type: Api, Properties: {Path: /notes, Method: get}}}
"""


def test_texts_that_know_their_line_arrive_as_plain_ones(lone: Pool) -> None:
    (answer,) = lone.read([Job("template", "yaml", TEMPLATE)])
    assert answer.facts.understood and answer.facts.routing is not None
    assert [(type(route.name), route.name) for route in answer.facts.routing.routes] == [(str, "app.main")]


@pytest.mark.parametrize("count", [0, 1, 23, 24, 25, 600], ids=lambda count: f"{count} jobs")
def test_every_job_is_answered_once_by_what_reading_it_here_gives(count: int, pool: Pool) -> None:
    jobs = [small(number) for number in range(count)]
    random.Random(count).shuffle(jobs)
    answers = list(pool.read(jobs))
    assert keys(answers) == {job.key: 1 for job in jobs}
    wanted = {job.key: read_file(job.kind, job.data) for job in jobs}
    assert all(answer.facts == wanted[answer.key] and not answer.clock for answer in answers)


def test_jobs_of_every_size_and_kind(pool: Pool) -> None:
    sizes = [Job(f"sql {size}", "sql", b"-" * size) for size in (0, 1, 70_000, 300_000)]
    kinds = [Job("empty", "python", b""), Job("binary", "python", os.urandom(999)), Job("unknown", "no kind", b"x")]
    assert keys(list(pool.read([*sizes, *kinds]))) == {job.key: 1 for job in (*sizes, *kinds)}


def test_jobs_are_taken_only_as_they_are_needed(pool: Pool) -> None:
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(5000):
            taken.append(number)
            yield small(number)

    reading = pool.read(jobs())
    next(reading)
    assert len(taken) < 200
    reading.close()


def test_a_slow_file_is_given_up_and_the_others_of_its_batch_are_read(quick: Pool) -> None:
    jobs = [small(1), small(2), SLOW, small(3), small(4)]
    answers = list(quick.read(jobs))
    assert keys(answers) == {job.key: 1 for job in jobs}
    assert problem(answers, "slow") == f"took longer than the limit of {SOON:g} s; left out"
    assert all(answer.facts.understood and not answer.clock for answer in answers if answer.key != "slow")


def test_the_time_that_a_process_takes_to_start_is_not_given_to_a_slow_file(quick: Pool) -> None:
    started = time.monotonic()
    answers = list(quick.read([Job(f"slow {number}", SLOW.kind, SLOW.data) for number in range(3)]))
    assert all(answer.clock for answer in answers)
    assert time.monotonic() - started < 3 * (SOON + 5)


def test_of_very_many_slow_files_those_left_are_given_up_together(quick: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "GIVEN_UP_MOST", 2)
    monkeypatch.setattr(worker, "HURRIED_AFTER", 1)
    jobs = [Job(f"slow {number}", SLOW.kind, SLOW.data) for number in range(50)]
    answers = list(quick.read([*jobs, small(1)]))
    assert keys(answers) == {job.key: 1 for job in (*jobs, small(1))}
    assert "because 2 other files could not be read in time" in problem(answers, "small 1")
    assert [answer.clock for answer in quick.read([small(1)])] == [False], "the next repository has all of its time"


def test_after_some_slow_files_the_others_get_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "HURRIED_AFTER", 1)
    monkeypatch.setattr(worker, "HURRIED_SECONDS", 0.5)
    with Pool(1, seconds=1) as made:
        answers = list(made.read([Job(name, SLOW.kind, SLOW.data) for name in ("first", "second")]))
    assert problem(answers, "first") == "took longer than the limit of 1 s; left out"
    assert problem(answers, "second") == "took longer than the limit of 0.5 s; left out"


def test_a_file_that_needs_too_much_memory_is_left_out_alone(lone: Pool) -> None:
    jobs = [small(1), HUGE, small(2)]
    answers = list(lone.read(jobs))
    assert keys(answers) == {job.key: 1 for job in jobs}
    assert "memory" in problem(answers, "huge")
    assert sum(answer.facts.understood for answer in answers) == 2


def test_a_process_that_is_killed_is_replaced_and_costs_one_file_at_most(lone: Pool) -> None:
    (first,) = lone.workers
    assert first.process.pid is not None
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    jobs = [small(number) for number in range(60)]
    answers = list(lone.read(jobs))
    assert keys(answers) == {job.key: 1 for job in jobs}
    assert sum(not answer.facts.understood for answer in answers) <= 1
    assert [item.process.poll() for item in lone.workers] == [None]
    assert lone.workers[0].process.pid != first.process.pid


def test_a_process_that_is_killed_while_reading_costs_one_file(lone: Pool) -> None:
    jobs = [small(number) for number in range(2000)]
    reading = lone.read(jobs)
    answers = [next(reading) for _ in range(10)]
    assert lone.workers[0].process.pid is not None
    os.kill(lone.workers[0].process.pid, signal.SIGKILL)
    answers += list(reading)
    assert keys(answers) == {job.key: 1 for job in jobs}
    assert sum(not answer.facts.understood for answer in answers) <= 1


def test_reading_that_is_left_off_leaves_no_answers_to_the_next(pool: Pool) -> None:
    reading = pool.read([small(number, "old") for number in range(500)])
    next(reading)
    reading.close()
    assert keys(list(pool.read([small(1, "new")]))) == {"new 1": 1}


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_the_processes_end_with_the_pool(busy: bool) -> None:
    with Pool(2, seconds=30) as made:
        made.warm()
        ids = [item.process.pid for item in made.workers]
        reading = made.read([small(1), SLOW, SLOW] if busy else [small(1)])
        next(reading)
        assert all(pid is not None and psutil.pid_exists(pid) for pid in ids)
    assert made.workers == []
    assert [pid for pid in ids if psutil.pid_exists(pid or 0)] == []


def test_a_process_can_do_less_than_the_one_that_started_it(pool: Pool) -> None:
    pool.warm()
    list(pool.read([small(1), small(2)]))
    limits = [psutil.Process(item.process.pid).rlimit(psutil.RLIMIT_AS) for item in pool.workers]
    assert limits == [(worker.MEMORY_LIMIT, worker.MEMORY_LIMIT)] * len(pool.workers)
