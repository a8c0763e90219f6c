"""The section of one repository: what it is, its API, the findings by area, its history."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.model.document import RepositoryPart
from reviewer.report import sanitise, words
from reviewer.report.page.about import Line, about
from reviewer.report.page.anchors import Anchors
from reviewer.report.page.api import ApiView, api_view
from reviewer.report.page.areas import AreaView, area_views
from reviewer.report.page.density import Density
from reviewer.report.page.history import HistoryView, history_view

EXCLUDED_ROWS, PROBLEM_ROWS, UNREAD_NAMES = 20, 10, 10


@dataclass(frozen=True, slots=True)
class RepositoryView:
    """A repository's section; ``left_out`` are rows of (path, reason, files, lines)."""

    anchor: str
    name: str
    url: str | None
    strength: str
    strength_sum: str
    strength_areas: list[tuple[str, str]]
    share: str
    read: str
    unread: str
    problems: list[str]
    about: list[Line]
    api: ApiView
    areas: list[AreaView]
    history: HistoryView
    left_out: list[tuple[str, str, str, str]]
    left_out_text: str


def section(repository: RepositoryPart, dense: Density, anchors: Anchors) -> RepositoryView:
    """The section of a reviewed repository."""
    anchor = anchors.claim("repo", repository.name)
    return RepositoryView(
        anchor=anchor,
        name=sanitise.visible(repository.name),
        url=sanitise.link(repository.url),
        strength=words.strength(repository.strength) if repository.strength is not None else "not judged",
        strength_sum=repository.strength_sum,
        strength_areas=[
            (sanitise.visible(words.area(item.area)), f"{item.shown:g} of {item.weight:g}")
            for item in repository.strength_areas
        ],
        share=_share(repository),
        read=_read(repository),
        unread=_unread(repository),
        problems=_problems(repository),
        about=about(repository),
        api=api_view(repository, dense, anchor),
        areas=area_views(repository, dense),
        history=history_view(repository),
        left_out=[
            (sanitise.visible(e.path), sanitise.visible(e.reason), f"{e.files:,}", f"{e.lines:,}")
            for e in repository.excluded[:EXCLUDED_ROWS]
        ],
        left_out_text=_left_out(repository),
    )


def _share(repository: RepositoryPart) -> str:
    history = repository.history
    if repository.own_share is None:
        return "Nobody is named and nobody dominates: everyone's work counts."
    commits = words.count(history.commits, "commit")
    verb = "is" if history.own_commits == 1 else "are"
    said = f"{history.own_commits:,} of {commits} {verb} the candidate's"
    return f"{said}, and {round(100 * repository.own_share)} % of the lines."


def _read(repository: RepositoryPart) -> str:
    parts = []
    if repository.commit:
        parts.append(f"commit {sanitise.visible(repository.commit[:7])}")
    if repository.branch:
        parts.append(f"on {sanitise.visible(repository.branch, 60)}")
    if repository.history.last:
        parts.append(f"from {sanitise.visible(repository.history.last)}")
    return " ".join(parts)


def _unread(repository: RepositoryPart) -> str:
    if not repository.unread:
        return ""
    names = [sanitise.visible(name) for name in repository.unread[:UNREAD_NAMES]]
    verb = "is" if len(names) == 1 else "are"
    return f"{words.listed(names)} {verb} not read in depth: checks that need it cannot tell, and count for nothing."


def _problems(repository: RepositoryPart) -> list[str]:
    found = [
        words.sentence(sanitise.visible(f"{p.path}: {p.what}" if p.path else p.what, 300)) for p in repository.problems
    ]
    rest = len(found) - PROBLEM_ROWS + repository.left_out.get("problems", 0)
    return found if rest <= 0 else [*found[:PROBLEM_ROWS], f"{rest:,} more in report.json."]


def _left_out(repository: RepositoryPart) -> str:
    """``120 files left out: vendored 100, generated 20``."""
    reasons: dict[str, int] = {}
    for part in repository.excluded:
        reasons[part.reason] = reasons.get(part.reason, 0) + part.files
    if not reasons:
        return ""
    told = [f"{sanitise.visible(reason, 60)} {files:,}" for reason, files in sorted(reasons.items())]
    return f"{words.count(sum(reasons.values()), 'file')} left out: {', '.join(told)}"
