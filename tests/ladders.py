"""Findings, requirements and profiles in a few words, for the arithmetic of readiness."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.model.finding import Confidence, Effort, Finding, Outcome
from reviewer.model.requirement import Importance, Profile, Requirement

OUTCOMES = {
    "+": Outcome.SHOWN,
    "~": Outcome.PARTLY,
    "-": Outcome.NOT_SHOWN,
    ".": Outcome.NOT_APPLICABLE,
    "?": Outcome.COULD_NOT_TELL,
    "x": Outcome.NOT_SUPPORTED,
}
"""How an outcome is written in a ladder."""


def finding(check: str, level: int, outcome: Outcome, skill: str = "sql", weight: float = 1.0, **more) -> Finding:
    """A finding of one skill; its advice names the check."""
    return Finding(
        check=check,
        area="area",
        title=f"title of {check}",
        outcome=outcome,
        confidence=Confidence.CERTAIN,
        summary="",
        level=level,
        weight=weight,
        skills=(skill,),
        advice=f"advice of {check}",
        effort=more.pop("effort", Effort.HOURS),
        **more,
    )


def ladder(steps: str, skill: str = "sql") -> list[Finding]:
    """``"1+ 2+- 3~"``: at level 1 a check that is shown, at 2 one that is and one that is not, at 3 one partly."""
    return [
        finding(f"{skill}-{step[0]}{number}", int(step[0]), OUTCOMES[sign], skill)
        for step in steps.split()
        for number, sign in enumerate(step[1:])
    ]


def ladders(steps: Mapping[str, str]) -> list[Finding]:
    """The findings of several skills."""
    return [item for skill, text in steps.items() for item in ladder(text, skill)]


def requirement(*skills: str, level: int = 2, importance: str = "required") -> Requirement:
    """Any one of the skills at a level."""
    name = "-or-".join(skills)
    return Requirement(id=name, title=name, skills=skills, importance=Importance(importance), wanted_level=level)


def profile(*requirements: Requirement) -> Profile:
    """A job that asks for these."""
    return Profile(id="job", title="Job", source="profile", seniority=None, requirements=requirements)
