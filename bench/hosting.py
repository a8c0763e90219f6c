"""Reviews what lies on a GitHub of one's own on 127.0.0.1, beside plain clones of the same repositories from there."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import Measured, measure
from tests.servers.logins import read_logins
from tests.servers.serve import Host, serve

ACCEPTED = (0, 1)
"""Exit codes of a review that was made."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A measured review, with what it asked of the host: calls to the API, and requests of git."""

    run: Measured
    api: int
    git: int


def host_of(accounts: Mapping[str, Mapping[str, Path]], folder: Path) -> AbstractContextManager[Host]:
    """A host that serves git directories by login and repository name.

    Args:
        accounts: git directories by repository name, by login.
        folder: an empty folder, for links to them.
    """
    for login, repositories in accounts.items():
        (folder / login).mkdir(parents=True)
        for name, git_dir in repositories.items():
            (folder / login / f"{name}.git").symlink_to(git_dir)
    return serve(read_logins(folder))


def review_hosted(host: Host, targets: Sequence[str], output: Path, cache: Path, most: int = 50) -> Asked:
    """Runs ``reviewer review TARGET...`` against the host; ``most`` repositories at most, the report in ``output``."""
    before = len(host.asked()), len(host.asked(git=True))
    where = [
        "--github-url",
        host.url,
        "--cache-dir",
        str(cache),
        "--output",
        str(output),
        "--max",
        str(most),
        "--quiet",
    ]
    run = measure([sys.executable, "-m", "reviewer", "review", *targets, *where])
    return Asked(run, len(host.asked()) - before[0], len(host.asked(git=True)) - before[1])


def clone_hosted(host: Host, names: Sequence[str], folder: Path) -> tuple[float, list[str]]:
    """``git clone --bare`` of each ``owner/name``, one after another: seconds in all, and those that failed."""
    folder.mkdir(parents=True, exist_ok=True)
    seconds, failed = 0.0, []
    for number, name in enumerate(names):
        run = measure(["git", "clone", "--quiet", "--bare", f"{host.url}/{name}.git", str(folder / str(number))])
        seconds += run.seconds
        if run.status:
            failed.append(name)
    return seconds, failed
