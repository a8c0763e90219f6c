"""Did the work grow in steps?"""

from __future__ import annotations

import re

from checks.commits._own import SQUASHED, is_made, lines_of, newest, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Change, Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import CERTAIN, LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

COMMITS, DAYS, SOME = 6, 3, 3
HEAP = 0.8
DATA = re.compile(
    r"\.(?:json|csv|tsv|svg|lock|map|xml|txt|log|ipynb|min\.\w+|snap|geojson|ndjson|html?|pdf|md|rst|adoc)$|"
    r"(?:^|/)(?:dist|build|public|static|assets|docs?)/",
    re.IGNORECASE,
)
"""Files that grow by what is put into them, and words about the work."""
DUMP = 2_000
"""Added lines of SQL in one file from which on it is data that a tool wrote."""
LISTED = re.compile(r"^\s{0,8}[*+-]\s", re.MULTILINE)
"""Entries by which GitHub lists the commits that it made one of."""
ENOUGH_LINES = 150
"""Lines of the work from which on the share of one commit says anything."""

CHECK = Check(
    title_shown="The work grew in steps",
    title_partly="The work grew in steps only in part",
    title_not_shown="The work arrived in a heap",
    looks_for="Own commits on several days, and no single commit with most of the code.",
    why="A history shows how somebody works; one commit with everything shows only that it was uploaded.",
    advice="Commit each finished step as it is done; the next feature is a good place to begin.",
    effort=Effort.DAYS,
    level=1,
    skills=("Git",),
    shown_when="At least 6 own commits on at least 3 days, none with over 80 % of the lines, or 24 on 6 days, or "
    "12 without such a one; "
    "partly with 6 commits, or with 3 on two days of which none is a heap.",
    does_not_count="Merges, bots, other people's commits; lines of data, documents, assets and build output.",
    computed="Own commits and their author days are counted on the reviewed branch, with the share of the added "
    "lines that the largest one holds. Of fewer than 150 lines, or where git could not "
    "count a commit, no share is taken. 6, 3 and 80 % are the project's own thresholds.",
    limits="Branches that were not merged, steps that were squashed into one, and lines of files that git takes for "
    "binary (UTF-16) are not seen.",
    links=("https://git-scm.com/book/en/v2/Distributed-Git-Contributing-to-a-Project",),
    before="2024-05-30  first commit                    78 files",
    pattern="2024-05-02  Set up the server               9 files\n"
    "2024-05-03  Add notes with their table      5 files\n"
    "2024-05-07  Let members share notes         6 files",
)


def run(history: History) -> Verdict:
    """Counts own commits, days and the largest share of one commit."""
    own = own_commits(history)
    if not history.complete and history.reason and "shallow" in history.reason:
        return could_not_tell(f"Not judged: {history.reason}.")
    if not own:
        return not_applicable("No own commit.")
    days = {commit.day for commit in own if commit.day}
    written = [_written(commit) for commit in own]
    total, most = sum(written), max(written)
    largest = own[written.index(most)]
    counted = not any(_is_uncounted(commit) for commit in own)
    share = most / total if counted and total >= ENOUGH_LINES else 0.0
    cited = (
        [place(largest, "the largest")] if share > HEAP else [place(commit, "the newest") for commit in newest(history)]
    )
    sure = LIKELY if not counted or any(_is_squashed(commit) for commit in own) else CERTAIN
    summary = f"{count(len(own), 'own commit')} on {count(len(days), 'day')}"
    many = (len(own) >= 4 * COMMITS and len(days) >= 2 * DAYS) or (len(own) >= 2 * COMMITS and share <= HEAP)
    if many or (len(own) >= COMMITS and len(days) >= DAYS and share <= HEAP):
        return shown(f"{summary}.", [place(commit, "the newest") for commit in newest(history)])
    what = f"; one holds {round(100 * share)} % of the lines" if share > HEAP else ""
    if len(own) >= COMMITS:
        asked = "" if what else f"; {DAYS} days needed, or {2 * COMMITS} commits"
        return partly(f"{summary}{what}{asked}.", cited, sure)
    summary = f"{summary}{what if len(own) > 1 else ''}; {COMMITS} on {DAYS} days needed."
    if len(own) >= SOME and len(days) > 1 and share <= HEAP:
        return partly(summary, cited, sure)
    return not_shown(summary, cited, sure)


def _is_squashed(commit: Commit) -> bool:
    """Whether a commit was several once: a pull request by its subject, with a list below."""
    return SQUASHED.search(commit.subject) is not None and LISTED.search(commit.body) is not None


def _is_uncounted(commit: Commit) -> bool:
    """Whether git could not count the lines of a commit: they are unknown then, and not none."""
    written = [change for change in commit.changes if not _is_fed(change)]
    return bool(written) and all(change.added is None for change in commit.changes)


def _written(commit: Commit) -> int:
    """The added lines of a commit without those of data and output, which nobody typed."""
    fed = sum(change.added or 0 for change in commit.changes if _is_fed(change))
    return max(0, lines_of(commit) - fed)


def _is_fed(change: Change) -> bool:
    """Whether a file holds data: by its ending, or as a dump of a database."""
    if is_made(change.path):
        return False
    dump = change.path.lower().endswith(".sql") and (change.added or 0) >= DUMP
    return dump or DATA.search(change.path) is not None
