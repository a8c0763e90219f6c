"""Java's deployment descriptor (web.xml): servlets by their paths, the prefixes of frameworks, who may ask for what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import AccessRule, Route, Router, Routing

SERVLETS = "Servlets"
WEB_APP = re.compile(r"<(?:\w{1,20}:)?web-app\b")
HEAD = 4_000
ROUTES_MOST = 500
CONTAINERS = (
    ("DispatcherServlet", "Spring MVC"),
    ("ServletContainer", "Jakarta REST"),
    ("HttpServletDispatcher", "Jakarta REST"),
    ("HttpServlet30Dispatcher", "Jakarta REST"),
    ("CXFNonSpringJaxrsServlet", "Jakarta REST"),
    ("CXFServlet", "Jakarta REST"),
    ("container.servlet.SpringServlet", "Jakarta REST"),
    ("rs.core.Application", "Jakarta REST"),
)
"""Servlets that hand requests on to a framework: what they are mapped to stands before its routes."""
REST_SETTINGS = re.compile(r"(?:javax|jakarta)\.ws\.rs\.|jersey\.config\.|com\.sun\.jersey\.|resteasy\.|jaxrs\.")
"""Settings that only a servlet of Jakarta REST takes, whatever its class is called."""
FOREIGN = ("org.", "com.sun.", "javax.", "jakarta.", "com.vaadin.", "net.sf.", "io.swagger.")
"""Where servlets of libraries lie."""


def read_web_xml(source: str, base: FileFacts) -> FileFacts:
    """A deployment descriptor; any other XML is left as it is."""
    if not WEB_APP.search(source, 0, HEAD):
        return base
    root, _ = load_xml(source)
    if root is None or root.tag != "web-app":
        return base
    routers, routes = [], []
    for name, kind, element in _servlets(root):
        container = _container(kind, element)
        for pattern in _patterns(root, name):
            if container is not None:
                prefix = pattern.removesuffix("*").rstrip("/") if pattern.endswith("/*") else ""
                routers.append(
                    Router(
                        symbol=name,
                        framework=container,
                        line=element.line,
                        root=True,
                        prefix=(prefix,) if prefix else (),
                    )
                )
            elif kind and not kind.startswith(FOREIGN):
                routes.append(_route(name, kind, pattern, element))
    if routes:
        routers.append(Router(symbol="web-app", framework=SERVLETS, line=root.line))
    found = Routing(routers=tuple(routers), routes=tuple(routes[:ROUTES_MOST]), rules=tuple(_rules(root)))
    return with_routing(base, found)


def _container(kind: str, element: Element) -> str | None:
    """The framework that a servlet hands requests on to."""
    for ending, framework in CONTAINERS:
        if kind.endswith(ending):
            return framework
    settings = (item.child_text("param-name") for item in element.all("init-param"))
    return "Jakarta REST" if any(REST_SETTINGS.match(name) for name in settings) else None


def _servlets(root: Element) -> Iterator[tuple[str, str, Element]]:
    """The name and class of every servlet; one that a container provides goes by its class alone."""
    declared = set()
    for item in root.all("servlet"):
        name = item.child_text("servlet-name")
        declared.add(name)
        yield name, item.child_text("servlet-class") or name, item
    for item in root.all("servlet-mapping"):
        name = item.child_text("servlet-name")
        if name not in declared and name.endswith("rs.core.Application"):
            yield name, name, item


def _patterns(root: Element, name: str) -> Iterator[str]:
    for item in root.all("servlet-mapping"):
        if item.child_text("servlet-name") == name:
            yield from (child.text.strip() for child in item.children if child.tag == "url-pattern")


def _route(name: str, kind: str, pattern: str, element: Element) -> Route:
    return Route(
        router="web-app",
        framework=SERVLETS,
        methods=(),
        path=(pattern if pattern.startswith("/") else f"/{pattern}",),
        line=element.line,
        end_line=element.line,
        handler=kind,
        name=name,
    )


def _rules(root: Element) -> Iterator[AccessRule]:
    for constraint in root.all("security-constraint"):
        guard = "auth-constraint" if constraint.child("auth-constraint") is not None else ""
        for collection in constraint.all("web-resource-collection"):
            methods = tuple(item.text.strip().upper() for item in collection.children if item.tag == "http-method")
            for item in collection.children:
                if item.tag == "url-pattern" and guard:
                    pattern = item.text.strip()
                    pattern = f"{pattern}*" if pattern.endswith("/*") else pattern
                    yield AccessRule(
                        framework=SERVLETS, pattern=(pattern,), line=item.line, guard=guard, methods=methods
                    )


WEB_XML = DocumentReader("web.xml", ("xml",), read_web_xml)
