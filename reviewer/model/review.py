"""The whole review: what every report is drawn from."""

from __future__ import annotations

from reviewer.model.base import Noun
from reviewer.model.facts.repository import RepositoryFacts
from reviewer.model.finding import Finding
from reviewer.model.repository import Repository, Status, Subject
from reviewer.model.requirement import Ledger, SkillLevel


class RepositoryReview(Noun):
    """One repository and how its review ended. ``facts`` are there where it was read, even if not reviewed."""

    repository: Repository
    status: Status
    reason: str | None = None
    facts: RepositoryFacts | None = None
    findings: tuple[Finding, ...] = ()
    strength: int | None = None


class Review(Noun):
    """Subject, repositories by name, skills by name, and a ledger per job."""

    version: str
    subject: Subject
    repositories: tuple[RepositoryReview, ...]
    skills: tuple[SkillLevel, ...]
    ledgers: tuple[Ledger, ...]
    notes: tuple[str, ...] = ()
