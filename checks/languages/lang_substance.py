"""Is there a program of some size in {name}?"""

from __future__ import annotations

from checks.languages._of import files, own_lines, places
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, not_shown, partly, shown

LINES, FILES = 500, 6
SOME = 200

CHECK = Check(
    title_shown="A program of some size in {name}",
    title_not_shown="Only small programs in {name}",
    looks_for="Own lines and files of {name} on the server side.",
    why="Structure only shows from a certain size on.",
    advice="Grow one {name} project until it needs modules: several resources, errors, configuration, tests.",
    effort=Effort.DAYS,
    level=2,
    shown_when="At least 500 own lines in at least 6 files; partly from 200 lines.",
    does_not_count="Vendored, generated and front-end files.",
    family="language",
)


def run(project: Project, subject: str) -> Verdict:
    """Lines and files."""
    lines, found = own_lines(project, subject), files(project, subject)
    if not lines or not found:
        return not_applicable(f"No {subject} of the candidate's own on the server.")
    summary = f"{lines:,} own lines of {subject} in {count(len(found), 'file')}"
    if lines >= LINES and len(found) >= FILES:
        return shown(f"{summary}.", places(found))
    summary = f"{summary}; {LINES} in {FILES} needed."
    return partly(summary, places(found)) if lines >= SOME else not_shown(summary, places(found))
