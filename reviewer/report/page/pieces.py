"""Evidence, findings and steps as the page shows them: worded, cut, and without anything unsafe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.model.document import FindingPart, StepPart, WaiverPart
from reviewer.model.finding import Evidence
from reviewer.report import sanitise, words

OPEN_EVIDENCE = 3
"""Pieces of evidence that are open; the rest is folded."""
PATTERN_LINES = 6


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of a snippet; ``hit`` marks the decisive ones."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """``label`` is ``path:line``; ``start`` the number of the first of ``lines``."""

    label: str
    url: str | None
    note: str
    start: int = 0
    lines: list[CodeLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FindingView:
    """A check's outcome; ``further`` counts the evidence that is not listed at all."""

    title: str
    state: str
    word: str
    summary: str
    note: str
    evidence: list[EvidenceView]
    more: list[EvidenceView]
    more_label: str
    further: int
    repository: str = ""
    answer: str = ""

    @property
    def brief(self) -> bool:
        """Whether one place without its lines is all the evidence there is."""
        return len(self.evidence) == 1 and not self.evidence[0].lines and not self.more


@dataclass(frozen=True, slots=True)
class StepView:
    """A next step: ``head`` is a sentence that starts with a verb, ``gain`` what the readiness gains."""

    head: str
    rest: str
    repository: str
    path: str
    effort: str
    gain: str
    why: str
    pattern: list[str]
    link: str | None

    @property
    def opens(self) -> bool:
        """Whether there is anything to unfold."""
        return bool(self.rest or self.why or self.pattern or self.link)


def evidence_view(item: Evidence, *, with_lines: bool, commit: str | None = None, linked: bool = True) -> EvidenceView:
    """``commit`` is the reviewed one: evidence of another commit says so."""
    label = sanitise.visible(item.path)
    if item.line > 0:
        label += f":{item.line}"
    if not item.path:
        label = f"commit {(item.commit or '')[:7]}"
    elif item.commit and commit and item.commit != commit:
        label += f" at {item.commit[:7]}"
    start = item.snippet_line or item.line or 1
    lines = _code_lines(item, start) if with_lines else []
    return EvidenceView(
        label, sanitise.link(item.url) if linked else None, sanitise.visible(item.note, 200), start, lines
    )


def _code_lines(item: Evidence, start: int) -> list[CodeLine]:
    texts = (item.snippet or "").split("\n") if item.snippet else []
    last = item.end_line if 0 < item.end_line - item.line < len(texts) - 1 else item.line
    return [
        CodeLine(sanitise.visible(text.expandtabs(4)), item.line <= number <= last)
        for number, text in enumerate(texts, start)
    ]


def finding_view(
    finding: FindingPart,
    *,
    listed: int,
    with_lines: int,
    commit: str | None = None,
    repository: str = "",
    linked: bool = True,
) -> FindingView:
    """``listed`` pieces of evidence are named at all, ``with_lines`` of them with their lines."""
    every = [
        evidence_view(item, with_lines=index < with_lines, commit=commit, linked=linked)
        for index, item in enumerate(finding.evidence[:listed])
    ]
    further = finding.more_evidence + len(finding.evidence) - len(every)
    more = every[OPEN_EVIDENCE:]
    return FindingView(
        title=sanitise.visible(finding.title, 200),
        state=words.OUTCOME_CLASSES.get(finding.outcome, "cannot_tell"),
        word=words.OUTCOMES.get(finding.outcome, "Cannot tell"),
        summary=words.sentence(sanitise.visible(finding.summary, sanitise.PROSE_LIMIT)),
        note=words.CONFIDENCE.get(finding.confidence, ""),
        evidence=every[:OPEN_EVIDENCE],
        more=more,
        more_label=words.count(len(more) + further, "more place"),
        further=further,
        repository=sanitise.visible(repository),
        answer=_answer(finding.waiver) if finding.waiver else "",
    )


def _answer(waiver: WaiverPart) -> str:
    """Who answered a finding, what they say, and whether it counts."""
    source = sanitise.visible(f"{waiver.source}, waiver {waiver.number}")
    reason = words.sentence(sanitise.visible(waiver.reason, sanitise.PROSE_LIMIT))
    if waiver.counts:
        return f"Answered in the repository ({source}), counts all the same: {reason}"
    return f"Waived ({source}), part of no sum: {reason}"


def step_view(step: StepPart) -> StepView:
    """A step with its first sentence as the line that is read first."""
    head, rest = words.headed(sanitise.visible(step.advice, sanitise.PROSE_LIMIT))
    return StepView(
        head=head.rstrip("."),
        rest=rest,
        repository=sanitise.visible(step.repository),
        path=sanitise.visible(step.path or ""),
        effort=sanitise.visible(step.effort),
        gain=gain(step),
        why=sanitise.visible(step.why, sanitise.PROSE_LIMIT),
        pattern=[sanitise.visible(line.expandtabs(4)) for line in step.pattern.split("\n")[:PATTERN_LINES] if line],
        link=sanitise.link(step.link),
    )


def gain(step: StepPart) -> str:
    """``69 → 75 %``; ``+6 %`` where the readiness after it is not known; nothing where nothing is gained."""
    if step.gain_percent <= 0:
        return ""
    if step.readiness_after is None:
        return f"+{step.gain_percent} %"
    return f"{step.readiness_after - step.gain_percent} → {step.readiness_after} %"


def sorted_findings(findings: Sequence[FindingPart], order: Sequence[str]) -> list[FindingPart]:
    """Findings whose outcome is in ``order``, in that order, each group by level."""
    judged = [finding for finding in findings if finding.outcome in order]
    return sorted(judged, key=lambda f: (order.index(f.outcome), f.level))
