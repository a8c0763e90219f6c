"""Findings against requirements: levels, states and the sum. The rubric's arithmetic, nothing else; pure.

Levels: a skill reaches level L when at each level up to L at least 70 % of the weight of its applicable checks is shown
(partly counts half). A level without applicable checks is passed over and never reached by itself, and so is one above
the first where a single one of several applies; level L needs at least L shown checks where the catalogue has so many:
one lucky check in a small repository makes nobody job-ready. Over a level of which nothing could be told nobody climbs
higher than that level.
A second repository of the same level can add one, by showing what the first lacks; a grave fault in any of them holds
the skill below the level of its check. What could not be judged never
lowers anything: where the missing step is one that could not be read, the requirement is ``cannot_tell``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from reviewer.grave import held_back
from reviewer.model.finding import JUDGED, Finding, Outcome
from reviewer.model.requirement import (
    HeldBack,
    Importance,
    JudgedRequirement,
    Profile,
    Readiness,
    Requirement,
    SkillLevel,
    State,
)

NEEDED_SHARE = 0.7
LEVELS = (1, 2, 3, 4)
WORTH = {Outcome.SHOWN: 1.0, Outcome.PARTLY: 0.5, Outcome.NOT_SHOWN: 0.0}
ABSENT = (Outcome.NOT_APPLICABLE,)
UNREAD = (Outcome.COULD_NOT_TELL, Outcome.NOT_SUPPORTED)
FEW = 2
"""Checks that have to speak for a level above the first, where there are so many that could."""
EVIDENCE_MOST = 12
Findings = Mapping[str, Sequence[Finding]]
"""Findings by the name of their repository."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a skill reaches: over all repositories, in the best one, and in each. None: nothing could be judged.

    ``looked`` says whether the skill was at least looked for: its checks found nothing to judge.
    """

    level: int | None
    best: str | None
    each: tuple[tuple[str, int], ...]
    looked: bool
    progress: float = 0.0
    held: tuple[HeldBack, ...] = ()


def level_of(findings: Iterable[Finding]) -> int | None:
    """The level that findings of one skill reach; None where none of them is judged."""
    every = list(findings)
    judged = [finding for finding in every if finding.outcome in JUDGED]
    if not judged:
        return None
    reached, most = 0, LEVELS[-1]
    for level in LEVELS:
        share = share_at(judged, level)
        if share is None:
            unread = any(finding.level == level and finding.outcome in UNREAD for finding in every)
            most = min(most, level) if unread else most
            continue
        if share < NEEDED_SHARE - 1e-9:
            break
        step = level - 1 if _is_thin(level, every) else level
        reached = max(reached, _deserved(step, every))
    return min(reached, most)


def _is_thin(level: int, findings: Sequence[Finding]) -> bool:
    """Whether a single check speaks for a level above the first, and others there had nothing to judge."""
    here = [finding for finding in findings if finding.level == level and finding.outcome not in UNREAD]
    return level > LEVELS[0] and sum(finding.outcome in JUDGED for finding in here) < min(FEW, len(here))


def _deserved(level: int, findings: Sequence[Finding]) -> int:
    """A level whose checks are shown, cut to the number of shown checks up to it, where there are more checks."""
    upto = [finding for finding in findings if finding.level <= level]
    shown = sum(WORTH.get(finding.outcome, 0.0) for finding in upto)
    return level if len(upto) < level else min(level, int(shown))


def share_at(findings: Iterable[Finding], level: int) -> float | None:
    """The share (0..1) of the applicable weight at one level that is shown; None where nothing applies."""
    here = [finding for finding in findings if finding.level == level and finding.outcome in JUDGED]
    total = sum(finding.weight for finding in here)
    return sum(finding.weight * WORTH[finding.outcome] for finding in here) / total if total else None


def reach(skill: str, findings: Findings) -> Reached:
    """How far one skill reaches over all repositories."""
    mine = {name: [item for item in items if skill in item.skills] for name, items in sorted(findings.items())}
    levels = {name: level for name, items in mine.items() if (level := level_of(items)) is not None}
    looked = any(item.outcome is Outcome.NOT_APPLICABLE for items in mine.values() for item in items)
    if not levels:
        return Reached(None, None, (), looked)
    best = max(sorted(levels), key=lambda name: (levels[name], _shown(mine[name])))
    level = _with_second(mine, levels, best)
    left, held = held_back(mine, level)
    each = tuple((name, value) for name, value in levels.items())
    return Reached(left, best, each, looked, _progress(mine[best], left), held)


def _with_second(mine: Mapping[str, Sequence[Finding]], levels: Mapping[str, int], best: str) -> int:
    """The level of the best repository, one more where a second one of that level shows what the first lacks."""
    level = levels[best]
    equals = [name for name in sorted(levels) if name != best and levels[name] == level > 0]
    pairs = (level_of(list(_best_of_each({best: mine[best], name: mine[name]}))) or 0 for name in equals)
    return level + any(reached > level for reached in pairs)


def skill_levels(names: Iterable[str], groups: Mapping[str, str], findings: Findings) -> tuple[SkillLevel, ...]:
    """Every skill with its level, by name; skills that nothing was looked for are left out."""
    found = []
    for name in sorted(names):
        reached = reach(name, findings)
        ids = sorted({item.check for items in findings.values() for item in items if name in item.skills})
        if reached.level is not None:
            shown = tuple((repository, level) for repository, level in reached.each if level)
            found.append(
                SkillLevel(
                    name=name,
                    level=reached.level,
                    group=groups.get(name, "other"),
                    repositories=shown,
                    findings=tuple(ids),
                )
            )
    return tuple(found)


def _speaking(findings: Findings, outcomes: Collection[Outcome]) -> frozenset[str]:
    """The skills for which findings of some outcomes speak."""
    return frozenset(
        skill for items in findings.values() for item in items if item.outcome in outcomes for skill in item.skills
    )


def judge(
    requirement: Requirement, judgeable: bool, findings: Findings, judged_skills: frozenset[str] | None = None
) -> JudgedRequirement:
    """Holds one requirement against the findings.

    What was looked for and is absent is ``not_shown`` at level 0; what no check could judge is ``cannot_tell``, and so
    is what would be absent if all could be told.

    Args:
        requirement: any one of its skills will do.
        judgeable: whether code can show it at all.
        findings: by repository.
        judged_skills: those that some judged finding speaks for, where they are known: most of a long list are not.
    """
    told = _speaking(findings, JUDGED) if judged_skills is None else judged_skills
    sought = _speaking(findings, ABSENT) if told.isdisjoint(requirement.skills) else frozenset()
    reached = {
        skill: reach(skill, findings) if skill in told else Reached(None, None, (), skill in sought)
        for skill in requirement.skills
    }
    known = {skill: item for skill, item in reached.items() if item.level is not None}
    if known and judgeable:
        skill = max(requirement.skills, key=lambda name: _rank(reached[name]))
        judged = _judged(requirement, skill, reached[skill], findings)
        if judged.state is not State.MET and _unread_step(requirement, judged, findings):
            return msgspec.structs.replace(judged, state=State.CANNOT_TELL)
        return judged
    looked = any(item.looked for item in reached.values())
    absent = judgeable and looked and not _unread_anywhere(requirement, findings)
    return JudgedRequirement(
        requirement=requirement,
        level=0 if absent else None,
        state=State.NOT_SHOWN if absent else State.CANNOT_TELL,
    )


def readiness(judged: Sequence[JudgedRequirement]) -> Readiness:
    """The share of required requirements met (partly = half) with its sum; what cannot be told counts nowhere."""
    required = [item for item in judged if item.requirement.importance is Importance.REQUIRED]
    count = {state: sum(item.state is state for item in required) for state in State}
    met, partly = count[State.MET], count[State.PARTLY]
    total = met + partly + count[State.NOT_SHOWN]
    percent = (200 * met + 100 * partly + total) // (2 * total) if total else None
    return Readiness(
        percent=percent,
        met=met,
        partly=partly,
        not_shown=count[State.NOT_SHOWN],
        cannot_tell=count[State.CANNOT_TELL],
        sum=_sum(met, partly, total),
    )


def judge_all(profile: Profile, judgeable: Mapping[str, bool], findings: Findings) -> tuple[JudgedRequirement, ...]:
    """Every requirement of a profile, in its order."""
    judged = _judge_each(profile, judgeable, findings)
    if not any(item.left_out for items in findings.values() for item in items):
        return judged
    counted = {name: [item for item in items if not item.left_out] for name, items in findings.items()}
    without = _judge_each(profile, judgeable, counted)
    return tuple(_never_met(before, after) for before, after in zip(judged, without, strict=True))


def _judge_each(profile: Profile, judgeable: Mapping[str, bool], findings: Findings) -> tuple[JudgedRequirement, ...]:
    judged_skills = _speaking(findings, JUDGED)
    return tuple(
        judge(item, any(judgeable.get(skill, False) for skill in item.skills), findings, judged_skills)
        for item in profile.requirements
    )


def _never_met(before: JudgedRequirement, after: JudgedRequirement) -> JudgedRequirement:
    """A requirement without what is waived; what that alone would make met stays partly, one level below."""
    if before.state is State.MET or (after.level or 0) < (before.level or 0):
        return before
    below = max(before.level or 0, max(after.requirement.wanted_level, 1) - 1)
    if after.state is not State.MET:
        return after
    return msgspec.structs.replace(after, level=below, state=State.PARTLY if below else State.NOT_SHOWN)


def _unread_anywhere(requirement: Requirement, findings: Findings) -> bool:
    """Whether some repository could show it in code that is not read, or where nothing could be told."""
    wanted = set(requirement.skills)
    return any(
        item.outcome in UNREAD and item.subject is None and wanted & set(item.skills)
        for items in findings.values()
        for item in items
    )


def _unread_step(requirement: Requirement, judged: JudgedRequirement, findings: Findings) -> bool:
    """Whether what is missing may stand in code that is not read: in the best repository, or anywhere at level 0."""
    level = judged.level or 0
    places = [judged.repository or ""] if level else sorted(findings)
    return any(
        item.outcome is Outcome.NOT_SUPPORTED
        and item.level > level
        and item.level <= max(requirement.wanted_level, 1)
        and set(requirement.skills) & set(item.skills)
        for name in places
        for item in findings.get(name, ())
    )


def _judged(requirement: Requirement, skill: str, reached: Reached, findings: Findings) -> JudgedRequirement:
    level = reached.level or 0
    mine = [item for item in findings[reached.best or ""] if skill in item.skills]
    wanted = max(requirement.wanted_level, 1)
    state = State.MET if level >= wanted else State.PARTLY if level else State.NOT_SHOWN
    evidence = [place for item in mine if item.outcome in WORTH for place in item.evidence[:2]]
    return JudgedRequirement(
        requirement=requirement,
        level=level,
        state=state,
        skill=skill,
        repository=reached.best,
        findings=tuple(item.check for item in mine),
        evidence=tuple(evidence[:EVIDENCE_MOST]) if level else (),
        held=reached.held,
    )


def _rank(reached: Reached) -> tuple[int, float]:
    return (-1 if reached.level is None else reached.level, reached.progress)


def _shown(findings: Iterable[Finding]) -> float:
    return sum(item.weight * WORTH.get(item.outcome, 0.0) for item in findings)


def _progress(findings: Sequence[Finding], level: int) -> float:
    """How far (0..1) the next level is reached: the share shown there."""
    return next((share for step in LEVELS if step > level and (share := share_at(findings, step)) is not None), 0.0)


def _best_of_each(findings: Mapping[str, Sequence[Finding]]) -> Iterable[Finding]:
    """For each check the best finding of any repository; one that is not judged where no other is."""
    best: dict[str, Finding] = {}
    for items in findings.values():
        for item in items:
            known = best.get(item.check)
            if known is None or WORTH.get(item.outcome, -1.0) > WORTH.get(known.outcome, -1.0):
                best[item.check] = item
    return best.values()


def _sum(met: int, partly: int, total: int) -> str:
    if not total:
        return "No required skill could be judged, so there is no percentage."
    halves = f" + {partly} · ½" if partly > 1 else " + ½" if partly else ""
    return f"({met}{halves}) ÷ {total} required skills" if partly else f"{met} ÷ {total} required skills"
