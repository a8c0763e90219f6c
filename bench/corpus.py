"""``python -m bench.corpus --repos DIR``: what is read out of repositories, against labels made by reading them.

With ``--repos`` each labelled repository is reviewed at its commit (and its report kept in ``--reports``, if given);
without it the reports that lie in ``--reports`` are scored as they are. Names are compared inside closed vocabularies;
a label without a report counts as an empty answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.comparing import Compared, Totals, compare
from bench.records import LABELS, Record, read_records
from bench.reviewing import read_report, review_records

NOTES_SHOWN = 25


def main(args: list[str] | None = None) -> int:
    """Reviews, scores and prints."""
    given = _arguments(args)
    records = read_records(given.truth, given.only)
    if not records:
        print(f"bench.corpus: no labels in {given.truth} match {given.only}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        reports = given.reports or Path(temporary)
        if given.repos:
            _review(records, given.repos, reports, given.jobs)
        totals, compared, reported = score(records, reports)
    print(f"{reported} of {len(records)} repositories reported\n")
    print(table(totals))
    _print_worst(compared, given.worst)
    if given.json:
        given.json.write_text(json.dumps(figures(totals), indent=2) + "\n", encoding="utf-8")
    return 0


def score(records: dict[str, Record], reports: Path) -> tuple[Totals, dict[str, Compared], int]:
    """Compares ``REPORTS/<owner>__<name>.json`` with each label: the sums, each comparison, the reports there were."""
    totals = Totals()
    compared: dict[str, Compared] = {}
    reported = 0
    for stem, record in records.items():
        file = reports / f"{stem}.json"
        trouble = []
        try:
            report = read_report(file)
            reported += file.is_file()
        except ValueError as error:
            report, trouble = {}, [f"unreadable report: {error}"]
        compared[stem] = compare(record, report)
        compared[stem].notes[:0] = trouble
        totals.add(compared[stem])
    return totals, compared, reported


def table(totals: Totals) -> str:
    """The figures as a table."""
    lines = [f"{'':28}{'precision':>10}{'recall':>8}{'F1':>8}{'hit':>7}{'missed':>8}{'wrong':>7}"]
    for row, counts in totals.counts.items():
        rates = f"{counts.precision:10.3f}{counts.recall:8.3f}{counts.f1:8.3f}"
        lines.append(f"{row:28}{rates}{counts.hit:7}{counts.missed:8}{counts.wrong:7}")
    for question, answers in totals.answers.items():
        number = sum(answers.asked.values())
        lines.append(f"{question:28}{answers.accuracy:10.3f}   balanced accuracy, n = {number}")
    number = len(totals.qualities)
    about = f"(Spearman, strength against the 1-5 label, {number} repositories)"
    lines.append(f"{'quality rank correlation':28}{totals.correlation:10.3f}   {about}")
    return "\n".join(lines)


def figures(totals: Totals) -> dict[str, Any]:
    """The figures as a JSON document, by row of the table."""
    found: dict[str, Any] = {}
    for row, counts in totals.counts.items():
        rates = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        found[row] = {name: round(rate, 4) for name, rate in rates.items()}
        found[row] |= {"hit": counts.hit, "missed": counts.missed, "wrong": counts.wrong}
    for question, answers in totals.answers.items():
        rate = round(answers.accuracy, 4)
        found[question] = {"precision": rate, "recall": rate, "f1": rate, "n": sum(answers.asked.values())}
    found["quality rank correlation"] = round(totals.correlation, 4)
    return found


def _review(records: dict[str, Record], repos: Path, reports: Path, jobs: int | None) -> None:
    reports.mkdir(parents=True, exist_ok=True)
    for done in review_records(records, repos, jobs):
        file = reports / f"{done.stem}.json"
        file.unlink(missing_ok=True)
        if done.report is not None:
            file.write_bytes(done.report)
        print(f"{done.seconds:7.1f} s  {done.stem}: {done.said}", file=sys.stderr, flush=True)


def _print_worst(compared: dict[str, Compared], most: int) -> None:
    faulty = [(stem, one.notes) for stem, one in compared.items() if one.notes]
    for stem, notes in sorted(faulty, key=lambda item: -len(item[1]))[:most]:
        print(f"\n{stem} ({len(notes)})")
        for note in notes[:NOTES_SHOWN]:
            print(f"  {note}")
        if len(notes) > NOTES_SHOWN:
            print(f"  and {len(notes) - NOTES_SHOWN} more")


def _arguments(args: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("--truth", type=Path, default=LABELS / "truth", metavar="DIR", help="the labels")
    parser.add_argument("--repos", type=Path, metavar="DIR", help="the repositories: owner__name, owner+name/repo, ...")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="where reports are kept, or lie")
    parser.add_argument("--only", default="*", metavar="PATTERNS", help="patterns of label names, joined by commas")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes that read files")
    parser.add_argument("--worst", type=int, default=15, metavar="N", help="how many repositories to detail")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    given = parser.parse_args(args)
    if given.repos is None and given.reports is None:
        parser.error("give --repos, --reports or both")
    return given


if __name__ == "__main__":
    sys.exit(main())
