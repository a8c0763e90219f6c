"""Is there a program of some size in {name}?"""

from __future__ import annotations

from checks.languages._of import files, is_beside, own_lines, places
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, not_shown, partly, shown

LINES, FILES = 500, 6
NEAR = 0.95
"""Share of the lines from which on a few more would say nothing new."""
FEW = 20
SOME = 200

CHECK = Check(
    title_shown="A program of some size in {name}",
    title_partly="A small program in {name}",
    title_not_shown="Only small programs in {name}",
    looks_for="Own lines and files of {name} on the server side.",
    why="Structure only shows from a certain size on.",
    advice="Grow one {name} project until it needs modules: several resources, errors, configuration, tests.",
    effort=Effort.DAYS,
    level=2,
    shown_when="At least 500 own lines in at least 6 files (a twentieth of the lines and one file less are passed); "
    "partly from 200 lines.",
    does_not_count="Under 20 lines, vendored, generated and empty files, front ends and applications for telephones, "
    "and a language that only stands beside a project of another: under 5 % of its lines, under 100 where another has "
    "more, nothing but "
    "its tests and scripts, or the lesser of JavaScript and TypeScript.",
    computed="Sums the lines of {name} in server code, tests, schema and scripts; in a shared "
    "repository each file by the candidate's share of its lines. The thresholds are this project's own.",
    limits="Lines say how much was written, not how well; copied code counts where it is not known to be copied.",
    links=("https://en.wikipedia.org/wiki/Source_lines_of_code",),
    family="language",
)


def run(project: Project, subject: str) -> Verdict:
    """Lines and files."""
    lines, found = own_lines(project, subject), files(project, subject)
    if not lines or not found:
        return not_applicable(f"No {subject} of the candidate's own on the server.")
    if lines < FEW:
        return not_applicable(f"{count(lines, 'own line')} of {subject}: too little to judge.")
    summary = f"{lines:,} own lines of {subject} in {count(len(found), 'file')}"
    if lines >= NEAR * LINES and len(found) + 1 >= FILES:
        return shown(f"{summary}.", places(found))
    if is_beside(project, subject):
        return not_applicable(f"{summary}, beside a project of another language.")
    needed = [f"{LINES} lines"] if lines < LINES else []
    needed += [f"{FILES} files"] if len(found) < FILES else []
    summary = f"{summary}; {' in '.join(needed)} are looked for."
    return partly(summary, places(found)) if lines >= SOME else not_shown(summary, places(found))
