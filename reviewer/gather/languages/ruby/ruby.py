"""Ruby: one parse, one walk.

Complexity is McCabe's as lizard counts it for Ruby (``if``, ``elsif``, ``while``, ``until``, ``for``, ``when``,
``rescue``, ``&&``, ``||``, ``and``, ``or``, ``? :``), with ``unless`` besides; what a block decides counts for the
method that it stands in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language as Grammar
from tree_sitter import Query, QueryCursor

from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse, parser
from reviewer.gather.languages.ruby import _calls, _classes, _expressions, _functions, _statements
from reviewer.gather.languages.ruby._walker import Handler, Walker
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

if TYPE_CHECKING:
    from tree_sitter import Node

GRAMMAR = "tree_sitter_ruby"
HANDLERS: dict[str, Handler] = {
    **_expressions.HANDLERS,
    **_calls.HANDLERS,
    **_functions.HANDLERS,
    **_classes.HANDLERS,
    **_statements.HANDLERS,
}


def read(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """One file as a module.

    Args:
        data: the file as UTF-8.
        kind: from `reviewer.gather.kinds`; all kinds of Ruby are alike.

    Raises:
        TooDeep: it nests deeper than the guard allows.
    """
    tree = parse(data, GRAMMAR)
    walker = Walker(HANDLERS, _heredocs(tree.root_node) if b"<<" in data else {})
    with bounded():
        walker.visit(tree.root_node)
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return module_of(walker, "Ruby", data, tree.root_node, line_counts(data.decode("utf-8", "replace")), methods)


@cache
def _heredoc_query() -> Query:
    grammar = parser(GRAMMAR).language
    assert isinstance(grammar, Grammar)
    return Query(grammar, "(heredoc_beginning) @begin (heredoc_body) @body")


def _heredocs(root: Node) -> dict[int, Node]:
    """The bodies of here-documents by the first byte of what begins each: bodies follow in the order of beginnings."""
    found = QueryCursor(_heredoc_query()).captures(root)
    begins = sorted(found.get("begin", []), key=lambda node: node.start_byte)
    bodies = sorted(found.get("body", []), key=lambda node: node.start_byte)
    return {begin.start_byte: body for begin, body in zip(begins, bodies, strict=False)}


def line_counts(text: str) -> tuple[int, int]:
    """Lines that hold code, and lines that hold a comment alone."""
    code, comments, inside = 0, 0, False
    for line in text.split("\n"):
        rest = line.strip()
        if line.startswith("=begin"):
            inside = True
        if inside or rest.startswith("#"):
            comments += 1
        elif rest:
            code += 1
        if line.startswith("=end"):
            inside = False
        elif rest == "__END__":
            break
    return code, comments


RUBY = Language(
    name="Ruby",
    kinds=("ruby",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
