"""Symfony's routes in XML: ``<route id="blog" path="/blog" methods="GET" controller="..."/>`` and what is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.documents.yaml_routes import (
    PARAMETER,
    SYMFONY,
    SYMFONY_TABLE,
    TEMPLATES,
    child_of,
    handler_of,
)
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Mount, Route, Router, Routing

ROUTES = re.compile(r"<routes\b[^>]{0,400}symfony\.com")
HEAD = 4_000
ROUTES_MOST = 500
SEPARATORS = re.compile(r"[|,\s]+")


def read_symfony_xml(source: str, base: FileFacts) -> FileFacts:
    """A file of routes; any other XML is left as it is."""
    if not ROUTES.search(source, 0, HEAD):
        return base
    root, _ = load_xml(source)
    if root is None or root.tag != "routes":
        return base
    routes = tuple(route for item in [*root.all("route")][:ROUTES_MOST] for route in _route(item))
    mounts = tuple(mount for item in [*root.all("import")][:ROUTES_MOST] for mount in _mount(item))
    routers = (Router(symbol=SYMFONY_TABLE, framework=SYMFONY, line=root.line),) if routes or mounts else ()
    return with_routing(base, Routing(routers=routers, routes=routes, mounts=mounts))


def _route(item: Element) -> Iterator[Route]:
    path = item.attributes.get("path") or item.attributes.get("pattern") or ""
    controller = item.attributes.get("controller") or _said(item, "default", "_controller")
    if not path.startswith("/") or not controller:
        return
    methods = item.attributes.get("methods") or _said(item, "requirement", "_method")
    yield Route(
        router=SYMFONY_TABLE,
        framework=SYMFONY,
        methods=tuple(part.upper() for part in SEPARATORS.split(methods[:100]) if part) or ("ANY",),
        path=(PARAMETER.sub(r"{\1}", path),),
        line=item.line,
        end_line=item.line,
        handler=handler_of(controller),
        page=bool(TEMPLATES.search(controller)),
        name=item.attributes.get("id", ""),
    )


def _said(item: Element, tag: str, key: str) -> str:
    return next((inner.text.strip() for inner in item.all(tag) if inner.attributes.get("key") == key), "")


def _mount(item: Element) -> Iterator[Mount]:
    resource, prefix = item.attributes.get("resource", ""), item.attributes.get("prefix", "")
    if resource:
        child = child_of(resource, item.attributes.get("type", ""))
        value = (prefix,) if prefix else ()
        yield Mount(parent=SYMFONY_TABLE, child=child, framework=SYMFONY, line=item.line, prefix=value)


SYMFONY_XML = DocumentReader("Symfony's routes in XML", ("xml",), read_symfony_xml)
