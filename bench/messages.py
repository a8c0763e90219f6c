"""``python -m bench.messages --data FILE.csv``: commit messages against their labels.

The file has the columns ``message``, ``has_what`` and ``has_why`` (1 or 0), and optionally ``vague`` (1 or 0) and
``tokenised`` (1 where spaces were put around punctuation, which are taken out again). Nothing is fitted, so every
figure is of messages that the rules were not trained on. Most messages have a what, so accuracy says little: look at
the class that is missing, and at both classes alike (macro).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.measures import Counts
from checks.commits._reasons import reason
from checks.commits._words import is_vague

SPACED = (
    (re.compile(r"(?<=\w) ([-/_]|\.(?= [a-z\d])) (?=\w)"), r"\1"),
    (re.compile(r"(?<=\w) ' (?=\w)"), "'"),
    (re.compile(r"\s+([,.;:!?)\]])"), r"\1"),
    (re.compile(r"([(\[])\s+"), r"\1"),
)
"""Spaces that a tokeniser put around punctuation."""


@dataclass(frozen=True, slots=True)
class Scored:
    """How one label was told. ``missing`` is F1 of the class that has it not, ``macro`` the mean over both."""

    name: str
    n: int
    missing_n: int
    missing: float
    macro: float


def main(args: list[str] | None = None) -> int:
    """Scores and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.messages", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help="labelled messages, as CSV")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    given = parser.parse_args(args)
    try:
        rows = read_messages(given.data)
    except (OSError, UnicodeDecodeError, MessagesError) as error:
        print(f"bench.messages: {given.data}: {error}", file=sys.stderr)
        return 2
    found = score(rows)
    print(table(found))
    if given.json:
        given.json.write_text(json.dumps([asdict(item) for item in found], indent=2) + "\n", encoding="utf-8")
    return 0


class MessagesError(Exception):
    """A file without the columns that are needed; says which."""


def read_messages(path: Path) -> list[dict[str, str]]:
    """The rows of a file.

    Raises:
        MessagesError: it lacks a column, or holds no row.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lacking = [name for name in ("message", "has_what", "has_why") if not rows or name not in rows[0]]
    if lacking:
        raise MessagesError(f"no column {lacking[0]}" if rows else "no rows")
    return rows


def score(rows: Sequence[Mapping[str, str]]) -> list[Scored]:
    """One row per label that the file has."""
    parts = [parted(row) for row in rows]
    told: dict[str, Callable[[str, str], bool]] = {
        "has_what": lambda subject, body: not is_vague(subject, body),
        "has_why": lambda subject, body: reason(subject, body) is not None,
        "vague": is_vague,
    }
    return [
        _scored(name, [row[name] == "1" for row in rows], [says(*part) for part in parts], missing=name == "vague")
        for name, says in told.items()
        if name in rows[0]
    ]


def parted(row: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body."""
    text = row["message"]
    for pattern, instead in SPACED if row.get("tokenised") == "1" else ():
        text = pattern.sub(instead, text)
    subject, _, body = text.strip().partition("\n")
    return subject, body


def _scored(name: str, truth: list[bool], told: list[bool], missing: bool) -> Scored:
    """Args: missing: the value of the class that lacks something."""
    by_class = {value: _f1_of(value, truth, told) for value in (True, False)}
    return Scored(name, len(truth), truth.count(missing), by_class[missing], sum(by_class.values()) / 2)


def _f1_of(value: bool, truth: list[bool], told: list[bool]) -> float:
    pairs = list(zip(truth, told, strict=True))
    hit = sum(real is value and said is value for real, said in pairs)
    return Counts(hit, truth.count(value) - hit, told.count(value) - hit).f1


def table(found: Sequence[Scored]) -> str:
    """Everything as text."""
    head = f"{'':10} {'n':>5} {'lacking':>8} {'F1 of lacking':>14} {'macro F1':>9}"
    rows = (
        f"{item.name:10} {item.n:>5} {item.missing_n:>8} {item.missing:>14.3f} {item.macro:>9.3f}" for item in found
    )
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main())
