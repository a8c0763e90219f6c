"""The first screen: the answer in one sentence, its numbers in words, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.model.document import ProfilePart, ReadinessPart, Report, RepositoryPart, RequirementPart
from reviewer.report import sanitise, words
from reviewer.report.charts.bar import Segment, segments
from reviewer.report.page.gaps import plain, reviewed_of, warnings

NAMES = 5

MANY = 0.25
"""Share of skills that could not be judged, against those that were, from which the first line counts them."""


_OPEN = frozenset({"partly", "not_shown"})


class Case(StrEnum):
    """The states of the page that have a text of their own."""

    JUDGED = "judged"
    ALL_MET = "all met"
    UNJUDGED = "unjudged"
    NO_COMMITS = "no commits"
    NO_CODE = "no code"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """Items 1 to 6 of the first screen. ``after`` follows the numbers: what to do, or what is still missing."""

    case: Case
    headline: str
    counts: str = ""
    percent: str = ""
    bar: list[Segment] = field(default_factory=list)
    warning: str = ""
    after: list[str] = field(default_factory=list)


def answer(report: Report) -> Answer:
    """The answer for the first job."""
    case = case_of(report)
    name = sanitise.visible(report.subject.name)
    warning = " ".join(warnings(report))
    if case is Case.UNREACHABLE:
        return Answer(case, f"Nothing of {name} could be reviewed", after=_notes(report))
    if case is Case.NO_CODE:
        return Answer(
            case, f"No repository of {name} has server code that is read", warning=warning, after=_found(report)
        )
    if case is Case.NO_COMMITS:
        return Answer(case, f"No commit matches {name}", warning=warning, after=_authors(report))
    found = report.readiness
    return Answer(
        case,
        headline(report.profile, found),
        counts=counts(found),
        percent=percent(found),
        bar=segments(_states(found)),
        warning=warning,
        after=_still_missing(report) if case is Case.ALL_MET else [],
    )


def case_of(report: Report) -> Case:
    """Which text of its own the page needs."""
    if _nobody_matches(report):
        return Case.NO_COMMITS
    if not reviewed_of(report):
        skipped = any(item.status == "skipped" for item in report.repositories)
        return Case.NO_CODE if skipped else Case.UNREACHABLE
    found = report.readiness
    if found.percent is None or not _judged(found):
        return Case.UNJUDGED
    return Case.ALL_MET if found.met == _judged(found) else Case.JUDGED


def _nobody_matches(report: Report) -> bool:
    """Whether somebody is named, and nothing that was read is theirs."""
    shares = [item.own_share for item in report.repositories if item.own_share is not None]
    open_to_all = any(item.own_share is None for item in reviewed_of(report))
    committed = any(item.history.own_commits for item in report.repositories)
    return bool(shares) and not any(shares) and not open_to_all and not committed


def headline(profile: ProfilePart, found: ReadinessPart) -> str:
    """The ``h1``, without a full stop."""
    title = sanitise.visible(profile.title)
    judged = _judged(found)
    if found.percent is None or not judged:
        return f"Not judged: no required skill for {title} can be told from this code"
    if found.met == judged and found.cannot_tell > MANY * judged:
        total = judged + found.cannot_tell
        return f"{found.met} of {total} required skills are met for {title}, {found.cannot_tell} cannot be told"
    if found.met == judged:
        return f"Every required skill is met for {title}"
    return f"{found.met} of {judged} required {'skill is' if judged == 1 else 'skills are'} met for {title}"


def counts(found: ReadinessPart) -> str:
    """``5 met · 1 partly · 2 not shown · 1 cannot be judged from code``."""
    said = [f"{found.met} met", f"{found.partly} partly", f"{found.not_shown} not shown"]
    if found.cannot_tell:
        said.append(f"{found.cannot_tell} cannot be judged from code")
    return " · ".join(said)


def percent(found: ReadinessPart) -> str:
    """The percentage, never without its sum."""
    total = sanitise.visible(found.sum, 200)
    return words.sentence(total if found.percent is None else f"Readiness {found.percent} %: {total}")


def newest(report: Report) -> str:
    """The day of the newest commit that was read."""
    return max((item.history.last or "" for item in report.repositories if item.status == "reviewed"), default="")


def _judged(found: ReadinessPart) -> int:
    return found.met + found.partly + found.not_shown


def _states(found: ReadinessPart) -> list[tuple[str, int]]:
    return [
        ("met", found.met),
        ("partly", found.partly),
        ("not_shown", found.not_shown),
        ("cannot_tell", found.cannot_tell),
    ]


def _notes(report: Report) -> list[str]:
    said = [words.sentence(sanitise.visible(note, sanitise.PROSE_LIMIT)) for note in report.notes]
    failed = [_why_not(item) for item in report.repositories[:NAMES]]
    return said + failed or ["No repository was found. Check the spelling of the name."]


def _found(report: Report) -> list[str]:
    total = words.count(len(report.repositories), "repository was", "repositories were")
    return [
        f"{total} found and passed over, for the reasons below.",
        "To review one all the same, name it directly: `reviewer review OWNER/NAME`.",
    ]


def _why_not(item: RepositoryPart) -> str:
    return f"`{plain(item.name)}`: {words.sentence(sanitise.visible(item.reason or 'it could not be read', 300))}"


def _authors(report: Report) -> list[str]:
    people = {person.name: 0 for item in report.repositories for person in item.history.people}
    for item in report.repositories:
        for person in item.history.people:
            people[person.name] += person.commits
    names = sorted(people, key=lambda name: (-people[name], name))
    told = ", ".join(sanitise.visible(name) for name in names[:NAMES]) or "none"
    rest = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return [f"Authors found: {told}{rest}.", "If one of them is the candidate, add `--me NAME` or `--me ADDRESS`."]


def _still_missing(report: Report) -> list[str]:
    missing = [item for item in report.requirements if item.importance == "optional" and item.state in _OPEN]
    if missing:
        return [f"Optional and not met yet: {words.listed([_title(item) for item in missing])}."]
    return ["Every optional skill that can be judged is met too."]


def _title(item: RequirementPart) -> str:
    return sanitise.visible(item.title)
