"""The ledger: one row per requirement, with the checks behind it and what reaches the next level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewer.model.document import FindingPart, RepositoryPart, RequirementPart
from reviewer.report import sanitise, words
from reviewer.report.charts import strip
from reviewer.report.page.anchors import Anchors
from reviewer.report.page.density import Density
from reviewer.report.page.pieces import (
    EvidenceView,
    FindingView,
    StepView,
    evidence_view,
    finding_view,
    sorted_findings,
    step_view,
)

STEPS = 4
"""Steps towards the next level that a row lists."""
GOOD_LINES = 1
"""Pieces of evidence shown with their lines for a check that is shown."""
UNMET = frozenset({"partly", "not_shown"})
CHOICES = 20
"""Skills of which any one would do that are named; of those that follow only the one that counts."""
MET_OPEN = 8
"""More met rows than these fold under one heading."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several skills that would do; ``counted`` marks the one that did."""

    name: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement; ``levels`` are wanted and reached in words, ``short`` in figures.

    ``reason`` and ``tellable`` are for what cannot be told, ``nothing`` where no check speaks, ``held`` where a grave
    fault keeps the level from rising.
    """

    anchor: str
    title: str
    state: str
    word: str
    importance: str
    phrase: str
    strip: list[strip.Step]
    levels: str
    short: str
    repository: str
    choices: list[Choice]
    checks: list[FindingView]
    evidence: list[EvidenceView]
    not_applicable: list[str]
    steps: list[StepView]
    reason: str = ""
    tellable: str = ""
    nothing: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Open rows, and the met ones that are folded; ``counts`` is (state, word, number of rows)."""

    rows: list[Row] = field(default_factory=list)
    folded: list[Row] = field(default_factory=list)
    counts: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many requirements there are."""
        return len(self.rows) + len(self.folded)


def ledger(
    requirements: Iterable[RequirementPart], repositories: list[RepositoryPart], dense: Density, anchors: Anchors
) -> LedgerView:
    """Rows in the order not shown, partly, cannot tell, met; required before optional; then as the posting has them.

    ``repositories`` are the reviewed ones, the strongest first.
    """
    ordered = sorted(
        requirements,
        key=lambda item: (_rank(words.STATE_ORDER, item.state), _rank(words.IMPORTANCE_ORDER, item.importance)),
    )
    rows = [_row(item, repositories, dense, anchors) for item in ordered]
    met = [row for row in rows if row.state == "met"]
    fold = len(met) > MET_OPEN
    return LedgerView(
        rows=[row for row in rows if not fold or row.state != "met"],
        folded=met if fold else [],
        counts=[(state, words.STATES[state], sum(r.state == state for r in rows)) for state in words.STATE_ORDER],
    )


def _rank(order: tuple[str, ...], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _row(item: RequirementPart, repositories: list[RepositoryPart], dense: Density, anchors: Anchors) -> Row:
    found = _findings(item, repositories)
    told = [finding for _, finding in found]
    state = item.state if item.state in words.STATES else "cannot_tell"
    reason, tellable = _why_untold(told) if state == "cannot_tell" else ("", "")
    checks = _checks(item, found, dense)
    return Row(
        anchor=anchors.claim("need", item.id),
        title=sanitise.visible(item.title),
        state=state,
        word=words.STATES[state],
        importance=sanitise.visible(item.importance),
        phrase=sanitise.visible(item.phrase or "", 200),
        strip=strip.steps(item.level, item.wanted_level),
        levels=_levels(item),
        short=f"level {item.level or 0} of {item.wanted_level}",
        repository=sanitise.visible(item.repository or ""),
        choices=_choices(item),
        checks=checks,
        evidence=[] if checks else [evidence_view(piece, with_lines=True) for piece in item.evidence[:3]],
        not_applicable=[sanitise.visible(f.title) for f in told if f.outcome == "not_applicable"],
        steps=[] if state == "cannot_tell" else [step_view(step) for step in item.next[:STEPS]],
        reason=reason,
        tellable=tellable,
        held=_held(item),
        nothing=words.NOTHING_SHOWN if state in UNMET and not checks and not item.evidence else "",
    )


def _levels(item: RequirementPart) -> str:
    if item.level is None:
        return f"Wanted {words.level(item.wanted_level)}"
    return f"Wanted {words.level(item.wanted_level)}, reached {words.level(item.level)}"


def _held(item: RequirementPart) -> str:
    """What keeps the level from rising, and where."""
    names = ", ".join(dict.fromkeys(sanitise.visible(fault.repository) for fault in item.held))
    return f"A grave fault in {names} holds it there until it is mended." if names else ""


def _choices(item: RequirementPart) -> list[Choice]:
    if len(item.skills) < 2:
        return []
    named = [name for number, name in enumerate(item.skills) if number < CHOICES or name == item.skill]
    more = len(item.skills) - len(named)
    chosen = [Choice(sanitise.visible(name), name == item.skill) for name in named]
    return [*chosen, *([Choice(f"and {more} more", False)] if more else [])]


def _findings(item: RequirementPart, repositories: list[RepositoryPart]) -> list[tuple[RepositoryPart, FindingPart]]:
    """For each check behind the requirement, its finding in the repository that counts, else the best one elsewhere;
    of a grave fault the one that holds the requirement back.

    Where none was judged: the checks that speak for one of its skills, which say where was looked or what failed.
    """
    found: list[tuple[RepositoryPart, FindingPart]] = []
    held = {fault.check: fault.repository for fault in item.held}
    for check in dict.fromkeys(item.checks or _speaking(item.skills, repositories)):
        places = [
            (repository, finding)
            for repository in repositories
            for finding in repository.findings
            if finding.check == check
        ]
        if places:
            counted = held.get(check, item.repository)
            found.append(min(places, key=lambda place: _closeness(place, counted)))
    return found


def _speaking(skills: list[str], repositories: list[RepositoryPart]) -> list[str]:
    wanted = set(skills)
    return [f.check for repository in repositories for f in repository.findings if not wanted.isdisjoint(f.skills)]


def _closeness(place: tuple[RepositoryPart, FindingPart], counted: str | None) -> tuple[bool, int]:
    repository, finding = place
    return repository.name != counted, _rank(words.GOOD_FIRST, finding.outcome)


def _checks(
    item: RequirementPart, found: list[tuple[RepositoryPart, FindingPart]], dense: Density
) -> list[FindingView]:
    order = words.GOOD_FIRST if item.state == "met" else words.BAD_FIRST
    homes = {finding.check: repository for repository, finding in found}
    views: list[FindingView] = []
    for finding in sorted_findings([finding for _, finding in found], order):
        home = homes[finding.check]
        views.append(
            finding_view(
                finding,
                listed=dense.ledger_evidence,
                with_lines=min(dense.ledger_lines, GOOD_LINES if finding.outcome == "shown" else dense.ledger_lines),
                commit=home.commit,
                repository="" if home.name == item.repository else home.name,
            )
        )
    return views


def _why_untold(found: list[FindingPart]) -> tuple[str, str]:
    """Why a requirement could not be judged, and what would make it tellable."""
    if not found:
        return words.NOT_IN_CODE, words.NOT_IN_CODE_TELL
    untold = [f for f in found if f.outcome in ("could_not_tell", "not_supported")]
    if not untold:
        return words.NOT_READ, words.NOT_READ_TELL
    first = untold[0]
    reason = words.sentence(sanitise.visible(first.summary, sanitise.PROSE_LIMIT))
    usual = words.NOT_READ_TELL if first.outcome == "not_supported" else words.NOT_SEEN_TELL
    return reason, sanitise.visible(first.advice or usual, sanitise.PROSE_LIMIT)
