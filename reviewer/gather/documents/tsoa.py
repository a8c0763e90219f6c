"""The settings of tsoa (tsoa.json): what it serves all routes below."""

from __future__ import annotations

import msgspec

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._trees import mapping
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts

BASE_PATH = "tsoa.ROUTES_BASE_PATH"
"""The constant by which the function that registers all routes knows it; that of the description says nothing of it."""
PREFIX_MOST = 200


def read_tsoa(source: str, base: FileFacts) -> FileFacts:
    """Keeps the path that the generated routes have before their own."""
    prefix = mapping(mapping(load_json(source).tree).get("routes")).get("basePath")
    if not isinstance(prefix, str) or not prefix.strip("/"):
        return base
    kept = Attribute(name=BASE_PATH, value=(f"/{prefix.strip('/')[:PREFIX_MOST]}",), line=1)
    return msgspec.structs.replace(base, constants=(*base.constants, kept))


TSOA = DocumentReader(name="tsoa", kinds=("tsoa",), read=read_tsoa)
