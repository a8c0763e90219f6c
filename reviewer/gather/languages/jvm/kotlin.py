"""Kotlin: one parse, one walk.

Complexity is McCabe's as lizard counts it: one, and one more for each ``if``, loop, ``catch``, ``when`` entry with a
condition, ``&&``, ``||`` and ``?:``; what lambdas decide counts into the function around them.
"""

from __future__ import annotations

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse as parse_tree
from reviewer.gather.languages.jvm import (
    _kotlin_calls,
    _kotlin_classes,
    _kotlin_expressions,
    _kotlin_functions,
    _kotlin_statements,
    _kotlin_strings,
)
from reviewer.gather.languages.jvm._kotlin_annotations import joined
from reviewer.gather.languages.jvm._kotlin_repairs import repaired
from reviewer.gather.languages.jvm._kotlin_walker import Handler, Walker
from reviewer.gather.languages.jvm._locals import with_locals
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

HANDLERS: dict[str, Handler] = {
    **_kotlin_expressions.HANDLERS,
    **_kotlin_strings.HANDLERS,
    **_kotlin_calls.HANDLERS,
    **_kotlin_functions.HANDLERS,
    **_kotlin_classes.HANDLERS,
    **_kotlin_statements.HANDLERS,
}


def parse(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """A Kotlin file; see `reviewer.gather.reader.Language`."""
    data = joined(data)
    tree = parse_tree(repaired(data), "tree_sitter_kotlin")
    walker = Walker(HANDLERS, data)
    with bounded():
        walker.visit(tree.root_node)
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return module_of(walker, "Kotlin", data, tree.root_node, line_counts(data.decode("utf-8", "replace")), methods)


KOTLIN = Language(
    name="Kotlin",
    kinds=("kotlin",),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
    declared=with_locals,
)
