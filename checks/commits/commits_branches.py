"""Did work go through branches or pull requests?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

PULL = re.compile(
    r"merge pull request #\d+|\(#\d+\)\s*$|merge branch '(?!main|master|origin)|merged in .+ \(pull request", re.I
)
UPDATE = re.compile(r"merge (?:remote-tracking )?branch '(?:main|master|origin/)|merge branch '[^']+' of ", re.I)
ENOUGH = 2
FEW = 10

CHECK = Check(
    title_shown="Work went through branches or pull requests",
    title_not_shown="All work went straight to the main branch",
    looks_for="Merged branches and pull requests in the history.",
    why="Teams work on branches; somebody who has done so alone needs no introduction to it.",
    advice="Make the next feature on a branch and merge it through a pull request that says why.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two branches or pull requests were merged; partly with one.",
    does_not_count="Merges that only brought the main branch up to date.",
    skills=("Git",),
)


def run(history: History) -> Verdict:
    """Merges that brought work in."""
    merged = [commit for commit in history.commits if PULL.search(commit.subject) and not UPDATE.search(commit.subject)]
    if len(merged) >= ENOUGH:
        return shown(
            f"{count(len(merged), 'branch', 'branches')} merged.", [place(commit) for commit in merged[:3]], LIKELY
        )
    own = own_commits(history)
    if merged:
        return partly("One branch merged.", [place(merged[0])], LIKELY)
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect branches.")
    return not_shown(f"None of {count(len(own), 'own commit')} came through a merged branch.", confidence=LIKELY)
