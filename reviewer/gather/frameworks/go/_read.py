"""Reads the routes of one Go file once for all frameworks, and hands each framework its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.frameworks.go._default_mux import DEFAULT_MUX, served_here
from reviewer.gather.frameworks.go._dialects import DIALECT_OF, GENERIC, bare_module
from reviewer.gather.frameworks.go._dispatch import method_views
from reviewer.gather.frameworks.go._expand import expand
from reviewer.gather.frameworks.go._handlers import page_functions, page_views
from reviewer.gather.frameworks.go._lists import PART, TABLE
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._patterns import with_patterns
from reviewer.gather.frameworks.go._reading import Reading
from reviewer.gather.frameworks.go._symbols import NET_HTTP
from reviewer.gather.frameworks.go._tables import tables
from reviewer.gather.look import look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Module
from reviewer.model.facts.routing import Mount, Route, Router, View

COMPOSES = re.compile(
    r"^func main\(|\.(?:Group|Party)\(|\bgin\b|\bRouter\b|\.Register\w+Handler"
    r"|\[\][\w.]{0,60}(?:Route|Rota|Endpoint)s?\b|\bappend\([\w.]{1,60}, [\w.]{0,60}(?:Route|Rota|Endpoint)\w{0,20}\{"
    r"|^[ \t]*[\w.]+\.(?:GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|Any|All|Handle|HandleFunc)\([ \t]*[\"\w]",
    re.MULTILINE,
)
"""What a file has that hands routers around, or declares routes on one, without importing their framework."""


@dataclass(slots=True)
class Read:
    """What one file declares, of all frameworks together."""

    routers: list[Router] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    views: list[View] = field(default_factory=list)


_latest: list[tuple[Module, Read]] = []


def read_all(module: Module) -> Read:
    """The routing of a module; the frameworks are given the same module one after another and share it."""
    if not (_latest and _latest[0][0] is module):
        _latest[:] = [(module, _read(module))]
    return _latest[0][1]


def _read(module: Module) -> Read:
    if not (any(bare_module(item.module) in DIALECT_OF for item in module.imports) or COMPOSES.search(module.text)):
        return Read()
    module = with_patterns(module)
    look = look_at(module)
    reading = Reading(GoNames(look))
    reading.run()
    routers = reading.routers
    found = Read(routers=[], routes=reading.routes.routes, mounts=routers.mounts)
    own = [item for item in routers.own_frameworks if item is not NET_HTTP]
    first = own[0] if own else GENERIC
    for router, rows in tables(module, reading.names, first):
        routers.found.setdefault(router.symbol, router)
        found.routes.extend(rows)
        if PART in router.symbol:
            routers.mount(f"{router.symbol.rpartition(PART)[0]}{TABLE}", router.symbol, (), router.line)
    used = {item.router for item in found.routes}
    used |= {name for mount in found.mounts for name in (mount.parent, mount.child)}
    found.routers = [
        item
        for item in routers.found.values()
        if (item.root and item.symbol != DEFAULT_MUX)
        or item.symbol in used
        or "." in item.symbol
        or item.symbol.endswith(TABLE)
    ]
    found.routes.sort(key=lambda item: item.line)
    _disclaim(found)
    found.views = [*method_views(module), *page_views(module, page_functions(module))]
    return found


def _disclaim(found: Read) -> None:
    """A library's handlers alone on the default mux (metrics, profiles) are no use of net/http as a framework."""
    if any(item.router == DEFAULT_MUX and not item.implicit for item in found.routes):
        return
    for at, route in enumerate(found.routes):
        if route.router == DEFAULT_MUX:
            found.routes[at] = msgspec.structs.replace(route, framework=GENERIC.name)
    for at, router in enumerate(found.routers):
        if router.symbol == DEFAULT_MUX:
            found.routers[at] = msgspec.structs.replace(router, framework=GENERIC.name)


def reader_of(name: str) -> Callable[[Module, Kept], None]:
    """The reader of one framework: what it declares of all that a file declares."""

    def read(module: Module, kept: Kept) -> None:
        found = read_all(module)
        kept.routers.extend(item for item in found.routers if item.framework == name)
        kept.routes.extend(item for item in found.routes if item.framework == name)
        kept.mounts.extend(item for item in found.mounts if item.framework == name)
        if name == NET_HTTP.name:
            kept.routers.extend(item for item in found.routers if item.framework == GENERIC.name)
            kept.routes.extend(item for item in found.routes if item.framework == GENERIC.name)
            kept.mounts.extend(item for item in found.mounts if item.framework == GENERIC.name)
            kept.views.extend(found.views)
            kept.constants.extend(served_here(module))

    return read


def framework(name: str, *packages: str) -> Framework:
    """A framework whose routes are declared by calls on routers.

    Args:
        name: as in `reviewer.gather.frameworks.go._dialects`.
        packages: what go.mod calls it.
    """
    return Framework(
        name=name,
        languages=("Go",),
        read=reader_of(name),
        packages=packages,
        expand=expand,
        decides=name == NET_HTTP.name,
    )
