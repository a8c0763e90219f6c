"""The runs behind the table of speed: one repository from the disk, and several from a local host."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.hosting import ACCEPTED, clone_hosted, host_of, review_hosted
from bench.peers import clone_bare, export_python, lizard_installed, run_lizard
from bench.processes import Measured, measure
from reviewer.model.target import Target, TargetKind
from reviewer.review import Made, review
from reviewer.settings import Settings
from reviewer.sources.local import open_local


class BenchError(Exception):
    """A run that failed, so that its time would mean nothing; the message says which."""


@dataclass(frozen=True, slots=True)
class Alone:
    """One repository from the disk. Seconds and MiB.

    ``clone`` is None where git could not make it (a repository that lacks objects), ``lizard`` where it is not
    installed. The splits come from a run of their own: seconds by step, as the review itself notes them.
    """

    name: str
    python_files: int
    commits: int
    cold: float
    warm: float
    clone: float | None
    lizard: float | None
    cold_mib: int
    warm_mib: int
    cold_split: dict[str, float]
    warm_split: dict[str, float]


@dataclass(frozen=True, slots=True)
class Hosted:
    """All repositories from a local host: seconds, requests to the API and of git.

    ``clones`` is plain clones one after another, ``clones_failed`` those that git could not make; ``reviewed`` is how
    many the review could read, ``problems`` what it could not read of them: a time for less work is no comparison.
    """

    repositories: int
    reviewed: int
    cold: float
    warm: float
    api: int
    git: int
    warm_api: int
    warm_git: int
    clones: float
    clones_failed: tuple[str, ...]
    problems: tuple[str, ...]


def review_alone(name: str, git_dir: Path, folder: Path, runs: int) -> Alone:
    """Measures one repository.

    Args:
        name: ``owner/name``, for the table.
        git_dir: its git directory.
        folder: an empty folder of ours.
        runs: how many runs each figure is the median of.

    Raises:
        BenchError: a command failed.
    """
    folder.mkdir(parents=True)
    cold = [_command(git_dir, folder / f"cold-{number}") for number in range(runs)]
    warm = [_command(git_dir, folder / "cold-0") for _ in range(runs)]
    clones = [clone_bare(git_dir, folder / f"clone-{number}") for number in range(runs)]
    first, again = (_in_process(git_dir, folder / "split") for _ in range(2))
    files, lizard = _lizard(git_dir, folder, runs)
    past = first.report.repositories[0].history
    return Alone(
        name=name,
        python_files=files,
        commits=past.commits if past else 0,
        cold=_median(cold, lambda run: run.seconds),
        warm=_median(warm, lambda run: run.seconds),
        clone=None if any(run.status for run in clones) else _median(clones, lambda run: run.seconds),
        lizard=lizard,
        cold_mib=int(_median(cold, lambda run: run.peak)) >> 20,
        warm_mib=int(_median(warm, lambda run: run.peak)) >> 20,
        cold_split=first.timings.seconds,
        warm_split=again.timings.seconds,
    )


def review_together(repositories: Mapping[str, Path], folder: Path) -> Hosted:
    """Measures one review of all the repositories, from a local host.

    Args:
        repositories: git directories by ``owner/name``.
        folder: an empty folder of ours.

    Raises:
        BenchError: a command failed.
    """
    names = list(repositories)
    accounts: dict[str, dict[str, Path]] = {}
    for full_name, git_dir in repositories.items():
        owner, _, name = full_name.partition("/")
        accounts.setdefault(owner, {})[name] = git_dir
    with host_of(accounts, folder / "logins") as host:
        clones, failed = clone_hosted(host, names, folder / "clones")
        cold, warm = (review_hosted(host, names, folder / "report", folder / "cache") for _ in range(2))
    for asked in (cold, warm):
        _checked(asked.run, "reviewer review")
    report = json.loads((folder / "report" / "report.json").read_text(encoding="utf-8"))
    return Hosted(
        repositories=len(names),
        reviewed=sum(item["status"] == "reviewed" for item in report["repositories"]),
        cold=cold.run.seconds,
        warm=warm.run.seconds,
        api=cold.api,
        git=cold.git,
        warm_api=warm.api,
        warm_git=warm.git,
        clones=clones,
        clones_failed=tuple(failed),
        problems=tuple(
            f"{item['name']}: {problem['what']}"
            for item in report["repositories"]
            for problem in item["problems"]
            if problem["path"] is None
        ),
    )


def _command(git_dir: Path, cache: Path) -> Measured:
    words = ["review", str(git_dir), "--cache-dir", str(cache), "--output", f"{cache}-report", "--quiet"]
    return _checked(measure([sys.executable, "-m", "reviewer", *words]), "reviewer review")


def _in_process(git_dir: Path, cache: Path) -> Made:
    target = Target(kind=TargetKind.PATH, text=str(git_dir), path=str(git_dir))
    return review([target], Settings(cache_dir=str(cache)))


def _lizard(git_dir: Path, folder: Path, runs: int) -> tuple[int, float | None]:
    """The number of Python files, and lizard's seconds on them."""
    (folder / "opened").mkdir()
    opened = open_local(str(git_dir), None, folder / "opened")
    files = export_python(opened.git_dir, opened.commit, folder / "python") if opened.commit else 0
    if not files or not lizard_installed():
        return files, None
    return files, _median([run_lizard(folder / "python") for _ in range(runs)], lambda run: run.seconds)


def _checked(run: Measured, what: str) -> Measured:
    if run.status not in ACCEPTED:
        raise BenchError(f"{what}: exit {run.status}: {run.said[-300:]}")
    return run


def _median(runs: list[Measured], figure: Callable[[Measured], float]) -> float:
    return statistics.median(figure(run) for run in runs)
