"""JavaScript, with JSX."""

from __future__ import annotations

from reviewer.gather.languages.node._ecma import read
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth


def parse(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """A JavaScript file; see `reviewer.gather.reader.Language`."""
    return read(data, "tree_sitter_javascript", "language", "JavaScript")


JAVASCRIPT = Language(
    name="JavaScript",
    kinds=("javascript",),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
