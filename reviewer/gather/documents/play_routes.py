"""Play's routes files (``conf/routes``): a method, a path and the call that answers, one route a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

PLAY = "Play"
LINE_LIMIT = 1_000
ROUTES_MOST = 2_000
ROUTE = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(/\S{0,300})[ \t]+@?([\w.$]{1,300})[ \t]*(?:\(|$)")
PART = re.compile(r"[:*](\w+)|\$(\w+)<[^<>/]*>")
LIBRARIES = ("controllers.Assets.", "controllers.ExternalAssets.", "controllers.Default.", "Assets.")
"""Controllers that come with the framework."""
ROUTER = "routes"


def read_play_routes(source: str, base: FileFacts) -> FileFacts:
    """The routes of a file, with the methods of controllers that they lead to."""
    routes = tuple(item for item, _ in zip(_routes(source), range(ROUTES_MOST), strict=False))
    if not routes:
        return base
    router = Router(symbol=ROUTER, framework=PLAY, line=routes[0].line)
    return with_routing(base, Routing(routers=(router,), routes=routes))


def _routes(source: str) -> Iterator[Route]:
    for number, line in enumerate(source.split("\n"), start=1):
        found = ROUTE.match(line[:LINE_LIMIT].strip())
        if found:
            method, path, call = found.groups()
            yield Route(
                router=ROUTER,
                framework=PLAY,
                methods=(method,),
                path=(PART.sub(lambda part: f"{{{part[1] or part[2]}}}", path),),
                line=number,
                end_line=number,
                handler=call,
                implicit=call.startswith(LIBRARIES),
            )


PLAY_ROUTES = DocumentReader("Play routes", ("play-routes",), read_play_routes)
