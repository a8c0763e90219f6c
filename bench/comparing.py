"""Compares one repository's report with its label, and adds such comparisons up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.measures import Balanced, Counts, rank_correlation
from bench.names import claimed, labelled
from bench.places import match_endpoints, near, places
from bench.records import Record, dig
from bench.vocabulary import VOCABULARY

TEST_COUNT_SHARE = 0.1
TEST_COUNT_SLACK = 2
"""A number of tests is right within a tenth of the true one, or within two."""


@dataclass(slots=True)
class Compared:
    """What one report got right, missed and claimed wrongly, by row of the table; ``notes`` name each fault."""

    counts: dict[str, Counts] = field(default_factory=dict)
    answers: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """The truth of a yes/no question, and whether it was answered rightly."""
    quality: tuple[float, float] | None = None
    """The label's 1 to 5, and the report's strength."""
    notes: list[str] = field(default_factory=list)

    def count(self, row: str, hit: int, missed: Iterable[str], wrong: Iterable[str]) -> None:
        """Notes one row; ``missed`` and ``wrong`` are the names to show."""
        missing, mistaken = sorted(missed), sorted(wrong)
        self.counts[row] = Counts(hit, len(missing), len(mistaken))
        self.notes += [f"{row}: missed {name}" for name in missing]
        self.notes += [f"{row}: wrong {name}" for name in mistaken]


@dataclass(slots=True)
class Totals:
    """Comparisons added up; figures are micro averages over all repositories."""

    counts: dict[str, Counts] = field(default_factory=dict)
    answers: dict[str, Balanced] = field(default_factory=dict)
    qualities: list[tuple[float, float]] = field(default_factory=list)

    def add(self, one: Compared) -> None:
        """Adds one repository."""
        for row, counts in one.counts.items():
            self.counts.setdefault(row, Counts()).add(counts)
        for question, (truth, right) in one.answers.items():
            self.answers.setdefault(question, Balanced()).add(truth, right)
        if one.quality is not None:
            self.qualities.append(one.quality)

    @property
    def correlation(self) -> float:
        """Spearman's coefficient of the label's quality and the report's strength."""
        return rank_correlation(self.qualities)


def compare(record: Record, report: Record) -> Compared:
    """One label against the entry of its repository in a report; an empty report misses everything."""
    result = Compared()
    for kind in VOCABULARY:
        truth = labelled(record, kind)
        found = claimed(report, kind, truth)
        result.count(kind, len(truth & found), truth - found, found - truth)
    _endpoints(result, record, report)
    _test_count(result, record, report)
    _questions(result, record, report)
    _injection(result, record, report)
    if isinstance(record.get("quality_label"), int):
        result.quality = (float(record["quality_label"]), float(report.get("strength") or 0))
    return result


def _endpoints(result: Compared, record: Record, report: Record) -> None:
    listed = [item for item in dig(report, "api.endpoints") or [] if item.get("kind", "api") == "api"]
    claims = [f"{item.get('method') or 'ANY'} {item.get('path') or '/'}" for item in listed]
    neutral = [*(record.get("endpoints_html") or []), *(record.get("endpoints_implicit") or [])]
    hits, missed, wrong = match_endpoints(record.get("endpoints") or [], neutral, claims)
    result.count("endpoints", hits, (" ".join(item) for item in missed), (" ".join(item) for item in wrong))


def _test_count(result: Compared, record: Record, report: Record) -> None:
    count = dig(record, "tests.functions")
    if not isinstance(count, int):
        return
    said = dig(report, "tests.functions") or 0
    good = bool(report) and abs(count - said) <= max(TEST_COUNT_SLACK, TEST_COUNT_SHARE * count)
    result.counts["test count within 10%"] = Counts(hit=int(good), missed=int(not good))
    if not good:
        result.notes.append(f"tests: {said} claimed, {count} true")


def _questions(result: Compared, record: Record, report: Record) -> None:
    asked = (
        ("integration tests yes/no", dig(record, "tests.integration"), dig(report, "tests.integration")),
        ("container yes/no", dig(record, "docker.present"), dig(report, "containers.present")),
        ("CI runs tests yes/no", _runs_tests(record), _runs_tests(report) is True),
    )
    for question, truth, claim in asked:
        if not isinstance(truth, bool):
            continue
        right = bool(report) and bool(claim) == truth
        result.answers[question] = (truth, right)
        if not right:
            result.notes.append(f"{question}: truth {truth}")


def _runs_tests(document: Record) -> bool | None:
    """Whether any CI system runs tests; None where it is not said of one and no other does."""
    said = [item.get("runs_tests") for item in document.get("ci") or []]
    if True in said:
        return True
    return False if all(isinstance(item, bool) for item in said) else None


def _injection(result: Compared, record: Record, report: Record) -> None:
    confirmed = places(dig(record, "sql_injection_risk.confirmed"))
    unsure = places(dig(record, "sql_injection_risk.unsure"))
    claims = places(dig(report, "sql.injection_risks"))
    missed = {place for place in confirmed if not any(near(claim, [place]) for claim in claims)}
    wrong = {claim for claim in claims if not near(claim, confirmed | unsure)}
    shown = [[f"{path}:{line}" for path, line in group] for group in (missed, wrong)]
    result.count("SQL injection", len(confirmed - missed), *shown)
