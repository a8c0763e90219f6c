"""How the work went: people, weeks, and which complex functions keep changing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from reviewer.model import document as doc
from reviewer.model.facts.code import Function
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.facts.repository import RepositoryFacts
from reviewer.model.facts.values import At
from reviewer.report.limits import Cut

LEAST_COMPLEXITY = 5
"""Functions below this cyclomatic complexity are no hotspot."""
ALSO = 10
"""Further names of one person that are listed."""


def history(found: History, cut: Cut) -> doc.HistoryPart:
    """Counts, first and last day, people by name and commits per week."""
    people = [person for person in found.people if person.commits]
    days = sorted(commit.day[:10] for commit in found.commits if commit.day)
    return doc.HistoryPart(
        commits=len(found.commits),
        merges=sum(commit.merge for commit in found.commits),
        own_commits=sum(person.commits for person in people if person.own),
        authors=sum(not person.bot for person in people),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        active_days=len(set(days)),
        complete=found.complete,
        people=cut.keep(
            "people",
            [_author(person) for person in sorted(people, key=lambda p: (not p.own, -p.commits, p.name))],
        ),
        weeks=_newest(cut, _weeks(found)),
        reason=found.reason,
    )


def _newest(cut: Cut, weeks: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return sorted(cut.keep("weeks", reversed(weeks)))


def _weeks(found: History) -> list[tuple[str, int, int]]:
    own: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for commit in found.commits:
        monday = _monday(commit)
        if monday is None or commit.merge:
            continue
        known = 0 <= commit.person < len(found.people)
        (own if known and found.people[commit.person].own else others)[monday] += 1
    return [(week, own[week], others[week]) for week in sorted(own.keys() | others.keys())]


def _monday(commit: Commit) -> str | None:
    try:
        day = date.fromisoformat((commit.day or "")[:10])
        return (day - timedelta(days=day.weekday())).isoformat()
    except (ValueError, OverflowError):
        return None


def changing(facts: RepositoryFacts) -> tuple[At[Function], ...]:
    """Functions that are complex, in files that the candidate changed."""
    touches = facts.history.touches
    return tuple(
        place for place in facts.code.functions if place.fact.complexity >= LEAST_COMPLEXITY and touches.get(place.path)
    )


def hotspots(facts: RepositoryFacts, cut: Cut) -> list[doc.HotspotPart]:
    """Functions by complexity times changes of their file, worst first."""
    found = [
        doc.HotspotPart(
            name=place.fact.qualname or place.fact.name,
            path=place.path,
            line=place.fact.line,
            complexity=place.fact.complexity,
            touches=facts.history.touches[place.path],
        )
        for place in changing(facts)
    ]
    return cut.keep("hotspots", sorted(found, key=lambda h: (-h.complexity * h.touches, h.path, h.line)))


def _author(person: Person) -> doc.AuthorPart:
    return doc.AuthorPart(
        name=person.name,
        commits=person.commits,
        own=person.own,
        bot=person.bot,
        also=sorted(set(person.names) - {person.name})[:ALSO],
        addresses=len(person.addresses),
    )
