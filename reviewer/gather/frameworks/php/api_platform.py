"""API Platform: resources in attributes and annotations of classes; files of resources are documents of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.php._api_resources import (
    DASH,
    GRAPHQL,
    NAME,
    NAMING,
    TOKEN,
    Resource,
    routers_of,
    routes_of,
    segment,
)
from reviewer.gather.frameworks.php._api_said import PACKAGE, Said, resources_of
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Module
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation, Route, Router

PACKAGES = ("api-platform/core", "api-platform/symfony", "api-platform/laravel", "api-platform/api-pack")
STOCK_PREFIX = "api"
"""What the stock set-up puts before every path, in Symfony and in Laravel."""
CONFIG = re.compile(r"(?:^|(?<=/))(?:app/)?config/")
MAJOR = re.compile(r"\d+")
WITHOUT_PUT = 4
"""The version in which ``Put`` is no longer among the operations that nobody names."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the resources of a file."""
    if not module.imported(PACKAGE):
        return
    for owner in module.classes:
        said = Said(module, owner)
        resources = tuple(resources_of(said))
        kept.routers.extend(routers_of(resources))
        for resource in resources:
            kept.routes.extend(routes_of(resource))
        kept.operations.extend(_operations(said, owner, resources))


def _operations(said: Said, owner: Class, resources: tuple[Resource, ...]) -> Iterator[Operation]:
    """The operations of GraphQL that a resource lists."""
    name = resources[0].name if resources else owner.name
    for kind, given, line in said.graphql():
        field = name[:1].lower() + name[1:]
        yield Operation(kind=GRAPHQL[kind], name=f"{given}{name}" if given else field, file="", line=line)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of a route, without those that the version in use no longer adds by itself."""
    if route.generated and route.methods == ("PUT",) and _version(index, path) >= WITHOUT_PUT:
        return []
    return [Expansion(method=method) for method in route.methods]


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """The prefix that the nearest file of routes loads the resources below, or that of the stock set-up."""
    mounts = [
        (_program(place), place, mount.prefix)
        for place, facts in index.files.items()
        for mount in (facts.routing.mounts if facts.routing else ())
        if mount.framework == router.framework
    ]
    around = sorted((item for item in mounts if path.startswith(item[0])), key=lambda item: (len(item[0]), item[1]))
    if not around:
        return STOCK_PREFIX, ()
    _, place, prefix = around[-1]
    return index.text(place, prefix) + own, ()


def fill(index: Index, route: Route, path: str) -> str:  # noqa: ARG001
    """A path with the names of resources spelled out."""
    if "[" not in path:
        return path
    dashed = any(
        constant.name == NAMING and DASH in index.text(place, constant.value)
        for place, facts in index.files.items()
        for constant in facts.constants[:1]
    )
    return TOKEN.sub(lambda token: segment(token, dashed), path)


def _program(place: str) -> str:
    """The folder of the program that a file of its set-up belongs to: what stands before ``config``."""
    found = CONFIG.search(place)
    return place[: found.start()] if found else place.rpartition("/")[0]


def _version(index: Index, path: str) -> int:
    """The version of the manifest nearest above a file; 0 where none says it."""
    found = [
        (len(folder), int(number[0]))
        for place, facts in index.files.items()
        if path.startswith(folder := place.rpartition("/")[0])
        for number in _majors(facts)
    ]
    return max(found)[1] if found else 0


def _majors(facts: FileFacts) -> Iterator[re.Match[str]]:
    manifest = facts.document.manifest if facts.document else None
    for item in manifest.dependencies if manifest and manifest.ecosystem == "composer" else ():
        number = MAJOR.search(item.version or "") if item.name in PACKAGES else None
        if number:
            yield number


FRAMEWORK = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=PACKAGES,
    expand=expand,
    decides=True,
    settle=settle,
    fill=fill,
)
