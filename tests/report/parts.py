"""Building blocks for documents by hand: small parts with sensible values for whatever a test does not say."""

from __future__ import annotations

from typing import Any

from reviewer.model import document as doc
from reviewer.model.finding import Evidence

COMMIT = "3f1c2d4e5b6a79881726354433221100ffeeddcc"


def evidence(
    path: str, line: int, snippet: str = "", note: str = "", *, host: str = "https://github.com/ada/orders-api"
):
    """Evidence whose decisive line is the second of its snippet."""
    lines = snippet.strip("\n")
    return Evidence(
        path=path,
        line=line,
        end_line=line,
        commit=COMMIT,
        url=f"{host}/blob/{COMMIT}/{path}#L{line}",
        snippet=lines or None,
        snippet_line=max(1, line - 1) if lines else 0,
        note=note,
    )


def finding(check: str, area: str, outcome: str, title: str, summary: str, **more: Any) -> doc.FindingPart:
    values: dict[str, Any] = {
        "confidence": "certain",
        "level": 2,
        "advice": None,
        "effort": None,
        "evidence": [],
        **more,
    }
    return doc.FindingPart(check=check, area=area, outcome=outcome, title=title, summary=summary, **values)


def step(advice: str, path: str | None, effort: str, gain: int, after: int | None, **more: Any) -> doc.StepPart:
    values: dict[str, Any] = {"check": "tests-in-ci", "repository": "orders-api", **more}
    return doc.StepPart(advice=advice, path=path, effort=effort, gain_percent=gain, readiness_after=after, **values)


def requirement(
    name: str, title: str, state: str, wanted: int, level: int | None, checks: list[str], **more: Any
) -> doc.RequirementPart:
    values: dict[str, Any] = {
        "skills": [title],
        "importance": "required",
        "skill": title if level else None,
        "phrase": None,
        "line": None,
        "repository": "orders-api" if level else None,
        "evidence": [],
        "next": [],
        **more,
    }
    return doc.RequirementPart(
        id=name, title=title, state=state, wanted_level=wanted, level=level, checks=checks, **values
    )


def endpoint(method: str, path: str, tested: bool | None, guarded: bool | None, line: int) -> doc.EndpointPart:
    return doc.EndpointPart(
        method=method,
        path=path,
        file="orders/views.py",
        line=line,
        framework="Flask",
        kind="api",
        tested=tested,
        authenticated=guarded,
        url=f"https://github.com/ada/orders-api/blob/{COMMIT}/orders/views.py#L{line}",
    )


def history(**more: Any) -> doc.HistoryPart:
    values: dict[str, Any] = {
        "commits": 80,
        "merges": 4,
        "own_commits": 79,
        "authors": 2,
        "first": "2024-01-08",
        "last": "2024-05-03",
        "active_days": 31,
        "complete": True,
        **more,
    }
    return doc.HistoryPart(**values)


def repository(name: str, **more: Any) -> doc.RepositoryPart:
    """A reviewed repository with nothing in it."""
    values: dict[str, Any] = {
        "url": f"https://github.com/ada/{name}",
        "commit": COMMIT,
        "branch": "main",
        "status": "reviewed",
        "reason": None,
        "strength": 62,
        "own_share": 0.98,
        "history": history(),
        "languages": [],
        "frameworks": [],
        "cms": [],
        "databases": [],
        "data_layers": [],
        "migrations": [],
        "sql": doc.SqlPart(statements=0, tables=[], injection_risks=[]),
        "api": doc.ApiPart(styles=[], endpoints=[], graphql=[], soap=[], grpc=[], spec=None),
        "tests": doc.TestsPart(
            frameworks=[], files=0, functions=0, without_assertion=0, integration=False, database=False
        ),
        "ci": [],
        "containers": doc.ContainersPart(present=False, paths=[]),
        "auth": doc.AuthPart(methods=[], evidence=[]),
        "secrets": [],
        "docs": doc.DocsPart(readme=0, openapi=None, claims=[]),
        "excluded": [],
        "problems": [],
        "findings": [],
        **more,
    }
    return doc.RepositoryPart(name=name, **values)


def skipped(name: str, reason: str, status: str = "skipped") -> doc.RepositoryPart:
    return repository(
        name,
        status=status,
        reason=reason,
        commit=None,
        strength=None,
        own_share=None,
        history=history(commits=0, own_commits=0, merges=0, authors=0, first=None, last=None, active_days=0),
    )


def report(
    requirements: list[doc.RequirementPart],
    repositories: list[doc.RepositoryPart],
    steps: list[doc.StepPart] | None = None,
    **more: Any,
) -> doc.Report:
    """A document whose readiness is counted from its requirements, as the rubric does."""
    profile = more.pop(
        "profile",
        doc.ProfilePart(id="backend", title="Junior Back-end Developer", source="profile", seniority="junior"),
    )
    readiness = more.pop("readiness", counted(requirements))
    job = doc.JobPart(profile=profile, readiness=readiness, requirements=requirements, next_steps=steps or [])
    values: dict[str, Any] = {
        "schema_version": doc.SCHEMA_VERSION,
        "reviewer_version": "0.1.0",
        "subject": doc.SubjectPart(
            name="Ada Example", kind="user", url="https://github.com/ada", identities=["Ada Example"]
        ),
        "skills": [],
        "jobs": [job],
        **more,
    }
    return doc.Report(
        profile=profile,
        readiness=readiness,
        requirements=requirements,
        next_steps=steps or [],
        repositories=repositories,
        **values,
    )


def counted(requirements: list[doc.RequirementPart]) -> doc.ReadinessPart:
    required = [item.state for item in requirements if item.importance == "required"]
    met, partly, not_shown = (required.count(state) for state in ("met", "partly", "not_shown"))
    judged = met + partly + not_shown
    half = f"({met} + {'½' if partly == 1 else f'{partly} halves'})" if partly else str(met)
    return doc.ReadinessPart(
        percent=round(100 * (met + partly / 2) / judged) if judged else None,
        met=met,
        partly=partly,
        not_shown=not_shown,
        cannot_tell=required.count("cannot_tell"),
        sum=f"{half} ÷ {judged} required skills",
    )
