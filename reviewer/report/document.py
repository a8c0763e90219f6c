"""The review as the published document: bounded, with addresses and lines filled in, without secrets or e-mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from reviewer.model import document as doc
from reviewer.model.check import Check
from reviewer.model.requirement import JudgedRequirement, Ledger, NextStep, Profile, Readiness, SkillLevel
from reviewer.model.review import Review
from reviewer.report import sanitise
from reviewer.report.evidence import Snippets, Writer
from reviewer.report.limits import EVIDENCE, Cut
from reviewer.report.repository import repository_part


def document(
    review: Review,
    *,
    snippets: Snippets | None = None,
    checks: Mapping[str, Check] | None = None,
    hosts: dict[str, str] | None = None,
) -> doc.Report:
    """The document of ``review``; everything that is printed is drawn from it alone.

    ``snippets`` gives the lines behind evidence. ``checks`` (by id) adds to each next step why it matters and where to
    learn more. ``hosts`` names further hosts whose addresses are built like those of ``github``, ``gitlab``, ...
    """
    writers = {item.repository.name: Writer(item, snippets, hosts) for item in review.repositories}
    jobs = [_job(ledger, writers, checks or {}) for ledger in review.ledgers]
    first = jobs[0] if jobs else _NO_JOB
    report = doc.Report(
        schema_version=doc.SCHEMA_VERSION,
        reviewer_version=review.version,
        subject=doc.SubjectPart(
            name=review.subject.name,
            kind=review.subject.kind,
            url=sanitise.link(review.subject.url),
            identities=_identities(review.subject.identities),
            named=review.subject.named,
        ),
        profile=first.profile,
        readiness=first.readiness,
        requirements=first.requirements,
        skills=[_skill(skill) for skill in review.skills],
        jobs=jobs,
        next_steps=first.next_steps,
        repositories=[repository_part(item, writers[item.repository.name]) for item in review.repositories],
        notes=Cut().keep("notes", review.notes),
    )
    return cleaned(report)


def cleaned(report: doc.Report) -> doc.Report:
    """``report`` with every text masked and made encodable, whichever field it stands in."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(report)), doc.Report)


def _cleaned(value: Any) -> Any:  # noqa: ANN401
    """Walks plain data; its depth is that of the document's types."""
    if isinstance(value, str):
        return sanitise.document(value)
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value


_NO_JOB = doc.JobPart(
    profile=doc.ProfilePart(id=None, title="no job", source="profile", seniority=None),
    readiness=doc.ReadinessPart(percent=None, met=0, partly=0, not_shown=0, cannot_tell=0, sum=""),
    requirements=[],
    next_steps=[],
)


def _identities(names: Iterable[str]) -> list[str]:
    return Cut().keep("identities", dict.fromkeys(sanitise.mask(name) for name in names))


def _job(ledger: Ledger, writers: Mapping[str, Writer], checks: Mapping[str, Check]) -> doc.JobPart:
    return doc.JobPart(
        profile=_profile(ledger.profile),
        readiness=_readiness(ledger.readiness),
        requirements=[_requirement(item, writers, checks) for item in ledger.requirements],
        next_steps=_steps(ledger.next_steps, checks),
    )


def _profile(profile: Profile) -> doc.ProfilePart:
    return doc.ProfilePart(id=profile.id, title=profile.title, source=profile.source, seniority=profile.seniority)


def _readiness(found: Readiness) -> doc.ReadinessPart:
    return doc.ReadinessPart(
        percent=found.percent,
        met=found.met,
        partly=found.partly,
        not_shown=found.not_shown,
        cannot_tell=found.cannot_tell,
        sum=found.sum,
    )


def _requirement(
    item: JudgedRequirement, writers: Mapping[str, Writer], checks: Mapping[str, Check]
) -> doc.RequirementPart:
    wanted = item.requirement
    writer = writers.get(item.repository or "")
    return doc.RequirementPart(
        id=wanted.id,
        title=wanted.title,
        skills=list(wanted.skills),
        importance=wanted.importance,
        wanted_level=wanted.wanted_level,
        level=item.level,
        state=item.state,
        skill=item.skill,
        phrase=wanted.phrase,
        line=wanted.line,
        repository=item.repository,
        checks=list(item.findings),
        evidence=writer.all(item.evidence) if writer else list(item.evidence)[:EVIDENCE],
        next=_steps(item.next, checks),
        held=[doc.HeldPart(repository=fault.repository, check=fault.check) for fault in item.held],
    )


def _steps(steps: Iterable[NextStep], checks: Mapping[str, Check]) -> list[doc.StepPart]:
    return [_step(step, checks.get(step.check)) for step in Cut().keep("steps", steps)]


def _step(step: NextStep, check: Check | None) -> doc.StepPart:
    return doc.StepPart(
        check=step.check,
        advice=step.advice,
        effort=step.effort,
        gain_percent=step.gain_percent,
        repository=step.repository,
        path=step.path,
        readiness_after=step.readiness_after,
        title=check.title_shown if check else "",
        why=check.why if check else "",
        link=sanitise.link(next(iter(check.links), None)) if check else None,
        pattern=check.pattern if check else "",
    )


def _skill(skill: SkillLevel) -> doc.SkillPart:
    return doc.SkillPart(
        name=skill.name,
        level=skill.level,
        group=skill.group,
        repositories=[doc.RepositoryLevelPart(name=name, level=level) for name, level in skill.repositories],
        findings=list(skill.findings),
    )
