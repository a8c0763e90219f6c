"""Reviews labelled repositories at their commits, one report each."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.records import Record, git_dir_of
from reviewer.model.target import Target, TargetKind
from reviewer.report.json import render_json
from reviewer.review import review
from reviewer.settings import Settings


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One repository's report as bytes, None where the repository is not there; how long it took, and what was said."""

    stem: str
    report: bytes | None
    seconds: float = 0.0
    said: str = "absent"


def review_records(records: Mapping[str, Record], repos: Path, jobs: int | None) -> Iterator[Reviewed]:
    """Reviews each record's repository at its commit, without a cache.

    Args:
        records: labels by stem ``owner__name``.
        repos: the folder that holds the repositories.
        jobs: how many processes read files; None for one per processor.
    """
    for stem, record in records.items():
        owner, _, name = stem.partition("__")
        git_dir = git_dir_of(repos, owner, name)
        if git_dir is None:
            yield Reviewed(stem, None)
            continue
        target = Target(kind=TargetKind.PATH, text=stem, path=str(git_dir), revision=str(record["commit"]))
        started = time.perf_counter()
        made = review([target], Settings(no_cache=True, jobs=jobs))
        seconds = time.perf_counter() - started
        said = "; ".join(item.reason or item.status.value for item in made.review.repositories)
        yield Reviewed(stem, render_json(made.report), seconds, said)


def read_report(file: Path) -> Record:
    """The first repository of a report; empty where there is no report or it lists none.

    Raises:
        ValueError: the file is no JSON document of a report.
    """
    if not file.is_file():
        return {}
    document = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(document, dict):
        raise ValueError("not a report")
    first = (document.get("repositories") or [{}])[0]
    return first if isinstance(first, dict) else {}
