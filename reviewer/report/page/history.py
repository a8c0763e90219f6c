"""A repository's history: in a sentence, people by name, commits per week, and the functions to split first."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.model.document import HistoryPart, RepositoryPart
from reviewer.report import sanitise, words
from reviewer.report.charts.dots import NAMED, Dots, dots
from reviewer.report.charts.weeks import Weeks, weeks

PEOPLE = 12
"""People named in the table of authors, the rest as a count."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history in a sentence, people by name, commits per week, and the functions to split first."""

    sentence: str
    matched: str
    people: list[tuple[str, str, str]]
    weeks: Weeks | None
    weeks_text: str
    dots: Dots | None
    hotspots: list[tuple[str, str, str]]


def history_view(repository: RepositoryPart) -> HistoryView:
    """The history of a reviewed repository."""
    history = repository.history
    picture = weeks(history.weeks)
    spots = repository.hotspots
    return HistoryView(
        sentence=_sentence(history),
        matched=_matched(history),
        people=[
            (sanitise.visible(person.name), f"{person.commits:,}", _who(own=person.own, bot=person.bot))
            for person in history.people[:PEOPLE]
        ],
        weeks=picture,
        weeks_text=_weeks_text(history, picture) if picture else "",
        dots=dots(spots),
        hotspots=[
            (
                sanitise.visible(spot.name),
                f"{sanitise.visible(spot.path)}:{spot.line}",
                f"complexity {spot.complexity}, changed in {words.count(spot.touches, 'commit')}",
            )
            for spot in spots[:NAMED]
        ],
    )


def _sentence(history: HistoryPart) -> str:
    if not history.commits:
        return "No history was read."
    said = f"{words.count(history.commits, 'commit')} on {words.count(history.active_days, 'day')}"
    if history.first and history.last:
        said += f", {sanitise.visible(history.first)} to {sanitise.visible(history.last)}"
    if not history.complete:
        why = f": {sanitise.visible(history.reason, 200)}" if history.reason else ""
        said += f". The history is not complete{why}"
    return words.sentence(said)


def _matched(history: HistoryPart) -> str:
    """``25 commits matched to the candidate · 8 others``."""
    people = [person for person in history.people if not person.bot]
    if not people:
        return ""
    others = sum(person.commits for person in people if not person.own)
    return f"{words.count(history.own_commits, 'commit')} matched to the candidate · {words.count(others, 'other')}"


def _who(*, own: bool, bot: bool) -> str:
    return "candidate" if own else "bot" if bot else "other"


def _weeks_text(history: HistoryPart, picture: Weeks) -> str:
    active = words.count(len(history.weeks), "week")
    own = sum(mine for _, mine, _ in history.weeks)
    others = sum(theirs for _, _, theirs in history.weeks)
    each = "a week" if picture.per_bar == 1 else f"{picture.per_bar} weeks"
    return (
        f"Each bar is {each}: dark for the candidate ({own:,} commits), light for others ({others:,}). "
        f"Work in {active}, at most {words.count(picture.most, 'commit')} in a bar."
    )
