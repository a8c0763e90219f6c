"""``python -m bench.speed --repos DIR``: time, memory and calls of a review, cold and warm, beside other tools.

Cold is a review with nothing kept, warm the same again. Peak is the memory of all processes together. The figures are
of this machine at this moment: compare columns, not runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.processes import measure
from bench.records import git_dir_of
from bench.speed_runs import Alone, BenchError, Hosted, review_alone, review_together

REPOSITORIES = ("gothinkster/flask-realworld-example-app", "saleor/saleor")
"""A small one and a large one."""
STARTS = 7
STEPS = ("open", "parse", "history", "link", "checks", "report")


def main(args: list[str] | None = None) -> int:
    """Measures and prints."""
    given = _arguments(args)
    found = {name: git_dir_of(given.repos, *name.split("/", 1)) for name in given.of}
    absent = [name for name, git_dir in found.items() if git_dir is None]
    if absent:
        print(f"bench.speed: not below {given.repos}: {', '.join(absent)}", file=sys.stderr)
        return 2
    there = {name: git_dir for name, git_dir in found.items() if git_dir is not None}
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        work = Path(temporary)
        try:
            alone = [
                review_alone(name, git_dir, work / str(number), given.runs)
                for number, (name, git_dir) in enumerate(there.items())
            ]
            hosted = review_together(there, work / "hosted")
        except BenchError as error:
            print(f"bench.speed: {error}", file=sys.stderr)
            return 1
    starts = start_seconds()
    print(tables(alone, hosted, starts))
    if given.json:
        document = {"repositories": [asdict(each) for each in alone], "hosted": asdict(hosted), "start": starts}
        given.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0


def start_seconds() -> dict[str, float]:
    """The median time of commands that do next to nothing."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "reviewer --help": [sys.executable, "-m", "reviewer", "--help"],
    }
    return {
        name: statistics.median(measure(command).seconds for _ in range(STARTS)) for name, command in commands.items()
    }


def tables(alone: list[Alone], hosted: Hosted, starts: dict[str, float]) -> str:
    """Everything as text."""
    width = max(len(one.name) for one in alone) + 2
    host = f"{hosted.reviewed} of {hosted.repositories} from a local host"
    parts = [
        _table(
            f"{'seconds':{width}}",
            (".py files", "commits", "cold", "warm", "clone", "lizard .py", "cold MiB", "warm MiB"),
            [(one.name, _row(one)) for one in alone],
            width,
        ),
        _table(
            f"{'where the time goes, seconds':{width}}",
            STEPS,
            [
                (f"{one.name}, {what}", [_seconds(split.get(step)) for step in STEPS])
                for one in alone
                for what, split in (("cold", one.cold_split), ("warm", one.warm_split))
            ],
            width + 6,
        ),
        _table(
            f"{host:{width}}",
            ("seconds", "API", "git", "clones s"),
            [
                ("cold", [_seconds(hosted.cold), str(hosted.api), str(hosted.git), _seconds(hosted.clones)]),
                ("warm", [_seconds(hosted.warm), str(hosted.warm_api), str(hosted.warm_git), "-"]),
            ],
            width,
        ),
        "\n".join([*(f"git clone failed: {name}" for name in hosted.clones_failed), *hosted.problems]),
        "\n".join(f"{name:{width}}{1000 * seconds:10.0f} ms" for name, seconds in starts.items()),
    ]
    return "\n\n".join(part for part in parts if part)


def _row(one: Alone) -> list[str]:
    seconds = [_seconds(value) for value in (one.cold, one.warm, one.clone, one.lizard)]
    return [str(one.python_files), str(one.commits), *seconds, str(one.cold_mib), str(one.warm_mib)]


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, list[str]]], width: int) -> str:
    lines = [f"{title:{width}}" + "".join(f"{head:>11}" for head in heads)]
    lines += [f"{name:{width}}" + "".join(f"{cell:>11}" for cell in cells) for name, cells in rows]
    return "\n".join(lines)


def _seconds(value: Any) -> str:  # noqa: ANN401 - a number, or None where nothing was measured
    return "-" if value is None else f"{value:.2f}"


def _arguments(args: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--repos", type=Path, required=True, metavar="DIR", help="owner__name, owner+name/repo, ...")
    parser.add_argument("--of", nargs="+", default=REPOSITORIES, metavar="OWNER/NAME", help="which of them")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="runs that each figure is the median of")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    given = parser.parse_args(args)
    if given.runs < 1 or any("/" not in name for name in given.of):
        parser.error("--runs is at least 1, --of takes OWNER/NAME")
    return given


if __name__ == "__main__":
    sys.exit(main())
