"""Reads the labels, and finds the repositories that they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from reviewer.sources.local import NotARepository, find_git_dir

LABELS = Path(__file__).parent / "labels"
Record = dict[str, Any]
"""One label file or one JSON report, as it was loaded."""


def read_records(folder: Path, only: str = "*") -> dict[str, Record]:
    """The label files of a folder by their stem; ``only`` holds patterns of stems, separated by commas."""
    patterns = [pattern.strip() for pattern in only.split(",")]
    files = [file for file in sorted(folder.glob("*.yaml")) if any(fnmatchcase(file.stem, name) for name in patterns)]
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def git_dir_of(repos: Path, owner: str, name: str) -> Path | None:
    """The git directory of ``owner/name`` below ``repos``, bare or in a work tree; None where it is not there.

    It is looked for as ``owner__name``, ``owner+name/repo``, ``owner+name``, ``owner/name`` and ``owner/name.git``.
    """
    places: Iterable[str] = (
        f"{owner}__{name}",
        f"{owner}+{name}/repo",
        f"{owner}+{name}",
        f"{owner}/{name}",
        f"{owner}/{name}.git",
    )
    for place in places:
        try:
            return find_git_dir(repos / place)[0].resolve()
        except NotARepository:
            continue
    return None


def dig(record: Record, place: str) -> Any:  # noqa: ANN401 - a label's or a report's value, whatever it is
    """The value at a dotted place such as ``tests.frameworks``; None where any step is missing."""
    value: Any = record
    for step in place.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value
