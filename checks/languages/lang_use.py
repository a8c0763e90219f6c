"""Is {name} used on the server side?"""

from __future__ import annotations

from checks.languages._of import COUNTED, own_lines
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, partly, shown

LINES = 100

CHECK = Check(
    title_shown="{name} is used on the server",
    title_not_shown="Little {name} on the server",
    looks_for="Own lines of {name} in server code, tests, schema and scripts.",
    why="Jobs are written around one main language.",
    advice="Build one small service in {name}.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least 100 own lines; partly with fewer.",
    does_not_count="Front ends, vendored and generated files; its absence in a project of another language.",
    family="language",
)


def run(project: Project, subject: str) -> Verdict:
    """Own lines of one language."""
    lines = own_lines(project, subject)
    files = [
        file
        for file in project.files
        if file.language == subject and file.role in COUNTED and file.standing is Standing.OWN and file.facts
    ]
    places = [
        Evidence(path=file.path, line=1, end_line=1, note=f"{file.facts.lines} lines")
        for file in sorted(files, key=lambda item: (-(item.facts.lines if item.facts else 0), item.path))[:3]
        if file.facts
    ]
    if lines >= LINES:
        return shown(f"{lines:,} own lines of {subject} in {len(files)} files.", places)
    return (
        partly(f"{lines:,} own lines of {subject}.", places)
        if lines
        else not_applicable(f"No {subject} on the server.")
    )
