"""Matches the requests that tests make to the endpoints that they hit, by method and path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from reviewer.gather.index import Index
from reviewer.model.facts.routing import Endpoint, Route
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Place, Ref

UNKNOWN = "\x00"
"""Stands for a part of a request's path that is only known when the test runs."""
NAMED = re.compile(r"(?:url_for|reverse|url_path_for):(.+)")
PATH_OF = "path_of:"
"""Begins the name of a path that the framework makes from a route's name (``users_path`` of Rails)."""
ACTION = "action:"
"""Begins the full name of a method that a test has called as if by a request (``get :index`` of Rails)."""
HOST = re.compile(r"https?://[^/]*")
PARAMETER = re.compile(r":\w+|\{[^{}/]+\}")
ELSEWHERE = "@"
"""Ends what a route is looked up by whose name is a constant of another file: that follows."""
API_BASE = re.compile(r"/(?:api(?:/|\Z))?(?:v\d{1,3}(?:/|\Z))?")
"""What many servers put before every route, in a setting that may not be readable."""
DASH = re.compile("-")
BASES = tuple(
    (Ref(name=key),) for key in ("server.servlet.context-path", "spring.webflux.base-path", "quarkus.http.root-path")
)
"""Settings that put a path before every route of a server, which requests inside its process go without."""
EVIDENCE_MOST = 3


def with_tests(
    endpoints: Iterable[Endpoint],
    index: Index,
    requests: Iterable[tuple[str, Request]],
    names: dict[str, set[Place]],
    paths: Mapping[str, str] | None = None,
) -> tuple[Endpoint, ...]:
    """The endpoints with the places of the tests that hit them.

    Args:
        endpoints: linked endpoints.
        index: all files, tests included, to look constants up.
        requests: (path of the test file, request).
        names: handler places by the name that frameworks give a route (``articles.get_article``, ``user-list``).
        paths: the path of each route by its own name, from `route_paths`.
    """
    declared = list(endpoints)
    bare = [_below_base(index, item) for item in declared]
    shorter = [msgspec.structs.replace(item, path=_without_base(item.path)) for item in declared]
    hits: dict[int, list[Place]] = {}
    for path, request in requests:
        target = _target(index, path, request, paths or {})
        found = _reached(declared, request.method, target, names) or _reached(bare, request.method, target, names)
        for number in found or _reached(shorter, request.method, _without_base(target), names):
            hits.setdefault(number, []).append(Place(path=path, line=request.line))
    return tuple(
        msgspec.structs.replace(item, tested=number in hits, tests=tuple(hits.get(number, ())[:EVIDENCE_MOST]))
        for number, item in enumerate(declared)
    )


def route_names(index: Index) -> dict[str, set[Place]]:
    """The names under which tests may ask for a route: its own, and its handler's, with and without its router's."""
    found: dict[str, set[Place]] = {}
    for path, facts in index.files.items():
        for route in facts.routing.routes if facts.routing else ():
            place = Place(path=path, line=route.line)
            for name in _names(route):
                found.setdefault(name, set()).add(place)
    return found


def route_paths(index: Index) -> dict[str, str]:
    """The path of each route that has a name of its own, as its file declares it."""
    return {
        route.name: index.text(path, route.path, unknown="{value}")
        for path, facts in sorted(index.files.items())
        for route in (facts.routing.routes if facts.routing else ())
        if route.name
    }


def _names(route: Route) -> Iterable[str]:
    if route.name:
        yield route.name
    handler = route.handler.rpartition(".")[2]
    if handler:
        yield handler


def _target(index: Index, path: str, request: Request, paths: Mapping[str, str]) -> str:
    for number, part in enumerate(request.path):
        if not isinstance(part, Ref):
            continue
        if part.name.endswith(ELSEWHERE):
            return f"{part.name.removesuffix(ELSEWHERE)}:{index.text(path, request.path[number + 1 :], UNKNOWN)}"
        if NAMED.match(part.name):
            return part.name
        if part.name.startswith(PATH_OF):
            return PARAMETER.sub(UNKNOWN, paths.get(part.name.removeprefix(PATH_OF), UNKNOWN))
        if part.name.startswith(ACTION):
            found = index.function(path, part.name.removeprefix(ACTION))
            return f"{ACTION}{found[0]}:{found[1].line}" if found else UNKNOWN
    return index.text(path, request.path, unknown=UNKNOWN)


