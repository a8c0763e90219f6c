"""Was something made faster, and measured?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, partly, shown

FASTER = re.compile(r"\b(?:perf|performance|speed ?up|faster|optimi[sz]\w+|n\+1|latency|throughput)\b", re.I)
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
    does_not_count="Its absence: most projects never need it.",
    skills=("Problem solving",),
)


def run(history: History) -> Verdict:
    """Commits about speed, with and without figures."""
    found = [commit for commit in own_commits(history) if FASTER.search(commit.subject)]
    measured = [commit for commit in found if FIGURE.search(f"{commit.subject} {commit.body}")]
    if measured:
        return shown(
            f"{count(len(measured), 'commit')} say by how much.", [place(item) for item in measured[:2]], LIKELY
        )
    if found:
        return partly("Made faster, without a figure.", [place(item) for item in found[:2]], LIKELY)
    return not_applicable("No commit about speed.")
