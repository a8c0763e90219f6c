"""Does a Dockerfile build and start the application?"""

from __future__ import annotations

import re

from checks.operations._images import images, likeliest
from checks.operations._server import is_hosted, without_server
from reviewer.model.check import Check
from reviewer.model.facts.documents import Container
from reviewer.model.facts.repository import Api, Documents, Operations, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

BUILDERS = frozenset(
    {
        *("jib-maven-plugin", "com.google.cloud.tools.jib", "com.google.cloud.tools:jib-maven-plugin"),
        *("docker-maven-plugin", "dockerfile-maven-plugin", "fabric8-maven-plugin", "com.bmuschko.docker-remote-api"),
        *("microsoft.net.build.containers", "quarkus-container-image-docker", "quarkus-container-image-jib"),
    }
)
"""Plugins of build tools that make an image without a Dockerfile."""
COMMANDS = re.compile(
    r"\b(?:bootBuildImage|spring-boot:build-image|jib:(?:build|dockerBuild)|jib(?:DockerBuild)?(?=\s|\Z)"
    r"|pack build|PublishContainer)|-Dquarkus\.container-image\.build=true"
)
"""Commands that make an image without a Dockerfile."""

CHECK = Check(
    title_shown="A container image builds the application",
    title_not_shown="No container image",
    title_partly="A container image for a part of the work",
    looks_for="A Dockerfile that copies the sources and starts the application.",
    why="A container runs the same everywhere; most teams ship in one.",
    advice="Add a Dockerfile: a small base, dependencies first, then the sources, then the start command.",
    effort=Effort.HOURS,
    level=2,
    shown_when=(
        "A Dockerfile copies the sources and starts the application, or a build tool makes the image (by a plugin, or "
        "a command of the README); partly without one of the two, or where a compose file builds the Dockerfile of an "
        "installed package (Laravel Sail) and mounts the folder."
    ),
    does_not_count=(
        "Images of a CI runner, a database, tests or an editor, and helpers that idle; its absence where a platform "
        "builds the application (by a file of the platform, or by what the README or another document says) or a host "
        "runs it as an extension."
    ),
    computed=(
        "Every Dockerfile is read instruction by instruction, the last stage and those it is built upon: COPY or ADD "
        "of more than dependency files, or a mount of the sources while building, and CMD or ENTRYPOINT, one that the "
        "base image brings, or a command in compose. Of several that fall short, the one whose base fits the server's "
        "language is named."
    ),
    limits="Whether the image builds and starts is not tried. Base images of the candidate's own are not looked into.",
    links=("https://docs.docker.com/build/building/best-practices/",),
    skills=("Docker", "Deployment"),
    before="FROM python:3.12-slim\nWORKDIR /app\nRUN pip install flask",
    pattern=(
        "FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
        'CMD ["gunicorn", "shop:app"]'
    ),
)


def run(operations: Operations, api: Api, project: Project, documents: Documents) -> Verdict:
    """Looks at Dockerfiles."""
    files = images(operations)
    composed = any(item.fact.kind == "compose" and item.fact.commands for item in operations.containers)
    whole = [item for item in files if item.fact.copies_source and (item.fact.starts or composed)]
    if whole:
        return shown("A Dockerfile builds and starts the application.", evidence(whole[:2], "builds the application"))
    built = [
        At(path=at.path, fact=item)
        for at in project.manifests
        for item in at.fact.dependencies
        if item.name.lower() in BUILDERS or item.name.lower().rpartition(":")[2] in BUILDERS
    ]
    if built:
        return shown("The build makes a container image.", evidence(built[:1], "makes an image"), LIKELY)
    told = _told(documents)
    if told:
        return shown("The README's command makes a container image.", told[:1], LIKELY)
    none = without_server(api, project, operations)
    if none is not None:
        return none
    nearest = likeliest(files, project)[:1]
    if nearest:
        lacks = _lack(nearest[0].fact, started=nearest[0].fact.starts or composed)
        return partly(f"{nearest[0].path} {lacks}.", evidence(nearest, lacks), LIKELY)
    others = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    if operations.deployments:
        return not_applicable(f"It is deployed without a container: {operations.deployments[0].fact.kind}.")
    if is_hosted(documents):
        return not_applicable("There is no Dockerfile; the documents name a platform that runs the application.")
    if others:
        said = "beside the application"
        return not_shown("The Dockerfiles are for services, tests or tools.", evidence(others[:2], said), LIKELY)
    mounted = _mounted(operations, project)
    if mounted is not None:
        return mounted
    return not_shown("No Dockerfile was found in any folder.", confidence=LIKELY, at="Dockerfile")


def _mounted(operations: Operations, project: Project) -> Verdict | None:
    """Compose files that run the folder in an image which is not its own; None for none."""
    borrowed = [item for item in operations.containers if item.fact.borrows]
    if borrowed:
        said = f"builds the image of {_lender(project)} and mounts the folder"
        return partly(f"{borrowed[0].path} {said}; no Dockerfile of its own.", evidence(borrowed[:1], said), LIKELY)
    mounted = [item for item in operations.containers if item.fact.kind == "compose" and item.fact.mounts]
    if mounted:
        said = "runs the folder in an image of its language"
        return partly(f"{mounted[0].path} {said}; no Dockerfile.", evidence(mounted[:1], said), LIKELY)
    return None


def _lender(project: Project) -> str:
    """Whose Dockerfile a compose file builds."""
    names = {item.name.lower() for at in project.manifests for item in at.fact.dependencies}
    return "Laravel Sail" if "laravel/sail" in names else "an installed package"


def _told(documents: Documents) -> list[Evidence]:
    """Commands of READMEs by which a build tool makes an image."""
    return [
        Evidence(path=at.path, line=command.line, end_line=command.line, note="makes an image")
        for at in documents.readmes
        for command in at.fact.commands
        if COMMANDS.search(command.text[:300])
    ]


def _lack(image: Container, *, started: bool) -> str:
    if image.copies_source:
        return "has no start command"
    return "copies no sources" if started else "copies no sources and has no start command"
