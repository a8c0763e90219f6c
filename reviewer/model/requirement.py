"""What a job asks for, and how far the evidence reaches."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.finding import Effort, Evidence


class Importance(StrEnum):
    """Whether a requirement counts towards readiness."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class State(StrEnum):
    """How a requirement stands. ``CANNOT_TELL`` is neither in the numerator nor in the denominator."""

    MET = "met"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"
    CANNOT_TELL = "cannot_tell"


class Requirement(Noun):
    """One line of a profile or posting: any one of ``skills`` at ``wanted_level`` (0..4) will do."""

    id: str
    title: str
    skills: tuple[str, ...]
    importance: Importance
    wanted_level: int
    phrase: str | None = None
    line: int | None = None


class Profile(Noun):
    """What a job asks for. ``source`` is ``profile`` or ``posting``."""

    id: str | None
    title: str
    source: str
    seniority: str | None
    requirements: tuple[Requirement, ...]


class NextStep(Noun):
    """A change, where it is made, what it takes and what the readiness gains by it, in whole percents."""

    check: str
    advice: str
    effort: Effort
    gain_percent: int
    repository: str
    path: str | None
    readiness_after: int | None = None


class HeldBack(Noun):
    """A grave fault that holds a skill below the level of its check, whatever other repositories show."""

    repository: str
    check: str


class JudgedRequirement(Noun):
    """A requirement held against the evidence. ``findings`` are the checks behind the level."""

    requirement: Requirement
    level: int | None
    state: State
    skill: str | None = None
    repository: str | None = None
    findings: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    next: tuple[NextStep, ...] = ()
    held: tuple[HeldBack, ...] = ()


class Readiness(Noun):
    """The weighted share of required requirements met; ``percent`` is None where nothing could be judged."""

    percent: int | None
    met: int
    partly: int
    not_shown: int
    cannot_tell: int
    sum: str


class SkillLevel(Noun):
    """A skill's level over all repositories, and in each that shows something of it. None: nothing could be judged."""

    name: str
    level: int | None
    group: str
    repositories: tuple[tuple[str, int], ...] = ()
    findings: tuple[str, ...] = ()


class Ledger(Noun):
    """One job against the evidence."""

    profile: Profile
    readiness: Readiness
    requirements: tuple[JudgedRequirement, ...]
    next_steps: tuple[NextStep, ...]
