"""Does a commit touch one concern?"""

from __future__ import annotations

import re
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
SWEPT = 5
"""Changed lines for each file below which a commit of many files made one small edit in all of them."""
MOSTLY = 0.5
"""Share of moved files from which on a commit moves a folder; edits of imports go with it."""
DELETING = 0.02
"""Share of added lines up to which a commit only deletes."""
FORMATTED = re.compile(
    r"\b(?:re)?format(?:s|ted|ting)? (?:(?:all|the|of|whole|entire|our|source|python|java) ){0,3}(?:code\w{0,4}|files?|"
    r"sources?|project|everything)\b|"
    r"^\W*(?:re)?format(?:ted|ting)?\W*$|\b(?:prettier|php-cs-fixer|phpcbf|rubocop|gofmt|goimports|ktlint|spotless|"
    r"google-java-format|dotnet format)\b|\b(?:run|ran|running|appl(?:y|ied|ies)|with|by) "
    r"(?:black|ruff|isort|pint|yapf)\b|"
    r"\bline[ -]endings?\b|\b(?:crlf|licen[cs]e headers?|copyright headers?)\b",
    re.IGNORECASE,
)
"""Subjects of commits that a formatter wrote."""

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
    "partly where the median holds or is less than doubled (one file and ten lines more are let pass), or where most "
    "are squashed pull requests.",
    does_not_count="Merges, reverts, version bumps, the commits by which a project came in (a generator's, an import), "
    "vendored and generated files, pages of generated documentation, snapshots and bundles; files that were only "
    "moved, commits that mostly move or only delete files, and those of a formatter.",
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
    own = [commit for commit in own if commit.oid not in first and not _is_sweep(commit)]
    if len(own) < FEW:
        return not_applicable("Too few own commits to judge their size.")
    files, lines = median(files_of(commit) for commit in own), median(lines_of(commit) for commit in own)
    giants = [commit for commit in own if _is_giant(commit)]
    sizes = f"{files:g} {'file' if files == 1 else 'files'}, {lines:g} added {'line' if lines == 1 else 'lines'}"
    summary = f"The median of {count(len(own), 'own commit')}: {sizes}"
    proof = [
        place(commit, f"{files_of(commit)} files") for commit in sorted(giants, key=lambda item: -files_of(item))[:4]
    ]
    small = files <= FILES + 1 and lines <= LINES + NEAR
    usual = next((commit for commit in own if commit.changes), own[0])
    if len(giants) <= max(ONE, GIANTS_MOST * len(own)):
        if small:
            return shown(f"{summary}.", [place(usual, count(files_of(usual), "file"))])
        proof = _largest(own, by_files=lines <= LINES + NEAR)
    said = f"{summary}; {count(len(giants), 'commit')} of over {BIG} files."
    squashed = sum(SQUASHED.search(commit.subject) is not None for commit in own)
    if 2 * squashed >= len(own):
        return partly(f"{said[:-1]}; {squashed} are whole pull requests, made one when merged.", proof, LIKELY)
    if small or (files <= 2 * FILES + 1 and lines <= 2 * LINES + NEAR):
        if len(own) < ENOUGH_TO_SPLIT:
            return not_applicable(f"{summary}: too few commits for sizes in between.")
        return partly(said, proof, LIKELY)
    return not_shown(said, proof, LIKELY)


def _is_giant(commit: Commit) -> bool:
    """Whether a commit changes many files; one small edit in all of them is read at a glance."""
    files = files_of(commit)
    return files > BIG and commit.added + commit.deleted >= SWEPT * files


def _is_sweep(commit: Commit) -> bool:
    """Whether a commit mostly moved files or only deleted them, or a formatter wrote it."""
    if commit.paths > FILES and commit.added <= DELETING * commit.deleted:
        return True
    return (commit.paths > FILES and commit.shifted >= MOSTLY * commit.paths) or bool(
        FORMATTED.search(commit.subject[:200])
    )


def _largest(own: list[Commit], by_files: bool) -> list[Evidence]:
    """The three largest commits, by what makes them large."""
    sizes = [(files_of(item) if by_files else lines_of(item), item) for item in own]
    large = [(size, item) for size, item in sizes if size > (FILES if by_files else LINES)]
    large.sort(key=lambda pair: (-pair[0], pair[1].oid))
    return [place(item, count(size, "file" if by_files else "added line")) for size, item in large[:3]]
