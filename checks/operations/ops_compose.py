"""Does one command start the application with its database?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Data, Operations
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import evidence, not_applicable, not_shown, partly, shown

EMBEDDED = frozenset({"SQLite"})
"""Databases that need no service of their own."""

CHECK = Check(
    title_shown="Compose starts the application with its services",
    title_not_shown="No compose file",
    looks_for="A compose file with the application and the services that it needs.",
    why="A reviewer who can start the project in one command will look at it longer.",
    advice="Add a compose file with the application, its database, and the settings that join them.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A compose file builds the application and runs the services that it needs; partly with services alone.",
    does_not_count="Compose files of examples.",
    links=("https://docs.docker.com/compose/gettingstarted/",),
    skills=("Docker",),
)


def run(operations: Operations, data: Data) -> Verdict:
    """Looks at compose files."""
    files = [item for item in operations.containers if item.fact.kind == "compose"]
    served = {item.name for item in data.databases if item.role is Role.USED} - EMBEDDED
    whole = [item for item in files if item.fact.builds and (item.fact.services or not served)]
    if whole:
        services = ", ".join(item.partition(":")[0] for item in whole[0].fact.services[:3])
        beside = f" with {services}" if services else ""
        return shown(f"Compose starts the application{beside}.", evidence(whole[:1], "starts the application"))
    if files:
        places = evidence(files[:1], "a compose file")
        return partly("The compose file does not start the application with its services.", places)
    if not operations.containers or not served:
        return not_applicable("No container and database that would be started together.")
    return not_shown(f"There is a Dockerfile and {sorted(served)[0]}, but no compose file.", at="compose.yaml")
