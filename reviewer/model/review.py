"""The whole review: what every report is drawn from."""

from __future__ import annotations

from reviewer.model.base import Noun
from reviewer.model.facts.repository import RepositoryFacts
from reviewer.model.finding import Finding
from reviewer.model.repository import Repository, Status, Subject
from reviewer.model.requirement import Ledger, SkillLevel


class AreaWeight(Noun):
    """Of the checks of one area that apply: their weight, and how much of it is shown."""

    area: str
    shown: float = 0.0
    weight: float = 0.0


class Strength(Noun):
    """A repository as evidence for a back-end job: ``score`` (0..100), and the sum that it is made of.

    ``begin_with`` is weight that is missing to begin with.
    """

    score: int
    shown: float = 0.0
    weight: float = 0.0
    begin_with: int = 0
    areas: tuple[AreaWeight, ...] = ()


class RepositoryReview(Noun):
    """One repository and how its review ended. ``facts`` are there where it was read, even if not reviewed."""

    repository: Repository
    status: Status
    reason: str | None = None
    facts: RepositoryFacts | None = None
    findings: tuple[Finding, ...] = ()
    strength: Strength | None = None


class Review(Noun):
    """Subject, repositories by name, skills by name, and a ledger per job."""

    version: str
    subject: Subject
    repositories: tuple[RepositoryReview, ...]
    skills: tuple[SkillLevel, ...]
    ledgers: tuple[Ledger, ...]
    notes: tuple[str, ...] = ()
