"""Do messages say what changed?"""

from __future__ import annotations

import re

from checks.commits._own import AUTOMATIC, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import by_share, count, not_applicable

VAGUE_WORDS = frozenset(
    "update updates updated fix fixes fixed fixing change changes changed modify modified modfy edit "
    "edits edited commit committed wip test tests testing done final finish finished work works working "
    "stuff things misc minor small bug bugs new more add added adding some code file files project "
    "changes. first second last temp tmp asdf ok push pushed save saved improve improvements improvement "
    "cleanup clean refactor refactoring todo init initial readme version the a an and of to in for on my "
    "it this all again now ".split()
)
"""Words that say nothing by themselves; a message of these alone is vague."""
FILE_NAME = re.compile(r"[\w./-]+\.\w{1,5}\Z")
TASK_NUMBER = re.compile(r"(?:task|step|day|lesson|ex|exercise|part|v)?[\s._#-]*\d+[\d.]*\Z", re.I)
PREFIX = re.compile(r"(?:\w+(?:\([^()]{0,60}\))?!?:\s+|\[[^\[\]]{0,40}\]\s*|#\d+\s+)")
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
ENOUGH, SOME = 0.7, 0.45
FEW = 3

CHECK = Check(
    title_shown="Commit messages say what changed",
    title_not_shown="Commit messages say little",
    looks_for="Subjects that name what changed, in any language; a reason where it is not self-evident.",
    why="Messages are how the next developer finds out why a line is there.",
    advice="Begin the subject with what the commit does to what: “Reject orders without items”.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least 70 % of the own messages say what changed; partly from 45 %.",
    does_not_count="Merges, reverts, bots, dependency updates, a generator's first commit. No style is demanded.",
    limits="Told by words: whether a stated reason is the real one cannot be seen.",
    links=("https://cbea.ms/git-commit/",),
    skills=("Git",),
    weight=2.0,
)


def run(history: History) -> Verdict:
    """The share of messages that are not vague."""
    judged = [commit for commit in own_commits(history) if not AUTOMATIC.match(commit.subject)]
    if len(judged) < FEW:
        return not_applicable(f"{count(len(judged), 'own message')}: too few to judge.")
    vague = [commit for commit in judged if is_vague(commit)]
    vague.sort(key=lambda commit: (len(commit.subject), commit.subject, commit.oid))
    repeated = _repeated(judged)
    vague += [commit for commit in repeated if commit not in vague]
    share = 1 - len(vague) / len(judged)
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{len(judged) - len(vague)} of {count(len(judged), 'own message')} say what changed; 70 % needed.",
        evidence=tuple(place(commit, suggestion(commit)) for commit in vague[:3])
        if vague
        else tuple(place(commit) for commit in judged[:3]),
        confidence=Confidence.LIKELY,
    )


def is_vague(commit: Commit) -> bool:
    """Whether a message names nothing: only words without content, a file's name, or a number."""
    subject = PREFIX.sub("", commit.subject.strip(), count=1).strip(" .!-")
    if len(commit.body.strip()) > 40:
        return False
    if not subject or FILE_NAME.match(subject) or TASK_NUMBER.match(subject):
        return True
    words = [word.lower() for word in WORD.findall(subject)]
    telling = [word for word in words if word not in VAGUE_WORDS and len(word) > 2]
    return not telling


def _repeated(commits: list[Commit]) -> list[Commit]:
    """Messages that stand word for word on three or more commits, the first of each left out."""
    seen: dict[str, list[Commit]] = {}
    for commit in commits:
        seen.setdefault(commit.subject.strip().lower(), []).append(commit)
    return [commit for items in seen.values() if len(items) > 2 for commit in items[1:]]


def suggestion(commit: Commit) -> str:
    """A better wording, from what the commit changed."""
    names = [change.path.rpartition("/")[2] for change in commit.changes[:2]]
    if not names:
        return "say what it does to what"
    more = f" and {commit.paths - len(names)} more" if commit.paths > len(names) else ""
    return f"say what changes in {', '.join(names)}{more}, and why"
