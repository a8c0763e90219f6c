"""Is {name} used on the server side?"""

from __future__ import annotations

from checks.languages._of import files, is_beside, own_lines, places
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, not_applicable, partly, shown

LINES, FEW = 100, 20

CHECK = Check(
    title_shown="{name} is used on the server",
    title_partly="A little {name} on the server",
    title_not_shown="Little {name} on the server",
    looks_for="Own lines of {name} in server code, tests, schema and scripts.",
    why="Jobs are written around one main language.",
    advice="Build one small service in {name}.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least 100 own lines; partly with fewer.",
    does_not_count="Front ends and applications for telephones, vendored and generated files; under 20 lines; "
    "its absence, or a few lines of it, in a project of another language; the lesser of JavaScript and TypeScript.",
    computed="Sums the lines of {name} in server code, tests, schema and scripts; in a shared "
    "repository each file by the candidate's share of its lines.",
    limits="What runs on the server is told by folders, names and what a file holds.",
    links=("https://en.wikipedia.org/wiki/Source_lines_of_code",),
    family="language",
)


def run(project: Project, subject: str) -> Verdict:
    """Own lines of one language."""
    lines, found = own_lines(project, subject), files(project, subject)
    if not lines or not found:
        return not_applicable(f"No {subject} of the candidate's own on the server.")
    if lines < FEW:
        return not_applicable(f"{count(lines, 'own line')} of {subject}: too little to judge.")
    summary = f"{lines:,} own lines of {subject} in {count(len(found), 'file')}"
    if lines >= LINES:
        return shown(f"{summary}.", places(found))
    if is_beside(project, subject):
        return not_applicable(f"{summary}, beside a project of another language.")
    return partly(f"{summary}; {LINES} are looked for.", places(found))
