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
    computed="Sums the lines of own files of CSS and style sheets in SCSS and Less, and of Vue's components.",
    limits="Pages that a template language or a script writes are not counted.",
    links=("https://developer.mozilla.org/en-US/docs/Web/CSS",),
    skills=("CSS",),
    before="""\
(no page of the project's own)""",
    pattern="""\
.orders { display: grid; gap: 1rem; }
@media (min-width: 40rem) { .orders { grid-template-columns: 1fr 1fr; } }""",
)


def run(project: Project) -> Verdict:
    """Own lines of CSS."""
    return written(project, "CSS", ("css", "vue"))
