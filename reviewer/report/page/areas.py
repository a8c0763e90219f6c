"""A repository's findings by area, bad first, then good."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.model.document import FindingPart, RepositoryPart
from reviewer.report import sanitise, words
from reviewer.report.page.density import Density
from reviewer.report.page.pieces import FindingView, finding_view, sorted_findings

WORD_ORDER = ("Not shown", "Partly", "Shown", "Cannot tell")
NOTHING = "not applicable"
"""Stands beside an area in which nothing was there to be judged."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """The findings of one area, bad first; those ``in_short`` are shown well and take a line each."""

    title: str
    counts: str
    findings: list[FindingView]
    in_short: list[FindingView]
    not_applicable: list[str]


def area_views(repository: RepositoryPart, dense: Density) -> list[AreaView]:
    """Areas in the order of the table of their titles."""
    areas: dict[str, list[FindingPart]] = {}
    for finding in repository.findings:
        areas.setdefault(finding.area, []).append(finding)
    ranked = sorted(areas.items(), key=lambda item: _area_rank(item[0]))
    return [_area(name, found, repository.commit, dense) for name, found in ranked]


def _area_rank(name: str) -> tuple[int, str]:
    known = list(words.AREAS)
    return (known.index(name) if name in known else len(known), name)


def _area(name: str, found: list[FindingPart], commit: str | None, dense: Density) -> AreaView:
    views = [
        finding_view(
            finding,
            listed=dense.good_evidence if finding.outcome == "shown" else dense.bad_evidence,
            with_lines=0 if finding.outcome == "shown" else dense.bad_lines,
            commit=commit,
            linked=dense.linked or finding.outcome != "shown",
        )
        for finding in sorted_findings(found, words.BAD_FIRST)
    ]
    counted = [(word, sum(view.word == word for view in views)) for word in WORD_ORDER]
    said = [f"{number} {word.lower()}" for word, number in counted if number]
    idle = [sanitise.visible(finding.title) for finding in found if finding.outcome == "not_applicable"]
    full = [view for view in views if dense.summaries or view.state != "met"]
    short = [view for view in views if view not in full]
    return AreaView(sanitise.visible(words.area(name)), " · ".join(said) or NOTHING, full, short, idle)
