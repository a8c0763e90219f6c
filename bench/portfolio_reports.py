"""Makes the reports of whole accounts on a local server, and says what each took."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.hosting import ACCEPTED, clone_hosted, host_of, review_hosted
from bench.records import Record, git_dir_of
from tests.servers.serve import Host

HEADS = f"{'account':20}{'repos':>6}{'cold s':>9}{'warm s':>9}{'clones s':>10}{'peak MiB':>10}{'API':>6}{'git':>6}"


@dataclass(frozen=True, slots=True)
class Times:
    """What one account took. Seconds; ``warm`` is the same review again with what the first one kept.

    ``clones`` is ``git clone --bare`` of each repository, one after another; ``clones_failed`` names those it could not
    make. ``api`` and ``git`` are the requests of the first review.
    """

    account: str
    repositories: int
    cold: float
    warm: float
    clones: float
    peak_mib: int
    api: int
    git: int
    absent: tuple[str, ...] = ()
    clones_failed: tuple[str, ...] = ()


def make_reports(records: Mapping[str, Record], repos: Path, reports: Path, most: int) -> list[Times]:
    """Reviews each account into ``REPORTS/<account>.json`` and prints what it took.

    Args:
        records: labels by account; all repositories that they name and that are there are served.
        repos: the folder that holds the repositories.
        reports: where the reports go.
        most: how many repositories of one account are reviewed.
    """
    reports.mkdir(parents=True, exist_ok=True)
    wanted = {account: repository_names(record) for account, record in records.items()}
    found = {
        account: {name: git_dir for name in names if (git_dir := git_dir_of(repos, account, name))}
        for account, names in wanted.items()
    }
    times = []
    print(HEADS)
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary, host_of(found, Path(temporary, "logins")) as host:
        for account in records:
            folder = Path(temporary, account)
            absent = tuple(name for name in wanted[account] if name not in found[account])
            one = _make(host, account, list(found[account]), absent, folder, reports / f"{account}.json", most)
            _print(one)
            times.append(one)
    print()
    return times


def _make(
    host: Host, account: str, names: list[str], absent: tuple[str, ...], folder: Path, report: Path, most: int
) -> Times:
    report.unlink(missing_ok=True)
    seconds, failed = clone_hosted(host, [f"{account}/{name}" for name in names], folder / "clones")
    output, cache = folder / "report", folder / "cache"
    cold = review_hosted(host, [account], output, cache, most)
    if cold.run.status in ACCEPTED:
        shutil.copy(output / "report.json", report)
    else:
        print(f"{account}: exit {cold.run.status}: {cold.run.said}", file=sys.stderr)
    warm = review_hosted(host, [account], output, cache, most)
    return Times(
        account=account,
        repositories=len(names),
        cold=cold.run.seconds,
        warm=warm.run.seconds,
        clones=seconds,
        peak_mib=max(cold.run.peak, warm.run.peak) >> 20,
        api=cold.api,
        git=cold.git,
        absent=absent,
        clones_failed=tuple(failed),
    )


def repository_names(record: Record) -> list[str]:
    """Every repository that a label names, also those that its reader left out."""
    listed = [str(item["name"]) for item in record.get("repositories") or []]
    left_out = [str(item).partition(" (")[0] for item in record.get("not_fetched") or []]
    return listed + left_out


def _print(one: Times) -> None:
    seconds = f"{one.cold:9.1f}{one.warm:9.1f}{one.clones:10.1f}"
    print(f"{one.account:20}{one.repositories:6}{seconds}{one.peak_mib:10}{one.api:6}{one.git:6}", flush=True)
    for what, names in (("not there", one.absent), ("git clone failed", one.clones_failed)):
        if names:
            print(f"  {what}: {', '.join(names)}")
