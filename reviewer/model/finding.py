"""What a check says of one repository, and the lines it rests on."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.waiver import Waiver


class Outcome(StrEnum):
    """The outcome vocabulary of the rubric. The last three never lower anything."""

    SHOWN = "shown"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"
    NOT_APPLICABLE = "not_applicable"
    NOT_SUPPORTED = "not_supported"
    COULD_NOT_TELL = "could_not_tell"


JUDGED = frozenset({Outcome.SHOWN, Outcome.PARTLY, Outcome.NOT_SHOWN})


class Confidence(StrEnum):
    """What a finding rests on: parsed structure, a strong pattern, or a guess (which may praise, never blame)."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


class Effort(StrEnum):
    """How long the next step takes somebody who knows the repository."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Evidence(Noun):
    """Lines at the reviewed commit. ``line`` is 1-based, 0 where a whole file or folder is meant.

    ``commit`` differs from the reviewed commit only for evidence in the history. ``url`` and ``snippet`` are filled in
    when the report is drawn; ``snippet_line`` is the number of the snippet's first line, 0 where it is ``line``.
    """

    path: str
    line: int = 0
    end_line: int = 0
    commit: str | None = None
    url: str | None = None
    snippet: str | None = None
    note: str = ""
    snippet_line: int = 0


class Verdict(Noun):
    """What a check's function returns: the outcome, one sentence with the numbers in it, and the evidence.

    ``advice`` and ``at`` make the next step concrete: what to do here (it replaces the check's general advice) and
    the file it starts in.
    """

    outcome: Outcome
    summary: str
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    advice: str | None = None
    at: str | None = None


class Finding(Noun):
    """A verdict and the check that gave it, on one repository; ``subject`` is the name that a family's check is for."""

    check: str
    area: str
    title: str
    outcome: Outcome
    confidence: Confidence
    summary: str
    level: int
    weight: float = 1.0
    skills: tuple[str, ...] = ()
    advice: str | None = None
    at: str | None = None
    effort: Effort | None = None
    evidence: tuple[Evidence, ...] = ()
    more_evidence: int = 0
    subject: str | None = None
    waiver: Waiver | None = None

    @property
    def left_out(self) -> bool:
        """Whether it is waived, and so part of no sum."""
        return self.waiver is not None and not self.waiver.counts
