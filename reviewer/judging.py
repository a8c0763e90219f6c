"""One repository from its objects to its review: gather the facts, leave the candidate's own, run the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reviewer import engine, states
from reviewer.gather import registry
from reviewer.gather.credit import credited
from reviewer.gather.repository import gather
from reviewer.gather.tools import Tools
from reviewer.kept import Question
from reviewer.model.facts.repository import RepositoryFacts
from reviewer.model.finding import Finding
from reviewer.model.repository import Status
from reviewer.model.review import RepositoryReview
from reviewer.report.needed import needed
from reviewer.strength import strength
from reviewer.waiving import waived


def judged(question: Question, tools: Tools) -> RepositoryReview:
    """The review of one repository, with the facts that reports need.

    Args:
        question: ``opened.commit`` is set.
        tools: pool, cache and clock.
    """
    repository, opened, who = question.repository, question.opened, question.who
    facts = gather(repository, opened, who, repository.owner, tools, question.upstream)
    reason = states.not_reviewable(facts, opened, who, repository)
    if reason:
        return RepositoryReview(
            repository=repository, status=Status.SKIPPED, reason=reason, facts=needed(facts, frozenset())
        )
    own = msgspec.structs.replace(credited(facts), pulls=question.pulls)
    depths = registry.depths(use.name for use in own.project.languages)
    findings = tuple(engine.run_checks(engine.catalogue(), own, depths))
    findings = waived(findings, facts.documents.waivers, repository.name)
    review = RepositoryReview(
        repository=repository,
        status=Status.REVIEWED,
        facts=needed(facts, frozenset(_shown(facts, findings))),
        findings=findings,
        strength=strength(findings),
    )
    tools.timings.step("checks")
    return review


def _shown(facts: RepositoryFacts, findings: Iterable[Finding]) -> Iterator[str]:
    """The files of which reports show lines."""
    yield from (place.path for finding in findings for place in finding.evidence)
    yield from (place.path for place in facts.data.statements if place.fact.injection)
