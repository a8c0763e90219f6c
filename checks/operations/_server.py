"""Whether there is a server that would be configured, started and deployed."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import Api, Documents, Operations, Project
from reviewer.model.finding import Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import not_applicable

PHP = "PHP"
PACKAGE = ("setup.py", "setup.cfg")
"""Files at the root by which a Python package is published."""
ASIDE = re.compile(r"(?:.*/)?(?:tests?|examples?|samples?|demos?|sandbox|docs?|scripts|tools)/.*", re.IGNORECASE)
STARTED = re.compile(
    r"(?:.*/)?(?:manage|wsgi|asgi|app|application|main|server|run|start|api|serve|flaskr?|gunicorn[\w.]{0,20}|__main__)\.py"
    r"|(?:.*/)?(?:Dockerfile|Procfile|docker-compose\.ya?ml|compose\.ya?ml)",
    re.IGNORECASE,
)
"""Files that start an application."""


def is_server(api: Api) -> bool:
    """Whether anything is served: endpoints, pages, operations of GraphQL, SOAP or gRPC."""
    return bool(api.endpoints or api.operations)


def _is_package(api: Api, project: Project) -> bool:
    """Whether a Python package is published here that another application mounts: nothing starts it."""
    paths = [item.path for item in project.files if len(item.path) < 300]
    python = any(item.file.endswith(".py") for item in api.endpoints)
    started = (path for path in paths if not ASIDE.fullmatch(path))
    return python and any(path in PACKAGE for path in paths) and not any(STARTED.fullmatch(path) for path in started)


def without_server(api: Api, project: Project, operations: Operations) -> Verdict | None:
    """Why there is nothing to run here: no server, or an extension that its host runs. None where there is a server."""
    host = host_of(project, operations)
    if host:
        return not_applicable(f"It is an extension of {host}: the site that it is installed in is what runs.")
    if _is_package(api, project):
        return not_applicable("It is a package that other applications install: they are configured and run.")
    return None if is_server(api) else not_applicable("There is no server of the candidate's own.")


def is_hosted(documents: Documents) -> bool:
    """Whether the README or another document of the repository says where the application runs."""
    told = [at.fact for at in documents.readmes] + [at.fact.prose for at in documents.others if at.fact.prose]
    said = [claim.subject for claim in documents.claims] + [claim.subject for one in told for claim in one.claims]
    return "deployment" in said or any(one.hosted_line for one in told)
