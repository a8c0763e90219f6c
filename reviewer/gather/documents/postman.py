"""Postman collections, format 2: the requests in them, as method and path."""

from __future__ import annotations

import re

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._trees import LineFinder, Tree, branches, mapping, sequence, text, with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import ApiDescription, Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

OPERATION_LIMIT = 2_000
TEXT_LIMIT = 500
HEAD_MARKS = ("schema.getpostman.com", '"_postman_id"')
VARIABLE = re.compile(r"\{\{([^{}]*)\}\}")
EXAMPLE_VALUE = re.compile(r"\d+|[0-9a-fA-F]{24}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CHECKS = re.compile(r"\bpm\.(?:test\(|expect\(|response\.to\b)|\btests\[")
"""What the scripts of a collection check answers by."""
ORIGIN = re.compile(r"(?:https?://)?(?:localhost|[\w-]+(?:\.[\w-]+)+|\d+(?:\.\d+){3})(?::\d+)?(?=/|$)|https?://[^/]*")


def looks_like_postman(head: str) -> bool:
    """Whether a text begins as a Postman collection."""
    return any(mark in head for mark in HEAD_MARKS)


def read_postman(source: str, base: FileFacts) -> FileFacts:
    """A collection: every request once by method and path, ids that stand as examples made parameters."""
    loaded = load_json(source)
    root = mapping(loaded.tree)
    if loaded.problem or "item" not in root:
        return with_document(base, Document(), loaded.problem)
    variables = {
        text(item.get("key")): text(item.get("value")) for item in map(mapping, sequence(root.get("variable")))
    }
    lines = LineFinder(source, '"item"')
    found: dict[str, Operation] = {}
    for item in branches(root.get("item")):
        request = mapping(item.get("request"))
        path = _path(request.get("url"), variables)
        if path and len(found) < OPERATION_LIMIT:
            name = f"{text(request.get('method')).upper() or 'GET'} {path}"
            found.setdefault(name, Operation(kind="operation", name=name, file="", line=lines.find('"request"')))
    checked = bool(CHECKS.search(source))
    described = ApiDescription(kind="postman", operations=tuple(found.values()), checked=checked)
    return with_document(base, Document(api=described))


def _path(url: Tree, variables: dict[str, str]) -> str:
    """The path of a request from the server root: without host and query, ``{{x}}`` and ``:x`` as ``{x}``."""
    return path_of_url((text(url) or text(mapping(url).get("raw")))[:TEXT_LIMIT].strip(), variables)


def path_of_url(raw: str, variables: dict[str, str]) -> str:
    """The path of an address, as it is written, that may begin with a variable; ``""`` of an empty one."""
    if not raw:
        return ""
    first = VARIABLE.match(raw)
    if first:
        raw = variables.get(first.group(1), "") + raw[first.end() :]
        again = VARIABLE.match(raw)
        raw = raw[again.end() :] if again else raw
    origin = ORIGIN.match(raw)
    path = (raw[origin.end() :] if origin else raw).partition("?")[0].partition("#")[0]
    parts = [_part(part) for part in path.split("/") if part]
    return "/" + "/".join(parts)


def _part(part: str) -> str:
    if part.startswith(":"):
        return "{" + part[1:] + "}"
    named = VARIABLE.sub(lambda found: "{" + found.group(1).strip() + "}", part)
    return "{id}" if EXAMPLE_VALUE.fullmatch(named) else named


POSTMAN = DocumentReader("postman", ("postman",), read_postman, reads_generated=True)
