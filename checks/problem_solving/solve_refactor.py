"""Is structure improved along the way?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from checks.problem_solving._fixes import told
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

ANYWHERE = re.compile(
    r"(?:^|[\s:;,()\[\]/-])(?:refact\w{0,8}|re-?structur\w{1,4}|re-?organi[sz]\w{1,5}|rearrang\w{1,6}|re-?work\w{0,3}|"
    r"re-?writ\w{1,5}|re-?wrote|tid(?:y|ied|ies)\w{0,3}|unif(?:y|ied|ies)|moderni[sz]\w{1,5}|modulari[sz]\w{1,5}|"
    r"abstract(?:s|ed|ing)?|encapsulat\w{1,4}|generali[sz]\w{1,5}|consolidat\w{1,4}|simplif\w{1,6}|decoupl\w{1,4}|"
    r"dedupl\w{1,9}|optimi[sz]\w{1,4} (?:the )?(?:code|structure)|remov\w{1,3} (?:dead|unused|duplicat\w{1,4})|"
    r"clean(?:s|ed|ing)?[ -]?up (?!test)\w{3,}|clean(?:ed|er|ing)? (?:the )?(?:code|arch\w{0,10}|structure)|"
    r"(?:use[sd]?|using) .{1,60} instead of|\w{1,30} instead of|replac\w{1,3} .{1,60} (?:with|by)|"
    r"(?:to|into) (?:a |an |its |their |the )?(?:own|separate|base|common|shared) \w{3,20}|"
    r"refator\w{0,6}|refactoriz\w{1,6})\b",
    re.I,
)
LEADING = re.compile(
    r"(?:[\w:()\[\]#/-]{1,40}:?\s+)?(?:extract(?:s|ed)?|split(?:s|ted)?|renam(?:e|es|ed)|mov(?:e|es|ed)|inlin(?:e|es|ed))\s",
    re.I,
)
"""Verbs that speak of structure only where a subject begins with them: a feature may “split payments”."""
TRAILER = re.compile(r"[\w-]{3,30}(?:-by|-id|-url): ", re.I)
BODY_MOST, LINES_MOST = 2_000, 20
ENOUGH = 2
FEW = 12

CHECK = Check(
    title_shown="Structure is improved along the way",
    title_partly="One refactoring",
    title_not_shown="No refactoring is named",
    looks_for="Own commits that change structure and say so in subject or body.",
    why="Code that is only added to becomes unreadable; employers look for people who tidy up.",
    advice="Take one of the hot spots apart in a commit that changes nothing else.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two own commits refactor; partly with one.",
    does_not_count="Formatting; moved or renamed documents.",
    skills=("Problem solving",),
    computed="Subjects and bodies of own commits are searched for words of restructuring (refactor, extract, "
    "move, simplify, replace X with Y and so on). Two are enough; from twelve own commits on none is "
    "said.",
    limits="Told by words, mostly English ones: structure that is improved without a word is missed, and "
    "whether it became better is not judged.",
    links=("https://refactoring.com/",),
    before="Add discounts        (the same check for the third time, by copy)",
    pattern="Extract the check of vouchers\n\nOrders, carts and mails had a copy each; behaviour stays the same.",
)


def run(history: History) -> Verdict:
    """Commits that refactor."""
    own = own_commits(history)
    found = [commit for commit in own if _refactors(commit)]
    places = [place(commit) for commit in found[:3]]
    if len(found) >= ENOUGH:
        return shown(f"{count(len(found), 'own commit')} change structure.", places, LIKELY)
    if found:
        return partly(f"1 own commit says that it changes structure; {ENOUGH} needed.", places, LIKELY)
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect refactoring.")
    return not_shown(f"None of {count(len(own), 'own commit')} says that it changes structure.", confidence=LIKELY)


def _refactors(commit: Commit) -> bool:
    if not any(ANYWHERE.search(text) or LEADING.match(text) for text in (*told(commit), *_sentences(commit))):
        return False
    paths = [change.path.lower() for change in commit.changes]
    return not paths or not all(path.endswith((".md", ".rst", ".txt")) for path in paths)


def _sentences(commit: Commit) -> list[str]:
    """The lines of a body that speak, trailers left out."""
    lines = [line.strip() for line in commit.body[:BODY_MOST].split("\n")]
    return [line for line in lines if " " in line and not TRAILER.match(line)][:LINES_MOST]
