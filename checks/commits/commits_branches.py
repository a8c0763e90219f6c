"""Did work go through branches or pull requests?"""

from __future__ import annotations

import re

from checks.commits._own import counts, own_commits, place
from checks.documentation._readme import written
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.facts.repository import Documents, Project
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
LINE = re.compile(
    r"merge (?:remote-tracking )?branch '(?:(?:origin|upstream)/)?(?:main|master)'(?: of \S{1,300})?"
    r"(?: into (?:main|master))?$",
    re.I,
)
"""A merge of the main line with a copy of itself, which shows no branch."""
TOOLS = re.compile(
    r"(?:/|'|\bfrom \S{0,60}/)(?:dependabot|renovate|snyk|greenkeeper|imgbot|pyup)[/-]|^bump |\(deps", re.I
)
NOT_LETTERS = re.compile(r"[\W_]+")
USUAL = re.compile(
    r"(?:^|/)(?:HEAD|main|master|gh-pages|(?:dependabot|renovate|snyk|greenkeeper|imgbot|pyup)\b.{0,200})$", re.I
)
"""Branches that stand beside the main one without anybody's work in them."""
TEMPLATE = re.compile(
    r"(?:^|/)(?:pull_request_template(?:/[^/]{1,100})?|merge_request_templates/[^/]{1,100}|contributing)(?:\.\w{2,4})?$",
    re.I,
)
"""Files by which a repository asks for pull requests."""
TICKET = re.compile(r"\W{0,2}(?:\w{2,10}(?:\([^()]{1,40}\))?!?:\s?)?\W?[A-Z][A-Z0-9]{1,9}-\d{1,6}\b|.{0,200}#\d{1,6}\b")
STANDARD = re.compile(r"(?:UTF|SHA|ISO|CVE|CWE|RFC|HTTP|MD|ES|PEP|JDK|PHP|V)-\d")
TICKETS = 2
"""Subjects with the number of a ticket from which on a tracker, and with it branches, may stand behind the work."""
ENOUGH = 2
FEW = 10

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
    "and git write them. They count where the candidate wrote the newest commit that came in, or where the branch "
    "is of the candidate's account. Two are enough. Lacking is said of a line that one person wrote alone.",
    limits="Pull requests merged by rebase, fast-forwarded branches and pull requests in other repositories "
    "leave no trace in the history. So the check does not judge where other people's commits, branches beside the "
    "main one, refs or a template of pull requests, a document that speaks of them, or numbers of tickets are found.",
    links=("https://docs.github.com/en/get-started/using-github/github-flow",),
    before='git commit -am "Add tags"\ngit push origin main',
    pattern="git switch -c tags\n"
    'git commit -am "Let notes have tags"\n'
    "git push -u origin tags      # then open a pull request",
)


def run(history: History, documents: Documents, project: Project) -> Verdict:
    """Merges that brought own work in."""
    merged = [commit for commit in history.commits if _brings_work(commit) and _is_own(commit, history)]
    own = own_commits(history)
    if len(merged) >= ENOUGH:
        return shown(
            f"{count(len(merged), 'branch', 'branches')} merged.", [place(commit) for commit in merged[:3]], LIKELY
        )
    if not history.complete and "shallow" in (history.reason or ""):
        return could_not_tell(f"Not judged: {history.reason}.")
    if len(own) < FEW:
        return not_applicable("Too few own commits to expect branches.")
    if trace := _trace(history, merged) or _asked_for(documents, project) or _tickets(own):
        return could_not_tell(f"{trace}; whether own work came in by branches is not told.")
    if merged:
        return partly("1 branch merged; 2 needed.", [place(merged[0])], LIKELY)
    said = f"Among {count(len(own), 'own commit')}, no merge of a branch or pull request was found."
    return not_shown(said, confidence=LIKELY)


def _trace(history: History, merged: list[Commit]) -> str | None:
    """What the history and its refs hold of branches or other people, beside the merges that count."""
    known = {commit.oid for commit in merged}
    if any(_is_unclear(commit) for commit in history.commits if commit.oid not in known):
        return "Branches were merged"
    if any(person.commits and not person.bot and not counts(history, person) for person in history.people):
        return "Several people's work stands in one line"
    if history.pulls:
        return f"The refs hold {count(history.pulls, 'pull request')}"
    beside = sum(not USUAL.search(name) for name in history.branches)
    if beside:
        return f"{count(beside, 'other branch', 'other branches')} beside it, and a fast-forward leaves no trace"
    return None if history.complete else f"Not all was read: {history.reason}"


def _asked_for(documents: Documents, project: Project) -> str | None:
    """What in the tree speaks of pull requests."""
    paths = [file.path for file in project.files if TEMPLATE.search(file.path)]
    paths += [item.path for item in written(documents) if item.fact.pull_line]
    return f"{paths[0]} speaks of pull requests or branches" if paths else None


def _tickets(own: list[Commit]) -> str | None:
    told = sum(bool(TICKET.match(item.subject)) and not STANDARD.search(item.subject) for item in own)
    return f"{told} subjects name a ticket" if told >= TICKETS else None


def _brings_work(commit: Commit) -> bool:
    subject = commit.subject
    return bool(PULL.search(subject)) and not UPDATE.search(subject) and not TOOLS.search(subject)


def _is_own(commit: Commit, history: History) -> bool:
    """Whether the candidate wrote what came in: by its newest commit, else by the account that the branch is of."""
    if commit.brought is not None:
        return counts(history, history.people[commit.brought])
    login = LOGIN.search(commit.subject)
    if login is None:
        return counts(history, history.people[commit.person])
    own = [person for person in history.people if counts(history, person)]
    known = {_key(name) for person in own for name in (*person.names, *_logins(person))}
    return _key(login.group(1)) in known


def _is_unclear(commit: Commit) -> bool:
    """Whether a merge shows a branch that may have brought in own work."""
    if TOOLS.search(commit.subject):
        return False
    return _brings_work(commit) or (commit.merge and not LINE.match(commit.subject))


def _logins(person: Person) -> list[str]:
    """The account names in GitHub's noreply addresses, and what stands before the @ of others."""
    return [address.partition("@")[0].rpartition("+")[2] for address in person.addresses]


def _key(name: str) -> str:
    return NOT_LETTERS.sub("", name).casefold()
