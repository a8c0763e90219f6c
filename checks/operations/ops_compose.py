"""Does one command start the application with its database?"""

from __future__ import annotations

import re

from checks.operations._images import PRODUCTION, compose_files, images, is_service
from reviewer.model.check import Check
from reviewer.model.facts.data import Role
from reviewer.model.facts.documents import Container
from reviewer.model.facts.repository import Data, Operations, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_applicable, not_shown, partly, shown

EMBEDDED = frozenset({"SQLite", "H2", "HSQLDB", "Derby", "LevelDB", "DuckDB"})
"""Databases that need no service of their own; an application that can use one starts without a service."""

STARTERS = re.compile(
    r"(?:.*:)?(spring-boot-docker-compose|aspire\.hosting(?:\.\w{1,40})*|aspire\.apphost\.sdk)", re.IGNORECASE
)
"""Packages by which the application starts its services as it starts itself."""
MOST_NAMED = 3

CHECK = Check(
    title_shown="Compose starts the application with its services",
    title_not_shown="No compose file",
    title_partly="Compose starts a part of the application",
    looks_for="A compose file with the application and the services that it needs.",
    why="A reviewer who can start the project in one command will look at it longer.",
    advice="Add a compose file with the application, its database, and the settings that join them.",
    effort=Effort.HOURS,
    level=2,
    shown_when=(
        "A compose file builds the application, runs its folder in an image of its language, or runs an image of its "
        "own, beside the services that it needs, or a package starts them with it "
        "(spring-boot-docker-compose, Aspire); partly where the application or every service is missing."
    ),
    does_not_count=(
        "Compose files of examples, tests and tools. Without a Dockerfile and a database that runs apart there is "
        "nothing to start together."
    ),
    computed=(
        "Compose files are parsed; a service is the application where it has a build, where an image of a language "
        "runs a mounted folder, or where its image is none of about 100 well-known databases, proxies and tools. "
        "Databases are those that the code uses; embedded ones such as SQLite need no service."
    ),
    limits=(
        "Nothing is started. Services that other files include, those of templates that a generator fills in, and "
        "databases that are hosted elsewhere on purpose, are not seen. Where a compose file joins a network from "
        "outside, names the address of a database elsewhere, or is for production, a missing database is no finding."
    ),
    links=("https://docs.docker.com/compose/gettingstarted/",),
    skills=("Docker",),
    before="services:\n  db:\n    image: postgres:16",
    pattern="services:\n  api:\n    build: .\n    depends_on: [db]\n  db:\n    image: postgres:16",
)


def run(operations: Operations, data: Data, project: Project) -> Verdict:
    """Looks at compose files."""
    files = compose_files(operations)
    used = {item.name for item in data.databases if item.role is Role.USED}
    served = set() if used & EMBEDDED else used
    services = list(dict.fromkeys(image for item in files for image in item.fact.services))
    beside = [image for image in services if is_service(image)]
    own = [item for item in files if _starts_application(item.fact)]
    if own:
        return _started(own, beside, len(services) > len(beside), served)
    host = host_of(project, operations)
    if host:
        return not_applicable(f"It is an extension of {host}: the site that it is installed in is what runs.")
    starter = _starter(project)
    if starter:
        return shown("The application starts its services with itself.", [starter], LIKELY)
    unread = next((item.path for item in files if not item.fact.starts or "{{" in item.path), None)
    if unread:
        return could_not_tell(f"What {unread} starts is not read: it is a template, or other files name its services.")
    if files:
        named = ", ".join(_short(beside))
        return partly(
            f"Compose starts {named or 'services'}, not the application.", evidence(files[:3], "services"), LIKELY
        )
    if not images(operations) or not served:
        return not_applicable("No container and database that would be started together.")
    return not_shown(
        f"There is a Dockerfile and {sorted(served)[0]}, but no compose file.", confidence=LIKELY, at="compose.yaml"
    )


def _starter(project: Project) -> Evidence | None:
    """A package by which the application starts its services."""
    for at in project.manifests:
        for item in at.fact.dependencies:
            found = STARTERS.fullmatch(item.name[:120])
            if found:
                return Evidence(path=at.path, line=item.line, end_line=item.line, note=f"names {found[1]}"[:80])
    return None


def _short(services: list[str]) -> list[str]:
    """The names of the first images without their makers and versions, each once; SQL Server's is ``mssql``."""
    plain = [re.sub(r"/server(?::[^/]*)?\Z", "", image[:200]) for image in services]
    names = (image.partition("@")[0].rpartition("/")[2].partition(":")[0] for image in plain)
    return list(dict.fromkeys(names))[:MOST_NAMED]


def _starts_application(file: Container) -> bool:
    return file.builds or file.mounts or any(not is_service(image) for image in file.services)


def _started(own: list[At[Container]], beside: list[str], other: bool, served: set[str]) -> Verdict:
    """The application starts; whether anything that it needs starts with it.

    A service may be built here too, so only a file that has nothing else beside one application is said to lack it.
    """
    names = ", ".join(_short(beside))
    if beside or other or not served or any(item.fact.builds_many for item in own):
        said = f" with {names}" if names else ""
        return shown(f"Compose starts the application{said}.", evidence(own[:1], "starts the application"), LIKELY)
    missing = sorted(served)[0]
    if any(item.fact.joins or PRODUCTION.search(item.path[-200:].lower()) for item in own):
        return could_not_tell(f"Compose starts the application; {missing} may stand elsewhere.")
    return partly(
        f"Compose starts the application without a service for {missing}.",
        evidence(own[:1], "starts the application alone"),
        LIKELY,
    )
