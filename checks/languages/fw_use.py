"""Is {name} used?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import evidence, not_applicable, shown

CHECK = Check(
    title_shown="{name} is used",
    title_not_shown="{name} is not used",
    looks_for="An application or routes of {name} in own code.",
    why="Employers look for their framework by name.",
    advice="Build one small API in {name}.",
    effort=Effort.DAYS,
    level=1,
    shown_when="Own code builds on {name}.",
    does_not_count="Its absence in a project of another framework; a dependency that nothing uses.",
    computed="The framework's objects, routes or decorators are looked for in parsed code, and its package in "
    "manifests.",
    limits="A framework that is only reached through another one of its makers may not be named.",
    links=("https://en.wikipedia.org/wiki/Web_framework",),
    family="framework",
)


def run(project: Project, subject: str) -> Verdict:
    """Looks for the framework by name."""
    found = next((use for use in project.frameworks if use.name == subject), None)
    if found is None:
        return not_applicable(f"{subject} is not used.")
    version = f" {found.version}" if found.version else ""
    return shown(f"{subject}{version} is used.", evidence(found.evidence[:3], subject))
