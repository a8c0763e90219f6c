"""Was work merged into repositories of others?"""

from __future__ import annotations

from checks.documentation._pulls import NOT_ASKED, places
from reviewer.model.check import Check
from reviewer.model.facts.pulls import Pulls
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, shown

SHOWN_MOST = 5

CHECK = Check(
    title_shown="Work was merged into others' repositories",
    title_not_shown="Nothing merged into others' repositories",
    looks_for="Merged pull requests of the candidate in repositories that belong to somebody else.",
    why="Somebody else's maintainers read the change, asked for more, and took it.",
    advice="Mend a fault in a library that you use, and send it as a pull request.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least one was merged. Where there is none, it does not apply: absence is no lack.",
    does_not_count="Pull requests that are open or were closed without a merge; commits in one's own forks.",
    computed="From one search on GitHub for the newest 100 merged pull requests of the login, where --pulls is given. "
    "They count once, with the candidate's most recently pushed repository.",
    limits="What was merged by hand, or on other hosts than GitHub, is not seen.",
    links=("https://opensource.guide/how-to-contribute/",),
    skills=("Documentation",),
    before="A fault in a library is worked around in one's own code.",
    pattern="A pull request to the library:\nRefuse a negative page size\n"
    "The query fails with a server error for ?size=-1.\nThis answers 400, with a test.",
)


def run(pulls: Pulls) -> Verdict:
    """Merged pull requests elsewhere."""
    if not pulls.asked:
        return not_applicable(NOT_ASKED)
    if not pulls.others:
        return not_applicable("No merged pull request in somebody else's repository.")
    names = dict.fromkeys(item.repository for item in pulls.others)
    where = count(len(names), "repository", "repositories")
    summary = f"{count(len(pulls.others), 'pull request')} merged in {where} of others."
    return shown(summary, places(pulls.others[:SHOWN_MOST]))
