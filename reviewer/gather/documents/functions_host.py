"""The settings of Azure's host of functions (host.json): what it serves all of them below."""

from __future__ import annotations

import msgspec

from reviewer.gather.documents._json import load_json
from reviewer.gather.frameworks.dotnet.functions import HOST_PREFIX
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts

WAYS = (("extensions", "http", "routePrefix"), ("http", "routePrefix"))
"""Where the prefix stands, in the newer and in the first form."""
PREFIX_MOST = 200


def read_functions_host(source: str, base: FileFacts) -> FileFacts:
    """Keeps the prefix that is given; an empty one stands as ``/``."""
    tree = load_json(source).tree
    for way in WAYS:
        value: object = tree
        for key in way:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            prefix = "/" + value.strip("/")[:PREFIX_MOST]
            kept = Attribute(name=HOST_PREFIX, value=(prefix,), line=1)
            return msgspec.structs.replace(base, constants=(*base.constants, kept))
    return base


FUNCTIONS_HOST = DocumentReader(name="Azure's host of functions", kinds=("functions-host",), read=read_functions_host)
