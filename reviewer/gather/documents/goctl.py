"""go-zero's API files: services with their routes, from which its server code is generated."""

from __future__ import annotations

import re

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

FRAMEWORK = "go-zero"
LINES_MOST = 20_000
ROUTES_MOST = 1_000
SERVICE = re.compile(r"\s*service\s+([\w-]+)\s*\{?")
SETTING = re.compile(r"\s*(\w+)\s*:\s*\"?([^\s\"]{1,200})")
HANDLER = re.compile(r"\s*@handler\s+(\w+)")
ROUTE = re.compile(r"\s*(get|post|put|patch|delete|head|options)\s+(/\S{0,200})", re.IGNORECASE)
PARAMETER = re.compile(r":(\w+)")


def read_api(source: str, base: FileFacts) -> FileFacts:
    """The routes of every service, below the prefix of the ``@server`` block before it."""
    routers: list[Router] = []
    routes: list[Route] = []
    settings: dict[str, str] = {}
    inside, service, handler = False, "", ""
    for number, line in enumerate(source.split("\n", LINES_MOST)[:LINES_MOST], 1):
        text = line.partition("//")[0] if "http://" not in line else line
        if text.lstrip().startswith("@server"):
            settings, inside = {}, ")" not in text
        elif inside:
            found = SETTING.match(text[:400])
            if found:
                settings[found[1].lower()] = found[2]
            inside = ")" not in text
        elif found := SERVICE.match(text[:200]):
            service = f"{found[1]}@{number}"
            prefix = settings.get("prefix", "")
            guards = tuple(f"{key} {settings[key]}" for key in ("jwt", "middleware") if key in settings)
            routers.append(
                Router(
                    symbol=service, framework=FRAMEWORK, line=number, prefix=(prefix,) if prefix else (), guards=guards
                )
            )
        elif found := HANDLER.match(text[:200]):
            handler = found[1]
        elif (found := ROUTE.match(text[:400])) and service:
            routes.append(_route(service, found, number, handler))
        elif text.startswith("}"):
            service, settings = "", {}
    return with_routing(base, Routing(routers=tuple(routers), routes=tuple(routes[:ROUTES_MOST])))


def _route(service: str, found: re.Match[str], line: int, handler: str) -> Route:
    path = PARAMETER.sub(r"{\1}", found[2].partition("(")[0])
    return Route(
        router=service, framework=FRAMEWORK, methods=(found[1].upper(),), path=(path,), line=line, end_line=line,
        name=handler,
    )  # fmt: skip


GOCTL = DocumentReader("go-zero API files", ("goctl",), read_api)