def _below_base(index: Index, endpoint: Endpoint) -> Endpoint:
    """An endpoint without the path that the settings put before every route."""
    for setting in BASES:
        base = f"/{index.text(endpoint.file, setting).strip('/')}"
        if base != "/" and endpoint.path.startswith(f"{base}/"):
            return msgspec.structs.replace(endpoint, path=endpoint.path.removeprefix(base))
    return endpoint


def _without_base(path: str) -> str:
    """A path without ``/api`` and ``/v1`` before it; one of which that is all stays, as does what is no path."""
    bare = path.removeprefix("/") if path.startswith("/") else ""
    found = API_BASE.match(path) if bare else None
    rest = path[found.end() :] if found else ""
    return f"/{rest}" if rest else path


def _reached(declared: list[Endpoint], method: str, target: str, names: dict[str, set[Place]]) -> list[int]:
    """The numbers of the endpoints that a request reaches: ``/users/me`` itself rather than ``/users/{id}``."""
    found = {
        number: item.path.count("{")
        for number, item in enumerate(declared)
        if _same_method(item.method, method) and _hits(item, Place(path=item.file, line=item.line), target, names)
    }
    fewest = min(found.values(), default=0)
    return [number for number, parameters in found.items() if parameters == fewest or NAMED.match(target)]


def _same_method(declared: str, asked: str) -> bool:
    return declared == "ANY" or asked in ("ANY", "") or declared == asked.upper()


def _hits(endpoint: Endpoint, declared: Place, target: str, names: dict[str, set[Place]]) -> bool:
    named = NAMED.match(target)
    if named:
        name = named[1]
        keys = (name, name.rpartition(":")[2], name.rpartition(".")[2])
        return any(declared in names.get(key, ()) for key in keys) or _of_view_set(endpoint, declared, keys[1], names)
    if target.startswith(ACTION):
        handler = endpoint.handler
        return handler is not None and target == f"{ACTION}{handler.path}:{handler.line}"
    return same_path(endpoint.path, target)


def _of_view_set(endpoint: Endpoint, declared: Place, name: str, names: dict[str, set[Place]]) -> bool:
    """Whether a name is that of one endpoint of a view set: ``user-list``, ``user-detail``, ``user-set-password``.

    Where the view set names no base for them, it is its model's name: that of its path, mostly in the singular.
    """
    for dash in (item.start() for item in DASH.finditer(name)):
        base, action = name[:dash], name[dash + 1 :]
        if any(declared in names.get(form, ()) for form in (base, f"{base}s", f"{base}es", f"{base[:-1]}ies")):
            ending = endpoint.path.rpartition("/")[2]
            item = ending.startswith("{")
            asked = ending.replace("_", "-").lower() == action.replace("_", "-").lower()
            return item if action == "detail" else not item if action == "list" else asked
    return False


def same_path(declared: str, asked: str) -> bool:
    """Whether a request's path reaches a declared one.

    A declared parameter takes any one segment; an unknown segment of the request reaches parameters only. A request
    that begins with something unknown (a base URL) is compared from the end, by at least one known segment.
    """
    path = HOST.sub("", asked, count=1).partition("?")[0].partition("#")[0]
    wanted = [segment for segment in declared.split("/") if segment]
    given = [segment for segment in path.split("/") if segment]
    if path.startswith(UNKNOWN) and given:
        given = given[1:]
        if not given or len(given) > len(wanted) or all(UNKNOWN in segment for segment in given):
            return False
        wanted = wanted[-len(given) :]
    if len(wanted) != len(given):
        return False
    return all(_segment(left, right) for left, right in zip(wanted, given, strict=True))


def _segment(declared: str, given: str) -> bool:
    if "{" in declared:
        return True
    return UNKNOWN not in given and declared.lower() == given.lower()
