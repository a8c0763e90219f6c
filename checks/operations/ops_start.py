"""Does a file say how the server is started?"""

from __future__ import annotations

import re

from checks.operations._server import is_server
from reviewer.model.check import Check
from reviewer.model.facts.repository import Api, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

STARTS, COMPOSE = "starts it", "compose"
SCRIPTS = ("start", "serve", "dev", "develop", "run", "up", "deploy", "start:prod", "start:dev")
FRONT_END = re.compile(
    r"\b(?:react-scripts|webpack(?:-dev-server)?|vue-cli-service|ng serve|ng build|gatsby|parcel|expo|mix|gulp)\b"
)
"""What scripts start or build a page by: the server is another one."""
SERVERS = frozenset("gunicorn uvicorn hypercorn waitress uwsgi daphne granian".split())
"""Packages whose command starts the server; one of them among the dependencies is enough."""

CHECK = Check(
    title_shown="A file says how the server starts",
    title_not_shown="How the server starts is not written down",
    looks_for="A start script, a container's command, a Procfile, or a server among the dependencies.",
    why="It is the first thing that a host asks for.",
    advice="Add a start script or a Procfile with the one command that starts the server.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="The repository holds one of these.",
    does_not_count="Prose in the README, scripts of a front end, compose files that start other services alone.",
    skills=("Deployment",),
)


def run(project: Project, operations: Operations, api: Api) -> Verdict:
    """Looks at manifests, containers and deployment files."""
    if not is_server(api):
        return not_applicable("There is no server of the candidate's own.")
    started = [item for item in operations.containers if item.fact.starts]
    started = [item for item in started if item.fact.kind != COMPOSE or item.fact.builds]
    places = [
        *evidence(started[:1], STARTS),
        *evidence(operations.deployments[:1], STARTS),
    ]
    for item in project.manifests:
        scripts = item.fact.scripts
        name = next((name for name in SCRIPTS if name in scripts and not FRONT_END.search(scripts[name])), None)
        server = next((one for one in item.fact.dependencies if one.name.lower() in SERVERS and not one.dev), None)
        if name:
            places.append(Evidence(path=item.path, line=1, end_line=1, note=f"the script {name}"))
        elif server:
            places.append(Evidence(path=item.path, line=server.line, end_line=server.line, note=server.name))
    if places:
        named = places[0].path if len(places) > 1 or places[0].note == STARTS else places[0].note
        return shown(f"The server is started by {named}.", places[:3])
    return not_shown("No start script, container command or Procfile was found.", confidence=LIKELY)
