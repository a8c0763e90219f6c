"""Express: routes on applications and routers, their mounts, and functions that are given an application."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.frameworks.node._dialects import CONTEXT_HANDLER, EXPRESS, FASTIFY_OPTIONS, METHODS, Dialect
from reviewer.gather.frameworks.node._express_reading import PLACES, Reading, reading_of
from reviewer.gather.frameworks.node._express_routes import pages_of, read_route
from reviewer.gather.frameworks.node._express_tables import read_table, tables
from reviewer.gather.frameworks.node._express_use import read_apollo, read_given, read_use
from reviewer.gather.frameworks.node._folders import SOMEWHERE, loads_by_name
from reviewer.gather.frameworks.node._globs import functions_that_load
from reviewer.gather.frameworks.node._keyed import lists
from reviewer.gather.frameworks.node._made_routers import written_out
from reviewer.gather.frameworks.node._route_objects import UNTOLD
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.routing import Mount

TABLES = re.compile(r"\bmethod['\"]?\s*:")
MARKS = re.compile(r"\b(?:express|app|[rR]outer|routes?|render|sendFile|method)\b")
"""Without one of these words there is nothing of Express in a file."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routers, routes and mounts of a file, and the functions that answer with pages."""
    others = CONTEXT_HANDLER.search(module.text) or FASTIFY_OPTIONS.search(module.text)
    if MARKS.search(module.text) and (not others or module.imported("express")):
        keep(module, kept, EXPRESS)


def keep(module: Module, kept: Kept, dialect: Dialect) -> None:
    """The same for any framework whose calls mean what those of Express do."""
    module = written_out(module, dialect)
    reading = reading_of(module, dialect)
    for call in module.calls:
        for round_ in reading.loops.rounds(call) if call.last in PLACES else (call,):
            _read_call(reading, round_)
    if reading.routes or reading.mounts or reading.routers.found:
        told = reading.routes or reading.routers.created or module.imported(dialect.name.lower())
        found = reading.routers.found.values()
        kept.routers.extend(found if told else (replace(item, framework=UNTOLD) for item in found))
        kept.routes.extend(sorted(reading.routes, key=lambda item: item.line))
        kept.mounts.extend(reading.routers.mounts)
        kept.mounts.extend(reading.mounts)
        kept.constants.extend(reading.constants)
    kept.mounts.extend(lists(module))
    listed = [] if module.imported(*dialect.others) or not TABLES.search(module.text) else list(tables(module))
    for router, routes in listed:
        if not any(item.symbol == router.symbol for item in kept.routers):
            kept.routers.append(router)
            kept.routes.extend(routes)
    if not any(mount.folder for mount in reading.mounts):
        kept.mounts.extend(_loaded(reading))
    loading = None if module.imported(*dialect.others) else loads_by_name(module)
    if loading is not None and not any(mount.folder for mount in kept.mounts):
        kept.mounts.append(Mount(parent="", child="", framework=dialect.name, line=loading.line, folder=SOMEWHERE))
    kept.views.extend(pages_of(reading))


def _loaded(reading: Reading) -> Iterator[Mount]:
    """Functions that put the files of a folder on a router which they give back."""
    for function, folder in functions_that_load(reading).items():
        symbol = reading.routers.function_symbol(function)
        if symbol and any(item.function == function for item in reading.module.returns):
            line = reading.module.functions[function].line
            yield Mount(parent=symbol, child="", framework=reading.routers.dialect.name, line=line, folder=folder)


def _read_call(reading: Reading, call: Call) -> None:
    if call.last in PLACES and call.last != "route":
        receiver = reading.receiver(call)
        if receiver is not None and call.last in METHODS:
            read_route(reading, call, receiver)
        elif receiver is not None:
            read_use(reading, call, receiver)
    elif call.last == "applyMiddleware":
        read_apollo(reading, call)
    else:
        read_given(reading, call)
        read_table(reading, call)


FRAMEWORK = Framework(
    name=EXPRESS.name,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("express",),
    by_mount=True,
)
