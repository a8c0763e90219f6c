"""Is CSS written?"""

from __future__ import annotations

from checks.front_end._written import written
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict

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
    return written(project, "CSS", ("css", "vue"))
