"""The whole page as one plain object: what the template places, and nothing that it would have to work out."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.model.document import JobPart, Report, StepPart
from reviewer.report import sanitise, words
from reviewer.report.page.anchors import Anchors
from reviewer.report.page.answer import Answer, Case, answer, headline, newest, percent
from reviewer.report.page.beginning import beginning
from reviewer.report.page.density import density
from reviewer.report.page.gaps import reviewed_of
from reviewer.report.page.ledger import LedgerView, ledger
from reviewer.report.page.pieces import StepView, step_view
from reviewer.report.page.section import RepositoryView, section
from reviewer.report.page.whose import whose

FIRST_STEPS = 3
MORE_STEPS = 12
"""Steps behind the first three that are listed."""
ON_THIS_PAGE = 6
"""From so many reviewed repositories on, links under the answer lead through the page."""
PRINT_ENDS = 10
"""From so many reviewed repositories on, print ends after the ledger."""
SKIPPED_ROWS = 500
DAY = len("2024-05-03")
STEP_HEADINGS = {1: "Do this first", 2: "Do these two first", 3: "Do these three first"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A repository that was not reviewed, and why in a sentence."""

    name: str
    url: str | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherJob:
    """A further job in short: its answer, its percentage, and (title, state, word) per requirement."""

    title: str
    headline: str
    percent: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class View:
    """See the module's docstring."""

    title: str
    candidate: str
    candidate_url: str | None
    job: str
    answer: Answer
    reviewed: str
    newest: str
    whose: str
    steps_heading: str
    steps: list[StepView]
    more_steps: list[StepView]
    beginning: str
    ledger: LedgerView
    other_jobs: list[OtherJob]
    repositories: list[RepositoryView]
    folded: bool
    linked: bool
    on_this_page: bool
    print_ends: bool
    skipped: list[Skipped]
    notes: list[str]
    version: str
    schema: str


def view(report: Report) -> View:
    """What the page shows of ``report``."""
    reviewed = reviewed_of(report)
    dense = density(len(reviewed))
    anchors = Anchors()
    found = answer(report)
    judged = found.case in (Case.JUDGED, Case.ALL_MET, Case.UNJUDGED)
    steps = [step_view(step) for step in _distinct(report.next_steps)] if judged else []
    name, job = sanitise.visible(report.subject.name), sanitise.visible(report.profile.title)
    return View(
        title=f"{name}: {found.headline}" if name not in found.headline else found.headline,
        candidate=name,
        candidate_url=sanitise.link(report.subject.url),
        job=job,
        answer=found,
        reviewed=_reviewed(report),
        newest=sanitise.visible(newest(report), DAY),
        whose=whose(report),
        steps_heading=STEP_HEADINGS.get(min(len(steps), FIRST_STEPS), ""),
        steps=steps[:FIRST_STEPS],
        more_steps=steps[FIRST_STEPS : FIRST_STEPS + MORE_STEPS],
        beginning=beginning(report) if judged else "",
        ledger=ledger(report.requirements, reviewed, dense, anchors) if judged else LedgerView(),
        other_jobs=[_other(item) for item in report.jobs[1:]] if judged else [],
        repositories=[section(item, dense, anchors) for item in reviewed],
        folded=dense.folded,
        linked=dense.linked,
        on_this_page=len(reviewed) >= ON_THIS_PAGE,
        print_ends=len(reviewed) >= PRINT_ENDS,
        skipped=_skipped(report),
        notes=[words.sentence(sanitise.visible(note, sanitise.PROSE_LIMIT)) for note in report.notes],
        version=sanitise.visible(report.reviewer_version, 40),
        schema=sanitise.visible(report.schema_version, 40),
    )


def _distinct(steps: list[StepPart]) -> list[StepPart]:
    """Each step once: one that says the same of the same place is dropped."""
    return list({(step.advice, step.repository, step.path): step for step in reversed(steps)}.values())[::-1]


def _reviewed(report: Report) -> str:
    total = words.count(len(report.repositories), "repository", "repositories")
    return f"{len(reviewed_of(report))} of {total} reviewed"


def _skipped(report: Report) -> list[Skipped]:
    found = sorted((r for r in report.repositories if r.status != "reviewed"), key=lambda r: (r.status, r.name))
    return [
        Skipped(
            sanitise.visible(item.name),
            sanitise.link(item.url),
            sanitise.visible(item.status),
            words.sentence(words.capital(sanitise.visible(item.reason or "no reason was given", 300))),
        )
        for item in found[:SKIPPED_ROWS]
    ]


def _other(job: JobPart) -> OtherJob:
    return OtherJob(
        title=sanitise.visible(job.profile.title),
        headline=headline(job.profile, job.readiness),
        percent=percent(job.readiness),
        rows=[
            (sanitise.visible(item.title), item.state, words.STATES.get(item.state, "Cannot tell"))
            for item in job.requirements
        ],
    )
