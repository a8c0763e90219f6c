"""Do messages say what changed?"""

from __future__ import annotations

import re

from checks.commits._own import AUTOMATIC, beginnings, own_commits, place
from checks.commits._reasons import Reason, reason
from checks.commits._words import is_vague
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Confidence, Effort, Evidence, Outcome, Verdict
from reviewer.model.verdict import count, not_applicable, reaches

ENOUGH, SOME = 0.7, 0.45
FEW = 3
ENOUGH_TO_LACK, ENOUGH_TO_SPLIT = 5, 8
"""Messages from which on a share says something that is below both bounds, and between them."""
REASONS_ASKED = 1_000
"""Newest messages that are asked for a reason; older ones say little about how somebody writes today."""
REPEATED, REPEATED_SHARE = 3, 0.1
"""Commits with the same words, and their share of all, from which on the words tell nothing any more."""
TESTS = re.compile(r"(?:^|[/._-])(?:tests?|specs?|__tests__|e2e|conftest)(?:[/._-]|$)|Tests?\b", re.I)
TEST_WORD = re.compile(r"\btest|\bspec", re.I)
DOCUMENTS = (".md", ".rst", ".txt", ".adoc", ".png", ".jpg", ".svg")

CHECK = Check(
    title_shown="Commit messages say what changed",
    title_partly="Part of the commit messages say what changed",
    title_not_shown="Commit messages say little",
    looks_for="Subjects that name what changed, in any language; a reason where it is not self-evident.",
    why="Messages are how the next developer finds out why a line is there.",
    advice="Begin the subject with what the commit does to what: “Reject orders without items”.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least 70 % of the own messages say what changed; partly from 45 % of eight messages and more. One "
    "message less, and a tenth at most, is enough for either. Of under five messages, lacking is said where none does.",
    limits="Told by words: whether a stated reason is the real one cannot be seen.",
    skills=("Git",),
    weight=2.0,
    does_not_count="Merges, reverts, bots, commits by which the project came in, changes of documents or, where "
    "they say so, of tests alone. No style is demanded.",
    computed="Subjects are read word by word: one is vague that holds only words without content, a file's name "
    "or a number, or a fix of which just the place is named. A body of 40 characters explains. Rules and "
    "thresholds are the project's own and are measured on labelled messages.",
    links=(
        "https://cbea.ms/git-commit/",
        "https://git-scm.com/book/en/v2/Distributed-Git-Contributing-to-a-Project",
    ),
    before="update\nfix bug\nchanges",
    pattern="Reject orders without items\n\nAn empty cart led to a total of None and a 500; it is a 422 now.",
)


def run(history: History) -> Verdict:
    """The share of messages that are not vague."""
    judged = [commit for commit in own_commits(history) if not AUTOMATIC.match(commit.subject)]
    first = beginnings(history)
    judged = [commit for commit in judged if not _is_self_evident(commit) and not _begins(commit, first)]
    if len(judged) < FEW:
        return not_applicable(f"{count(len(judged), 'own message')}: too few to judge.")
    vague = [commit for commit in judged if is_vague(commit.subject, commit.body)]
    vague.sort(key=lambda commit: (not commit.changes, len(commit.subject), commit.subject, commit.oid))
    told = {commit.oid for commit in vague}
    repeated = [commit for commit in _repeated(judged) if commit.oid not in told]
    unclear = [(commit, better(commit)) for commit in vague] + [
        (commit, "the same words stand on other commits") for commit in repeated
    ]
    clear = len(judged) - len(unclear)
    enough, some = (reaches(clear, len(judged), bound) for bound in (ENOUGH, SOME))
    if not enough and clear and len(judged) < (ENOUGH_TO_SPLIT if some else ENOUGH_TO_LACK):
        return not_applicable(f"{clear} of {count(len(judged), 'own message')} say what changed: too few for a share.")
    outcome = Outcome.SHOWN if enough else Outcome.PARTLY if some else Outcome.NOT_SHOWN
    return Verdict(
        outcome=outcome,
        summary=f"{clear} of {count(len(judged), 'own message')} say what changed; 70 % needed. {_reasons(judged)}",
        evidence=_quoted(unclear) if unclear else tuple(place(commit) for commit in judged[:3]),
        confidence=Confidence.LIKELY,
    )


def _begins(commit: Commit, first: frozenset[str]) -> bool:
    """Whether a commit brought the project in and says no more than that."""
    return commit.oid in first and is_vague(commit.subject, commit.body)


def _reasons(judged: list[Commit]) -> str:
    """How many of the newest messages give a reason, in a sentence."""
    newest = judged[:REASONS_ASKED]
    given = sum(reason(commit.subject, commit.body) is not None for commit in newest)
    of_what = "them" if len(newest) == len(judged) else f"the newest {len(newest):,}"
    return f"The reason is given or plain in {given} of {of_what}."


def _quoted(unclear: list[tuple[Commit, str]]) -> tuple[Evidence, ...]:
    """The three vaguest, no words twice."""
    seen: dict[str, Evidence] = {}
    for commit, note in unclear:
        seen.setdefault(commit.subject.strip().lower(), place(commit, note))
    return tuple(seen.values())[:3]


def _is_self_evident(commit: Commit) -> bool:
    """“Update README” on a change of the README alone, “add tests” on tests alone, say all there is to say."""
    changes = commit.changes
    if changes and TEST_WORD.search(commit.subject[:200]) and all(TESTS.search(change.path) for change in changes):
        return True
    return bool(changes) and all(change.path.lower().endswith(DOCUMENTS) for change in changes)


def _repeated(commits: list[Commit]) -> list[Commit]:
    """Messages that stand word for word on several commits, the first of each left out.

    “Update dependencies” says every time all that there is to say.
    """
    seen: dict[str, list[Commit]] = {}
    for commit in commits:
        seen.setdefault(commit.subject.strip().lower(), []).append(commit)
    most = max(REPEATED, REPEATED_SHARE * len(commits))
    often = [items for items in seen.values() if len(items) >= most]
    return [commit for items in often if reason(items[0].subject) is not Reason.SELF_EVIDENT for commit in items[1:]]


def better(commit: Commit) -> str:
    """A better wording to begin with, from what the commit changed."""
    by_size = sorted(commit.changes, key=lambda change: -((change.added or 0) + (change.deleted or 0)))
    names = list(dict.fromkeys(change.path.rpartition("/")[2] for change in by_size))[:2]
    if not names:
        return "better: say what it does to what"
    only_added = commit.added > 0 and commit.deleted == 0
    return f"better: “{'Add to' if only_added else 'Change'} {' and '.join(names)} …, because …”"
