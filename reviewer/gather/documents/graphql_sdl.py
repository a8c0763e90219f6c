"""GraphQL schemas in the schema definition language: the fields of their root types are the operations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

TEXT_LIMIT = 1_000_000
OPERATION_LIMIT = 2_000
ROOTS = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
OTHERS = frozenset({"schema", "interface", "input", "enum", "union", "scalar", "query", "mutation", "fragment"})
"""Words that begin something else than a root type."""
TOKEN = re.compile(r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|[A-Za-z_]\w*|[{}():@]')


def read_sdl(source: str, base: FileFacts) -> FileFacts:
    """A schema file; one with client operations alone keeps nothing."""
    tokens = list(_tokens(source[:TEXT_LIMIT]))
    operations = tuple(_fields(tokens, {**ROOTS, **_renamed(tokens)}))[:OPERATION_LIMIT]
    return msgspec.structs.replace(base, operations=operations)


def _tokens(source: str) -> Iterator[tuple[str, int]]:
    """Names and brackets with their lines; descriptions and comments are left out."""
    line, position = 1, 0
    for found in TOKEN.finditer(source):
        line += source.count("\n", position, found.start())
        position = found.start()
        if found.group()[0] not in '"#':
            yield found.group(), line


def _renamed(tokens: list[tuple[str, int]]) -> dict[str, str]:
    """Root types that ``schema { query: Root }`` names otherwise."""
    found: dict[str, str] = {}
    words = [word for word, _ in tokens]
    for start, word in enumerate(words):
        if word == "schema" and "{" in words[start : start + 12]:
            for name, colon, target in zip(words[start:], words[start + 1 :], words[start + 2 :], strict=False):
                if name == "}":
                    break
                if colon == ":" and name in ROOTS.values():
                    found[target] = name
    return found


def _fields(tokens: list[tuple[str, int]], roots: dict[str, str]) -> Iterator[Operation]:
    kind = ""
    depth = inner = 0
    for index, (word, line) in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if word == "type" and depth == 0:
            kind = roots.get(following, "")
        elif word in OTHERS and depth == 0:
            kind = ""
        elif word in "{}":
            depth = max(depth + (1 if word == "{" else -1), 0)
        elif word in "()":
            inner = max(inner + (1 if word == "(" else -1), 0)
        elif kind and depth == 1 and inner == 0 and following in ("(", ":") and tokens[index - 1][0] not in ("@", ":"):
            yield Operation(kind=kind, name=word, file="", line=line)


GRAPHQL = DocumentReader("graphql", ("graphql",), read_sdl, reads_generated=True)
