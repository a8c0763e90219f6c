"""Was Subversion used?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, shown

GIT_SVN = re.compile(r"^git-svn-id: \S+@\d+", re.M)

CHECK = Check(
    title_shown="Subversion was used",
    title_not_shown="No sign of Subversion",
    looks_for="The marks that git-svn leaves in messages.",
    why="Some employers still keep code in Subversion.",
    advice="Nothing to do unless a job asks for Subversion.",
    effort=Effort.DAYS,
    level=1,
    shown_when="Own commits carry git-svn ids.",
    does_not_count="Its absence: most careers never touch it.",
    skills=("Subversion",),
    computed="Bodies of own commits are searched for the git-svn-id line that git svn writes (a pattern). One is "
    "enough.",
    limits="Subversion repositories that were moved in other ways, or that lie elsewhere, leave no mark.",
    links=("https://git-scm.com/docs/git-svn",),
    before="Add the cart",
    pattern="Add the cart\n\ngit-svn-id: https://svn.example.org/shop/trunk@214 ...",
)


def run(history: History) -> Verdict:
    """Looks for git-svn ids."""
    found = [commit for commit in own_commits(history) if GIT_SVN.search(commit.body)]
    if found:
        return shown(f"{count(len(found), 'commit')} came through git-svn.", [place(commit) for commit in found[:2]])
    return not_applicable("No git-svn ids in the history.")
