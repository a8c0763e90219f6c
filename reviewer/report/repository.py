"""One repository as a part of the document."""

from __future__ import annotations

from reviewer.model import document as doc
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import (
    Api,
    Code,
    Data,
    Documents,
    Operations,
    Project,
    RepositoryFacts,
    Tests,
)
from reviewer.model.finding import Finding, Outcome
from reviewer.model.review import RepositoryReview, Strength
from reviewer.model.waiver import Waiver
from reviewer.report import activity, sanitise
from reviewer.report import facts as parts
from reviewer.report.evidence import Writer
from reviewer.report.limits import EVIDENCE, Cut

SERVER_LANGUAGES_UNREAD = ("Elixir", "Perl", "Rust", "Scala")
NOTHING_THERE = (Outcome.NOT_APPLICABLE, Outcome.NOT_SUPPORTED)


def repository_part(item: RepositoryReview, writer: Writer) -> doc.RepositoryPart:
    """Every repository that was found has one, reviewed or not; unread ones are empty but for name and reason."""
    facts = item.facts or _nothing(item.repository.name)
    cut = Cut()
    share = facts.project.own_share
    return doc.RepositoryPart(
        name=item.repository.name,
        url=sanitise.link(item.repository.url),
        commit=facts.commit,
        branch=facts.branch or item.repository.default_branch,
        status=item.status,
        reason=item.reason,
        strength=item.strength.score if item.strength else None,
        own_share=None if share is None else round(share, 3),
        history=activity.history(facts.history, cut),
        languages=parts.languages(facts, cut),
        frameworks=parts.named(facts.project.frameworks, writer, cut),
        cms=parts.named(facts.project.cms, writer, cut),
        databases=parts.databases(facts.data.databases, writer, cut),
        data_layers=parts.named(facts.data.layers, writer, cut),
        migrations=parts.migrations(facts, cut),
        sql=parts.sql(facts, writer, cut),
        api=parts.api(facts, writer, cut),
        tests=parts.tests(facts),
        ci=parts.ci(facts, cut),
        containers=parts.containers(facts, cut),
        auth=parts.auth(facts, writer),
        secrets=parts.secrets(facts, cut),
        docs=parts.docs(facts, writer, cut),
        excluded=_excluded(facts, cut),
        problems=_problems(facts, cut),
        findings=_findings(item.findings, writer, cut),
        unread=_unread(facts.project),
        hotspots=activity.hotspots(facts, cut),
        unread_lines=facts.project.unread_lines,
        left_out=cut.left_out,
        strength_sum=_sum(item.strength) if item.strength else "",
        strength_areas=_areas(item.strength),
    )


def _nothing(name: str) -> RepositoryFacts:
    return RepositoryFacts(
        project=Project(name=name),
        code=Code(),
        api=Api(),
        tests=Tests(),
        data=Data(),
        operations=Operations(),
        documents=Documents(),
        history=History(),
    )


def _excluded(facts: RepositoryFacts, cut: Cut) -> list[doc.ExcludedPart]:
    found = [doc.ExcludedPart(path=e.path, reason=e.reason, files=e.files, lines=e.lines) for e in facts.excluded]
    return cut.keep("excluded", found)


def _problems(facts: RepositoryFacts, cut: Cut) -> list[doc.ProblemPart]:
    return cut.keep("problems", [doc.ProblemPart(path=p.path, what=p.what, clock=p.clock) for p in facts.problems])


def _unread(project: Project) -> list[str]:
    """Programming languages of the server that are read for size and history only, then frameworks."""
    roles = ("server", "tests", "schema", "scripts")
    unread = (use for use in project.languages if not use.read and use.role in roles)
    names = [use.name for use in unread if use.name in SERVER_LANGUAGES_UNREAD]
    return list(dict.fromkeys([*names, *project.unread]))


def _findings(findings: tuple[Finding, ...], writer: Writer, cut: Cut) -> list[doc.FindingPart]:
    """Those of a family (one per language, framework, database) only where there is something of that name."""
    told = [item for item in findings if item.subject is None or item.outcome not in NOTHING_THERE]
    return [_finding(finding, writer) for finding in cut.keep("findings", told)]


def _finding(finding: Finding, writer: Writer) -> doc.FindingPart:
    """A finding with its foremost evidence and a count of the rest."""
    return doc.FindingPart(
        check=finding.check,
        area=finding.area,
        title=finding.title,
        outcome=finding.outcome,
        confidence=finding.confidence,
        summary=finding.summary,
        level=finding.level,
        advice=finding.advice,
        effort=finding.effort,
        evidence=writer.all(finding.evidence),
        path=finding.at,
        more_evidence=finding.more_evidence + max(0, len(finding.evidence) - EVIDENCE),
        weight=finding.weight,
        skills=list(finding.skills),
        waiver=_waiver(finding.waiver) if finding.waiver else None,
    )


def _waiver(waiver: Waiver) -> doc.WaiverPart:
    return doc.WaiverPart(reason=waiver.reason, source=waiver.source, number=waiver.number, counts=waiver.counts)


def _areas(strength: Strength | None) -> list[doc.AreaWeightPart]:
    """The parts of a strength, weightiest first."""
    areas = sorted(strength.areas if strength else (), key=lambda item: (-item.weight, item.area))
    return [doc.AreaWeightPart(area=item.area, shown=item.shown, weight=item.weight) for item in areas]


def _sum(strength: Strength) -> str:
    """``31.5 ÷ (48 + 10) = 54 of 100: ...``."""
    more = strength.begin_with
    said = f"{strength.shown:g} ÷ ({strength.weight:g} + {more}) = {strength.score} of 100"
    return f"{said}: the weight of what is shown, partly half, over that of all checks that apply and {more} more"
