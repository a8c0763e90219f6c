"""Whose work counts, and under which names it was found, in a sentence."""

from __future__ import annotations

from reviewer.model.document import Report, RepositoryPart
from reviewer.report import sanitise, words
from reviewer.report.page.gaps import reviewed_of

NAMES = 5


def whose(report: Report) -> str:
    """Who was taken for the candidate; empty where nothing was reviewed."""
    reviewed = reviewed_of(report)
    if not reviewed:
        return ""
    everyone = [item for item in reviewed if item.own_share is None]
    if len(everyone) == len(reviewed):
        return "Nobody is named and nobody dominates: everyone's work counts."
    names = _names(reviewed)
    own, commits = (sum(getattr(item.history, name) for item in reviewed) for name in ("own_commits", "commits"))
    where = words.count(len(reviewed), "repository", "repositories")
    said = f"The work of {words.listed(names)} counts: {own:,} of {words.count(commits, 'commit')} in {where}"
    if report.subject.named:
        return f"{said}."
    return f"{said}. Nobody was named; name the candidate with `--me`."


def _names(repositories: list[RepositoryPart]) -> list[str]:
    """The candidate's names in the histories, most commits first."""
    commits: dict[str, int] = {}
    own = [person for item in repositories for person in item.history.people if person.own]
    for person in own:
        commits[person.name] = commits.get(person.name, 0) + person.commits
        for name in person.also:
            commits.setdefault(name, 0)
    ordered = [sanitise.visible(name) for name in sorted(commits, key=lambda name: (-commits[name], name))]
    more = len(ordered) - NAMES
    return [*ordered[:NAMES], words.count(more, "more name")] if more > 0 else ordered or ["the candidate"]
