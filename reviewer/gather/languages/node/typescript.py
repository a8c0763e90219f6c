"""TypeScript, with and without JSX."""

from __future__ import annotations

from reviewer.gather.languages.node._ecma import read
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

GRAMMARS = {"typescript": "language_typescript", "tsx": "language_tsx"}


def parse(data: bytes, kind: str) -> Module:
    """A TypeScript file; see `reviewer.gather.reader.Language`."""
    return read(data, "tree_sitter_typescript", GRAMMARS[kind], "TypeScript")


TYPESCRIPT = Language(
    name="TypeScript",
    kinds=("typescript", "tsx"),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
