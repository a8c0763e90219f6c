"""The next steps: for each change, the same arithmetic once more with that check shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from reviewer.grave import GRAVE_WEIGHT
from reviewer.model.finding import JUDGED, Effort, Finding, Outcome
from reviewer.model.requirement import Importance, JudgedRequirement, Ledger, NextStep, Profile, State
from reviewer.readiness import Findings, judge_all, readiness

COST = {Effort.MINUTES: 1.0, Effort.HOURS: 3.0, Effort.DAYS: 9.0}
"""What an effort weighs against a gain when steps are ordered."""
PLAN_LENGTH = 3
STEPS_MOST = 30
NEXT_PER_REQUIREMENT = 4
WORTH_OF_STATE = {State.MET: 1.0, State.PARTLY: 0.5, State.NOT_SHOWN: 0.0, State.CANNOT_TELL: 0.0}


@dataclass(frozen=True, slots=True)
class _Option:
    """A finding that could be shown instead, in its repository."""

    repository: str
    finding: Finding


def ledger(profile: Profile, judgeable: Mapping[str, bool], findings: Findings) -> Ledger:
    """One job against the evidence: requirements, the sum, and what to do next."""
    judged = judge_all(profile, judgeable, findings)
    options = _options(judged, findings)
    plan = _plan(profile, judgeable, findings, options)
    steps = {(step.repository, step.check): step for step in plan}
    return Ledger(
        profile=profile,
        readiness=readiness(judged),
        requirements=tuple(_with_next(item, options, steps) for item in judged),
        next_steps=tuple(plan),
    )


def _options(judged: Sequence[JudgedRequirement], findings: Findings) -> list[_Option]:
    """What could be changed for the requirements that are not met: in their best repository, up to the wanted level,
    and wherever a grave fault holds them back."""
    found: dict[tuple[str, str], _Option] = {}
    for item in judged:
        if item.state in (State.MET, State.CANNOT_TELL):
            continue
        for held in item.held:
            faults = (fault for fault in findings[held.repository] if fault.check == held.check and not fault.left_out)
            found.update({(held.repository, fault.check): _Option(held.repository, fault) for fault in faults})
        repository = item.repository or _home(findings)
        for finding in findings.get(repository or "", ()):
            mine = item.skill in finding.skills if item.skill else set(item.requirement.skills) & set(finding.skills)
            open_ = finding.outcome in (Outcome.NOT_SHOWN, Outcome.PARTLY) and not finding.left_out
            if repository and mine and open_ and finding.level <= max(item.requirement.wanted_level, 1):
                found.setdefault((repository, finding.check), _Option(repository, finding))
    return list(found.values())


def _home(findings: Findings) -> str | None:
    """The repository to which something new would best be added: the one that shows most already."""
    return max(
        sorted(findings),
        key=lambda name: sum(item.outcome is Outcome.SHOWN for item in findings[name]),
        default=None,
    )


def _plan(
    profile: Profile, judgeable: Mapping[str, bool], findings: Findings, options: list[_Option]
) -> list[NextStep]:
    """Steps best first; the first three are chosen one after another, each given that those before it are done."""
    done = {name: list(items) for name, items in findings.items()}
    left = list(options)
    plan: list[NextStep] = []
    while left and len(plan) < STEPS_MOST:
        now = _value(profile, judgeable, done)
        if len(plan) < PLAN_LENGTH or not plan:
            scored = [(_value(profile, judgeable, _with(done, option)), option) for option in left]
            (after, best) = max(scored, key=lambda item: _order(now, item[0], item[1]))
            left.remove(best)
            done = _with(done, best)
            plan.append(_step(best, now.percent, after.percent, after.percent))
        else:
            rest = [(_value(profile, judgeable, _with(done, option)), option) for option in left]
            rest.sort(key=lambda item: _order(now, item[0], item[1]), reverse=True)
            plan += [_step(option, now.percent, after.percent, None) for after, option in rest]
            break
    return plan[:STEPS_MOST]


@dataclass(frozen=True, slots=True)
class _Value:
    """Readiness in percent, and a finer measure that also sees half-way progress."""

    percent: int
    fine: float


def _value(profile: Profile, judgeable: Mapping[str, bool], findings: Findings) -> _Value:
    judged = judge_all(profile, judgeable, findings)
    fine = 0.0
    for item in judged:
        weight = 1.0 if item.requirement.importance is Importance.REQUIRED else 0.1
        fine += weight * (WORTH_OF_STATE[item.state] + 0.5 * _share_shown(item, findings))
    return _Value(readiness(judged).percent or 0, fine)


def _share_shown(item: JudgedRequirement, findings: Findings) -> float:
    """The share of the checks up to the wanted level that are shown, in the best repository."""
    if item.state is State.MET or not item.repository:
        return 1.0 if item.state is State.MET else 0.0
    mine = [
        finding
        for finding in findings[item.repository]
        if item.skill in finding.skills
        and finding.outcome in JUDGED
        and finding.level <= max(item.requirement.wanted_level, 1)
    ]
    shown = sum(finding.outcome is Outcome.SHOWN for finding in mine)
    return shown / len(mine) if mine else 0.0


def _order(now: _Value, after: _Value, option: _Option) -> tuple[float, bool, float, int, str, str]:
    """What comes first: the gain for its effort; of equal ones a grave fault, then what brings a level nearer."""
    effort = option.finding.effort or Effort.HOURS
    gain = (after.percent - now.percent) / COST[effort]
    return (
        gain,
        option.finding.weight >= GRAVE_WEIGHT,
        (after.fine - now.fine) / COST[effort],
        -option.finding.level,
        option.repository,
        option.finding.check,
    )


def _with(findings: Mapping[str, Sequence[Finding]], option: _Option) -> dict[str, list[Finding]]:
    changed = {name: list(items) for name, items in findings.items()}
    changed[option.repository] = [
        msgspec.structs.replace(item, outcome=Outcome.SHOWN) if item.check == option.finding.check else item
        for item in changed[option.repository]
    ]
    return changed


def _step(option: _Option, before: int, after: int, readiness_after: int | None) -> NextStep:
    finding = option.finding
    return NextStep(
        check=finding.check,
        advice=finding.advice or finding.title,
        effort=finding.effort or Effort.HOURS,
        gain_percent=after - before,
        repository=option.repository,
        path=finding.at,
        readiness_after=readiness_after,
    )


def _with_next(
    item: JudgedRequirement, options: Iterable[_Option], steps: Mapping[tuple[str, str], NextStep]
) -> JudgedRequirement:
    if item.state in (State.MET, State.CANNOT_TELL):
        return item
    wanted = set(item.requirement.skills) if item.skill is None else {item.skill}
    held = {(fault.repository, fault.check) for fault in item.held}
    mine = [
        option
        for option in options
        if (option.repository, option.finding.check) in held
        or (wanted & set(option.finding.skills) and option.repository == (item.repository or option.repository))
    ]
    mine.sort(key=lambda option: (option.finding.level, option.finding.check))
    found = [
        steps[(option.repository, option.finding.check)]
        for option in mine
        if (option.repository, option.finding.check) in steps
    ]
    return msgspec.structs.replace(item, next=tuple(found[:NEXT_PER_REQUIREMENT]))
