"""Does a Dockerfile build and start the application?"""

from __future__ import annotations

from checks.operations._server import is_server
from reviewer.model.check import Check
from reviewer.model.facts.repository import Api, Operations
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
    does_not_count="Images of a CI runner; its absence where a platform builds the application.",
    links=("https://docs.docker.com/build/building/best-practices/",),
    skills=("Docker", "Deployment"),
)


def run(operations: Operations, api: Api) -> Verdict:
    """Looks at Dockerfiles."""
    files = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    whole = [item for item in files if item.fact.copies_source and item.fact.starts]
    if whole:
        return shown("A Dockerfile builds and starts the application.", evidence(whole[:2], "builds the application"))
    if files:
        lacks = "copies no sources" if files[0].fact.starts else "has no start command"
        return partly(f"The Dockerfile {lacks}.", evidence(files[:2], lacks))
    if not is_server(api):
        return not_applicable("There is no server of the candidate's own.")
    if operations.deployments:
        return not_applicable(f"It is deployed without a container: {operations.deployments[0].fact.kind}.")
    return not_shown("No Dockerfile was found in any folder.", at="Dockerfile")
