"""The stores that Flask's extensions for caches, sessions and limits are told to use by their settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.look import look_at
from reviewer.gather.objects import objects
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Expr, Module, Number, Text, plain
from reviewer.model.facts.data import DataUse, How

MARKS = ("CACHE_TYPE", "CACHE_REDIS", "CACHE_MEMCACHED", "SESSION_TYPE", "SESSION_REDIS", "SESSION_MEMCACHED")
TYPES = frozenset({"CACHE_TYPE", "SESSION_TYPE"})
"""Settings whose value names the store."""
ADDRESS = re.compile(r"(?:CACHE|SESSION)_(REDIS|MEMCACHED)(?:_(?:HOST|URL|PORT|DB|PASSWORD|SERVERS|SENTINELS))?")
"""Settings that only one store has."""
STORE = re.compile(r"(?:flask_caching\.backends\.)?(?:sasl)?(redis|memcached)\w{0,20}", re.IGNORECASE)
STORES = {"redis": "Redis", "memcached": "Memcached"}
TARGET = re.compile(r"(?:[\w.]*\[[\"'])?(\w+)(?:[\"']\])?")
"""A name, or a key of a mapping: ``app.config["CACHE_TYPE"]``."""


def read(module: Module, kept: Kept) -> None:
    """Each store once, where the first setting names it."""
    if not any(mark in module.text for mark in MARKS):
        return
    known = {(use.name, use.how) for use in kept.data}
    for key, value in _settings(module):
        use = _use(key, value)
        if use is not None and (use.name, use.how) not in known:
            known.add((use.name, use.how))
            kept.data.append(use)


def _settings(module: Module) -> Iterator[tuple[str, Expr]]:
    """Settings as constants, entries of a mapping and keywords of a call (``config.from_mapping(CACHE_TYPE=...)``)."""
    for item in module.assignments:
        found = TARGET.fullmatch(item.target[:200])
        if found and item.value is not None:
            yield found[1], item.value
    for mapping, _, _ in objects(look_at(module)):
        yield from pairs_of(mapping)
    for call in module.calls:
        yield from call.keywords.items()


def _use(key: str, value: Expr) -> DataUse | None:
    if key in TYPES:
        texts = (plain(item) or "" for item in inside(value) if isinstance(item, Text))
        named = next((found for text in texts if (found := STORE.fullmatch(text[:80]))), None)
    else:
        named = None if _is_none(value) else ADDRESS.fullmatch(key)
    return data_use(STORES[named[1].lower()], How.CONFIGURED, value.line, key) if named else None


def _is_none(value: Expr) -> bool:
    return isinstance(value, Number) and value.text == "None"


FLASK_STORES = Reader(name="Flask stores", languages=("Python",), read=read)
