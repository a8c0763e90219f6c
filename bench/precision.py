"""``python -m bench.precision``: are the faults that are named faults, and is what is praised there?

Samples of findings, judged by reading the code.

``draw`` takes a seeded sample out of reports; a reader opens each finding's code and writes ``right`` or ``wrong`` and
why into the list. ``table`` prints how many were right, check by check. ``again`` reviews the same commits with the
code as it is now and says how many of the wrong ones are still said, and how many of the right ones.

A finding counts where it says *not shown* or *partly*: both tell a candidate that something lacks. With ``--praise``
those are drawn that say *shown*: an employer must be able to rely on them as well. Right means that a
sceptical senior engineer who reads the code agrees with the outcome and with every place it shows; a fault in a test,
fixture, example, vendored or generated file is wrong, and so is a wrong number that the outcome hangs on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.judged import Counted, Sampled, by_check, read_samples, unclear, write_samples
from bench.reviewing import read_report, review_records
from bench.sampling import FAULTS, PRAISE, draw, findings


def main(args: list[str] | None = None) -> int:
    """Draws a sample, prints its table, or compares it with what is said today."""
    given = _arguments(args)
    try:
        return {"draw": _draw, "table": _table, "again": _again}[given.command](given)
    except (OSError, ValueError) as error:
        print(f"bench.precision: {error}", file=sys.stderr)
        return 2


def table(samples: Sequence[Sampled]) -> str:
    """The verdicts by check, the most often wrong first, with the sum and what is not judged yet."""
    counted = by_check(samples)
    everything = f"all {len(counted)} checks"
    width = max(len(name) for name in (*counted, everything)) + 2
    lines = [f"{'check':{width}}{'sample':>7}{'right':>7}{'wrong':>7}"]
    for name, row in sorted(counted.items(), key=lambda item: (-item[1].wrong, item[0])):
        lines.append(f"{name:{width}}{row.sample:7}{row.right:7}{row.wrong:7}")
    total = Counted.of(samples)
    lines.append(f"{everything:{width}}{total.sample:7}{total.right:7}{total.wrong:7}")
    lines.append(f"precision {total.precision:.3f} of {total.right + total.wrong} judged")
    if pending := unclear(samples):
        lines.append(f"not judged: {', '.join(str(item.number) for item in pending)}")
    return "\n".join(lines)


def _draw(given: argparse.Namespace) -> int:
    outcomes = PRAISE if given.praise else FAULTS
    pools = [findings(read_folder(folder), place, outcomes) for place, folder in enumerate(given.reports)]
    samples = draw(pools, given.size, given.most, given.per_repository, given.seed)
    write_samples(given.list, samples)
    repositories = {item.repository for item in samples}
    print(
        f"{len(samples)} findings of {len(by_check(samples))} checks in {len(repositories)} repositories: {given.list}"
    )
    return 0


def _table(given: argparse.Namespace) -> int:
    print(table(read_samples(given.list)))
    return 0


def _again(given: argparse.Namespace) -> int:
    """Reviews what was sampled and lists the findings that changed for the worse, or did not change for the better."""
    samples = read_samples(given.list)
    records = {item.repository.replace("/", "__"): {"commit": item.commit} for item in samples}
    outcomes = PRAISE if samples[0].outcome in PRAISE else FAULTS
    said: set[tuple[str, str]] = set()
    reported: set[str] = set()
    for done in review_records(records, given.repos, given.jobs):
        if done.report is not None:
            reported.add(done.stem.replace("__", "/", 1))
            report = json.loads(done.report)["repositories"][0] | {"stem": done.stem}
            said |= {item.key for item in findings([report], 0, outcomes)}
    there = [item for item in samples if item.repository in reported]
    for verdict in ("wrong", "right"):
        judged = [item for item in there if item.verdict == verdict]
        still = [item for item in judged if item.key in said]
        print(f"{len(still)} of {len(judged)} {verdict} findings are still said")
        for item in still if verdict == "wrong" else [item for item in judged if item.key not in said]:
            print(f"  {item.number:4} {item.check:28} {item.repository}: {item.reason or item.summary}")
    return 0


def read_folder(folder: Path) -> list[dict[str, object]]:
    """The repositories of a folder's reports, each with the ``stem`` of its file."""
    return [read_report(file) | {"stem": file.stem} for file in sorted(folder.glob("*.json"))]


def _arguments(args: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.precision", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawn = commands.add_parser("draw", help="take a sample out of reports")
    drawn.add_argument("--reports", type=Path, action="append", required=True, help="reports; each folder equally")
    drawn.add_argument("--size", type=int, default=240, help="how many findings")
    drawn.add_argument("--most", type=int, default=5, help="how many of one check")
    drawn.add_argument("--per-repository", type=int, default=8, help="how many of one repository")
    drawn.add_argument("--praise", action="store_true", help="findings that say shown, in place of faults")
    drawn.add_argument("--seed", type=int, default=1)
    shown = commands.add_parser("table", help="print the verdicts by check")
    again = commands.add_parser("again", help="compare the verdicts with what is said today")
    again.add_argument("--repos", type=Path, required=True, help="the repositories")
    again.add_argument("--jobs", type=int)
    for command in (drawn, shown, again):
        command.add_argument("--list", type=Path, required=True, help="the sample, as YAML")
    return parser.parse_args(args)


if __name__ == "__main__":
    sys.exit(main())
