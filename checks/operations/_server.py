"""Whether there is a server that would be configured, started and deployed."""

from __future__ import annotations

from reviewer.model.facts.repository import Api, Operations, Project
from reviewer.model.finding import Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import not_applicable

PHP = "PHP"


def is_server(api: Api) -> bool:
    """Whether anything is served: endpoints, pages, operations of GraphQL, SOAP or gRPC."""
    return bool(api.endpoints or api.operations)


def without_server(api: Api, project: Project, operations: Operations) -> Verdict | None:
    """Why there is nothing to run here: no server, or an extension that its host runs. None where there is a server."""
    host = host_of(project, operations)
    if host:
        return not_applicable(f"It is an extension of {host}: the site that it is installed in is what runs.")
    return None if is_server(api) else not_applicable("There is no server of the candidate's own.")
