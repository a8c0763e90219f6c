"""Does a Dockerfile build and start the application?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Code, Operations
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="A container image builds the application",
    title_not_shown="No container image",
    looks_for="A Dockerfile that copies the sources and starts the application.",
    why="A container runs the same everywhere; most teams ship in one.",
    advice="Add a Dockerfile: a small base, dependencies first, then the sources, then the start command.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A Dockerfile copies the sources and starts the application; partly without one of the two.",
    does_not_count="Images of a CI runner.",
    links=("https://docs.docker.com/build/building/best-practices/",),
    skills=("Docker",),
)


def run(operations: Operations, code: Code) -> Verdict:
    """Looks at Dockerfiles."""
    files = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    whole = [item for item in files if item.fact.copies_source and item.fact.starts]
    if whole:
        return shown("A Dockerfile builds and starts the application.", evidence(whole[:2], "builds the application"))
    if files:
        return partly("A Dockerfile is there; it does not both copy the sources and start them.", evidence(files[:2]))
    if not code.functions:
        return not_applicable("There is no application of the candidate's own.")
    return not_shown("No Dockerfile was found in any folder.", at="Dockerfile")
