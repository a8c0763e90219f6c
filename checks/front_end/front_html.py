"""Is HTML written?"""

from __future__ import annotations

from checks.front_end._written import written
from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict

CHECK = Check(
    title_shown="HTML is written",
    title_not_shown="No HTML",
    looks_for="Own HTML files of some length.",
    why="Backend developers who can read the front end find faults faster.",
    advice="Build one page that shows what the API answers.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least 20 own lines of HTML.",
    does_not_count="Its absence; libraries, and pages of a generator.",
    computed="Sums the lines of own files of HTML, and of Vue's components.",
    limits="Pages that a template language or a component in JSX writes are not counted.",
    links=("https://developer.mozilla.org/en-US/docs/Web/HTML",),
    skills=("HTML",),
    before="""\
(no page of the project's own)""",
    pattern="""\
<ul id="orders" aria-live="polite"></ul>
<script type="module" src="orders.js"></script>""",
)


def run(project: Project) -> Verdict:
    """Own lines of HTML."""
    return written(project, "HTML", ("html", "vue"))
