"""Which databases a file imports and connects to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.driver_table import MAPPED_DATABASES, ORM_CONNECTS, ORM_IMPORTS, driver_of
from reviewer.gather.data.names import data_use, database_of_text
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import Look, inside, last
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Import, Module, Text, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataUse, How

POOLS = re.compile(r"(?:create_?)?(?:[A-Z]\w*)?[pP]ool|create_pool|\w*ConnectionPool")
CALLED_PACKAGES = frozenset({"postgres", "knex", "pg-promise"})
"""Packages that are themselves the function that connects."""

FIRESTORE = frozenset({"admin.firestore", "firebase.firestore", "firestore.client"})


def imports(module: Module) -> Iterator[DataUse]:
    """Drivers and data layers by import."""
    for item in module.imports:
        name, full = item.module.removeprefix("node:"), _full(item, module.language)
        driver = driver_of(module.language, full) or driver_of(module.language, name)
        shown = [driver.database, driver.layer] if driver else []
        shown += [_layer(name) or _layer(full), MAPPED_DATABASES.get(name.split(".")[0].removeprefix("flask_"))]
        for found in dict.fromkeys(shown):
            if found:
                yield data_use(found, How.IMPORTED, item.line, item.module)


def connections(look: Look, kept: Kept) -> Iterator[DataUse]:
    """Calls that open a connection; those that open a pool leave a sign."""
    for call in look.module.calls:
        if call.last in BY_NAME or call.name in FIRESTORE:
            yield from _by_name(call, look)
        if not look.is_imported(call.name) and not look.imports(call.name.rpartition(".")[0]):
            continue
        origin = look.origin(call.name)
        driver = driver_of(look.module.language, origin)
        if driver is not None and (call.last in driver.connects or _is_default(call, look, origin)):
            if POOLS.fullmatch(call.last):
                add_sign(kept, look, SignKind.POOL, call, call.last)
            for found in (driver.database, driver.layer):
                if found:
                    yield data_use(found, How.CONNECTED, call.line, call.name)
        layer = _layer(origin)
        if layer and call.last in ORM_CONNECTS:
            yield data_use(layer, How.CONNECTED, call.line, call.name)
            yield from _at_url(call, look)
            if (mapped := MAPPED_DATABASES.get(origin.split(".")[0])) is not None:
                yield data_use(mapped, How.CONNECTED, call.line, call.name)


BY_NAME = frozenset({"resource", "client", "Table", "connect", "create_engine", "create_async_engine"})
"""Last parts of the calls that `_by_name` looks at."""


def _full(item: Import, language: str) -> str:
    module = item.module.removeprefix("node:")
    return f"{module}.{item.name}" if item.name and language == "Python" else module


def _layer(name: str) -> str | None:
    """The data layer of a module or of anything in it."""
    while name:
        if name in ORM_IMPORTS:
            return ORM_IMPORTS[name]
        name = max(name.rpartition(".")[0], name.rpartition("/")[0], key=len)
    return None


def _is_default(call: Call, look: Look, origin: str) -> bool:
    """A package that is itself called: ``new Redis()``, ``postgres(url)``, ``new Database("x.db")``."""
    return look.module.language != "Python" and "." not in call.name and (call.new or origin in CALLED_PACKAGES)


def _by_name(call: Call, look: Look) -> Iterator[DataUse]:
    """Connections that show by the call alone, whatever the import."""
    if call.last in ("resource", "client", "Table") and call.args and plain(call.args[0]) == "dynamodb":
        yield data_use("DynamoDB", How.CONNECTED, call.line, call.name)
    elif call.last == "connect" and last(call.name.rpartition(".")[0]) == "mongoose":
        yield data_use("MongoDB", How.CONNECTED, call.line, call.name)
    elif call.name in FIRESTORE:
        yield data_use("Firestore", How.CONNECTED, call.line, call.name)
    elif call.last in ("create_engine", "create_async_engine") and not look.is_imported(call.name):
        yield data_use("SQLAlchemy", How.CONNECTED, call.line, call.name)
        yield from _at_url(call, look)


def _at_url(call: Call, look: Look) -> Iterator[DataUse]:
    """The database that a URL among the arguments leads to, also through a name."""
    for arg in (*call.args[:2], *call.keywords.values()):
        for item in inside(look.value(arg, call.function)):
            if isinstance(item, Text) and (database := database_of_text(item)):
                yield data_use(database, How.CONNECTED, call.line, call.name)
                return
