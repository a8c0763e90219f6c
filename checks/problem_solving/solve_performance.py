"""Was something made faster, and measured?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, partly, shown

FASTER = re.compile(
    r"^perf(?:\([^()]{0,60}\))?!?:|\b(?:speed(?:s|ed)?[ -]?up|faster|optimi[sz]e[sd]?|optimi[sz]ing|n\+1)\b|"
    r"\b(?:improv|increas|better|boost)\w{0,4}\s(?:\w{1,20}\s){0,3}(?:performance|speed|throughput)\b|"
    r"\breduc\w{1,3}\s(?:\w{1,20}\s){0,3}(?:latency|queries|time)\b",
    re.I,
)
FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:ms|s\b|%|x\b|times|queries|mb|mib|kb|req)", re.I)

CHECK = Check(
    title_shown="A speed-up was measured",
    title_not_shown="Speed-ups without a figure",
    looks_for="Own commits that make something faster and say by how much.",
    why="A figure before and after shows that the cause was found, not guessed.",
    advice="Measure the slowest endpoint before and after the next improvement and put both figures in the message.",
    effort=Effort.HOURS,
    level=4,
    shown_when="A commit about speed holds a figure; partly without one.",
    does_not_count="Its absence: most projects never need it. Smaller images and the like.",
    skills=("Problem solving",),
)


def run(history: History) -> Verdict:
    """Commits about speed, with and without figures."""
    found = [commit for commit in own_commits(history) if FASTER.search(commit.subject[:400])]
    measured = [commit for commit in found if FIGURE.search(f"{commit.subject} {commit.body}"[:4000])]
    if measured:
        return shown(
            f"{count(len(measured), 'commit')} say by how much.", [place(item) for item in measured[:2]], LIKELY
        )
    if found:
        return partly("Made faster, without a figure.", [place(item) for item in found[:2]], LIKELY)
    return not_applicable("No commit about speed.")
