"""Is structure improved along the way?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

ANYWHERE = re.compile(
    r"(?:^|[\s:;,()\[\]/-])(?:refactor\w{0,6}|restructur\w{1,4}|reorgani[sz]\w{1,5}|simplif\w{1,6}|decoupl\w{1,4}|dedupl\w{1,9}|"
    r"remov\w{1,3} (?:dead|unused|duplicat\w{1,4})|clean(?:s|ed)? up (?!test)\w{3,}|"
    r"refator\w{0,6}|refactoriz\w{1,6})\b",
    re.I,
)
LEADING = re.compile(
    r"(?:[\w:()\[\]#/-]{1,40}:?\s+)?(?:extract(?:s|ed)?|split(?:s|ted)?|renam(?:e|es|ed)|mov(?:e|es|ed)|inlin(?:e|es|ed))\s",
    re.I,
)
"""Verbs that speak of structure only where a subject begins with them: a feature may “split payments”."""
ENOUGH = 2
FEW = 12

CHECK = Check(
    title_shown="Structure is improved along the way",
    title_not_shown="No refactoring",
    looks_for="Own commits that change structure and say so.",
    why="Code that is only added to becomes unreadable; employers look for people who tidy up.",
    advice="Take one of the hot spots apart in a commit that changes nothing else.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two own commits refactor; partly with one.",
    does_not_count="Formatting; moved or renamed documents.",
    skills=("Problem solving",),
)


def run(history: History) -> Verdict:
    """Commits that refactor."""
    own = own_commits(history)
    found = [commit for commit in own if _refactors(commit)]
    places = [place(commit) for commit in found[:3]]
    if len(found) >= ENOUGH:
        return shown(f"{count(len(found), 'own commit')} change structure.", places, LIKELY)
    if found:
        return partly(f"1 own commit changes structure; {ENOUGH} needed.", places, LIKELY)
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect refactoring.")
    return not_shown(f"None of {count(len(own), 'own commit')} says that it changes structure.", confidence=LIKELY)


def _refactors(commit: Commit) -> bool:
    subject = commit.subject[:400]
    if not (ANYWHERE.search(subject) or LEADING.match(subject)):
        return False
    paths = [change.path.lower() for change in commit.changes]
    return not paths or not all(path.endswith((".md", ".rst", ".txt")) for path in paths)
