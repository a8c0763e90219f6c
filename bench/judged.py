"""A sampled finding and a reader's verdict on it; the list as YAML, and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import yaml

VERDICTS = ("right", "wrong")


@dataclass(frozen=True, slots=True)
class Sampled:
    """One finding of a report. ``verdict`` is empty until somebody has read the code; ``reason`` says what they saw.

    ``check`` is the check's own id, without the name that a family's check is for, which is ``subject``. ``places`` are
    ``path:line note``; the code itself is not kept.
    """

    number: int
    repository: str
    commit: str
    check: str
    subject: str
    outcome: str
    confidence: str
    summary: str
    places: tuple[str, ...] = ()
    verdict: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a finding is known by from review to review."""
        return self.repository, f"{self.check} {self.subject}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were sampled, and how many of them were right and wrong."""

    sample: int
    right: int
    wrong: int

    @classmethod
    def of(cls, samples: Sequence[Sampled]) -> Counted:
        """Counts verdicts."""
        right, wrong = (sum(item.verdict == verdict for item in samples) for verdict in VERDICTS)
        return cls(len(samples), right, wrong)

    @property
    def precision(self) -> float:
        """The share (0..1) of right ones among the judged; 1 where none is judged."""
        judged = self.right + self.wrong
        return self.right / judged if judged else 1.0


def by_check(samples: Iterable[Sampled]) -> dict[str, Counted]:
    """The counts of each check."""
    groups: dict[str, list[Sampled]] = {}
    for item in samples:
        groups.setdefault(item.check, []).append(item)
    return {name: Counted.of(items) for name, items in sorted(groups.items())}


def unclear(samples: Iterable[Sampled]) -> list[Sampled]:
    """Those that nobody has judged."""
    return [item for item in samples if item.verdict not in VERDICTS]


def read_samples(file: Path) -> list[Sampled]:
    """The list of a file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no such list; says where.
    """
    known = {field.name for field in fields(Sampled)}
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError(f"{file}: no list of findings")
    samples = []
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not set(row) <= known:
            raise ValueError(f"{file}: entry {place} is no finding")
        given = {name: value or "" for name, value in row.items()}
        samples.append(Sampled(**given | {"places": tuple(given.get("places") or ())}))
        if samples[-1].verdict not in ("", *VERDICTS):
            raise ValueError(f"{file}: entry {place} has the verdict {samples[-1].verdict}; right or wrong")
    return samples


def write_samples(file: Path, samples: Iterable[Sampled]) -> None:
    """Writes the list as YAML, one entry per finding."""
    rows = [asdict(item) | {"places": list(item.places)} for item in samples]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=118), encoding="utf-8")
