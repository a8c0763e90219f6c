"""Did work go through branches or pull requests?"""

from __future__ import annotations

import re

from checks.commits._own import counts, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

PULL = re.compile(
    r"merge pull request #\d+|\(#\d+\)\s*$|merge branch '(?!main|master|origin)|merged in .+ \(pull request", re.I
)
UPDATE = re.compile(
    r"merge (?:remote-tracking )?branch '(?:(?:origin|upstream)/)?(?:main|master|head)'|"
    r"merge branch '([^']{1,100})' of \S{1,300} into \1$|merge branch '(?:main|master|develop|dev)' of |"
    r"merge remote-tracking branch '(?:origin|upstream)/([^']{1,100})'(?: into \2)?$",
    re.I,
)
LOGIN = re.compile(r"merge pull request #\d+ from ([\w.-]{1,60})/", re.I)
ON_BRANCH = re.compile(r" into (?!(?:main|master|develop|dev|trunk)$)\S{1,100}$", re.I)
"""A merge into another branch than the main one: there was work on a branch, however it came back."""
TOOLS = re.compile(
    r"(?:/|'|\bfrom \S{0,60}/)(?:dependabot|renovate|snyk|greenkeeper|imgbot|pyup)[/-]|^bump |\(deps", re.I
)
NOT_LETTERS = re.compile(r"[\W_]+")
USUAL = re.compile(
    r"(?:^|/)(?:HEAD|main|master|develop|dev|trunk|gh-pages|release\w{0,10}|prod\w{0,10}|staging|"
    r"(?:dependabot|renovate|snyk|greenkeeper|imgbot|pyup)\b.{0,200})$",
    re.I,
)
"""Branches that stand beside the main one without anybody's feature in them."""
ENOUGH = 2
FEW = 10
TEAM = 10
"""Commits of other people from which on one line of commits may be of rebased pull requests."""

CHECK = Check(
    title_shown="Work went through branches or pull requests",
    title_partly="Some work went through a branch",
    title_not_shown="No merged branch of own work stands in the history",
    looks_for="Merged branches and pull requests in the history.",
    why="Teams work on branches; somebody who has done so alone needs no introduction to it.",
    advice="Make the next feature on a branch and merge it through a pull request that says why.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two branches or pull requests were merged; partly with one.",
    does_not_count="Merges that only brought the main branch up to date; branches of bots; pull requests from "
    "other people's accounts.",
    skills=("Git",),
    computed="Merge commits and squashed pull requests are told by their subjects, as GitHub, GitLab, Bitbucket "
    "and git write them. They count where the candidate merged, or where the branch is of the "
    "candidate's account. Two are enough. Where somebody "
    "else merged branches whose author is not told, where other branches stand beside the main one, or where "
    "others wrote ten commits and more, lacking is not said.",
    limits="Pull requests merged by rebase, fast-forwarded branches and pull requests in other repositories "
    "leave no trace in the history.",
    links=("https://docs.github.com/en/get-started/using-github/github-flow",),
    before='git commit -am "Add tags"\ngit push origin main',
    pattern="git switch -c tags\n"
    'git commit -am "Let notes have tags"\n'
    "git push -u origin tags      # then open a pull request",
)


def run(history: History) -> Verdict:
    """Merges that brought own work in."""
    merged = [commit for commit in history.commits if _brings_work(commit) and _is_own(commit, history)]
    own = own_commits(history)
    if len(merged) >= ENOUGH:
        return shown(
            f"{count(len(merged), 'branch', 'branches')} merged.", [place(commit) for commit in merged[:3]], LIKELY
        )
    if merged:
        return partly("1 branch merged; 2 needed.", [place(merged[0])], LIKELY)
    if not history.complete and "shallow" in (history.reason or ""):
        return could_not_tell(f"Not judged: {history.reason}.")
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect branches.")
    if any(_is_unclear(commit, history) for commit in history.commits):
        return could_not_tell("Branches were merged; whether own work came in by them is not told.")
    beside = [name for name in history.branches if not USUAL.search(name)]
    if beside:
        return could_not_tell(
            f"No merge stands in the history, but {count(len(beside), 'other branch', 'other branches')} beside it; "
            "a fast-forward leaves no trace."
        )
    if _of_others(history) >= TEAM:
        return could_not_tell("Several people's work stands in one line; whether branches were rebased is not told.")
    said = f"Among {count(len(own), 'own commit')}, no merge of a branch or pull request was found."
    return not_shown(said, confidence=LIKELY)


def _of_others(history: History) -> int:
    """How many commits are of other people."""
    return sum(person.commits for person in history.people if not person.bot and not counts(history, person))


def _brings_work(commit: Commit) -> bool:
    subject = commit.subject
    return bool(PULL.search(subject)) and not UPDATE.search(subject) and not TOOLS.search(subject)


def _is_own(commit: Commit, history: History) -> bool:
    """Merged by the candidate, or a pull request from the candidate's account."""
    login = LOGIN.search(commit.subject)
    if counts(history, history.people[commit.person]):
        return login is None or not _is_somebody_else(login.group(1), history)
    if login is None:
        return False
    own = [person for person in history.people if person.own]
    known = {_key(name) for person in own for name in (*person.names, *_logins(person))}
    return _key(login.group(1)) in known


def _is_somebody_else(login: str, history: History) -> bool:
    """Whether an account is known to be another person's: then merging its work is no branch of the candidate's."""
    others = [person for person in history.people if not person.own and history.own_known]
    return _key(login) in {_key(name) for person in others for name in (*person.names, *_logins(person))}


def _is_unclear(commit: Commit, history: History) -> bool:
    """Whether a merge shows a branch that may have brought in own work."""
    if commit.merge and ON_BRANCH.search(commit.subject) and not TOOLS.search(commit.subject):
        return True
    return _brings_work(commit) and not _is_others(commit, history)


def _is_others(commit: Commit, history: History) -> bool:
    """Whether a merge is known to bring in somebody else's work."""
    login = LOGIN.search(commit.subject)
    if login is not None:
        return _is_somebody_else(login.group(1), history)
    return not commit.merge and not counts(history, history.people[commit.person])


def _logins(person: Person) -> list[str]:
    """The account names in GitHub's noreply addresses, and what stands before the @ of others."""
    return [address.partition("@")[0].rpartition("+")[2] for address in person.addresses]


def _key(name: str) -> str:
    return NOT_LETTERS.sub("", name).casefold()
