"""Did the work go through pull requests that say what they do, and did somebody look at them?"""

from __future__ import annotations

from checks.documentation._pulls import DESCRIBED, NOT_ASKED, places
from reviewer.model.check import Check
from reviewer.model.facts.pulls import Pulls
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, not_shown, partly, shown

ENOUGH = 2

CHECK = Check(
    title_shown="Pull requests are described and reviewed",
    title_not_shown="Pull requests without a description",
    title_partly="Some pull requests are described",
    looks_for="The candidate's merged pull requests: their descriptions, and approvals by somebody else.",
    why="Most of the communication of a back-end team stands in pull requests.",
    advice="Say in the next pull request what changes, why, and how it was tried; ask somebody to look at it.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="At least two have a description of ten words or more, and one was approved; partly with a description.",
    does_not_count="Pull requests that were not merged; templates count as words like any other text.",
    computed="From two searches on GitHub for a login's newest 100 merged pull requests, where --pulls is given. "
    "Without it, or where there is none in this repository, it does not apply.",
    limits="Reviews by comments alone, without an approval, are not seen; nor are other hosts than GitHub.",
    links=("https://google.github.io/eng-practices/review/developer/cl-descriptions.html",),
    skills=("Documentation",),
    before="Title: changes\nDescription: (none)",
    pattern="Title: Refuse orders above the stock\n"
    "Why: two customers could buy the last item.\n"
    "How: the row is locked while the stock is checked.\n"
    "Tried: tests/test_orders.py, and by hand with two windows.",
)


def run(pulls: Pulls) -> Verdict:
    """Descriptions and approvals of the pull requests in this repository."""
    if not pulls.asked:
        return not_applicable(NOT_ASKED)
    if not pulls.own:
        return not_applicable("No merged pull request of the candidate in this repository.")
    told = [item for item in pulls.own if item.words >= DESCRIBED]
    approved = [item for item in pulls.own if item.reviewed]
    total = count(len(pulls.own), "merged pull request")
    summary = f"{len(told)} of {total} described, {len(approved)} approved by somebody."
    if len(told) >= ENOUGH and approved:
        return shown(summary, places(list(dict.fromkeys([*approved, *told]))[:ENOUGH]))
    if told:
        return partly(summary, places(told[:ENOUGH]))
    return not_shown(summary, places(pulls.own[:ENOUGH]))
