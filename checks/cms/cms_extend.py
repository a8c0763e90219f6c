"""Is {name} extended?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import evidence, not_applicable, shown

CHECK = Check(
    title_shown="{name} is extended",
    title_not_shown="{name} is not extended",
    looks_for="Own plugins, themes, modules or components of {name}.",
    why="Many sites run on a content management system and need somebody who can extend it.",
    advice="Write one small extension of {name} that adds a page or an endpoint.",
    effort=Effort.DAYS,
    level=1,
    shown_when="An own file says that it belongs to an extension of {name}.",
    does_not_count="Its absence; the system itself, and extensions of others, committed whole.",
    computed="Reads the heads and manifests of own files that a system asks of its plugins, themes, modules and "
    "components.",
    limits="Told by the head of PHP files; what the extension does is not read yet.",
    links=("https://developer.wordpress.org/plugins/", "https://www.drupal.org/docs/develop"),
    family="cms",
)


def run(project: Project, subject: str) -> Verdict:
    """Looks for the system by name."""
    found = next((use for use in project.cms if use.name == subject), None)
    if found is None:
        return not_applicable(f"{subject} is not extended.")
    return shown(f"A {found.kind} of {subject}.", evidence(found.evidence[:3], found.kind))
