"""API Blueprint: descriptions in Markdown whose headings name a path, a method, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._trees import with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import ApiDescription, Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

METHODS = r"GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
IN_BRACKETS = re.compile(rf"#{{1,6}}[^\[\]]{{0,300}}\[\s*((?:{METHODS})\b)?\s*(/[^\[\]\s]{{0,300}})?\s*\]\s*$")
BARE = re.compile(rf"#{{1,6}}\s+((?:{METHODS})\b)?\s*(/\S{{0,300}})?\s*$")
HOST = re.compile(r"HOST:\s*(\S{1,300})", re.IGNORECASE)
QUERY = re.compile(r"\{[?&#][^{}]{0,200}\}")
LINES_MOST = 20_000
OPERATIONS_MOST = 2_000


def read_blueprint(source: str, base: FileFacts) -> FileFacts:
    """The operations of a blueprint below the path of its host."""
    lines = source.split("\n", LINES_MOST)[:LINES_MOST]
    host = next((found[1] for line in lines[:20] if (found := HOST.match(line))), "")
    prefix = f"/{host.partition('://')[2].partition('/')[2]}".rstrip("/")
    operations = tuple(_operations(lines, prefix))[:OPERATIONS_MOST]
    return with_document(base, Document(api=ApiDescription(kind="blueprint", operations=operations, prefix=prefix)))


def _operations(lines: list[str], prefix: str) -> Iterator[Operation]:
    path = ""
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            continue
        found = IN_BRACKETS.match(line[:700]) or BARE.match(line[:700])
        if found is None or not (found[1] or found[2]):
            continue
        given = QUERY.sub("", found[2] or "")
        path = given or path
        if found[1] and path:
            full = f"{prefix}/{path.lstrip('/')}".rstrip("/") or "/"
            yield Operation(kind="operation", name=f"{found[1]} {full}", file="", line=number)


BLUEPRINT = DocumentReader("blueprint", ("blueprint",), read_blueprint)
