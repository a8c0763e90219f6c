"""Did the work grow in steps?"""

from __future__ import annotations

from checks.commits._own import newest, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import could_not_tell, count, not_applicable, not_shown, partly, shown

COMMITS, DAYS = 6, 3
HEAP = 0.8

CHECK = Check(
    title_shown="The work grew in steps",
    title_not_shown="The work arrived in a heap",
    looks_for="Own commits on several days, and no single commit with most of the code.",
    why="A history shows how somebody works; one commit with everything shows only that it was uploaded.",
    advice="Commit each finished step as it is done; the next feature is a good place to begin.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least 6 own commits on at least 3 days, none with over 80 % of the lines.",
    does_not_count="Merges, bots, other people's commits.",
    skills=("Git",),
)


def run(history: History) -> Verdict:
    """Counts own commits, days and the largest share of one commit."""
    own = own_commits(history)
    if not history.complete and history.reason and "shallow" in history.reason:
        return could_not_tell(f"Not judged: {history.reason}.")
    if not own:
        return not_applicable("No own commit.")
    days = {commit.day for commit in own if commit.day}
    total = sum(commit.added for commit in own)
    largest = max(own, key=lambda commit: commit.added)
    share = largest.added / total if total else 0.0
    summary = f"{count(len(own), 'own commit')} on {count(len(days), 'day')}"
    if len(own) >= COMMITS and len(days) >= DAYS and share <= HEAP:
        return shown(f"{summary}.", [place(commit, "the newest") for commit in newest(history)])
    if len(own) >= COMMITS:
        what = f"; one holds {round(100 * share)} % of the lines" if share > HEAP else ""
        return partly(f"{summary}{what}.", [place(largest, "the largest")])
    return not_shown(f"{summary}; {COMMITS} on {DAYS} days needed.", [place(largest, "the largest")])
