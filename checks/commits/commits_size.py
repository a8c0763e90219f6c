"""Does a commit touch one concern?"""

from __future__ import annotations

from statistics import median

from checks.commits._own import AUTOMATIC, BIG, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

FILES, LINES = 8, 250
GIANTS_MOST = 0.15
FEW = 4

CHECK = Check(
    title_shown="Commits are of a size that can be reviewed",
    title_not_shown="Commits are too large to review",
    looks_for="The median commit's files and lines, and giant commits.",
    why="A small commit can be read, reverted and understood; nobody reads one of sixty files.",
    advice="Split work into commits of one concern; git add -p helps to pick what belongs together.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="The median commit has at most 8 files and 250 added lines, and under 15 % have over 50 files; partly "
    "where one of the two holds or both figures are less than doubled.",
    does_not_count="Merges, the first commit of a generator.",
    skills=("Git",),
)


def run(history: History) -> Verdict:
    """Median and giants."""
    own = [commit for commit in own_commits(history)[:-1] if not AUTOMATIC.match(commit.subject)]
    if len(own) < FEW:
        return not_applicable("Too few own commits to judge their size.")
    files, lines = median(commit.paths for commit in own), median(commit.added for commit in own)
    giants = [commit for commit in own if commit.paths > BIG]
    summary = f"The median of {count(len(own), 'own commit')}: {files:g} files, {lines:g} added lines"
    proof = [place(commit, f"{commit.paths} files") for commit in sorted(giants, key=lambda item: -item.paths)[:4]]
    small = files <= FILES and lines <= LINES
    usual = next((commit for commit in own if commit.changes), own[0])
    if small and len(giants) <= GIANTS_MOST * len(own):
        return shown(f"{summary}.", [place(usual, count(usual.paths, "file"))])
    largest = sorted(own, key=lambda item: (-item.added, item.oid))
    proof = proof or [place(commit, f"{commit.added} added lines") for commit in largest[:3]]
    if small or (files <= 2 * FILES and lines <= 2 * LINES):
        return partly(f"{summary}; {count(len(giants), 'commit')} of over {BIG} files.", proof)
    return not_shown(f"{summary}; {count(len(giants), 'commit')} of over {BIG} files.", proof, LIKELY)
