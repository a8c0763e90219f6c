"""Which databases a file imports and connects to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reviewer.gather.data.driver_table import KNOWN_MOST, MAPPED_DATABASES, ORM_CONNECTS, ORM_IMPORTS, driver_of
from reviewer.gather.data.driver_table_more import BY_NAME, TYPED_LANGUAGES, TYPES
from reviewer.gather.data.driver_types import Driver
from reviewer.gather.data.names import data_use, database_of_text
from reviewer.gather.data.queries import ECMA_LANGUAGES, add_sign
from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Import, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataUse, How

POOLS = re.compile(r"(?:create_?)?(?:[A-Z]\w*)?[pP]ool|create_pool|\w*ConnectionPool")
WITHOUT_SQL = frozenset({"Redis", "HBase", "MongoDB"})
"""Stores whose pools say nothing of how SQL is sent."""
FAULTS = re.compile(r"(?:Error|Exception|Warning|Violation|\berrors|\berrorcodes|\bexceptions)$")
"""What is imported of a driver to tell its faults apart, whoever sends the statements."""
CALLED_PACKAGES = frozenset({"postgres", "knex", "pg-promise"})
"""Packages that are themselves the function that connects."""

GROUPS = {"Java": "JVM", "Kotlin": "JVM"}
TYPE_HEAD = re.compile(r"^(?:[*&\[\]]|readonly |final |private |public |static |val |var )*")
FIRESTORE = frozenset({"admin.firestore", "firebase.firestore", "firestore.client"})


def shown_drivers(look: Look) -> set[Driver]:
    """The drivers that a file imports or opens a connection by."""
    language = look.module.language
    names = [_full(item, language) for item in look.module.imports if not FAULTS.search(item.name or item.module)]
    found = {driver for name in names if (driver := driver_of(language, name)) is not None}
    table = _by_own_names(look.module)
    for call in look.module.calls if table else ():
        found.update(Driver(*table[key]) for key in _keys(call, look) if key in table)
    return {Driver(driver.database, driver.layer) for driver in found}


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
    yield from _named(look)
    for call in look.module.calls:
        if call.last in CONNECTING or call.name in FIRESTORE:
            yield from _by_name(call, look)
        if not look.is_imported(call.name) and not look.imports(call.name.rpartition(".")[0]):
            continue
        origin = look.origin(call.name)
        driver = driver_of(look.module.language, origin)
        if driver is not None and (call.last in driver.connects or _is_default(call, look, origin)):
            if POOLS.fullmatch(call.last) and driver.database not in WITHOUT_SQL:
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


def _plugged(call: Call, look: Look) -> Iterator[DataUse]:
    """Plug-ins that connect: ``fastify.register(require("@fastify/postgres"), options)``, hapi's in a list."""
    for item in inside(*call.args[:1]):
        plugin = driver_of(look.module.language, look.origin(item.dotted)) if isinstance(item, Name) else None
        if plugin is not None and "register" in plugin.connects:
            for found in (plugin.database, plugin.layer):
                if found:
                    yield data_use(found, How.CONNECTED, call.line, call.name)


CONNECTING = frozenset({"register", "resource", "client", "Table", "connect", "create_engine", "create_async_engine"})
"""Last parts of the calls that `_by_name` looks at."""


def _full(item: Import, language: str) -> str:
    module = item.module.removeprefix("node:")
    named = item.name and item.name != "*" and language in ("Python", "Java", "Kotlin")
    return f"{module}.{item.name}".strip(".") if named else module


def held(module: Module) -> Iterator[DataUse]:
    """Fields, parameters and base classes of types that hold an open connection."""
    if module.language not in TYPED_LANGUAGES:
        return
    seen: set[str] = set()
    places = [(item.type, item.line) for item in module.assignments if item.type and item.function == -1]
    places += [(item.type, function.line) for function in module.functions for item in function.parameters]
    places += [(dotted(getattr(base, "callee", base)), item.line) for item in module.classes for base in item.bases]
    for name, line in places:
        word = TYPE_HEAD.sub("", name[:200]).partition("<")[0].rstrip("?! ")
        if word in TYPES and word not in seen:
            seen.add(word)
            yield from (data_use(shown, How.CONNECTED, line, word) for shown in TYPES[word] if shown)


def _by_own_names(module: Module) -> dict[str, tuple[str | None, str | None]]:
    """Database and data layer by the name of a call, for a language."""
    return BY_NAME.get(GROUPS.get(module.language, module.language), {})


def _named(look: Look) -> Iterator[DataUse]:
    """Connections that a language opens by calls of its own names."""
    table = _by_own_names(look.module)
    for call in look.module.calls if table else ():
        shown = next((table[key] for key in _keys(call, look) if key in table), None)
        if shown is not None:
            yield from (data_use(name, How.CONNECTED, call.line, call.name) for name in shown if name)
            yield from _at_url(call, look)


def _keys(call: Call, look: Look) -> Iterator[str]:
    """The names that a call may stand under in a table: as written and as imported, whole and by its last parts."""
    new = "new " if call.new and call.last != "new" else ""
    for name in dict.fromkeys((call.name, look.origin(call.name))):
        parts = name.split(".")
        for length in range(min(len(parts), 4), 0, -1):
            yield new + ".".join(parts[-length:])


@lru_cache(maxsize=KNOWN_MOST)
def _layer(name: str) -> str | None:
    """The data layer of a module or of anything in it."""
    while name:
        if name in ORM_IMPORTS:
            return ORM_IMPORTS[name]
        name = max(name.rpartition(".")[0], name.rpartition("/")[0], key=len)
    return None


def _is_default(call: Call, look: Look, origin: str) -> bool:
    """A package that is itself called: ``new Redis()``, ``postgres(url)``, ``new Database("x.db")``."""
    return look.module.language in ECMA_LANGUAGES and "." not in call.name and (call.new or origin in CALLED_PACKAGES)


def _by_name(call: Call, look: Look) -> Iterator[DataUse]:
    """Connections that show by the call alone, whatever the import."""
    if call.last in ("resource", "client", "Table") and call.args and plain(call.args[0]) == "dynamodb":
        yield data_use("DynamoDB", How.CONNECTED, call.line, call.name)
    elif call.last == "register":
        yield from _plugged(call, look)
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
