"""Settings that programs put into the paths of their routes: prefixes and versions, in ``.env``, JSON and YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts

TEXT_LIMIT = 100_000
KEEP_MOST = 100
DEPTH_MOST = 6
SPACE = "config."
"""What stands before the whole key: programs read such settings through an object of that name."""
LIKELY = re.compile(
    r"(?:prefix|path|root|base|version|route|url|uri)\w{0,20}[\"']?[ \t]*[:=][ \t]*[\"']?(?:/|v\d)", re.IGNORECASE
)
"""A file in which this is not found sets no path."""
KEY = re.compile(r"prefix|path|root|base|version|route|url|uri", re.IGNORECASE)
TREE_KEY = re.compile(r"prefix|version|root|route|(?:base|api|context).?(?:path|url|uri)$", re.IGNORECASE)
"""In settings for everything a bare ``path`` is that of a file or of a volume."""
VALUE = re.compile(r"/?(?:[\w-]{1,40}/){0,8}[\w-]{1,40}/?")
"""A path without a dot or a scheme: no file, no address of another host."""
VERSION = re.compile(r"v\d{1,3}")
LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,80})[ \t]*=[ \t]*[\"']?([^\s\"'#]{1,200})", re.MULTILINE)


def read_env_paths(source: str, base: FileFacts) -> FileFacts:
    """``API_PREFIX=/api/v1``."""
    text = source[:TEXT_LIMIT]
    found = ((item[1], item[2], text.count("\n", 0, item.start()) + 1) for item in LINE.finditer(text))
    return _kept(found if LIKELY.search(text) else iter(()), base)


def read_tree_paths(source: str, base: FileFacts) -> FileFacts:
    """``{"api": {"prefix": "/api/v1"}}``."""
    if len(source) > TEXT_LIMIT or not LIKELY.search(source):
        return base
    loaded = load_json(source) if base.kind == "json" else load_yaml(source)
    return _kept(((SPACE + key, value, 1) for key, value in _leaves(loaded.tree)), base, TREE_KEY)


def _leaves(tree: object) -> Iterator[tuple[str, str]]:
    """Every text in a tree of objects with the keys to it, joined by dots."""
    pending: list[tuple[str, object, int]] = [("", tree, 0)]
    while pending:
        key, value, depth = pending.pop()
        if isinstance(value, dict) and depth < DEPTH_MOST:
            pending.extend((f"{key}.{name}" if key else str(name), item, depth + 1) for name, item in value.items())
        elif isinstance(value, str) and key:
            yield str(key), str(value)


def _kept(found: Iterator[tuple[str, str, int]], base: FileFacts, keys: re.Pattern[str] = KEY) -> FileFacts:
    constants = [
        Attribute(name=key, value=(value,), line=line)
        for key, value, line in found
        if keys.search(key.rpartition(".")[2])
        and (VERSION.fullmatch(value) or (value.startswith("/") and VALUE.fullmatch(value)))
    ]
    if not constants:
        return base
    return msgspec.structs.replace(base, constants=(*base.constants, *constants[:KEEP_MOST]))


ENV_PATHS = DocumentReader("paths in the environment", ("env", "env-example"), read_env_paths, reads_generated=True)
TREE_PATHS = DocumentReader("paths in settings", ("json", "yaml"), read_tree_paths)
