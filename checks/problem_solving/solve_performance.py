"""Was something made faster, and measured?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from checks.problem_solving._fixes import TICKET, at_program, touches_program
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, partly, shown

FASTER = re.compile(
    r"^perf(?:\([^()]{0,60}\))?!?:|\b(?:speed(?:s|ed)?[ -]?up|faster|n\+1)\b|"
    r"\boptimi[sz]\w{1,3}\s(?:\S{1,30}\s){0,4}(?:quer(?:y|ies)|performance|speed|memory|load\w{0,4}|index\w{0,3}|"
    r"search\w{0,3}|"
    r"time|database|db|algorithms?|fetch\w{0,3}|requests?|responses?|look-?ups?|loops?|sql|calls?|rendering|"
    r"throughput|list\w{0,3}|endpoints?|pages?)\b|"
    r"\b(?:improv|increas|better|boost)\w{0,4}\s(?:\w{1,20}\s){0,3}(?:performance|speed|throughput)\b|"
    r"\breduc\w{1,3}\s(?:\w{1,20}\s){0,3}(?:latency|queries|time)\b",
    re.I,
)
PLAIN = re.compile(
    r"^perf\b|speed|faster|n\+1|performance|throughput|latency|\btime\b|memory|quer(?:y|ies)|\bsql\b|database|\bdb\b|"
    r"\bindex(?:es|ing)?\b|\bload(?:s|ed|ing)?\b|algorithm|\bloop|\blist|search|fetch|"
    r"look-?up|render",
    re.I,
)
"""What can only get faster: an optimised response or endpoint may as well be tidied up."""
NO_PROGRAM = re.compile(
    r"\b(?:imports?|docker\w{0,8}|images?|builds?|ci|cd|pipelines?|workflows?|tests?|specs?|install\w{0,7}|yarn|npm|"
    r"pnpm|bundles?|cache mount|compil\w{1,5}|lint\w{0,5}|webpack|gradle|maven|deploy\w{0,6}|develop\w{0,5}|readme|"
    r"updat\w{1,3} (?:\w{1,20} ){0,3}to v?\d\S{0,20}|typing|bootstrap|upgrad\w{1,3}|bump\w{0,3}|renovate)\b",
    re.I,
)
"""What gets faster for developers, not for those who use the program."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:ms|s\b|%|x\b|times|queries|mb|mib|kb|req)|\bn ?\+ ?1\b", re.I)

FEATURE = re.compile(r"\W*(?:feat\w{0,5}\W+)?(?:implement|introduc|support|enabl)\w{0,5}\b", re.I)
"""What begins a message about something new, though it speaks of speed: it counts where it holds a figure."""

CHECK = Check(
    title_shown="A speed-up was measured",
    title_partly="Speed-ups without a figure",
    title_not_shown="Speed-ups without a figure",
    looks_for="Own commits that make something faster and say by how much.",
    why="A figure before and after shows that the cause was found, not guessed.",
    advice="Measure the slowest endpoint before and after the next improvement and put both figures in the message.",
    effort=Effort.HOURS,
    level=4,
    shown_when="A commit about speed holds a figure; partly where one speaks of speed without a figure, and "
    "without the number of a ticket that may hold it.",
    skills=("Problem solving",),
    does_not_count="Its absence: most projects never need it. Builds, images, tests and imports that get faster.",
    computed="Subjects of own commits that change the program are searched for words of speed by pattern; a "
    "figure with a unit (ms, s, %, x, queries) in subject or body shows it, and so does N+1, which says "
    "how many queries went.",
    limits="A measurement in a pull request or document is not seen, and figures are believed.",
    links=(
        "https://martinfowler.com/ieeeSoftware/yetOptimization.pdf",
        "https://use-the-index-luke.com/",
    ),
    before="Optimize the order list",
    pattern="Load order lines with the orders\n\n200 orders took 201 queries and 1.4 s; they take 2 and 40 ms.",
)


def run(history: History) -> Verdict:
    """Commits about speed, with and without figures."""
    found = [commit for commit in own_commits(history) if _is_faster(commit)]
    measured = [commit for commit in found if FIGURE.search(f"{commit.subject} {commit.body}"[:4000])]
    if measured:
        return shown(
            f"{count(len(measured), 'commit')} say by how much.", [place(item) for item in measured[:2]], LIKELY
        )
    found = [commit for commit in found if not FEATURE.match(commit.subject)]
    if any(TICKET.search(item.subject) for item in found):
        return could_not_tell("Made faster; the ticket that a message names may hold the figure.")
    if plain := [commit for commit in found if PLAIN.search(commit.subject[:400])]:
        return partly("Made faster, without a figure.", [at_program(item) for item in plain[:2]], LIKELY)
    if found:
        return could_not_tell("Something was optimised; whether it was made faster the messages do not say.")
    return not_applicable("No commit about speed.")


def _is_faster(commit: Commit) -> bool:
    """Whether a commit speaks of the program's speed and changes the program."""
    subject = commit.subject[:400]
    return bool(FASTER.search(subject)) and not NO_PROGRAM.search(subject) and touches_program(commit)
