"""Whether there is a server that would be configured, started and deployed."""

from __future__ import annotations

from reviewer.model.facts.repository import Api


def is_server(api: Api) -> bool:
    """Whether anything is served: endpoints, pages, operations of GraphQL, SOAP or gRPC."""
    return bool(api.endpoints or api.operations)
