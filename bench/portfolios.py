"""``python -m bench.portfolios --reports DIR``: reports of whole accounts, against what a reader granted them.

With ``--repos DIR --serve`` the reports are made first: each account of the labels becomes a login of a local server,
is reviewed as ``reviewer review LOGIN`` and timed beside ``git clone --bare`` of the same repositories from there.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.portfolio_reports import make_reports
from bench.records import LABELS, Record, read_records

ORDER = {"not_shown": 0, "partly": 1, "met": 2}
APART = 2
"""Met against not shown: two states apart, always an error."""


@dataclass(slots=True)
class Agreement:
    """How far reports agree with a reader, requirement by requirement; ``lines`` name each difference of state."""

    rows: int = 0
    agree: int = 0
    two_apart: int = 0
    level: float = 0.0
    levels: int = 0
    best: int = 0
    bests: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other: Agreement) -> None:
        """Adds another account."""
        for name in ("rows", "agree", "two_apart", "level", "levels", "best", "bests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, Any]:
        """Shares and means; None where nothing could be compared."""
        return {
            "agree": round(self.agree / self.rows, 4) if self.rows else 0.0,
            "two_apart": self.two_apart,
            "level_difference": self.level / self.levels if self.levels else None,
            "best": self.best / self.bests if self.bests else None,
            "rows": self.rows,
        }


def main(args: list[str] | None = None) -> int:
    """Makes the reports where asked to, scores and prints."""
    given = _arguments(args)
    records = read_records(given.truth, given.only)
    if not records:
        print(f"bench.portfolios: no labels in {given.truth} match {given.only}", file=sys.stderr)
        return 2
    times = make_reports(records, given.repos, given.reports, given.max) if given.serve else []
    total = Agreement()
    for account, record in records.items():
        file = given.reports / f"{account}.json"
        report = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        one = compare(record, report)
        no_report = "" if report else "  (no report)"
        print(f"{account}: {one.agree} of {one.rows} states agree, {one.two_apart} two apart{no_report}")
        print("".join(f"  {line}\n" for line in one.lines), end="")
        total.add(one)
    print(f"\n{_summary(total)}")
    if given.json:
        document = total.figures() | ({"times": [asdict(each) for each in times]} if times else {})
        given.json.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return 0


def compare(record: Record, report: Record) -> Agreement:
    """One account's label against the report of all its repositories."""
    said = {item.get("id"): item for item in report.get("requirements") or []}
    result = Agreement()
    for row in record["requirements"]:
        claim = said.get(row["id"]) or {}
        _compare_row(result, row, claim)
    return result


def _compare_row(result: Agreement, row: Record, claim: Record) -> None:
    state, level = claim.get("state", "missing"), claim.get("level")
    result.rows += 1
    if state == row["state"]:
        result.agree += 1
    else:
        known = state in ORDER and row["state"] in ORDER
        apart = known and abs(ORDER[state] - ORDER[row["state"]]) == APART
        result.two_apart += apart
        truth = f"truth {row['state']} (level {row.get('level')})"
        mark = "  TWO APART" if apart else ""
        result.lines.append(f"{row['id']}: {truth}, report {state} (level {level}){mark}")
    if isinstance(row.get("level"), int) and isinstance(level, (int, float)):
        result.level += abs(row["level"] - level)
        result.levels += 1
    if row.get("best_repository") and claim.get("repository"):
        result.bests += 1
        result.best += _short(claim["repository"]) == _short(row["best_repository"])


def _short(name: object) -> str:
    return str(name).rpartition("/")[2]


def _summary(total: Agreement) -> str:
    found = total.figures()
    level, best = (None if found[name] is None else round(found[name], 2) for name in ("level_difference", "best"))
    return (
        f"states agree {found['agree']:.2f}, two apart {total.two_apart}, "
        f"mean level difference {level}, best repository agrees {best}"
    )


def _arguments(args: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.portfolios", description=__doc__)
    parser.add_argument("--truth", type=Path, default=LABELS / "portfolios", metavar="DIR", help="the labels")
    parser.add_argument("--reports", type=Path, required=True, metavar="DIR", help="ACCOUNT.json, scored or made")
    parser.add_argument("--repos", type=Path, metavar="DIR", help="the repositories: owner__name, owner+name/repo, ...")
    parser.add_argument("--serve", action="store_true", help="make the reports from --repos first")
    parser.add_argument("--only", default="*", metavar="PATTERNS", help="patterns of accounts, joined by commas")
    parser.add_argument("--max", type=int, default=50, metavar="N", help="repositories of one account")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    given = parser.parse_args(args)
    if given.serve != (given.repos is not None):
        parser.error("--serve and --repos go together")
    return given


if __name__ == "__main__":
    sys.exit(main())
