"""Small reviews by hand, to draw documents from."""

from __future__ import annotations

from typing import Any

from reviewer.model.facts import repository as facts
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.facts.values import At
from reviewer.model.finding import Confidence, Effort, Evidence, Finding, Outcome
from reviewer.model.repository import Repository, Status, Subject
from reviewer.model.requirement import (
    Importance,
    JudgedRequirement,
    Ledger,
    NextStep,
    Profile,
    Readiness,
    Requirement,
    SkillLevel,
    State,
)
from reviewer.model.review import AreaWeight, RepositoryReview, Review, Strength

COMMIT = "b" * 40
OLD = "c" * 40


def finding(*evidence: Evidence, check: str = "tests-assert", **more: Any) -> Finding:
    values: dict[str, Any] = {
        "area": "tests",
        "title": "Tests assert something real",
        "outcome": Outcome.PARTLY,
        "confidence": Confidence.CERTAIN,
        "summary": "9 of 12 test cases assert something; 90 % needed.",
        "level": 2,
        **more,
    }
    return Finding(check=check, evidence=evidence, **values)


def secret(path: str, line: int, standing: SecretStanding = SecretStanding.REAL, kind: str = "AWS key") -> At[Secret]:
    return At(path=path, fact=Secret(kind=kind, line=line, standing=standing))


def history(**more: Any) -> History:
    people = (
        Person(name="Ada", names=("Ada",), addresses=("ada@example.org",), own=True, commits=2),
        Person(name="Bob bob@example.org", names=("Bob",), addresses=("bob@example.org",), commits=1),
    )
    commits = (
        commit("2024-03-07T10:00:00+01:00", 0),
        commit("2024-03-06", 0),
        commit("2024-01-01", 1),
        commit(None, 1, merge=True),
    )
    return History(commits=commits, people=people, **more)


def commit(day: str | None, person: int, *, merge: bool = False) -> Commit:
    return Commit(oid=OLD, day=day, person=person, subject="Add", body="", merge=merge)


def repository(name: str = "orders-api", *findings: Finding, **more: Any) -> RepositoryReview:
    """A reviewed repository on GitHub; ``more`` are groups of facts."""
    groups: dict[str, Any] = {
        "project": facts.Project(name=name, own_share=0.98765),
        "code": facts.Code(),
        "api": facts.Api(),
        "tests": facts.Tests(),
        "data": facts.Data(),
        "operations": facts.Operations(),
        "documents": facts.Documents(),
        "history": history(),
        **more,
    }
    return RepositoryReview(
        repository=Repository(name=name, url=f"https://github.com/ada/{name}"),
        status=Status.REVIEWED,
        facts=facts.RepositoryFacts(commit=COMMIT, branch="main", **groups),
        findings=findings,
        strength=Strength(score=40, shown=8.0, weight=10.0, areas=(AreaWeight(area="tests", shown=8.0, weight=10.0),)),
    )


def review(*repositories: RepositoryReview, **more: Any) -> Review:
    values: dict[str, Any] = {
        "subject": Subject(name="Ada", kind="user", identities=("Ada", "ada@example.org")),
        "skills": (SkillLevel(name="Testing", level=2, group="quality", repositories=(("orders-api", 2),)),),
        "ledgers": (ledger(),),
        **more,
    }
    return Review(version="0.1.0", repositories=repositories, **values)


def ledger() -> Ledger:
    wanted = Requirement(
        id="testing", title="Testing (QA)", skills=("Testing",), importance=Importance.REQUIRED, wanted_level=3
    )
    judged = JudgedRequirement(
        requirement=wanted,
        level=2,
        state=State.PARTLY,
        skill="Testing",
        repository="orders-api",
        findings=("tests-assert",),
        evidence=(Evidence(path="tests/test_orders.py", line=4),),
        next=(next_step(),),
    )
    return Ledger(
        profile=Profile(id="backend", title="Junior", source="profile", seniority="junior", requirements=(wanted,)),
        readiness=Readiness(percent=50, met=0, partly=1, not_shown=0, cannot_tell=0, sum="½ ÷ 1 required skills"),
        requirements=(judged,),
        next_steps=(next_step(),),
    )


def next_step() -> NextStep:
    return NextStep(
        check="tests-assert",
        advice="Give 3 tests an assertion",
        effort=Effort.HOURS,
        gain_percent=50,
        repository="orders-api",
        path="tests/test_orders.py",
        readiness_after=100,
    )
