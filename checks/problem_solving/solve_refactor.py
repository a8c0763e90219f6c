"""Is structure improved along the way?"""

from __future__ import annotations

import re

from checks.commits._language import is_foreign
from checks.commits._own import own_commits, place
from checks.problem_solving._fixes import told, touches_program
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, partly, shown

ANYWHERE = re.compile(
    r"(?:^|[\s:;,()\[\]/-])(?:refact\w{0,8}|re-?structur\w{1,4}|re-?organi[sz]\w{1,5}|rearrang\w{1,6}|re-?work\w{0,3}|"
    r"re-?writ\w{1,5}|re-?wrote|tid(?:y|ied|ies)\w{0,3}|unif(?:y|ied|ies)|moderni[sz]\w{1,5}|modulari[sz]\w{1,5}|"
    r"abstract(?:s|ed|ing)?|encapsulat\w{1,4}|generali[sz]\w{1,5}|consolidat\w{1,4}|simplif\w{1,6}|decoupl\w{1,4}|"
    r"dedupl\w{1,9}|optimi[sz]\w{1,4} (?:the )?(?:code|structure)|remov\w{1,3} (?:dead|unused|duplicat\w{1,4})|"
    r"clean(?:s|ed|ing)?[ -]?up (?!test)\w{3,}|clean(?:ed|er|ing)? (?:the )?(?:code|arch\w{0,10}|structure)|"
    r"(?:use[sd]?|using) .{1,60} instead of|\w{1,30} instead of|replac\w{1,3} .{1,60} (?:with|by)|"
    r"cleanings?|(?:chang\w{1,3}|improv\w{1,4}|updat\w{1,3}|better|new) (?:\w{1,20} ){0,2}(?:structure|architecture|"
    r"organi[sz]ation)|separat\w{1,4} (?:of )?(?:\w{1,20} ){1,4}(?:from|into|to|and)|split\w{0,4} .{1,40} into|"
    r"extract\w{0,4} .{1,60} (?:from|into|to)|de-?coupl\w{1,4}|code ?clean\w{0,4}|"
    r"(?:to|into) (?:a |an |its |their |the )?(?:own|separate|base|common|shared) \w{3,20}|"
    r"refator\w{0,6}|refactoriz\w{1,6})\b",
    re.I,
)
HINT = re.compile(
    r"struct|clean|tid(?:y|ied)|mov(?:e|es|ed|ing)\b|renam|extract|split|separat|refa[ck]?t|reorg|dedup|duplicat|"
    r"simplif|"
    r"better|improv|optimi[sz]|rewr[io]t|redo\b|redone|re-?work|re-?design|layer|pattern|architect|solid\b|convert|"
    r"switch|migrat|instead|merg(?:e|ed|ing) .{1,40} into|generic|shared|common|util|helper|remov|delet|chang|organi|"
    r"revis|revamp|overhaul|enhanc|adjust|convention|modul|abstract|interface|service|inject",
    re.I,
)
"""Words under which structure may be changed too: where they stand, one known refactoring is not said to be all."""
PLAIN = re.compile(r"\b(?:refact|re-?struct|re-?organi|refator)", re.I)
"""Words that speak of structure beyond doubt: others are said of packages, settings and looks too."""
LEADING = re.compile(
    r"(?:[\w:()\[\]#/-]{1,40}:?\s+)?(?:extract(?:s|ed)?|split(?:s|ted)?|renam(?:e|es|ed)|mov(?:e|es|ed)|inlin(?:e|es|"
    r"ed))\s",
    re.I,
)
"""Verbs that speak of structure only where a subject begins with them: a feature may “split payments”."""
LOOKS_ALONE = re.compile(
    r"\W{0,4}(?:refact\w{0,8}|refator\w{0,6}|style|chore)?(?:\([^()]{0,60}\))?[\s:!-]{0,4}"
    r"(?:remov|delet|clean|add|fix|format|updat|correct|translat)\w{0,4}(?: up)? (?:[\w']{1,20} ){0,3}"
    r"(?:comments?|whitespaces?|spaces|typos?|formatting|indentation|(?:console\.)?logs?|prints?|spelling)\W{0,4}$",
    re.I,
)
"""``refactor: remove comments``: what it is called, and nothing of the structure."""
TRAILER = re.compile(r"[\w-]{3,30}(?:-by|-id|-url): ", re.I)
BODY_MOST, LINES_MOST = 2_000, 20
ENOUGH = 2
FEW = 10
"""Own commits below which it is not asked for a second one."""
MANY = 60
"""Own commits among which one that refactors is likely not the only one: words alone do not tell."""

CHECK = Check(
    title_shown="Structure is improved along the way",
    title_partly="One refactoring",
    title_not_shown="No refactoring is named",
    looks_for="Own commits that change structure and say so in subject or body.",
    why="Code that is only added to becomes unreadable; employers look for people who tidy up.",
    advice="Take one of the hot spots apart in a commit that changes nothing else.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two own commits refactor; partly with one of ten or more.",
    does_not_count="Formatting and comments; moved or renamed documents. That no message speaks of structure "
    "is no lack.",
    skills=("Problem solving",),
    computed="Subjects and bodies of own commits are searched for words of restructuring (refactor, extract, "
    "move, simplify, replace X with Y and so on). Two are enough. One alone is partly only where it says "
    "refactor, restructure or reorganise, and up to 60 messages hold no word under which structure may change.",
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
    if not found:
        return not_applicable("No own commit says that it changes structure; that is no lack.")
    if not PLAIN.search(found[0].subject) or not touches_program(found[0]):
        return could_not_tell("Of 1 own commit the words may say that it changes structure; that is no certain sign.")
    if len(own) > MANY or is_foreign(own) or any(HINT.search(text) for item in own for text in _said(item, found)):
        return could_not_tell("1 own commit says that it changes structure; others may, in words that are not known.")
    if len(own) < FEW:
        return not_applicable(f"1 of {count(len(own), 'own commit')} changes structure: too few to ask for more.")
    return partly(f"1 own commit says that it changes structure; {ENOUGH} needed.", places, LIKELY)


def _said(commit: Commit, found: list[Commit]) -> list[str]:
    """What a commit says beside those that are known to change structure."""
    return [] if commit in found else [*told(commit), *_sentences(commit)]


def _refactors(commit: Commit) -> bool:
    if not any(ANYWHERE.search(text) or LEADING.match(text) for text in (*told(commit), *_sentences(commit))):
        return False
    if not commit.body.strip() and LOOKS_ALONE.match(commit.subject[:200]):
        return False
    paths = [change.path.lower() for change in commit.changes]
    return not paths or not all(path.endswith((".md", ".rst", ".txt")) for path in paths)


def _sentences(commit: Commit) -> list[str]:
    """The lines of a body that speak, trailers left out."""
    lines = [line.strip() for line in commit.body[:BODY_MOST].split("\n")]
    return [line for line in lines if " " in line and not TRAILER.match(line)][:LINES_MOST]
