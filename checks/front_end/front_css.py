"""Is CSS written?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, not_applicable, shown

KINDS = ("css", "vue")
LINES = 20

CHECK = Check(
    title_shown="CSS is written",
    title_not_shown="No CSS",
    looks_for="Own CSS files of some length.",
    why="Backend developers who can read the front end find faults faster.",
    advice="Build one page that shows what the API answers.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least 20 own lines of CSS.",
    does_not_count="Its absence; libraries, and pages of a generator.",
    skills=("CSS",),
)


def run(project: Project) -> Verdict:
    """Own lines of CSS."""
    files = [file for file in project.files if file.kind in KINDS and file.standing is Standing.OWN and file.facts]
    files = [file for file in files if file.share is None or file.share > 0]
    lines = sum(file.facts.lines for file in files if file.facts)
    if lines < LINES:
        return not_applicable("No CSS of some length.")
    places = [Evidence(path=file.path, line=1, end_line=1, note="CSS") for file in files[:3]]
    return shown(f"{lines:,} lines of CSS in {count(len(files), 'file')}.", places)
