"""Do the candidate's names and addresses resolve to one person?"""

from __future__ import annotations

import re

from checks.commits._own import newest, own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, partly, shown

NAMES, ADDRESSES, MOST = 3, 2, 4
NOT_WORDS = re.compile(r"[\W_]+")
NOBODY = frozenset({"", "unknown"})
"""What git and GitHub write where no name was set."""

CHECK = Check(
    title_shown="Commits carry one identity",
    title_partly="Commits carry several identities",
    title_not_shown="Commits carry several identities",
    looks_for="The names and addresses under which the candidate commits.",
    why="GitHub credits commits by address; scattered identities hide own work.",
    advice="Set user.name and user.email once, and add older addresses to the GitHub account.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="The own commits carry at most three names and two addresses; partly with more. Under one "
    "address any names will do.",
    skills=("Git",),
    does_not_count="Merges; GitHub's own noreply addresses; spellings that differ in case and punctuation alone.",
    computed="Names and addresses of the log are joined into people by address, by GitHub's noreply addresses, by "
    "name and by look-alike accounts. Those of the candidate are counted; two of each are usual for a "
    "laptop and GitHub's web page.",
    limits="Identities that share nothing with the others are not known to be the same person's, so there may "
    "be more. Addresses stand in no report.",
    links=(
        "https://docs.github.com/en/account-and-profile/how-tos/email-preferences/setting-your-commit-email-address",
    ),
    before="$ git shortlog -sn\n  14  dana\n   9  Dana Dev\n   3  root",
    pattern='git config --global user.name "Dana Dev"\ngit config --global user.email "dana@example.org"',
)


def run(history: History) -> Verdict:
    """Names and addresses of the candidate."""
    own = [person for person in history.people if person.own and person.commits]
    if not own or not history.own_known:
        return not_applicable("Nobody is named as the candidate.")
    names = {_plain(name) for person in own for name, _, _ in person.written} - NOBODY
    addresses = {item for person in own for _, item, _ in person.written if "noreply" not in item} - NOBODY
    if not names and not addresses:
        return not_applicable("No own commit but merges.")
    summary = f"Own commits carry {count(len(names), 'name')} and {count(len(addresses), 'address', 'addresses')}."
    proof = [place(commit) for commit in newest(history)]
    if len(addresses) <= ADDRESSES and (len(names) <= NAMES or len(addresses) < 2):
        return shown(summary, proof, LIKELY)
    differing = [place(commit, "one identity") for commit in _differing(own, history)]
    return partly(f"{summary[:-1]}; at most {NAMES} and {ADDRESSES} expected.", differing or proof, LIKELY)


def _differing(own: list[Person], history: History) -> list[Commit]:
    """The newest commit of each identity, GitHub's own addresses left out, newest first."""
    oids = [oid for person in own for _, address, oid in person.written if "noreply" not in address]
    found = {commit.oid: commit for commit in own_commits(history)}
    return sorted((found[oid] for oid in oids if oid in found), key=lambda item: item.day or "", reverse=True)[:MOST]


def _plain(name: str) -> str:
    return NOT_WORDS.sub("", name).casefold()
