"""Do messages say why, where that is not self-evident?"""

from __future__ import annotations

import re

from checks.commits._language import is_foreign
from checks.commits._own import AUTOMATIC, beginnings, own_commits, place
from checks.commits._reasons import Reason, reason
from checks.commits._words import is_vague
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, reaches, shown

ENOUGH, SOME = 0.3, 0.15
"""Shares of the messages that call for a reason. Of 221 labelled messages of large open-source projects, where
reviewers insist on it, 161 give one or need none; a portfolio is asked less."""
FEW = 8
ENOUGH_TO_LACK = 12
"""Messages from which on a small share says something."""
NEW = re.compile(r"\W*(?::\w{1,30}:\s*)?(?:feat|feature)\b[^:]{0,60}:", re.I)
"""The label of a feature, which may be one that deletes or changes something for its users."""
PLAIN_FILE = re.compile(
    r"\.(?:mdx?|rst|adoc|txt|png|jpe?g|svg|gif|ico|webp|s?css|less|lock|sum|csproj)$|"
    r"(?:^|/)(?:\.\w{2,12}ignore|\.editorconfig|\.gitattributes|\.nvmrc|package(?:-lock)?\.json|composer\.json|go\.mod|"
    r"Gemfile|Pipfile|requirements[\w.-]{0,20}|Directory\.Packages\.props|global\.json|LICENSE)$",
    re.I,
)
"""Documents, looks, and what lists packages: why they change goes without saying."""
CHANGING = re.compile(
    r"\W*(?::\w{1,30}:\s*)?(?:[\w ]{1,20}(?:\([^()]{0,60}\))?!?\s?:\s?)?(?:chang|updat|modif|us(?:e|es|ed|ing)\b|"
    r"replac|remov|"
    r"delet|mov(?:e|es|ed|ing)\b|switch|set(?:s|ting)?\b(?!\s?-?up)|increas|decreas|reduc|limit|convert|disabl|drop|"
    r"lock|round|"
    r"sort|revert|alter|adjust|edit|swap|mak(?:e|es|ing)\b|made\b|return|store|keep|split|merg(?:e|ed|"
    r"ing) .{1,40} into|enforc|"
    r"requir|restrict|reject|ignor|skip|force|improv|rework|rewr[io]t|reorder|migrat|show|hid(?:e|es|ing)\b)",
    re.I,
)
"""Messages that alter what was there; something new is its own reason."""
NEWEST = 1_000
"""Messages that are asked; older ones say little about how somebody writes today."""
BARE_TIME = re.compile(r"\W*(?:after|before|when|while|until|without)\W+[\w-]{1,40}(?:\W+[\w-]{1,40})?\W*$", re.I)
"""``after clearing``: a moment, and neither a change nor its reason."""

CHECK = Check(
    title_shown="Commit messages say why",
    title_not_shown="Commit messages leave out why",
    looks_for="A cause, a purpose or a fault in messages of changes that do not explain themselves.",
    why="What changed stands in the diff; why it changed stands in the message or nowhere.",
    advice="In the next message that is not self-evident, add one sentence: what was wrong, or what it is for.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="At least 30 % of the messages that call for a reason give one; lacking is said below 15 % "
    "of twelve messages and more. Between the two it is not judged. "
    "One message less, and a tenth at most, is enough for either.",
    does_not_count="Tests, documents, formatting, looks, renames, upgrades, clean-ups, removed leftovers and secrets, "
    "ignore files and first commits: their reason is plain. New features, vague messages, merges, reverts and bots.",
    computed="Subject and body are searched for words of cause, purpose and fault. A message calls for one that "
    "begins with a verb of change, on lines that were there. The rules are the project's own, "
    "and measured on labelled messages (bench.messages).",
    limits="Told by words: a reason said in other words is missed, and whether a reason is the real one cannot be "
    "seen. English, and the commonest words of Portuguese, Spanish and a few more. Lacking is not said of "
    "messages in other languages.",
    links=("https://cbea.ms/git-commit/#why-not-how",),
    skills=("Git",),
    before="Change the cart's total",
    pattern="Round the cart's total per line\n\n"
    "Totals differed from the invoice by a cent because the sum\nwas rounded once.",
)


def run(history: History) -> Verdict:
    """The share of messages with a reason among those that call for one."""
    first = beginnings(history)
    own = [commit for commit in own_commits(history) if not AUTOMATIC.match(commit.subject) and commit.oid not in first]
    told = [(commit, reason(commit.subject, commit.body)) for commit in own[:NEWEST]]
    asked = [
        (commit, why)
        for commit, why in told
        if (_says(commit) if why is Reason.GIVEN else why is None and _calls(commit))
    ]
    if len(asked) < FEW:
        return not_applicable(f"{count(len(asked), 'own message')} that call for a reason: too few to judge.")
    given = [commit for commit, why in asked if why is Reason.GIVEN]
    without = [commit for commit, why in asked if why is None]
    enough, some = (reaches(len(given), len(asked), bound) for bound in (ENOUGH, SOME))
    summary = f"{len(given)} of {count(len(asked), 'message')} that call for a reason give one; 30 % needed."
    if enough:
        return shown(summary, [place(commit) for commit in given[:3]], LIKELY)
    if is_foreign(own):
        return not_applicable("The messages are mostly in another language, whose words of reason are not known.")
    if len(asked) < ENOUGH_TO_LACK:
        return not_applicable(f"{count(len(asked), 'message')} that call for a reason: too few to say that it lacks.")
    if some:
        return could_not_tell(f"{len(given)} of {len(asked)} messages name a reason; others may do so in other words.")
    return not_shown(summary, [place(commit, "no reason") for commit in _largest(without)], LIKELY)


def _says(commit: Commit) -> bool:
    """Whether a message with a word of reason names anything: ``fix bug`` and ``after clearing`` do not."""
    return not is_vague(commit.subject, commit.body) and not BARE_TIME.match(commit.subject[:200])


def _calls(commit: Commit) -> bool:
    """Whether a change calls for a reason: it alters what was there, and says what."""
    if NEW.match(commit.subject[:200]) or _is_plain(commit):
        return False
    return commit.deleted > 0 and CHANGING.match(commit.subject[:200]) is not None and not is_vague(commit.subject)


def _is_plain(commit: Commit) -> bool:
    """Whether only files were changed of which everybody knows why they change."""
    changes = commit.changes
    return 0 < commit.paths <= len(changes) and all(PLAIN_FILE.search(change.path) for change in changes)


def _largest(commits: list[Commit]) -> list[Commit]:
    """Three whose change is large, so that a reason would help most."""
    return sorted(commits, key=lambda commit: (-(commit.added + commit.deleted), commit.oid))[:3]
