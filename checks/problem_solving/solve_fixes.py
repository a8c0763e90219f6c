"""Do bug-fix commits say what was wrong?"""

from __future__ import annotations

from checks.commits._language import is_foreign
from checks.commits._own import own_commits
from checks.problem_solving._fixes import at_program, fixes, is_plain, names, names_plainly, unnamed_fixes
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

ENOUGH, MOST = 3, 2
"""Fixes that name their fault from which on it is shown; the same where they are half of all."""
PLENTY, FEW = 5, 9
"""Fixes from which on it is said that none of them names its fault, and that one or two are too few."""

CHECK = Check(
    title_shown="Bug fixes say what was wrong",
    title_partly="A few bug fixes say what was wrong",
    title_not_shown="Bug fixes do not say what was wrong",
    looks_for="Own commits that say that they mend a fault, and name it.",
    why="Finding and explaining a fault is half of the job after the first month.",
    advice="In the next fix, name the fault and its cause: “Fix 500 on empty cart: total of no rows is None”.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least three fixes name the fault, or two that are half of all; partly with one or two of nine or "
    "more. That none does is said from five fixes on.",
    skills=("Problem solving",),
    does_not_count="Typos, formatting, names, remarks of a review, fixes of tests or documents alone, merge "
    "conflicts, and messages such as “fix” or “fix bug”. That no message speaks of a fix is no lack. Fixes of builds "
    "and settings, those with the number of a ticket, and commits labelled as something else (feat, chore), count "
    "only where they name a fault.",
    computed="Subjects, and points of the bodies of squashed commits, are searched for words of mending, or for a "
    "fault and when it shows. A fix names its fault where it holds a word of a fault or "
    "condition with two telling words, three telling words, or a body of 40 characters. Three are enough. Fixes told "
    "in another language are not judged.",
    limits="Told by words, mostly English ones: a fix that is called otherwise is missed, and whether the named "
    "cause is the true one cannot be seen.",
    links=("https://cbea.ms/git-commit/",),
    before="fix bug",
    pattern="Fix 500 on an empty cart\n\nThe sum of no rows is None in SQL; coalesce it to 0.",
)


def run(history: History) -> Verdict:
    """Fixes that name a fault."""
    own = own_commits(history)
    fixing = fixes(history)
    telling = [commit for commit in fixing if names(commit)]
    named = {commit.oid for commit in telling}
    found = [commit for commit in fixing if commit.oid in named or is_plain(commit)]
    if len(telling) < ENOUGH:
        without_a_word = unnamed_fixes(history)
        telling, found = telling + without_a_word, found + without_a_word
    most = len(telling) == MOST and ENOUGH <= len(found) <= 2 * MOST and not is_foreign(found)
    if len(telling) >= ENOUGH or most:
        return shown(f"{len(telling)} of {count(len(found), 'fix', 'fixes')} name the fault.", _places(telling), LIKELY)
    said = f"{len(telling)} of {count(len(found), 'fix', 'fixes')} name the fault"
    if found and is_foreign(found):
        return could_not_tell(f"The messages of {count(len(found), 'fix', 'fixes')} are mostly in another language.")
    if 0 < len(found) < (FEW if telling else PLENTY):
        return not_applicable(f"{count(len(found), 'fix', 'fixes')}: too few to judge how they are told.")
    if telling and not all(names_plainly(commit) for commit in telling):
        return could_not_tell(f"{said}, as far as words show.")
    if telling:
        return partly(f"{said}; {ENOUGH} needed.", _places(telling), LIKELY)
    if found:
        return not_shown(f"{said}.", _places(found), LIKELY)
    return not_applicable(f"None of {count(len(own), 'own commit')} says that it mends a fault; that is no lack.")


def _places(commits: list[Commit]) -> list[Evidence]:
    """Three of them, first those in which nobody could dispute that the fault is named."""
    return [at_program(commit) for commit in sorted(commits, key=lambda commit: not names_plainly(commit))[:3]]
