"""OpenAPI 2 and 3, as YAML or JSON, to the operations that they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._trees import LineFinder, Loaded, Tree, line_of, mapping, sequence, text, with_document
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import ApiDescription, Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
OPERATION_LIMIT = 2_000
TEXT_LIMIT = 500
SERVER_VARIABLE = re.compile(r"\{(\w+)\}")
HEAD = re.compile(r"^[ \t{]*[\"']?(openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?[123]", re.MULTILINE)


def looks_like_openapi(head: str) -> bool:
    """Whether a text begins as an OpenAPI description, by its version line."""
    return HEAD.search(head) is not None


def read_openapi(source: str, base: FileFacts) -> FileFacts:
    """An OpenAPI file. One that merely has such a name (a fragment, a configuration) keeps nothing."""
    is_json = source.lstrip().startswith("{")
    loaded: Loaded = load_json(source) if is_json else load_yaml(source)
    root = mapping(loaded.tree)
    if loaded.problem or not ("openapi" in root or "swagger" in root):
        return with_document(base, Document(), loaded.problem)
    kind = "openapi" if "openapi" in root else "swagger"
    lines = LineFinder(source, '"paths"') if is_json else None
    prefix = prefix_of(root)
    operations = tuple(_operations(root, prefix, lines))[:OPERATION_LIMIT]
    described = ApiDescription(kind=kind, operations=operations, prefix=prefix, elsewhere=_is_elsewhere(root))
    return with_document(base, Document(api=described))


def _is_elsewhere(root: dict[str, Tree]) -> bool:
    """Whether the paths, or what is served at one of them, are kept in another file."""
    paths = mapping(root.get("paths"))
    found = [paths, *(mapping(item) for item in paths.values())]
    refs = [text(item.get("$ref")) for item in found]
    return any(ref and not ref.startswith("#") for ref in refs)


def prefix_of(root: dict[str, Tree]) -> str:
    """The path that every operation is served below: the first server's, or ``basePath``; ``""`` for the root."""
    if "swagger" in root:
        return text(root.get("basePath")).rstrip("/")
    server = mapping(next(iter(sequence(root.get("servers"))), None))
    variables = mapping(server.get("variables"))
    url = SERVER_VARIABLE.sub(
        lambda found: text(mapping(variables.get(found.group(1))).get("default")), text(server.get("url"))[:TEXT_LIMIT]
    )
    path = url.partition("://")[2].partition("/")[2] if "://" in url else url.lstrip("/")
    return f"/{path}".rstrip("/")


def _operations(root: dict[str, Tree], prefix: str, lines: LineFinder | None) -> Iterator[Operation]:
    for path, item in mapping(root.get("paths")).items():
        if lines:
            lines.find(path)
        full = f"{prefix}/{path.lstrip('/')}"[:TEXT_LIMIT]
        full = full.rstrip("/") or "/"
        for method, declared in mapping(item).items():
            if method.lower() in METHODS:
                line = lines.find(method) if lines else line_of(method)
                symbol = text(mapping(declared).get("operationId"))[:TEXT_LIMIT]
                yield Operation(kind="operation", name=f"{method.upper()} {full}", file="", line=line, symbol=symbol)


OPENAPI = DocumentReader("openapi", ("openapi",), read_openapi, reads_generated=True)
