"""Is this the candidate's own work?"""

from __future__ import annotations

from checks.commits._own import newest, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, not_applicable, not_shown, partly, shown

MOST, SOME = 0.5, 0.1
LINES = 150
ROUGHLY = 0.8
"""Part of the lines that is taken for them: how many there are is a matter of style."""
PROGRAMS = ("server", "tests", "schema", "scripts", "frontend")

CHECK = Check(
    title_shown="The work is the candidate's own",
    title_partly="In part the candidate's own work",
    title_not_shown="Mostly somebody else's work",
    looks_for="The candidate's share of the lines, forks, and what a generator wrote.",
    why="A portfolio is read for what its owner can do.",
    advice="Build one own feature on top, in commits that show it.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least half of the lines, and some 150 of them, are the candidate's; partly from a tenth. Own work of"
    " fewer lines is not judged.",
    does_not_count="Vendored, generated and scaffolded files.",
    skills=("Original work", "Problem solving"),
    computed="The candidate's share of the lines that each file of the tree ever gained is taken from the "
    "history, weighted by the file's length; programs of server, tests, scripts and front end are "
    "counted. 50 %, 10 % and 150 lines are the project's own thresholds.",
    limits="Code that was copied and committed under the own name counts as own. Where lines were not counted, "
    "touches of files stand for them.",
    links=("https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/about-forks",),
    before="fork of shop, 2 of 4,000 lines changed",
    pattern="fork of shop\n"
    "+ src/wishlist/routes.ts     120\n"
    "+ src/wishlist/store.ts       90\n"
    "+ test/wishlist.test.ts      110",
)


def run(project: Project, history: History) -> Verdict:
    """Own share and own lines."""
    lines = sum(use.own_lines for use in project.languages if use.role in PROGRAMS)
    if project.own_share is None:
        return not_applicable("Nobody is named, and nobody wrote most of it: everyone's work counts.")
    if not lines and project.own_share >= SOME:
        return not_applicable("No lines of programs were found that could be anybody's.")
    summary = f"{round(100 * project.own_share)} % of the lines are the candidate's: {lines:,} of programs."
    places = [place(commit, "the newest own commit") for commit in newest(history)]
    if project.own_share >= MOST and lines >= ROUGHLY * LINES:
        return shown(summary, places, LIKELY)
    if project.own_share >= MOST:
        return not_applicable(f"{summary[:-1]}: too few to judge.")
    if project.own_share >= SOME:
        return partly(summary, places, LIKELY)
    return not_shown(summary, places, LIKELY)
