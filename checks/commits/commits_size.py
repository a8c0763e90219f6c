"""Does a commit touch one concern?"""

from __future__ import annotations

from statistics import median

from checks.commits._own import AUTOMATIC, BIG, SQUASHED, beginnings, files_of, lines_of, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

FILES, LINES = 8, 250
GIANTS_MOST, ONE = 0.15, 1
"""Share of commits of many files that is usual; a single one never says more than it does itself."""
FEW, ENOUGH_TO_SPLIT = 4, 6
"""Commits from which on their size is judged, and from which on as well where it lies in between."""
NEAR = 10
"""Lines by which the median may pass the bound; of files it is one."""
MOVED = 3
"""Changed lines for each file below which a commit of many files did little but move them."""

CHECK = Check(
    title_shown="Commits are of a size that can be reviewed",
    title_partly="Some commits are large",
    title_not_shown="Commits are too large to review",
    looks_for="The median commit's files and lines, and giant commits.",
    why="A small commit can be read, reverted and understood; nobody reads one of sixty files.",
    advice="Split work into commits of one concern; git add -p helps to pick what belongs together.",
    effort=Effort.MINUTES,
    level=2,
    skills=("Git",),
    shown_when="The median commit has at most 8 files and 250 added lines, or one and ten more, "
    "and at most 15 % have over 50 files, or a single one; "
    "partly where the median holds or is less than doubled, or where most are squashed pull requests.",
    does_not_count="Merges, the commits by which a project came in (a generator's, an import), vendored and generated "
    "files, pages of generated documentation, snapshots and bundles; folders that were only moved.",
    computed="Files and added lines of each own commit are counted from git's own figures; medians are taken from "
    "four commits on. Review finds fewer faults beyond 200 to 400 lines (SmartBear's study of code "
    "review at Cisco), hence 250 lines.",
    limits="Moved files are told by content, name and ending, so the count may be lower than git's. Lines are "
    "not weighed by what they say.",
    links=("https://google.github.io/eng-practices/review/developer/small-cls.html",),
    before="Add users, orders, mails and styles        61 files, 4,210 lines",
    pattern="Add the users table                         3 files, 60 lines\n"
    "Register users by mail                      5 files, 140 lines\n"
    "List a user's orders                        4 files, 95 lines",
)


def run(history: History) -> Verdict:
    """Median and giants."""
    first = beginnings(history)
    own = [commit for commit in own_commits(history)[:-1] if not AUTOMATIC.match(commit.subject)]
    own = [commit for commit in own if commit.oid not in first]
    if len(own) < FEW:
        return not_applicable("Too few own commits to judge their size.")
    files, lines = median(files_of(commit) for commit in own), median(lines_of(commit) for commit in own)
    giants = [commit for commit in own if _is_giant(commit)]
    summary = f"The median of {count(len(own), 'own commit')}: {files:g} files, {lines:g} added lines"
    proof = [
        place(commit, f"{files_of(commit)} files") for commit in sorted(giants, key=lambda item: -files_of(item))[:4]
    ]
    small = files <= FILES + 1 and lines <= LINES + NEAR
    usual = next((commit for commit in own if commit.changes), own[0])
    if small and len(giants) <= max(ONE, GIANTS_MOST * len(own)):
        return shown(f"{summary}.", [place(usual, count(files_of(usual), "file"))])
    proof = proof or _largest(own, by_files=lines <= LINES)
    said = f"{summary}; {count(len(giants), 'commit')} of over {BIG} files."
    squashed = sum(SQUASHED.search(commit.subject) is not None for commit in own)
    if 2 * squashed >= len(own):
        return partly(f"{said[:-1]}; {squashed} are whole pull requests, made one when merged.", proof, LIKELY)
    if small or (files <= 2 * FILES and lines <= 2 * LINES):
        if len(own) < ENOUGH_TO_SPLIT:
            return not_applicable(f"{summary}: too few commits for sizes in between.")
        return partly(said, proof, LIKELY)
    return not_shown(said, proof, LIKELY)


def _is_giant(commit: Commit) -> bool:
    """Whether a commit changes many files; a mere move of a folder is read at a glance."""
    files = files_of(commit)
    return files > BIG and commit.added + commit.deleted >= MOVED * files


def _largest(own: list[Commit], by_files: bool) -> list[Evidence]:
    """The three largest commits, by what makes them large."""
    sizes = [(files_of(item) if by_files else lines_of(item), item) for item in own]
    large = [(size, item) for size, item in sizes if size > (FILES if by_files else LINES)]
    large.sort(key=lambda pair: (-pair[0], pair[1].oid))
    return [place(item, count(size, "file" if by_files else "added line")) for size, item in large[:3]]
