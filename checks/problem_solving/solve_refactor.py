"""Is structure improved along the way?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

REFACTOR = re.compile(
    r"(?:^|[\s:(\[])(?:refactor\w*|extract\w*|simplif\w+|split\w*|rename\w*|move[sd]?|restructur\w+|clean(?:s|ed)? up|"
    r"remove[sd]? (?:dead|unused|duplicat\w+)|decoupl\w+|inline[sd]?)\b",
    re.I,
)
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
    does_not_count="Formatting.",
    skills=("Problem solving",),
)


def run(history: History) -> Verdict:
    """Commits that refactor."""
    own = own_commits(history)
    found = [commit for commit in own if REFACTOR.search(commit.subject)]
    places = [place(commit) for commit in found[:3]]
    if len(found) >= ENOUGH:
        return shown(f"{count(len(found), 'own commit')} change structure.", places, LIKELY)
    if found:
        return partly("One own commit changes structure.", places, LIKELY)
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect refactoring.")
    return not_shown(f"None of {count(len(own), 'own commit')} says that it changes structure.", confidence=LIKELY)
